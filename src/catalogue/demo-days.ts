import { berlinClock, berlinDay, dayAfter } from "../text/berlin-time.ts";

const weekdays: readonly string[] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const daysOfWeek = 7;
const hourMs = 3_600_000;

/** Fields of an offer that hold a day or a moment. */
const timedFields = new Set(["start", "end", "from", "to", "deadline", "validUntil", "asOf"]);

const hoursAgo = /^(?<hours>\d+) hours? ago$/;
const written = new RegExp(
  `^(?:(?<today>today)|in (?<ahead>\\d+) days?|(?<back>\\d+) days? ago|(?:(?<weeks>\\d+) weeks? after )?next (?<weekday>${weekdays.join("|")}))(?: (?<time>(?:[01]\\d|2[0-3]):[0-5]\\d))?$`,
);

/** How many days after `today` the words mean; "next Saturday" is never today. */
function daysFrom(today: string, { ahead, back, weeks, weekday }: Readonly<Record<string, string | undefined>>): number {
  if (ahead !== undefined) return Number(ahead);
  if (back !== undefined) return -Number(back);
  if (weekday === undefined) return 0;
  const until = weekdays.indexOf(weekday) - new Date(today).getUTCDay();
  return (until > 0 ? until : until + daysOfWeek) + daysOfWeek * Number(weeks ?? 0);
}

/** The moment at which Munich's clocks show this; of an hour that is left out in spring, the one before. */
function berlinMoment(day: string, time: string): string {
  const shows = (offset: string) => {
    const clock = berlinClock(new Date(`${day}T${time}:00${offset}`));
    return clock.day === day && clock.time === time;
  };
  return `${day}T${time}:00${shows("+02:00") ? "+02:00" : "+01:00"}`;
}

/**
 * A day or moment that is written relative to `now`: "today", "in 5 days 14:00", "2 days ago 09:30", "3 hours ago", "next Saturday 14:00",
 * "4 weeks after next Saturday". An ISO day without a time, else an ISO moment; undefined for any other text, a fixed date too.
 */
export function readRelativeDay(text: string, now: Date): string | undefined {
  const hours = hoursAgo.exec(text)?.groups?.["hours"];
  if (hours !== undefined) return new Date(now.getTime() - Number(hours) * hourMs).toISOString();
  const said = written.exec(text)?.groups;
  if (said === undefined) return undefined;
  const today = berlinDay(now);
  const day = dayAfter(today, daysFrom(today, said));
  return said["time"] === undefined ? day : berlinMoment(day, said["time"]);
}

/** The entries of knowledge/demo as of `now`; `refuse` is called for a day that is fixed, since it would be over one day. */
export function resolveDemoDays(entries: unknown, now: Date, refuse: (path: readonly PropertyKey[], text: string) => never): unknown {
  function resolve(value: unknown, path: readonly PropertyKey[]): unknown {
    if (Array.isArray(value)) return value.map((each, index) => resolve(each, [...path, index]));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each, [...path, key])]));
    const field = path.at(-1);
    if (typeof value !== "string" || typeof field !== "string" || !timedFields.has(field)) return value;
    const moment = readRelativeDay(value, now) ?? refuse(path, value);
    return field === "asOf" ? new Date(moment).toISOString() : moment;
  }
  return resolve(entries, []);
}
