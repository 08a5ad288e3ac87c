import { z } from "zod";
import { berlinClock, dayAfter } from "../../text/berlin-time.ts";

const Dates = z.array(z.object({ start: z.string(), end: z.string().optional() }));

const isDay = (moment: string) => /^\d{4}-\d\d-\d\d$/.test(moment);

function textOf(moment: string): string {
  const { day, time } = berlinClock(new Date(moment));
  return `${day} ${time}`;
}

/** Days are shown with the last one included; the catalogue writes the day after it. */
function lineOf({ start, end }: { readonly start: string; readonly end?: string | undefined }): string {
  const from = isDay(start) ? start : textOf(start);
  if (end === undefined) return from;
  return `${from} – ${isDay(end) ? dayAfter(end, -1) : textOf(end)}`;
}

/** Dates as an editor reads and writes them: one to a line, in Munich's time. */
export function dateLines(value: unknown): string {
  return Dates.catch([]).parse(value).map(lineOf).join("\n");
}

/** The end of a date: a time alone is of the day on which it begins, and of days the last one is included. */
function readEnd(start: string, text: string): string {
  if (/^\d{1,2}[:.]\d\d$/.test(text)) return `${start.split(" ")[0]} ${text.replace(".", ":").padStart(5, "0")}`;
  return isDay(text) && !Number.isNaN(Date.parse(text)) ? dayAfter(text, 1) : text;
}

/** Reads lines such as `2026-12-03 18:30 – 20:00` or `2026-12-03 – 2026-12-05`; null where there is none. The moments are as they were typed. */
export function readDateLines(text: string): unknown {
  const lines = text.split("\n").flatMap((line) => line.trim() || []);
  if (lines.length === 0) return null;
  return lines.map((line) => {
    const [start = "", end] = line.split(/\s+(?:–|-|bis|to)\s+/);
    return end === undefined ? { start } : { start, end: readEnd(start, end) };
  });
}
