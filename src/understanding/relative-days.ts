import { type Day, monthAfter, weekdayOf } from "./calendar.ts";
import type { Finder, Reading, Span } from "./date-reading.ts";
import { habitBefore, tellingWords } from "./date-words.ts";

type Meaning = (today: Day) => Pick<Span, "from" | "to">;

export const daysOfWeek = 7;
const saturday = 5;
/** How many words apart a weekday and its week stand ("Montag in der nächsten Woche"). */
const weekReach = 3;

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
export function weekOrDayAt(reading: Reading, first: number): Span | undefined {
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

/** A weekday, the next one from today on, or the one of a week that is named behind it. */
export function weekdaySpanAt(reading: Reading, first: number): Span | undefined {
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

/** A weekend from Saturday on, or from today where it has begun. */
export function weekendAt(reading: Reading, first: number): Span | undefined {
  const { find, phrase, today } = reading;
  const next = find.weekend(phrase, first);
  if (next === undefined) return undefined;
  const later = relationOf(reading, first, next) === "next" ? daysOfWeek : 0;
  const start = mondayOf(today) + saturday + later;
  return { from: Math.max(today, start), to: start + 1, ...widened(reading, first, next) };
}

/** Next month, whole. */
export function monthSpanAt(reading: Reading, first: number): Span | undefined {
  const next = reading.find.month(reading.phrase, first);
  if (next === undefined || relationOf(reading, first, next) !== "next") return undefined;
  const [from, to] = monthAfter(reading.today);
  return { from, to, ...widened(reading, first, next) };
}

/** Days that one word or phrase names. */
export function relativeAt(reading: Reading, first: number): Span | undefined {
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
