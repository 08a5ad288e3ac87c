import type { ClockTime, DaysWithHours, OpenSpan } from "../core/hours.ts";
import type { Lang } from "../core/languages.ts";
import type { FoundOffer } from "../core/offer.ts";
import { words } from "../words/words.ts";
import { formatWeekday, isolated } from "./format.ts";
import { formatDay } from "./format-moment.ts";

/** What ends by this time of the next morning is spoken of as tonight. */
const endOfNight = "06:00";
const nextWeek = 7;

function clockOf(time: string, lang: Lang): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return words[lang].timePlace.clock(hours, minutes, hours % 12 || 12, hours % 24 < 12 ? "am" : "pm");
}

function timeOf(time: string, lang: Lang): string {
  return isolated(words[lang].timePlace.time(clockOf(time, lang)), lang);
}

function dayOf({ day, daysAhead }: ClockTime, lang: Lang): string {
  return daysAhead < nextWeek ? formatWeekday(day, lang) : formatDay(day, lang);
}

function opensLine(opens: ClockTime, lang: Lang): string {
  const own = words[lang].timePlace;
  const time = timeOf(opens.time, lang);
  if (opens.daysAhead === 0) return own.opensToday(time);
  return opens.daysAhead === 1 ? own.opensTomorrow(time) : own.opensOn(dayOf(opens, lang), time);
}

function untilLine(until: ClockTime, lang: Lang): string {
  const own = words[lang].timePlace;
  const tonight = until.daysAhead === 0 || (until.daysAhead === 1 && until.time <= endOfNight);
  if (!tonight) return own.openUntilDay(dayOf(until, lang), timeOf(until.time, lang));
  return own.openUntil(timeOf(until.daysAhead === 1 && until.time === "00:00" ? "24:00" : until.time, lang));
}

function spanOf({ opens, closes, note }: OpenSpan, lang: Lang): string {
  const span = isolated(words[lang].timePlace.span(clockOf(opens, lang), clockOf(closes, lang)), lang);
  return note === undefined ? span : `${span} (${isolated(note, lang)})`;
}

/** One or more weekdays in a row with their hours, on a line; `first` and `last` are ISO dates. */
export function daysLine({ first, last, spans }: DaysWithHours, lang: Lang): string {
  const own = words[lang].timePlace;
  const day = first === last ? formatWeekday(first, lang) : own.days(formatWeekday(first, lang), formatWeekday(last, lang));
  return `${day}: ${spans.length === 0 ? own.closedDay : spans.map((span) => spanOf(span, lang)).join(", ")}`;
}

/** Whether something is open, and its hours in the next seven days if they were asked for. What is not known is said where it was asked for. */
export function hoursLines({ hours }: FoundOffer, lang: Lang): readonly string[] {
  if (hours === undefined) return [];
  const own = words[lang].timePlace;
  const { state, days, asked } = hours;
  if (days.length === 0) return [asked === "week" ? own.noHours : own.openUnknown];
  const week = asked === "week" ? [own.week, ...days.map((each) => daysLine(each, lang))] : [];
  switch (state.kind) {
    case "open":
      return state.until === undefined ? [own.openAlways] : [untilLine(state.until, lang), ...week];
    case "closed":
      return [state.opens === undefined ? own.closed : opensLine(state.opens, lang), ...week];
    case "unknown":
      return [...(asked === undefined ? [] : [own.openUnknown]), ...week];
    default:
      return state satisfies never;
  }
}
