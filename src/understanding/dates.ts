import * as german from "chrono-node/de";
import * as english from "chrono-node/en";
import type { Lang } from "../core/languages.ts";
import { readableText, scanWords } from "../text/word-scan.ts";
import { dayIn, dayOf, holidaysAfter, isoOf } from "./calendar.ts";
import { finderOf, findersFor, type Reading, type Span } from "./date-reading.ts";
import { habits, happenedWords, pastVerbs } from "./date-words.ts";
import { daysOfWeek, monthSpanAt, relativeAt, weekdaySpanAt, weekendAt, weekOrDayAt } from "./relative-days.ts";
import { wishSentences } from "./wish-sentences.ts";
import { namedDateAt, writtenDateAt } from "./written-dates.ts";

/** Days that a text names: ISO, in Europe/Berlin, and the words themselves. */
export interface FoundDates {
  readonly from?: string;
  readonly to?: string;
  readonly when?: string;
}

/** Longer texts tell a story, and its days are mostly past. */
const longestRead = 1000;

const findHabit = finderOf(habits);

const readers = [relativeAt, weekendAt, weekOrDayAt, weekdaySpanAt, monthSpanAt, writtenDateAt, namedDateAt] as const;

function spanAt(reading: Reading, first: number): Span | undefined {
  for (const read of readers) {
    const span = read(reading, first);
    if (span !== undefined) return span;
  }
  return undefined;
}

/** True if the words beside days make them past or a habit ("seit Montag", "jeden Dienstag", "la settimana scorsa", "am Mittwoch verstorben"). */
function isPastOrHabit({ find, phrase, lang }: Reading, { first, next }: Span): boolean {
  const told = [next, next + 1].some((at) => happenedWords.has(phrase.keys[at] ?? ""));
  const was = [first - 2, first - 1].some((at) => pastVerbs[lang]?.has(phrase.keys[at] ?? "") === true);
  return told || was || [first - 2, first - 1, next].some((at) => find.past(phrase, at) !== undefined);
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

/** Chrono takes a hundred times as long as the tables and is asked only where days may be counted. */
const maybeCounted = /(?<!\p{L})(?:in|within|innerhalb)\s.{1,25}?(?:tag|woch|monat|day|week|month)/iu;

/** What the tables do not hold and chrono reads in German and English: "in drei Tagen", "in two weeks". */
function findByChrono({ text, today, lang }: Reading): FoundDates {
  const read = chronoReaders[lang];
  if (read === undefined || !maybeCounted.test(text)) return {};
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
  const text = wishSentences(readableText(given.slice(0, longestRead)));
  const words = scanWords(text);
  const phrase = { keys: words.map(({ key }) => key), breaks: words.map(() => false), joined: words.map(() => false) };
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
