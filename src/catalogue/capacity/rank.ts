import type { FoundOffer, Offer } from "../../core/offer.ts";
import { isCurrent } from "./freshness.ts";

/** Says of each offer whether its count of free places is too old. */
export function markOutdated(found: readonly FoundOffer[], now: Date): readonly FoundOffer[] {
  return found.map((each) => (each.offer.capacity === undefined || isCurrent(each.offer, now) ? each : { ...each, outdated: true }));
}

/** Free now, not known, outdated, full. */
function placeOf({ capacity }: Offer, current: boolean, wanted: boolean): number {
  if (capacity === undefined || !wanted) return 1;
  if (!current) return 2;
  return capacity.available > 0 ? 0 : 3;
}

/** Sets offers of the wanted needs with free places first, and outdated and full ones last; the order stays otherwise. */
export function rankByCapacity(found: readonly FoundOffer[], needs: readonly string[], now: Date): readonly FoundOffer[] {
  const placed = found.map((each) => {
    const wanted = needs.length === 0 || each.offer.needs.some((need) => needs.includes(need));
    return { each, place: placeOf(each.offer, isCurrent(each.offer, now), wanted) };
  });
  return placed.sort((a, b) => a.place - b.place).map(({ each }) => each);
}
