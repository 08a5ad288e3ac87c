import type { Offer } from "../../core/offer.ts";
import { isCurrent } from "../capacity/freshness.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** Half a year: organisations are asked twice a year whether all is still right. */
const checkedDays = 183;

/** True if nobody has said for half a year that the entry is right. */
export function isCheckDue({ checkedAt }: Pick<Offer, "checkedAt">, now: Date): boolean {
  return checkedAt === undefined || now.getTime() - Date.parse(checkedAt) >= checkedDays * dayMs;
}

/** True if a count of free places stands there and is older than counts of its kind hold. */
export function isCountDue(offer: Pick<Offer, "kind" | "needs" | "capacity">, now: Date): boolean {
  return offer.capacity !== undefined && !isCurrent(offer, now);
}
