import type { Lang } from "../core/languages.ts";
import type { ScannedWord } from "../text/word-scan.ts";
import type { Day } from "./calendar.ts";
import { dateWords } from "./date-words.ts";
import { createPhraseFinder, type PhraseFinder, type PhraseText } from "./phrases.ts";

/** Days from `from` to `to` in the words `first` to `next` (exclusive). */
export interface Span {
  readonly from: Day;
  readonly to?: Day;
  readonly first: number;
  readonly next: number;
}

/** A text with the finders of its language. */
export interface Reading {
  readonly text: string;
  readonly words: readonly ScannedWord[];
  readonly phrase: PhraseText;
  readonly today: Day;
  readonly lang: Lang;
  readonly find: Finders;
}

/** The place behind the longest of the phrases that begin at a word, or undefined. */
export type Finder = (phrase: PhraseText, at: number) => number | undefined;

/** A finder of the phrases of a list, for `createPhraseFinder`. */
export function finderOf(list: string): Finder {
  const find: PhraseFinder = createPhraseFinder(list);
  return (phrase, at) => find(phrase, at).reduce<number | undefined>((longest, end) => Math.max(longest ?? 0, end), undefined);
}

function findersOf(lang: Lang) {
  const { weekdays, months, ...rest } = dateWords[lang];
  return {
    today: finderOf(rest.today),
    tomorrow: finderOf(rest.tomorrow),
    afterTomorrow: finderOf(rest.afterTomorrow),
    weekend: finderOf(rest.weekend),
    week: finderOf(rest.week),
    month: finderOf(rest.month),
    current: finderOf(rest.current),
    next: finderOf(rest.next),
    past: finderOf(rest.past),
    until: finderOf(rest.until),
    to: finderOf(rest.to),
    dayPart: finderOf(rest.dayPart),
    weekdays: weekdays.map(finderOf),
    months: months.map(finderOf),
  };
}

type Finders = ReturnType<typeof findersOf>;

const findersByLang = new Map<Lang, Finders>();

/** The finders of a language's words for dates; built once. */
export function findersFor(lang: Lang): Finders {
  const known = findersByLang.get(lang) ?? findersOf(lang);
  findersByLang.set(lang, known);
  return known;
}
