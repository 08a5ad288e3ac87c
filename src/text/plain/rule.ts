import type { ReadText, Sentence, Word } from "./read-text.ts";

/** An error keeps a text from being sent or published; a warning is for whoever writes it. */
export type Level = "error" | "warn";

/** Where a rule hit, and what to write there; `end` is the first place behind it. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly suggestion: string;
}

/** One rule of plain German. Reasons and suggestions are German and plain themselves: those who write German texts read them. */
export interface PlainRule {
  readonly id: string;
  readonly level: Level;
  readonly reason: string;
  readonly find: (text: ReadText) => readonly Finding[];
}

/** A rule that looks at one word at a time, with the sentence it stands in; what `suggest` says nothing about is no hit. */
export function eachWord(suggest: (word: Word, at: number, words: readonly Word[]) => string | undefined): PlainRule["find"] {
  return ({ sentences }) =>
    sentences.flatMap(({ words }) =>
      words.flatMap((word, at) => {
        const suggestion = suggest(word, at, words);
        return suggestion === undefined ? [] : [{ start: word.start, end: word.end, suggestion }];
      }),
    );
}

/** A rule that judges whole sentences. */
export function eachSentence(suggest: (sentence: Sentence, text: ReadText) => string | undefined): PlainRule["find"] {
  return (text) =>
    text.sentences.flatMap((sentence) => {
      const suggestion = suggest(sentence, text);
      return suggestion === undefined ? [] : [{ start: sentence.start, end: sentence.end, suggestion }];
    });
}

/** A rule that is a pattern over the running text (or, with `raw`, over what was given). */
export function eachMatch(
  pattern: RegExp,
  suggest: (match: RegExpExecArray) => string,
  where: "running" | "raw" = "running",
): PlainRule["find"] {
  return (text) =>
    [...text[where].matchAll(pattern)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      suggestion: suggest(match),
    }));
}

/** A pattern for whole words or phrases: no letter or digit before or behind. */
export function wholeWords(alternatives: readonly string[], flags = "giu"): RegExp {
  const longestFirst = [...alternatives].sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join("|")})(?![\\p{L}\\p{N}])`, flags);
}
