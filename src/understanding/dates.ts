import * as german from "chrono-node/de";
import * as english from "chrono-node/en";
import type { Lang } from "../core/languages.ts";
import { readableText, type ScannedWord, scanWords } from "../text/word-scan.ts";
import { type Day, dayIn, dayOf, holidaysAfter, isoOf, monthAfter, nextDate, weekdayOf, yearOf } from "./calendar.ts";
import { dateBefore, dateWords, dayEndings, habitBefore, habits, tellingWords } from "./date-words.ts";
import { createPhraseFinder, type PhraseFinder, type PhraseText } from "./phrases.ts";

/** Days that a text names: ISO, in Europe/Berlin, and the words themselves. */
export interface FoundDates {
  readonly from?: string;
  readonly to?: string;
  readonly when?: string;
}

/** Days from `from` to `to` in the words `first` to `next` (exclusive). */
interface Span {
  readonly from: Day;
  readonly to?: Day;
  readonly first: number;
  readonly next: number;
}

type Meaning = (today: Day) => Pick<Span, "from" | "to">;

/** A text with the finders of its language. */
interface Reading {
  readonly text: string;
  readonly words: readonly ScannedWord[];
  readonly phrase: PhraseText;
  readonly today: Day;
  readonly lang: Lang;
  readonly find: Finders;
}

/** Longer texts tell a story, and its days are mostly past. */
const longestRead = 1000;
const daysOfWeek = 7;
const saturday = 5;
const latestDate = 31;
/** How many words apart a weekday and its week stand ("Montag in der nächsten Woche"). */
const weekReach = 3;

/** The place behind the longest of the phrases that begin at a word, or undefined. */
type Finder = (phrase: PhraseText, at: number) => number | undefined;

function finderOf(list: string): Finder {
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

function findersFor(lang: Lang): Finders {
  const known = findersByLang.get(lang) ?? findersOf(lang);
  findersByLang.set(lang, known);
  return known;
}

const findHabit = finderOf(habits);

/** How a word for a span of days is meant by the words right before or behind it. */
function relationOf({ find, phrase }: Reading, first: number, next: number): "next" | "current" | undefined {
  if (find.next(phrase, first - 1) === first || find.next(phrase, next) !== undefined) return "next";
  return find.current(phrase, first - 1) === first || find.current(phrase, next) !== undefined ? "current" : undefined;
}

/** The words of a span with "this" or "next" beside it. */
function widened({ find, phrase }: Reading, first: number, next: number): Pick<Span, "first" | "next"> {
  const before = find.next(phrase, first - 1) === first || find.current(phrase, first - 1) === first;
  return { first: before ? first - 1 : first, next: find.next(phrase, next) ?? next };
}

function mondayAfter(today: Day): Day {
  return today - weekdayOf(today) + daysOfWeek;
}

function weekdayAt({ find, phrase }: Reading, at: number): { readonly weekday: number; readonly next: number } | undefined {
  for (const [weekday, finder] of find.weekdays.entries()) {
    const next = finder(phrase, at);
    if (next !== undefined) return { weekday, next };
  }
  return undefined;
}

function weekAt(reading: Reading, first: number): Span | undefined {
  const { find, phrase, today, lang } = reading;
  const next = find.week(phrase, first);
  if (next === undefined) return undefined;
  // "Haftaya" is next week by its case alone.
  const relation = lang === "tr" && phrase.keys[first] === "haftaya" ? "next" : relationOf(reading, first, next);
  const monday = mondayAfter(today);
  if (relation === "next") return { from: monday, to: monday + daysOfWeek - 1, ...widened(reading, first, next) };
  return relation === "current" ? { from: today, to: monday - 1, ...widened(reading, first, next) } : undefined;
}

/** A week, or the day of it that is named behind it ("nächste Woche am Montag"). */
function weekOrDayAt(reading: Reading, first: number): Span | undefined {
  const week = weekAt(reading, first);
  if (week === undefined) return undefined;
  for (let at = week.next; at < week.next + weekReach; at += 1) {
    const day = weekdayAt(reading, at);
    if (day !== undefined) return { from: mondayOf(week.from) + day.weekday, first: week.first, next: day.next };
  }
  return week;
}

function mondayOf(day: Day): Day {
  return day - weekdayOf(day);
}

function weekdaySpanAt(reading: Reading, first: number): Span | undefined {
  const day = weekdayAt(reading, first);
  if (day === undefined || habitBefore[reading.lang]?.has(reading.phrase.keys[first - 1] ?? "") === true) return undefined;
  const { today } = reading;
  for (let at = day.next; at < day.next + weekReach; at += 1) {
    const week = weekAt(reading, at);
    if (week !== undefined) return { from: mondayOf(week.from) + day.weekday, first, next: week.next };
  }
  const away = (day.weekday - weekdayOf(today) + daysOfWeek) % daysOfWeek;
  const later = away === 0 && relationOf(reading, first, day.next) === "next" ? daysOfWeek : away;
  return { from: today + later, ...widened(reading, first, day.next) };
}

function weekendAt(reading: Reading, first: number): Span | undefined {
  const { find, phrase, today } = reading;
  const next = find.weekend(phrase, first);
  if (next === undefined) return undefined;
  const later = relationOf(reading, first, next) === "next" ? daysOfWeek : 0;
  const start = mondayOf(today) + saturday + later;
  return { from: Math.max(today, start), to: start + 1, ...widened(reading, first, next) };
}

function monthSpanAt(reading: Reading, first: number): Span | undefined {
  const next = reading.find.month(reading.phrase, first);
  if (next === undefined || relationOf(reading, first, next) !== "next") return undefined;
  const [from, to] = monthAfter(reading.today);
  return { from, to, ...widened(reading, first, next) };
}

/** Days that one word or phrase names. */
function relativeAt(reading: Reading, first: number): Span | undefined {
  const { find, phrase, today, lang } = reading;
  const meanings: readonly (readonly [Finder, Meaning])[] = [
    [find.afterTomorrow, () => ({ from: today + 2 })],
    [find.tomorrow, () => ({ from: today + 1 })],
    [find.today, () => ({ from: today })],
  ];
  for (const [finder, meaning] of meanings) {
    const next = finder(phrase, first);
    if (next === undefined) continue;
    // "Am Morgen" is a part of any day.
    if (lang === "de" && finder === find.tomorrow && phrase.keys[first - 1] === "am") return undefined;
    return tellingWords.has(phrase.keys[next] ?? "") ? undefined : { ...meaning(today), first, next };
  }
  return undefined;
}

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
function namedDateAt(reading: Reading, first: number): Span | undefined {
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
function writtenDateAt(reading: Reading, first: number): Span | undefined {
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

const readers = [relativeAt, weekendAt, weekOrDayAt, weekdaySpanAt, monthSpanAt, writtenDateAt, namedDateAt] as const;

function spanAt(reading: Reading, first: number): Span | undefined {
  for (const read of readers) {
    const span = read(reading, first);
    if (span !== undefined) return span;
  }
  return undefined;
}

/** True if the words beside days make them past or a habit ("seit Montag", "jeden Dienstag", "la settimana scorsa"). */
function isPastOrHabit({ find, phrase }: Reading, { first, next }: Span): boolean {
  return [first - 2, first - 1, next].some((at) => find.past(phrase, at) !== undefined);
}

/** Days up to a second one ("Montag bis Freitag"), or from today until one ("bis Freitag"). */
function extended(reading: Reading, span: Span): Span {
  const { find, phrase, today } = reading;
  const second = find.to(phrase, span.next);
  const last = second === undefined ? undefined : (spanAt(reading, second) ?? spanAt(reading, second + 1));
  if (last !== undefined && last.from + daysOfWeek > span.from) {
    const days = last.to ?? last.from;
    return { ...span, to: days < span.from ? days + daysOfWeek : days, next: last.next };
  }
  const until = [span.first - 1, span.first - 2].some((at) => find.until(phrase, at) === at + 1);
  return until ? { ...span, from: today, to: span.to ?? span.from } : span;
}

function foundDates({ text, words, today }: Reading, { from, to, first, next }: Span): FoundDates {
  const when = text.slice(words[first]?.start, words[next - 1]?.end);
  return { from: isoOf(Math.max(today, from)), ...(to === undefined ? {} : { to: isoOf(to) }), when };
}

/** Holidays of Bavarian schools with their days where these follow from Easter, and parts of the day, with the words alone. */
function findHabits(reading: Reading): FoundDates {
  const { phrase, words, text, today } = reading;
  for (const [at, word] of words.entries()) {
    if (findHabit(phrase, at) === undefined) continue;
    const days = holidaysAfter(today, word.key);
    const when = text.slice(word.start, word.end);
    return days === undefined ? { when } : { from: isoOf(Math.max(today, days[0])), to: isoOf(days[1]), when };
  }
  return {};
}

const chronoReaders: { readonly [lang in Lang]?: typeof german.parse } = { de: german.parse, en: english.parse };
/** Chrono reads "now" as a day, "so" as Sunday and a span since then as one to come. */
const notChrono = /jetzt|now|sofort|moment|gerade|eben/iu;

/** What the tables do not hold and chrono reads in German and English: "in drei Tagen", "in two weeks". */
function findByChrono({ text, today, lang }: Reading): FoundDates {
  const read = chronoReaders[lang];
  if (read === undefined) return {};
  // Noon by the clock of this machine: chrono counts in local time, and a day has only one name here.
  const noon = new Date(`${isoOf(today)}T12:00:00`);
  for (const { text: when, start, index } of read(text, noon, { forwardDate: true })) {
    const [year, month, date] = [start.get("year"), start.get("month"), start.get("day")];
    const from = year === null || month === null || date === null ? undefined : dayOf(year, month, date);
    const counted = start.isCertain("day") && /^(?:in|within|innerhalb)\s(?!woche)/iu.test(when) && !notChrono.test(when);
    if (from !== undefined && from > today && counted && !/(?:seit|since|vor)\s$/iu.test(text.slice(0, index)))
      return { from: isoOf(from), when };
  }
  return {};
}

/** The first day or span of days, from today on, that a text names in its language. A school holiday or a part of the day alone gives only `when`. */
export function findDates(given: string, lang: Lang, now: Date): FoundDates {
  const text = readableText(given.slice(0, longestRead));
  const words = scanWords(text);
  const phrase = { keys: words.map(({ key }) => key), breaks: words.map(() => false) };
  const reading: Reading = { text, words, phrase, today: dayIn(now), lang, find: findersFor(lang) };
  for (let at = 0; at < words.length; at += 1) {
    const found = spanAt(reading, at);
    if (found === undefined) continue;
    const span = extended(reading, found);
    const parted = reading.find.dayPart(phrase, span.next) ?? span.next;
    if (!isPastOrHabit(reading, found) && (span.to ?? span.from) >= reading.today) return foundDates(reading, { ...span, next: parted });
    at = found.next - 1;
  }
  const counted = findByChrono(reading);
  return counted.from === undefined ? findHabits(reading) : counted;
}
