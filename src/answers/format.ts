import type { Lang } from "../core/languages.ts";
import type { OfferDate } from "../core/offer.ts";
import { formatsOf } from "./format-moment.ts";

const weekdays = formatsOf({ weekday: "long", timeZone: "UTC" });
const wholeDays = formatsOf({ dateStyle: "full", timeZone: "UTC" });
const times = formatsOf({ dateStyle: "full", timeStyle: "short" });

/** Keeps digits in their order inside right-to-left text (Unicode isolates). */
export function isolated(text: string, lang: Lang): string {
  return lang === "ar" ? `\u2066${text}\u2069` : text;
}

/** The weekday of an ISO date. */
export function formatWeekday(day: string, lang: Lang): string {
  return weekdays[lang].format(new Date(day));
}

function formatSpan(format: Intl.DateTimeFormat, from: Date, to: Date): string {
  return from.getTime() >= to.getTime() ? format.format(from) : format.formatRange(from, to);
}

/** When something takes place: days alone where no time is known, else with the times of Munich. */
export function formatOfferDate({ start, end }: OfferDate, lang: Lang): string {
  const from = new Date(start);
  if (start.length === 10) {
    const last = end === undefined ? from : new Date(Date.parse(end) - 1);
    return formatSpan(wholeDays[lang], from, end === undefined ? from : last);
  }
  return formatSpan(times[lang], from, end === undefined ? from : new Date(end));
}
