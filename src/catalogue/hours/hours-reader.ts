import Schedule from "opening_hours";
import { messageOf } from "../../core/errors.ts";
import type { HoursReader, OpeningHours } from "../../core/hours.ts";
import { berlinClock, dayAfter } from "../../text/berlin-time.ts";
import { joinSpans, minutesOfDay, type OpenMinutes, tellHours } from "./open-spans.ts";

const place = (state: string) => ({ lat: 48.1374, lon: 11.5755, address: { country_code: "de", state } });
/** The library counts Augsburg's holiday of 8 August to all of Bavaria; on that day the calendar of the neighbour is Munich's. */
const bavaria = place("Bayern");
const neighbour = place("Baden-Württemberg");
const augsburgsHoliday = "-08-08";

const weekDays = 7;
/** How far ahead the next opening is looked for where the week has none. */
const furtherDays = 370;
const mostKept = 2000;

interface Schedules {
  readonly usual: Schedule;
  readonly onAugsburgsHoliday: Schedule;
}

/** Midnight of a day by this machine's clock: the library reads the local clock, and is told Munich's time as if it were that. */
function localMidnight(day: string, later = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later);
}

/** Minutes of the clock between two moments of this machine: an hour that is set forward or back is none. */
function clockMinutes(from: Date, to: Date): number {
  const days = Math.round(
    (Date.UTC(to.getFullYear(), to.getMonth(), to.getDate()) - Date.UTC(from.getFullYear(), from.getMonth(), from.getDate())) / 86_400_000,
  );
  return days * minutesOfDay + to.getHours() * 60 + to.getMinutes();
}

function spansOf({ usual, onAugsburgsHoliday }: Schedules, today: string, first: number, days: number): readonly OpenMinutes[] {
  const midnight = localMidnight(today);
  const spans = Array.from({ length: days }, (_, index) => {
    const day = dayAfter(today, first + index);
    const schedule = day.endsWith(augsburgsHoliday) ? onAugsburgsHoliday : usual;
    return schedule.getOpenIntervals(localMidnight(day), localMidnight(day, 1)).map(([from, to, unknown, note]) => ({
      from: clockMinutes(midnight, from),
      to: clockMinutes(midnight, to),
      unknown,
      ...(note === undefined ? {} : { note }),
    }));
  });
  return joinSpans(spans.flat());
}

function tell(schedules: Schedules, now: Date): OpeningHours {
  const { day, time } = berlinClock(now);
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const minutes = hour * 60 + minute;
  // From yesterday, whose evening may last until now; a day more than is shown, for its night.
  const spans = spansOf(schedules, day, -1, weekDays + 2);
  const end = (weekDays + 1) * minutesOfDay;
  const opensSoon = spans.some(({ to, unknown }) => to > minutes && !unknown);
  const all = opensSoon ? spans : [...spans, ...spansOf(schedules, day, weekDays + 1, furtherDays).slice(0, 1)];
  return tellHours(all, minutes, day, end);
}

/** Makes the reader of opening hours, which needs this library; loaded only where hours are to be read. */
export function createHoursReader(): HoursReader {
  const kept = new Map<string, Schedules | Error>();

  function parse(hours: string): Schedules | Error {
    try {
      return { usual: new Schedule(hours, bavaria), onAugsburgsHoliday: new Schedule(hours, neighbour) };
    } catch (error) {
      return error instanceof Error ? error : new Error(messageOf(error));
    }
  }

  function find(hours: string): Schedules | Error {
    const known = kept.get(hours);
    if (known !== undefined) return known;
    if (kept.size >= mostKept) kept.clear();
    const parsed = parse(hours);
    kept.set(hours, parsed);
    return parsed;
  }

  return {
    read: (hours, now) => {
      const schedules = find(hours);
      return schedules instanceof Error ? undefined : tell(schedules, now);
    },
    findFault: (hours) => {
      const schedules = find(hours);
      return schedules instanceof Error ? schedules.message.split("\n")[0] : undefined;
    },
  };
}
