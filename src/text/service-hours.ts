import type { ServiceHours } from "../core/handover.ts";
import { berlinClock } from "./berlin-time.ts";

const days: readonly string[] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const line = /^(Mo|Tu|We|Th|Fr|Sa|Su)(?:-(Mo|Tu|We|Th|Fr|Sa|Su))? ((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

const numberOf = (day: string) => days.indexOf(day) + 1;

function parseLine(text: string): ServiceHours | undefined {
  const [, first = "", last = first, opens = "", closes = ""] = line.exec(text) ?? [];
  const hours = { first: numberOf(first), last: numberOf(last), opens, closes };
  return hours.first === 0 || hours.first > hours.last || opens >= closes ? undefined : hours;
}

/** Hours such as "Mo-Th 09:00-16:00; Fr 09:00-12:00" (the simple part of OpenStreetMap's opening_hours); undefined if a part cannot be read. */
export function parseServiceHours(text: string): readonly ServiceHours[] | undefined {
  const lines = text.split(";").map((each) => parseLine(each.trim()));
  return lines.every((each) => each !== undefined) ? lines : undefined;
}

/** True if a moment lies within these hours, by the clocks in Munich. */
export function isWithinHours(hours: readonly ServiceHours[], moment: Date): boolean {
  const { day, time } = berlinClock(moment);
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
  return hours.some(({ first, last, opens, closes }) => weekday >= first && weekday <= last && time >= opens && time < closes);
}
