import type { ScannedWord } from "../text/word-scan.ts";
import { ageEndings, arabicAge, fillers, months, yearsInOneWord } from "./age-words.ts";
import { beginsNumber, mostNumberWords, numberOfStem, numberOfWords } from "./number-words.ts";

const fillerReach = 3;

/** A number in a text: the words `first` to `next` (exclusive). `adjective` says it is an age by its own ending ("dreijährig"). */
export interface Count {
  readonly value: number;
  readonly first: number;
  readonly next: number;
  readonly adjective: boolean;
  readonly digits: boolean;
}

/** A text with its words. */
export interface Sentence {
  readonly text: string;
  readonly words: readonly ScannedWord[];
}

/** The folded word at a place; empty outside the text. */
export function keyAt({ words }: Sentence, at: number): string {
  return words[at]?.key ?? "";
}

/** What stands between a word and the one before it; line ends at both ends of the text. */
export function gapBefore({ text, words }: Sentence, at: number): string {
  if (at <= 0 || at >= words.length) return "\n";
  return text.slice(words[at - 1]?.end, words[at]?.start);
}

/** True if a comma, a point, a bracket or the like stands between two words. */
export function endsClause(gap: string): boolean {
  return /[,.;:!?()\n،؛؟]/.test(gap);
}

function adjectiveOf(key: string): number | undefined {
  for (const ending of ageEndings) {
    const at = key.indexOf(ending);
    if (at > 0) return numberOfStem(key.slice(0, at));
  }
  return undefined;
}

/** The number that begins with a word, in digits or words of any of the nine languages. */
export function countAt(sentence: Sentence, first: number): Count | undefined {
  const key = keyAt(sentence, first);
  if (/^\d{1,3}$/.test(key)) return { value: Number(key), first, next: first + 1, adjective: false, digits: true };
  const stated = adjectiveOf(key);
  if (stated !== undefined) return { value: stated, first, next: first + 1, adjective: true, digits: false };
  const years = yearsInOneWord.get(key);
  if (years !== undefined && (years > 1 || arabicAge.test(keyAt(sentence, first - 1))))
    return { value: years, first, next: first + 1, adjective: false, digits: false };
  if (!beginsNumber(key)) return undefined;
  for (let size = mostNumberWords; size >= 1; size -= 1) {
    const value = numberOfWords(
      sentence.words
        .slice(first, first + size)
        .map((word) => word.key)
        .join(" "),
    );
    if (value !== undefined) return { value, first, next: first + size, adjective: false, digits: false };
  }
  return undefined;
}

/** The place of the nearest word before `at` in its clause that is no filler. */
export function skipFillers(sentence: Sentence, at: number): number {
  let before = at - 1;
  for (let skipped = 0; skipped < fillerReach && fillers.has(keyAt(sentence, before)); skipped += 1) {
    before -= months.has(keyAt(sentence, before)) && keyAt(sentence, before - 1) === "im" ? 2 : 1;
  }
  return before;
}
