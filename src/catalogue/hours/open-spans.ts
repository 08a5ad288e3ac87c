import type { DaysWithHours, OpeningHours, OpenState } from "../../core/hours.ts";
import { dayAfter } from "../../text/berlin-time.ts";

/** A time for which something is open or may be (`unknown`: by appointment), as minutes from the first midnight that is looked at. */
export interface OpenMinutes {
  readonly from: number;
  readonly to: number;
  readonly unknown: boolean;
  readonly note?: string | undefined;
}

export const minutesOfDay = 1440;
const daysShown = 7;

function spell(minutes: number): string {
  const ofDay = minutes % minutesOfDay;
  return `${String(Math.floor(ofDay / 60)).padStart(2, "0")}:${String(ofDay % 60).padStart(2, "0")}`;
}

function stateAt(now: number, today: string, spans: readonly OpenMinutes[], end: number): OpenState {
  const clockTime = (minutes: number) => {
    const daysAhead = Math.floor(minutes / minutesOfDay);
    return { day: dayAfter(today, daysAhead), daysAhead, time: spell(minutes) };
  };
  const running = spans.find(({ from, to }) => from <= now && now < to);
  if (running?.unknown === true) return { kind: "unknown" };
  if (running !== undefined) return { kind: "open", ...(running.to >= end ? {} : { until: clockTime(running.to) }) };
  const next = spans.find(({ from, unknown }) => from > now && !unknown);
  return { kind: "closed", ...(next === undefined ? {} : { opens: clockTime(next.from) }) };
}

function groupDays(today: string, spans: readonly OpenMinutes[]): readonly DaysWithHours[] {
  const groups: DaysWithHours[] = [];
  for (let day = 0; day < daysShown; day += 1) {
    const own = spans.filter(({ from }) => Math.floor(from / minutesOfDay) === day);
    const said = own.map(({ from, to, note }) => {
      const closes = to === (day + 1) * minutesOfDay ? "24:00" : spell(to);
      return { opens: spell(from), closes, ...(note === undefined ? {} : { note }) };
    });
    const last = groups.at(-1);
    const date = dayAfter(today, day);
    if (last !== undefined && JSON.stringify(last.spans) === JSON.stringify(said)) groups[groups.length - 1] = { ...last, last: date };
    else groups.push({ first: date, last: date, spans: said });
  }
  return groups;
}

/** Cuts what lasts longer than a day, or ends later than in the next one's morning, at each midnight. */
function byDay(span: OpenMinutes): readonly OpenMinutes[] {
  const midnight = (Math.floor(span.from / minutesOfDay) + 1) * minutesOfDay;
  if (span.to - span.from < minutesOfDay && span.to <= midnight + minutesOfDay / 2) return [span];
  return span.to <= midnight ? [span] : [{ ...span, to: midnight }, ...byDay({ ...span, from: midnight })];
}

/** What is told of spans that are in order and do not touch, counted from midnight of `today`; `now` is in minutes as well, and they are known until `end`. */
export function tellHours(spans: readonly OpenMinutes[], now: number, today: string, end: number): OpeningHours {
  return { state: stateAt(now, today, spans, end), days: groupDays(today, spans.filter(({ to }) => to > 0).flatMap(byDay)) };
}

/** Joins spans that touch, as nights do at midnight. */
export function joinSpans(spans: readonly OpenMinutes[]): readonly OpenMinutes[] {
  const joined: OpenMinutes[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last !== undefined && last.to === span.from && last.unknown === span.unknown && last.note === span.note)
      joined[joined.length - 1] = { ...last, to: span.to };
    else joined.push(span);
  }
  return joined;
}
