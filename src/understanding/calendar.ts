import { berlinDay } from "../text/berlin-time.ts";

const dayMs = 86_400_000;

/** A day as the number of days since 1970-01-01. */
export type Day = number;

/** The day it is in Munich at a moment. */
export function dayIn(moment: Date): Day {
  return Date.parse(berlinDay(moment)) / dayMs;
}

/** ISO date of a day. */
export function isoOf(day: Day): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The day of a date, or undefined if there is none such (month 1–12). */
export function dayOf(year: number, month: number, date: number): Day | undefined {
  const time = new Date(Date.UTC(year, month - 1, date));
  return time.getUTCMonth() === month - 1 && time.getUTCDate() === date ? time.getTime() / dayMs : undefined;
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: Day): number {
  return (new Date(day * dayMs).getUTCDay() + 6) % 7;
}

export function yearOf(day: Day): number {
  return new Date(day * dayMs).getUTCFullYear();
}

/** The next day with this date, today included; undefined if the date does not exist in this year nor the next. */
export function nextDate(today: Day, month: number, date: number): Day | undefined {
  return [yearOf(today), yearOf(today) + 1].map((year) => dayOf(year, month, date)).find((day) => day !== undefined && day >= today);
}

/** First and last day of the month after a day's. */
export function monthAfter(day: Day): readonly [Day, Day] {
  const date = new Date(day * dayMs);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / dayMs;
  const last = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 2, 0) / dayMs;
  return [first, last];
}

/** Easter Sunday of a year (Gregorian computus after Meeus, Jones and Butcher). */
function easterOf(year: number): Day {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1) / dayMs;
}

/** First and last school day off, counted from Easter Sunday: the holidays of Bavarian schools that follow from it. */
const fromEaster: Readonly<Record<string, readonly [number, number]>> = {
  faschingsferien: [-48, -44],
  winterferien: [-48, -44],
  osterferien: [-6, 5],
  pfingstferien: [51, 61],
};

/** First and last day of the next Bavarian school holidays of a name that follow from Easter; undefined for those that are set by decree. */
export function holidaysAfter(today: Day, name: string): readonly [Day, Day] | undefined {
  const offsets = fromEaster[name];
  if (offsets === undefined) return undefined;
  for (const year of [yearOf(today), yearOf(today) + 1]) {
    const easter = easterOf(year);
    if (easter + offsets[1] >= today) return [easter + offsets[0], easter + offsets[1]];
  }
  return undefined;
}
