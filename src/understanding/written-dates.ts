import { dayOf, nextDate, yearOf } from "./calendar.ts";
import type { Reading, Span } from "./date-reading.ts";
import { dateBefore, dayEndings } from "./date-words.ts";

const latestDate = 31;

function monthAt({ find, phrase }: Reading, at: number): { readonly month: number; readonly next: number } | undefined {
  for (const [month, finder] of find.months.entries()) {
    const next = finder(phrase, at);
    if (next !== undefined) return { month: month + 1, next };
  }
  return undefined;
}

function dateAtWord({ words }: Reading, at: number): number | undefined {
  const key = words[at]?.key ?? "";
  return /^\d{1,2}$/.test(key) && Number(key) >= 1 && Number(key) <= latestDate ? Number(key) : undefined;
}

/** The day of a date with its year where one follows, else the next one. */
function spanOfDate(reading: Reading, month: number, date: number, first: number, next: number): Span | undefined {
  const year = reading.words[next]?.key ?? "";
  const stated = /^20\d\d$/.test(year);
  const from = stated ? dayOf(Number(year), month, date) : nextDate(reading.today, month, date);
  return from === undefined ? undefined : { from, first, next: stated ? next + 1 : next };
}

/** "3. Dezember", "3rd of December", "December 3", "3. bis 5. Dezember". */
export function namedDateAt(reading: Reading, first: number): Span | undefined {
  const { find, phrase } = reading;
  const date = dateAtWord(reading, first);
  if (date === undefined) {
    const month = monthAt(reading, first);
    const behind = month === undefined ? undefined : dateAtWord(reading, month.next);
    return month === undefined || behind === undefined || reading.lang !== "en"
      ? undefined
      : spanOfDate(reading, month.month, behind, first, month.next + 1);
  }
  let at = first + 1;
  while (dayEndings.has(phrase.keys[at] ?? "")) at += 1;
  const month = monthAt(reading, at);
  if (month !== undefined) return spanOfDate(reading, month.month, date, first, month.next);
  const second =
    find.to(phrase, at) ??
    (/^\.?\s?[-–]\s?$/.test(reading.text.slice(reading.words[first]?.end, reading.words[at]?.start)) ? at : undefined);
  const until = second === undefined || dateAtWord(reading, second) === undefined ? undefined : namedDateAt(reading, second);
  if (until === undefined || until.to !== undefined) return undefined;
  const from = until.from - ((dateAtWord(reading, second ?? 0) ?? 0) - date);
  return from > until.from ? undefined : { from, to: until.from, first, next: until.next };
}

const writtenDate =
  /(\d{1,2})\.\s?(\d{1,2})(?:(\.)\s?(20\d\d|\d\d(?![.:\d]))?|(?![.:\d]))|(\d{1,2})\/(\d{1,2})\/(20\d\d)|(20\d\d)-(\d\d)-(\d\d)/uy;

/** "03.12.", "3.12.2026", "03/12/2026", "2026-12-03"; without a point at the end only behind "am" and the like. */
export function writtenDateAt(reading: Reading, first: number): Span | undefined {
  const { text, words, phrase, today } = reading;
  const word = words[first];
  if (word === undefined || !/^\d/.test(word.key)) return undefined;
  writtenDate.lastIndex = word.start;
  const found = writtenDate.exec(text);
  if (found === null) return undefined;
  const [whole, date, month, point, year, slashDate, slashMonth, slashYear, isoYear, isoMonth, isoDate] = found;
  if (date !== undefined && point === undefined && !dateBefore.has(phrase.keys[first - 1] ?? "")) return undefined;
  const statedYear = year ?? slashYear ?? isoYear;
  const [monthNumber, dateNumber] = [Number(month ?? slashMonth ?? isoMonth), Number(date ?? slashDate ?? isoDate)];
  const centuries = statedYear?.length === 2 ? Math.floor(yearOf(today) / 100) * 100 : 0;
  const from =
    statedYear === undefined ? nextDate(today, monthNumber, dateNumber) : dayOf(centuries + Number(statedYear), monthNumber, dateNumber);
  const behind = words.findIndex(({ start }) => start >= word.start + whole.length);
  return from === undefined ? undefined : { from, first, next: behind === -1 ? words.length : behind };
}
