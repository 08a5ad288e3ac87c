/** Days as OpenStreetMap writes them, Monday first. */
const osmDays = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] as const;

function rangeOf(from: number, to: number): string {
  const [first, last] = [osmDays[from], osmDays[to]];
  return to === from ? `${first}` : `${first}${to === from + 1 ? "," : "-"}${last}`;
}

/**
 * Hours of seven days, Monday first, in OpenStreetMap's opening_hours syntax: days that follow one another with the same hours are one
 * rule. A day is what stands behind the day's name ("08:00-12:00,14:00-18:00"), undefined where it is closed.
 */
export function weekHours(days: readonly (string | undefined)[]): string {
  const rules: string[] = [];
  for (let from = 0; from < 7; from += 1) {
    const hours = days[from];
    if (hours === undefined) continue;
    let to = from;
    while (to < 6 && days[to + 1] === hours) to += 1;
    rules.push(from === 0 && to === 6 && hours === "00:00-24:00" ? "24/7" : `${rangeOf(from, to)} ${hours}`);
    from = to;
  }
  return rules.length === 0 ? "off" : rules.join("; ");
}

/** A span of a day, "08:00-18:00"; undefined where one of the times is none or nothing lies between them. Seconds are dropped, an end at midnight is 24:00. */
export function timeSpan(opens: string | null | undefined, closes: string | null | undefined): string | undefined {
  const clock = /^([01]\d|2[0-4]):([0-5]\d)(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?$/;
  const [from, to] = [opens?.trim().match(clock), closes?.trim().match(clock)];
  if (!from || !to) return undefined;
  const start = `${from[1]}:${from[2]}`;
  const end = `${to[1]}:${to[2]}` === "00:00" ? "24:00" : `${to[1]}:${to[2]}`;
  return start === end ? undefined : `${start}-${end}`;
}

const icalDays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** A regular opening of HSDS's table schedule: RFC 5545's freq and byday with times. */
export interface Schedule {
  readonly freq?: string | null | undefined;
  readonly interval?: number | null | undefined;
  readonly byday?: string | null | undefined;
  readonly opens_at?: string | null | undefined;
  readonly closes_at?: string | null | undefined;
}

function monthlyRule({ byday, opens_at, closes_at }: Schedule): string | undefined {
  const span = timeSpan(opens_at, closes_at);
  const days = byday?.split(",").map((day) => day.trim().match(/^([1-5]|-1)(MO|TU|WE|TH|FR|SA|SU)$/));
  if (span === undefined || days === undefined || days.some((day) => !day)) return undefined;
  return `${days.map((day) => `${osmDays[icalDays.indexOf(day?.[2] ?? "")]}[${day?.[1]}]`).join(",")} ${span}`;
}

function daysOf({ freq, byday }: Schedule): readonly number[] {
  if (freq === "DAILY" || (freq !== "WEEKLY" && byday === undefined)) return freq === "DAILY" ? [0, 1, 2, 3, 4, 5, 6] : [];
  return (byday ?? "").split(",").flatMap((day) => (icalDays.includes(day.trim()) ? [icalDays.indexOf(day.trim())] : []));
}

/** Schedules as one opening_hours text; undefined where one of them cannot be said so (every second week, times that are missing). */
export function scheduleHours(schedules: readonly Schedule[]): string | undefined {
  const spans = osmDays.map((): string[] => []);
  const monthly: string[] = [];
  for (const schedule of schedules) {
    const rule = schedule.freq === "MONTHLY" ? monthlyRule(schedule) : undefined;
    const [span, days] = [timeSpan(schedule.opens_at, schedule.closes_at), daysOf(schedule)];
    if (rule !== undefined) monthly.push(rule);
    else if (span === undefined || days.length === 0 || (schedule.interval ?? 1) > 1 || schedule.freq === "MONTHLY") return undefined;
    else for (const day of days) spans[day]?.push(span);
  }
  if (schedules.length === 0) return undefined;
  const week = spans.map((own) => (own.length === 0 ? undefined : [...new Set(own)].sort().join(",")));
  const regular = week.every((day) => day === undefined) ? [] : [weekHours(week)];
  return [...regular, ...monthly].join("; ");
}
