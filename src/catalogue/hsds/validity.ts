import type { Offer } from "../../core/offer.ts";
import { berlinDay, dayAfter } from "../../text/berlin-time.ts";

/** The last day on which an offer can be used, where it says one. */
function lastDayOf({ kind, validUntil, deadline }: Offer): string | undefined {
  const days = [validUntil, kind === "open-call" ? deadline : undefined].filter((day) => day !== undefined);
  return days.sort()[0];
}

/** The moment at which a day begins in Munich, in milliseconds since 1970. */
function startOfDay(day: string): number {
  const summer = Date.parse(`${day}T00:00:00+02:00`);
  return berlinDay(new Date(summer)) === day ? summer : Date.parse(`${day}T00:00:00+01:00`);
}

/** When an offer stopped holding, in milliseconds since 1970: after its last day in Munich; undefined as long as it holds. */
export function endedAt(offer: Offer, now: Date): number | undefined {
  const lastDay = lastDayOf(offer);
  if (lastDay === undefined) return undefined;
  const end = startOfDay(dayAfter(lastDay, 1));
  return end <= now.getTime() ? end : undefined;
}

/** Nobody can use it any more: its last day is over, or the participation project is closed. */
export function isOver(offer: Offer, now: Date): boolean {
  return offer.participation?.phase === "closed" || endedAt(offer, now) !== undefined;
}
