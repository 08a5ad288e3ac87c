import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import type { OfferDate } from "../../core/offer.ts";

/** The zone in which a time without one is meant. */
const zone = "Europe/Berlin";
/** As many dates of an offer are kept as a daily one has in a year. */
const mostDates = 366;
/** Steps without a date after which a rule counts as one that never happens. */
const mostSteps = 1000;

function toMoment(time: Temporal.ZonedDateTime): string {
  return time.withTimeZone(zone).toString({ timeZoneName: "never", smallestUnit: "second" });
}

/** A point in time in Munich's time with its offset. */
export function momentOf(date: Date): string {
  return toMoment(Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(zone));
}

/** The day in Munich at a moment, ISO. */
function dayOf(date: Date): string {
  return momentOf(date).slice(0, 10);
}

/** The day that is `days` later, ISO. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

const germanDate = /^(?:\p{L}{2,10}\.?,?\s*)?(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?:,?\s+(?:um\s+)?(.*))?$/u;
const clock = /^(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s*(?:uhr)?$/i;

function isoTime(text: string): string | undefined {
  const [, hours = "", minutes = "00"] = text.trim().match(clock) ?? [];
  return hours === "" ? undefined : `${hours.padStart(2, "0")}:${minutes}`;
}

function toIso(text: string): string | undefined {
  const [, day = "", month = "", year = "", time] = text.match(germanDate) ?? [];
  if (day === "") return text.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, "$1T");
  const date = `${year.padStart(4, "20")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (time === undefined || time.trim() === "") return date;
  const clockTime = isoTime(time);
  return clockTime === undefined ? undefined : `${date}T${clockTime}`;
}

/**
 * A day or a moment as sources write them: ISO 8601 with or without offset, "3.12.2026", "Do, 03.12.2026 18:30 Uhr".
 * A time without offset is Munich's. Undefined where it is neither, or a day that does not exist.
 */
export function parseMoment(text: string): string | undefined {
  const iso = toIso(text.trim());
  if (iso === undefined) return undefined;
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) return Temporal.PlainDate.from(iso, { overflow: "reject" }).toString();
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(iso)) return undefined;
    if (/(?:Z|[+-]\d{2}:?\d{2})$/i.test(iso)) return toMoment(Temporal.Instant.from(iso).toZonedDateTimeISO(zone));
    return toMoment(Temporal.PlainDateTime.from(iso, { overflow: "reject" }).toZonedDateTime(zone));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A day of a text of `parseMoment`. */
export function parseDay(text: string): string | undefined {
  return parseMoment(text)?.slice(0, 10);
}

/** A day with a time of its own ("18:30", "18 Uhr"); undefined where one of them cannot be read. */
export function joinTime(day: string, time: string): string | undefined {
  const [date, clockTime] = [parseDay(day), isoTime(time)];
  return date === undefined || clockTime === undefined ? undefined : parseMoment(`${date}T${clockTime}`);
}

/** RFC 822 and ISO dates of feeds as a moment; undefined where it is neither. */
export function parseFeedDate(text: string): string | undefined {
  const moment = parseMoment(text);
  if (moment !== undefined) return moment;
  const milliseconds = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : momentOf(new Date(milliseconds));
}

function endOf({ start, end }: OfferDate): number {
  if (end !== undefined) return Date.parse(end.length === 10 ? `${end}T00:00:00Z` : end);
  return Date.parse(start.length === 10 ? `${addDays(start, 1)}T00:00:00Z` : start);
}

/** Dates that are not over at `now` and begin within a year, the next first. */
export function upcoming(dates: readonly OfferDate[], now: Date): readonly OfferDate[] {
  const today = Date.parse(`${dayOf(now)}T00:00:00Z`);
  const until = now.getTime() + 366 * 86_400_000;
  return dates
    .filter((date) => {
      const whole = (date.end ?? date.start).length === 10;
      return (whole ? endOf(date) > today : endOf(date) >= now.getTime()) && Date.parse(date.start) <= until;
    })
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start))
    .slice(0, mostDates);
}

/** An end is in UTC, says the standard; a day ends at its end, and calendars that leave the Z away mean UTC. */
function withUtcEnd(rule: string): string {
  return rule.replace(/UNTIL=(\d{8})(?=;|$)/, "UNTIL=$1T235959Z").replace(/UNTIL=(\d{8}T\d{6})(?=;|$)/, "UNTIL=$1Z");
}

/**
 * The dates of a rule (RFC 5545, "FREQ=WEEKLY;BYDAY=TU") within a year from `now`; `first` is the first date. Throws RangeError or
 * Error with what is wrong with the rule; a rule that happens more often than daily throws as well.
 */
export function expandRule(rule: string, first: OfferDate, now: Date): readonly OfferDate[] {
  const text = rule.match(/(?:^|RRULE:)([A-Z]+=[^\r\n]*)/)?.[1];
  if (text === undefined || /FREQ=(?:HOURLY|MINUTELY|SECONDLY)/.test(text))
    throw new RangeError(`the rule of recurrence "${rule.slice(0, 60)}" cannot be used`);
  const whole = first.start.length === 10;
  const begin = Temporal.ZonedDateTime.from(whole ? `${first.start}T00:00[${zone}]` : `${first.start}[${zone}]`);
  const length = first.end === undefined ? undefined : durationOf(first);
  const dtstart = begin.toString({ offset: "never", timeZoneName: "never", smallestUnit: "second" }).replace(/[-:]/g, "");
  const rules = new RRuleTemporal({
    maxIterations: mostSteps,
    rruleString: `DTSTART;TZID=${zone}:${dtstart}\nRRULE:${withUtcEnd(text)}`,
  });
  const from = new Date(now.getTime() - (length?.total({ unit: "milliseconds", relativeTo: begin }) ?? 86_400_000));
  const found = rules
    .between(from, new Date(now.getTime() + 366 * 86_400_000), true)
    .map((each) => Temporal.ZonedDateTime.from(each.toString()));
  const dates = found.map((start) => {
    const end = length === undefined ? undefined : start.add(length);
    const show = (time: Temporal.ZonedDateTime) => (whole ? time.toPlainDate().toString() : toMoment(time));
    return { start: show(start), ...(end && { end: show(end) }) };
  });
  return upcoming(dates, now);
}

function durationOf({ start, end = start }: OfferDate): Temporal.Duration {
  if (start.length === 10) return Temporal.PlainDate.from(start).until(end.slice(0, 10), { largestUnit: "days" });
  return Temporal.Instant.from(start).until(Temporal.Instant.from(end), { largestUnit: "hours" });
}
