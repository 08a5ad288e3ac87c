import { createMemo } from "./memo.ts";

/** A word or number of a text, with where it stands in it (`start` to `end`, in UTF-16 units). */
export interface ScannedWord {
  /** Small letters without accents, look-alikes as one letter, apostrophes dropped; a number keeps its digits, points and colons. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

const zeroes = [0x0660, 0x06f0] as const;
const word = /\d+(?:[.,:]\d+)*|[\p{L}\p{M}]+(?:['’ʼ`´][\p{L}\p{M}]+)*/gu;

function toAsciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String(code - (zeroes.findLast((zero) => zero <= code) ?? 0));
}

/** Several readers look at one text after the other. */
const mostTexts = 50;

/** A text as a reader sees it: no zero-width or bidi characters, no stress marks, no Arabic vowel signs or stretching, Arabic digits as 0–9. */
export const readableText: (text: string) => string = createMemo(
  (text) =>
    text
      .normalize("NFKC")
      .replace(/(\p{Script=Cyrillic})\u0301/gu, "$1")
      .replace(/[\p{Cf}\u0640\u064b-\u0652\u0670]/gu, "")
      .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, toAsciiDigit),
  mostTexts,
);

const mostFolded = 20_000;

const foldOther = createMemo(
  (text) =>
    text
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[\p{M}'’ʼ`´]+/gu, "")
      .replaceAll("ß", "ss")
      .replaceAll("ı", "i")
      .replaceAll("đ", "d")
      .replace(/[أإآٱ]/g, "ا")
      .replaceAll("ة", "ه")
      .replaceAll("ى", "ي"),
  mostFolded,
);

/** One spelling for all ways to write a word of the nine languages: no accents, ß as ss, Turkish ı as i, Arabic letters of one sound as one. */
export function foldWord(text: string): string {
  // Most words need nothing more, and a text of 10,000 characters has thousands of them.
  return /^[a-z0-9.,:]+$/.test(text) ? text : foldOther(text);
}

/** The words and numbers of a text from `readableText`, in order; digits and letters that touch are two ("3jährig"). */
export const scanWords: (text: string) => readonly ScannedWord[] = createMemo(
  (text) =>
    Array.from(text.matchAll(word), (match) => ({ key: foldWord(match[0]), start: match.index, end: match.index + match[0].length })),
  mostTexts,
);
