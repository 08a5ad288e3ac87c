import { readSentences, readWords } from "./read-text.ts";

/** Counts over a text: words, sentences, syllables and the shares that the readability formulas need (per cent). */
export interface TextMeasures {
  readonly words: number;
  readonly sentences: number;
  readonly wordsPerSentence: number;
  readonly syllablesPerWord: number;
  readonly threeSyllablePercent: number;
  readonly longWordPercent: number;
  readonly oneSyllablePercent: number;
}

/** The readability scores; lower is easier for wiener and lix, higher is easier for amstad. */
export interface Readability {
  readonly wiener: number;
  readonly amstad: number;
  readonly amstadJoined: number;
  readonly lix: number;
}

const nucleus = /ie|ei|ai|au|eu|äu|ey|ay|ee|aa|oo|ou|oi|[aeiouäöüyéèà]/gi;

/** Syllables of a German word, counted by its vowel groups; at least 1. */
export function countSyllables(text: string): number {
  return Math.max(1, text.match(nucleus)?.length ?? 0);
}

/** Measures running text; a hyphenated compound counts as its parts (`split`) or as one word (`joined`). */
export function measureText(text: string, hyphens: "split" | "joined"): TextMeasures {
  const sentences = readSentences(text);
  const words = readWords(text).flatMap(({ text: found }) => (hyphens === "joined" ? [found.replaceAll("-", "")] : found.split("-")));
  const syllables = words.map(countSyllables);
  const share = (count: number) => (words.length === 0 ? 0 : (100 * count) / words.length);
  return {
    words: words.length,
    sentences: sentences.length,
    wordsPerSentence: sentences.length === 0 ? 0 : words.length / sentences.length,
    syllablesPerWord: words.length === 0 ? 0 : syllables.reduce((sum, each) => sum + each, 0) / words.length,
    threeSyllablePercent: share(syllables.filter((each) => each >= 3).length),
    longWordPercent: share(words.filter((each) => each.length > 6).length),
    oneSyllablePercent: share(syllables.filter((each) => each === 1).length),
  };
}

/** First Wiener Sachtextformel (Bamberger and Vanecek 1984): about the school year that can read the text. */
function wiener(m: TextMeasures): number {
  return 0.1935 * m.threeSyllablePercent + 0.1672 * m.wordsPerSentence + 0.1297 * m.longWordPercent - 0.0327 * m.oneSyllablePercent - 0.875;
}

/** Amstad's Flesch for German (1978): 0 hard to 100 easy. */
function amstad(m: TextMeasures): number {
  return 180 - m.wordsPerSentence - 58.5 * m.syllablesPerWord;
}

/** Readability of German running text. Names, links and numbers are best taken out by `maskNames` before. */
export function readability(text: string): Readability {
  const split = measureText(text, "split");
  const joined = measureText(text, "joined");
  return {
    wiener: wiener(split),
    amstad: amstad(split),
    amstadJoined: amstad(joined),
    lix: joined.wordsPerSentence + joined.longWordPercent,
  };
}
