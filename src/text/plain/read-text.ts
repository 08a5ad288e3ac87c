import { maskNames } from "./mask-names.ts";

/** A word with its place in the text; a hyphenated compound is one word. */
export interface Word {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

/** A sentence with its place in the text, without the blanks around it. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly words: readonly Word[];
}

/** A text as the rules read it: all places count from the beginning of what was given. */
export interface ReadText {
  /** What was given. */
  readonly raw: string;
  /** The same length, with blanks for what people read as a name: rules of style and the formulas read this. */
  readonly running: string;
  readonly sentences: readonly Sentence[];
}

const word = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu;
/** A dot behind a day (1. März), one letter (z. B.) or a shortened word ends no sentence. */
const sentenceEnd = /(?<=[.!?]["“»)]?)(?<!(?<![\p{L}\p{N}])(?:\d{1,2}|\p{L}|bzw|ca|ggf|inkl|evtl|vgl|sog|Nr|Tel|Str|St|Dr)\.)\s+|\n+/gu;

/** The words of a piece of text; `offset` is where the piece begins. */
export function readWords(text: string, offset = 0): readonly Word[] {
  return [...text.matchAll(word)].map(({ 0: found, index }) => ({
    text: found,
    lower: found.toLowerCase(),
    start: offset + index,
    end: offset + index + found.length,
  }));
}

function readSentence(text: string, start: number, end: number): readonly Sentence[] {
  const piece = text.slice(start, end);
  const trimmed = piece.trim();
  const words = readWords(piece, start);
  if (words.length === 0) return [];
  const from = start + piece.indexOf(trimmed);
  return [{ text: trimmed, start: from, end: from + trimmed.length, words }];
}

/** Sentences of a text: ends are . ! ? or a line break. */
export function readSentences(text: string): readonly Sentence[] {
  const breaks = [...text.matchAll(sentenceEnd)];
  const starts = [0, ...breaks.map(({ 0: found, index }) => index + found.length)];
  const ends = [...breaks.map(({ index }) => index), text.length];
  return starts.flatMap((start, index) => readSentence(text, start, ends[index] ?? text.length));
}

/** Reads a German text once for all rules. `names` (of institutions, titles) are not judged. */
export function readText(raw: string, names: readonly string[]): ReadText {
  const running = maskNames(raw, names);
  return { raw, running, sentences: readSentences(running) };
}
