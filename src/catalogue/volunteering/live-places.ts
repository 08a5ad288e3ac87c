import { z } from "zod";
import type { Catalogue } from "../../core/catalogue.ts";
import type { Offer } from "../../core/offer.ts";
import type { Database } from "../../database/database.ts";
import { taskPlaces } from "../../database/schema.ts";
import type { CatalogueRecords, LiveCatalogue } from "../live-catalogue.ts";

const Places = z.array(z.object({ offerId: z.string(), countedAt: z.date(), free: z.number(), changes: z.number(), changedAt: z.date() }));

type Place = z.infer<typeof Places>[number];

/** What is left of an offer's places, unless the organisation has counted them since. */
function laidOver(offer: Offer, places: ReadonlyMap<string, Place>): Offer {
  const place = places.get(offer.id);
  if (offer.capacity === undefined || place === undefined || new Date(offer.capacity.asOf) > place.countedAt) return offer;
  return { ...offer, capacity: { ...offer.capacity, available: place.free } };
}

function withPlaces(current: Catalogue, places: ReadonlyMap<string, Place>): Catalogue {
  return {
    ...current,
    search: async (query) => {
      const result = await current.search(query);
      return { ...result, found: result.found.map((each) => ({ ...each, offer: laidOver(each.offer, places) })) };
    },
    findOffer: (ref) => {
      const offer = current.findOffer(ref);
      return offer === undefined ? undefined : laidOver(offer, places);
    },
    showOffer: (ref) => {
      const found = current.showOffer(ref);
      return found === undefined ? undefined : { ...found, offer: laidOver(found.offer, places) };
    },
  };
}

/** How often places have changed in all. */
const changesOf = (places: ReadonlyMap<string, Place>) => [...places.values()].reduce((sum, { changes }) => sum + changes, 0);

function recordsWith(records: CatalogueRecords, places: ReadonlyMap<string, Place>): CatalogueRecords {
  const changed = [...places.values()].map(
    ({ offerId, changedAt }) => [offerId, Math.max(changedAt.getTime(), records.changedAt.get(offerId) ?? 0)] as const,
  );
  return {
    ...records,
    version: `${records.version}:${changesOf(places)}`,
    offers: records.offers.map((offer) => laidOver(offer, places)),
    changedAt: new Map([...records.changedAt, ...changed]),
  };
}

/** The catalogue with the places of volunteers' tasks that people have taken taken off, without building the index anew. */
export async function withTaskPlaces(db: Database, catalogue: LiveCatalogue): Promise<LiveCatalogue> {
  const readPlaces = async () => new Map(Places.parse(await db.select().from(taskPlaces)).map((place) => [place.offerId, place]));
  let places: ReadonlyMap<string, Place> = await readPlaces();
  let records = recordsWith(catalogue.records(), places);
  return {
    ...catalogue,
    current: () => withPlaces(catalogue.current(), places),
    offers: () => records.offers,
    records: () => records,
    refresh: async () => {
      const changed = await catalogue.refresh();
      const read = await readPlaces();
      if (!changed && changesOf(read) === changesOf(places)) return false;
      places = read;
      records = recordsWith(catalogue.records(), places);
      return true;
    },
  };
}
