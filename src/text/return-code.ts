import { codeLength } from "../core/watches.ts";
import { codeWords } from "./code-words.ts";

const known: ReadonlySet<string> = new Set(codeWords);
/** How many of its words may be misread before a text is no try at a code any more. */
const mostUnknown = 3;
const mostOff = 1;

/** A code of as many words as there are numbers, each from 0 to 1023. */
export function wordCode(numbers: readonly number[]): string {
  return numbers.map((number) => codeWords[number % codeWords.length]).join(" ");
}

/**
 * The return code that a text is: in any case, with any marks between the words. Text that is nearly one, a word wrong or missing, is also taken for a code, which then leads
 * nowhere, so that nobody gets an answer about apples. Undefined for all other text.
 */
export function readCode(text: string): string | undefined {
  const said = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (Math.abs(said.length - codeLength) > mostOff) return undefined;
  const unknown = said.filter((word) => !known.has(word)).length;
  return unknown > mostUnknown ? undefined : said.join(" ");
}
