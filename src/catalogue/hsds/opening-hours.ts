import type { OfferDate } from "../../core/offer.ts";
import { uuidOf } from "./identifiers.ts";
import type { Schedule } from "./shapes.ts";

const weekdays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] as const;
const rulePattern =
  /^(?:(?<days>(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*)\s+)?(?:(?<times>\d{2}:\d{2}-\d{2}:\d{2}(?:,\s*\d{2}:\d{2}-\d{2}:\d{2})*)|(?<closed>off|closed))$/;
const localTime = "Ortszeit (Europe/Berlin)";
const holidaysOff = `${localTime}, nicht an Feiertagen in Bayern`;

function isWeekday(text: string): text is (typeof weekdays)[number] {
  return (weekdays as readonly string[]).includes(text);
}

/** "Mo-We,Fr" as numbers from Monday on; a range may go over the end of the week. */
function readDays(text: string): readonly number[] {
  return text.split(",").flatMap((part) => {
    const [from, to] = part.split("-").map((day) => (isWeekday(day) ? weekdays.indexOf(day) : 0));
    if (from === undefined) return [];
    const length = to === undefined ? 1 : ((to - from + weekdays.length) % weekdays.length) + 1;
    return Array.from({ length }, (_, step) => (from + step) % weekdays.length);
  });
}

interface Week {
  /** Ranges of time for each day from Monday on. */
  readonly days: readonly (readonly string[])[];
  readonly holidaysOff: boolean;
}

/** Reads opening hours that say nothing but days of the week with times; undefined for months, weeks, comments and whatever else the syntax has. */
function readWeek(text: string): Week | undefined {
  const days: (readonly string[])[] = weekdays.map(() => []);
  let off = false;
  if (text.trim() === "24/7") return { days: days.map(() => ["00:00-23:59"]), holidaysOff: false };
  for (const rule of text.split(";").map((part) => part.trim())) {
    if (/^PH (?:off|closed)$/.test(rule)) {
      off = true;
      continue;
    }
    const { days: named, times, closed } = rulePattern.exec(rule)?.groups ?? {};
    if (times === undefined && closed === undefined) return undefined;
    // A later rule takes the place of an earlier one for its days.
    for (const day of readDays(named ?? "Mo-Su")) days[day] = times?.split(/,\s*/) ?? [];
  }
  return { days, holidaysOff: off };
}

/**
 * Opening hours as weekly schedules, one for each range of time; what is not simple stays whole in one description, as OpenStreetMap writes it.
 * Times have no offset: it changes between summer and winter.
 */
export function schedulesOf(openingHours: string, ownerId: string): Schedule[] {
  const week = readWeek(openingHours);
  if (week === undefined) return [{ id: uuidOf("part", `${ownerId} hours`), description: openingHours }];
  const ranges = [...new Set(week.days.flat())];
  return ranges.map((range) => {
    const [opens, closes] = range.split("-");
    return {
      id: uuidOf("part", `${ownerId} hours ${range}`),
      freq: "WEEKLY",
      byday: weekdays
        .filter((_, day) => week.days[day]?.includes(range))
        .map((day) => day.toUpperCase())
        .join(","),
      opens_at: opens,
      // HSDS ends a day at 23:59.
      closes_at: closes === "24:00" ? "23:59" : closes,
      description: openingHours,
      notes: week.holidaysOff ? holidaysOff : localTime,
    };
  });
}

const dayMs = 86_400_000;

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - dayMs).toISOString().slice(0, 10);
}

/** "2026-12-05T18:00:00+01:00" as its day and its time with the offset; whole days have no time. */
function splitMoment(moment: string): { readonly day: string; readonly time?: string } {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})[\d:.]*(Z|[+-]\d{2}:\d{2})$/.exec(moment);
  return found === null ? { day: moment } : { day: found[1] ?? moment, time: `${found[2]}${found[3]}` };
}

/** The dates of an event or course, one schedule each. `end` of whole days is the day after the last one, as in iCalendar. */
export function schedulesOfDates(dates: readonly OfferDate[], ownerId: string): Schedule[] {
  return dates.map(({ start, end }) => {
    const from = splitMoment(start);
    const to = end === undefined ? undefined : splitMoment(end);
    const lastDay = to === undefined ? undefined : to.time === undefined ? dayBefore(to.day) : to.day;
    return {
      id: uuidOf("part", `${ownerId} date ${start}`),
      dtstart: from.day,
      until: lastDay === undefined || lastDay < from.day ? from.day : lastDay,
      opens_at: from.time,
      closes_at: to?.time,
    };
  });
}
