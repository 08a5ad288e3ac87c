import type { Article } from "../../core/articles.ts";
import { type Lang, languages } from "../../core/languages.ts";
import { analyses, tokenOf, writtenWords } from "../../text/analysis.ts";
import { frameWords } from "../../text/frame-words.ts";

const gramSize = 3;
/** What a piece of a word counts that is about the asking, not about the topic. */
const frameWeight = 0.3;

type Pieces = ReadonlyMap<string, number>;

/** The words of a text that carry its topic, in pieces of three letters: related words and misspelt ones share most of them. */
function piecesOf(text: string, lang: Lang): Pieces {
  const pieces = new Map<string, number>();
  for (const written of writtenWords(text)) {
    const token = tokenOf(written, analyses[lang]);
    if (token === undefined) continue;
    const weight = frameWords.has(token.folded) ? frameWeight : 1;
    const padded = `_${token.folded}_`;
    for (let at = 0; at + gramSize <= padded.length; at += 1) {
      const piece = padded.slice(at, at + gramSize);
      pieces.set(piece, Math.max(weight, pieces.get(piece) ?? 0));
    }
  }
  return pieces;
}

const sum = (weights: Iterable<number>) => [...weights].reduce((total, weight) => total + weight, 0);

/** How alike two texts are in what they are about, 0 to 1 (Dice over weighted pieces of words). */
function likeness(one: Pieces, other: Pieces): number {
  const all = sum(one.values()) + sum(other.values());
  if (all === 0) return 0;
  const shared = [...one].map(([piece, weight]) => Math.min(weight, other.get(piece) ?? 0));
  return (2 * sum(shared)) / all;
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
  const read = new Map<Lang, Pieces>();
  const said = (lang: Lang) => {
    const pieces = read.get(lang) ?? piecesOf(text, lang);
    read.set(lang, pieces);
    return pieces;
  };
  return Math.max(0, ...questionsOf(article).map((question) => likeness(said(question.lang), piecesOf(question.text, question.lang))));
}
