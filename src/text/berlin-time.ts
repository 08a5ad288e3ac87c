const dayMs = 86_400_000;
const clock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Berlin",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

/** What the clocks in Munich show: ISO date, and "HH:MM". */
export interface BerlinClock {
  readonly day: string;
  readonly time: string;
}

const minuteMs = 60_000;
/** The minute asked for last: an answer asks for the same one again and again, and formatting costs more than all else that it does with time. */
let last: { readonly minute: number; readonly clock: BerlinClock } | undefined;

/** What the clocks in Munich show at a moment. */
export function berlinClock(moment: Date): BerlinClock {
  const minute = Math.floor(moment.getTime() / minuteMs);
  if (last?.minute === minute) return last.clock;
  const [day = "", time = ""] = clock.format(moment).split(" ");
  last = { minute, clock: { day, time } };
  return last.clock;
}

/** The ISO date in Munich at a moment. */
export function berlinDay(moment: Date): string {
  return berlinClock(moment).day;
}

/** The ISO date so many days later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}
