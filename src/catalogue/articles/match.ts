import type { Article } from "../../core/articles.ts";
import { type Lang, languages } from "../../core/languages.ts";
import { analyses, tokenOf, writtenWords } from "../../text/analysis.ts";
import { frameWords } from "../../text/frame-words.ts";

const gramSize = 3;
/** What a piece of a word counts that is about the asking, not about the topic. */
const frameWeight = 0.3;
/** Words of which one shares so many of its pieces with the other are the same, or one is a part of the other. */
const sameWordShare = 0.6;
/** What is left of a likeness where both texts name something of their own. */
const otherThing = 0.7;

/** The city, folded: everybody means it, whether they say so or not. */
const city: ReadonlySet<string> = new Set([
  "munchen",
  "muenchen",
  "munich",
  "monaco",
  "minga",
  "minhen",
  "munih",
  "мюнхен",
  "мюнхени",
  "мюнхене",
  "ميونخ",
  "ميونيخ",
]);

type Pieces = ReadonlyMap<string, number>;

/** A text as it is compared: its words that say what it is about, and the pieces of all words that carry its topic. */
interface ReadQuestion {
  readonly words: readonly (readonly string[])[];
  readonly pieces: Pieces;
}

function piecesOf(word: string): readonly string[] {
  const padded = `_${word}_`;
  return Array.from({ length: padded.length - gramSize + 1 }, (_, at) => padded.slice(at, at + gramSize));
}

/** Reads a text in pieces of three letters: related words and misspelt ones share most of them. */
function readQuestion(text: string, lang: Lang): ReadQuestion {
  const pieces = new Map<string, number>();
  const words: (readonly string[])[] = [];
  for (const written of writtenWords(text)) {
    const token = tokenOf(written, analyses[lang]);
    if (token === undefined || city.has(token.folded)) continue;
    const own = piecesOf(token.folded);
    const isFrame = frameWords.has(token.folded);
    if (!isFrame) words.push(own);
    for (const piece of own) pieces.set(piece, Math.max(isFrame ? frameWeight : 1, pieces.get(piece) ?? 0));
  }
  return { words, pieces };
}

const sum = (weights: Iterable<number>) => [...weights].reduce((total, weight) => total + weight, 0);

/** True where a text has a word that is none of the other's, not even a part of one. */
function saysMore({ words }: ReadQuestion, other: ReadQuestion): boolean {
  const isShared = (one: readonly string[], two: readonly string[]) =>
    one.filter((piece) => two.includes(piece)).length >= sameWordShare * Math.min(one.length, two.length);
  return words.some((word) => !other.words.some((each) => isShared(word, each)));
}

/** How alike two texts are in what they are about, 0 to 1: Dice over weighted pieces of words, less where each names something that the other does not ("Hund anmelden", "Auto anmelden"). */
function likeness(one: ReadQuestion, other: ReadQuestion): number {
  const all = sum(one.pieces.values()) + sum(other.pieces.values());
  if (all === 0) return 0;
  const shared = [...one.pieces].map(([piece, weight]) => Math.min(weight, other.pieces.get(piece) ?? 0));
  const alike = (2 * sum(shared)) / all;
  return saysMore(one, other) && saysMore(other, one) ? otherThing * alike : alike;
}

/** What a text can be compared with: each question of an article, and its titles. */
function questionsOf({
  title,
  questions,
}: Pick<Article, "title" | "questions">): readonly { readonly lang: Lang; readonly text: string }[] {
  const titles = languages.flatMap((lang) => (title[lang] === undefined ? [] : { lang, text: title[lang] }));
  return [...questions, ...titles];
}

/** How alike a text and the most alike question of an article are, 0 to 1. */
export function matchOf(text: string, article: Pick<Article, "title" | "questions">): number {
  const read = new Map<Lang, ReadQuestion>();
  const said = (lang: Lang) => {
    const own = read.get(lang) ?? readQuestion(text, lang);
    read.set(lang, own);
    return own;
  };
  return Math.max(0, ...questionsOf(article).map((question) => likeness(said(question.lang), readQuestion(question.text, question.lang))));
}
