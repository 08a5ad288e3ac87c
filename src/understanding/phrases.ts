import { foldWord, readableText, scanWords } from "../text/word-scan.ts";

/** A text as folded words; `breaks` is true where a sentence ends before a word, `joined` where a hyphen joins it to the one before. */
export interface PhraseText {
  readonly keys: readonly string[];
  readonly breaks: readonly boolean[];
  readonly joined: readonly boolean[];
}

/** A word of a phrase: the folded letters, and whether others may stand before or behind; `skip` stands for up to three other words of the sentence. */
interface Part {
  readonly word: string;
  readonly opens: boolean;
  readonly closes: boolean;
  readonly skip: boolean;
}
type Phrase = readonly Part[];

/** The places behind all phrases that begin at a word. */
export type PhraseFinder = (text: PhraseText, start: number) => readonly number[];

const longestSkip = 3;
/** As many letters as the shortest open-ended first word has. */
const indexedLetters = 3;

function partOf(written: string): Part {
  const word = foldWord(written.replaceAll("*", ""));
  return { word, opens: written.startsWith("*"), closes: written.endsWith("*"), skip: written === "_" };
}

function parsePhrases(list: string): readonly Phrase[] {
  return list
    .split(/[|\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "")
    .map((phrase) => phrase.split(/\s+/).map(partOf));
}

function fits(key: string | undefined, { word, opens, closes }: Part): boolean {
  if (key === undefined) return false;
  if (opens) return closes ? key.includes(word) : key.endsWith(word);
  return closes ? key.startsWith(word) : key === word;
}

function endOf(text: PhraseText, start: number, phrase: Phrase): number | undefined {
  let at = start;
  let skips = 0;
  for (const part of phrase) {
    if (part.skip) {
      skips = longestSkip;
      continue;
    }
    while (skips > 0 && !text.breaks[at] && !fits(text.keys[at], part)) {
      at += 1;
      skips -= 1;
    }
    skips = 0;
    if ((at > start && text.breaks[at]) || !fits(text.keys[at], part)) return undefined;
    at += 1;
  }
  return at;
}

const noPlaces: readonly number[] = [];

/** Finds phrases from a list with bars or line ends between: a star stands for other letters of a word, "_" for up to three other words. */
export function createPhraseFinder(list: string): PhraseFinder {
  const byLetters = new Map<string, Phrase[]>();
  const open: Phrase[] = [];
  for (const phrase of parsePhrases(list)) {
    const [first] = phrase;
    if (first === undefined) continue;
    const letters = first.word.slice(0, indexedLetters);
    if (first.opens) open.push(phrase);
    else byLetters.set(letters, [...(byLetters.get(letters) ?? []), phrase]);
  }
  const opening = open.length === 0 ? undefined : new RegExp(open.map((phrase) => phrase[0]?.word).join("|"), "u");
  return (text, start) => {
    const key = text.keys[start] ?? "";
    const own = byLetters.get(key.slice(0, indexedLetters));
    const candidates = opening?.test(key) ? [...(own ?? []), ...open] : own;
    return candidates?.flatMap((phrase) => endOf(text, start, phrase) ?? []) ?? noPlaces;
  };
}

/** A text as `createPhraseFinder` reads it. */
export function readPhraseText(given: string): PhraseText {
  const text = readableText(given);
  const words = scanWords(text);
  const between = (at: number) => text.slice(words[at - 1]?.end, words[at]?.start);
  return {
    keys: words.map(({ key }) => key),
    breaks: words.map((_word, at) => at > 0 && /[.!?;\n]/.test(between(at))),
    joined: words.map((_word, at) => at > 0 && /^[-\u2010\u2013]$/.test(between(at))),
  };
}
