import type { OfferLocation } from "../core/offer.ts";

const map = "https://www.openstreetmap.org";
/** Streets and house numbers can be read at this level. */
const zoom = 17;

/** The address of a map with a place: its point, else its address; undefined where neither is known, or only the point of something without an address. */
export function mapUrl({ address, geo }: Pick<OfferLocation, "address" | "geo">): string | undefined {
  if (address === undefined) return undefined;
  if (geo !== undefined) return `${map}/?mlat=${geo.lat}&mlon=${geo.lon}#map=${zoom}/${geo.lat}/${geo.lon}`;
  return `${map}/search?${new URLSearchParams({ query: `${address.street}, ${address.postcode} ${address.city}` })}`;
}
