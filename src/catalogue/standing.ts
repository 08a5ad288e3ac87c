import type { Offer, OfferDate, Standing } from "../core/offer.ts";
import { berlinDay, dayAfter } from "../text/berlin-time.ts";

/** The day of a moment in Munich; a whole day is its own. */
function dayOfMoment(moment: string): string {
  return moment.length === 10 ? moment : berlinDay(new Date(moment));
}

/** The last day of a date; `end` is not part of it. */
function lastDayOf({ start, end }: OfferDate): string {
  if (end === undefined) return dayOfMoment(start);
  return end.length === 10 ? dayAfter(end, -1) : dayOfMoment(new Date(Date.parse(end) - 1).toISOString());
}

/** Over at its end; without one, when it has begun or its day is over. */
function isPast(date: OfferDate, now: Date): boolean {
  if (date.start.length === 10) return lastDayOf(date) < berlinDay(now);
  return Date.parse(date.end ?? date.start) <= now.getTime();
}

/** The dates of an offer that are not over, the next first. */
export function comingDates({ dates = [] }: Offer, now: Date): readonly OfferDate[] {
  const moment = ({ start }: OfferDate) => (start.length === 10 ? `${start}T00:00` : new Date(start).toISOString());
  return dates.filter((date) => !isPast(date, now)).sort((a, b) => moment(a).localeCompare(moment(b)));
}

/** True if a date touches the days from `from` to `to`, ISO dates, both included. */
export function isWithin(date: OfferDate, from: string, to: string): boolean {
  return dayOfMoment(date.start) <= to && lastDayOf(date) >= from;
}

/** True for what is no longer there: it holds no more, or all of its dates are past. */
export function isGone(offer: Offer, now: Date): boolean {
  if (offer.validUntil !== undefined && offer.validUntil < berlinDay(now)) return true;
  return offer.dates !== undefined && offer.dates.length > 0 && offer.dates.every((date) => isPast(date, now));
}

/** Whether one can take part today: the days that the source gives decide, then the phase that it names; undefined where neither is known. */
export function standingOf({ participation, deadline }: Offer, now: Date): Standing | undefined {
  const today = berlinDay(now);
  if (deadline !== undefined) return deadline < today ? "over" : "open";
  if (participation === undefined) return undefined;
  const { phase, from, to } = participation;
  if (phase === "closed") return "over";
  if (phase === "evaluation") return "evaluation";
  if (to !== undefined && to < today) return "over";
  if (from !== undefined) return from > today ? "announced" : "open";
  return phase;
}
