import type { Offer } from "../../core/offer.ts";
import type { FreePlaces, PlacesSaved } from "../../core/provider.ts";
import type { Database } from "../../database/database.ts";
import { isCurrent } from "../capacity/freshness.ts";
import { readJoinedPairs } from "../imports/duplicate-store.ts";
import { joinPairs, readLaidOffers } from "../imports/lay-imports.ts";
import { holdsWords, pageOf } from "../listing.ts";
import { changeByStaff, readOffer } from "../offer-editing.ts";
import { applyOverrides, type CountWord, findCountWord, readOverrides } from "../overrides.ts";
import { countedUnits } from "./units.ts";

/** What is known of an offer's free places, and by whom; `current` is false for a count that is too old to be shown. */
function placesOf(offer: Offer, word: CountWord | undefined, now: Date) {
  const { capacity } = offer;
  return { capacity, current: isCurrent(offer, now), layer: word?.layer ?? "source", at: word?.at?.toISOString() };
}

/** Those that need somebody first: outdated counts, the oldest first, then current ones, then numbers that are said to be unknown. */
function urgencyOf({ capacity, current }: ReturnType<typeof placesOf>): string {
  if (capacity === undefined) return "2";
  return `${current ? 1 : 0}${capacity.asOf}`;
}

/** The offers that count places, or of which somebody said that the number is not known, by title, organisation and id. */
export async function listPlaces(db: Database, { q, page }: { readonly q: string; readonly page: number }, now: Date) {
  const { offers, layer } = await readLaidOffers(db);
  const given = [...layer, ...(await readOverrides(db))];
  const counts = Map.groupBy(
    given.filter(({ field }) => field === "capacity"),
    ({ offerId }) => offerId,
  );
  const below = new Map(offers.map((offer) => [offer.id, offer]));
  const holds = holdsWords(q);
  const found = joinPairs(applyOverrides(offers, given), await readJoinedPairs(db))
    .flatMap((offer) => {
      const own = counts.get(offer.id) ?? [];
      if (offer.capacity === undefined && own.length === 0) return [];
      if (!holds(`${offer.id} ${offer.title.de} ${offer.organization}`)) return [];
      return [{ offer, ...placesOf(offer, findCountWord(below.get(offer.id) ?? offer, own, now.getTime()), now) }];
    })
    .sort((a, b) => urgencyOf(a).localeCompare(urgencyOf(b)) || a.offer.title.de.localeCompare(b.offer.title.de, "de"));
  const { pages, shown } = pageOf(found, page);
  return {
    ...{ page, pages, offers: found.length },
    outdated: found.filter(({ capacity, current }) => capacity !== undefined && !current).length,
    lines: shown.map(({ offer, ...places }) => ({ id: offer.id, title: offer.title.de, organization: offer.organization, ...places })),
  };
}

/** What is known of one offer's free places. Throws NOT_FOUND where there is no such offer. */
export async function showPlaces(db: Database, offerId: string, now: Date) {
  const { base, offer, own } = await readOffer(db, offerId);
  return placesOf(offer, findCountWord(base, own, now.getTime()), now);
}

/** Free places as staff state them: who they are, and the number of the offer's last change that they have seen. */
export interface StaffPlaces extends FreePlaces {
  readonly by: string;
  readonly expected?: number | undefined;
}

/** Sets the count of an offer as staff say it, or says that it is not known. Throws USAGE where other staff have changed the offer meanwhile. */
export async function setPlacesByStaff(db: Database, places: StaffPlaces, now: Date): Promise<PlacesSaved> {
  const { offerId, available, unit, seen, by, expected } = places;
  const { capacity } = (await readOffer(db, offerId)).offer;
  if ((capacity?.asOf ?? "") !== seen) return { kind: "newer" };
  const value = countOf(capacity, { available, unit }, now);
  if ("kind" in value) return value;
  await changeByStaff(db, { offerId, field: "capacity", value: value.count, by, expected });
  return { kind: "saved" };
}

/** A count as it is stored, null for none, or why it cannot be one. */
export function countOf(
  before: Offer["capacity"],
  { available, unit }: Pick<FreePlaces, "available" | "unit">,
  now: Date,
): { readonly count: Offer["capacity"] | null } | Exclude<PlacesSaved, { kind: "saved" }> {
  if (available === undefined) return { count: null };
  const counted = before?.unit ?? countedUnits[unit ?? -1];
  if (counted === undefined) return { kind: "unit-missing" };
  const maximum = before?.maximum;
  if (maximum !== undefined && available > maximum) return { kind: "too-many", maximum };
  return { count: { unit: counted, available, ...(maximum === undefined ? {} : { maximum }), asOf: now.toISOString() } };
}
