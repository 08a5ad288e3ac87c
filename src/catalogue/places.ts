import type { District, FoundOffer, GeoPoint, Offer, OfferLocation } from "../core/offer.ts";
import type { Slots } from "../core/understanding.ts";
import { distanceKm, kmToDistrict } from "../text/district-points.ts";

/** Places further away are not near. */
const nearKm = 3;

export type Place = Pick<OfferLocation, "address" | "geo" | "district">;

/** Where an offer is to be had: its several places, else its own; none for the whole city. */
function placesOf({ locations, address, geo, district }: Offer): readonly Place[] {
  if (locations !== undefined) return locations;
  return address === undefined && geo === undefined && district === undefined ? [] : [{ address, geo, district }];
}

function isInPlace({ address, district }: Place, slots: Slots): boolean {
  return slots.postcode === undefined ? district !== undefined && district === slots.district : address?.postcode === slots.postcode;
}

/** True if one of an offer's places is where was asked for. */
export function inPlace(offer: Offer, slots: Slots): boolean {
  return placesOf(offer).some((place) => isInPlace(place, slots));
}

/** True if an offer is bound to no place. */
export function isCityWide(offer: Offer): boolean {
  return placesOf(offer).every(({ address, geo }) => address === undefined && geo === undefined);
}

/** Measures how far places are from somewhere. */
export interface Nearness {
  /** Kilometres to the nearest place of an offer, by its district where no coordinates are known; undefined where neither is. */
  readonly kmTo: (offer: Offer) => number | undefined;
  readonly isNear: (offer: Offer) => boolean;
}

/** What is near a point, or near the district or postcode that a text names; undefined if neither is known. */
export function nearnessOf(slots: Slots, origin: GeoPoint | undefined, districts: readonly District[]): Nearness | undefined {
  const { district, postcode } = slots;
  const asked =
    postcode === undefined
      ? district === undefined
        ? []
        : [district]
      : districts.filter(({ postcodes }) => postcodes.includes(postcode)).map(({ name }) => name);
  if (origin === undefined && asked.length === 0) return undefined;
  const kmOf = ({ geo, district: own }: Place): readonly number[] => {
    if (origin !== undefined) {
      const km = geo === undefined ? kmToDistrict(own, origin) : distanceKm(geo, origin);
      return km === undefined ? [] : [km];
    }
    return asked.flatMap((name) => (own === name ? 0 : (kmToDistrict(name, geo ?? own) ?? [])));
  };
  const kmTo = (offer: Offer) => {
    const all = placesOf(offer).flatMap(kmOf);
    return all.length === 0 ? undefined : Math.min(...all);
  };
  return { kmTo, isNear: (offer) => (kmTo(offer) ?? Number.POSITIVE_INFINITY) <= nearKm };
}

/** The one of several places to show: the nearest one, else one that was asked for, else the first. */
function chooseLocation(locations: readonly OfferLocation[], slots: Slots, origin: GeoPoint | undefined): OfferLocation | undefined {
  const [first] = locations;
  if (origin === undefined) return locations.find((location) => isInPlace(location, slots)) ?? first;
  const km = ({ geo, district }: Place) =>
    (geo === undefined ? kmToDistrict(district, origin) : distanceKm(geo, origin)) ?? Number.POSITIVE_INFINITY;
  return first === undefined ? undefined : locations.reduce((best, each) => (km(each) < km(best) ? each : best), first);
}

/** Says where an offer is to be had for who is at `origin` or asked for a place. */
export function placeFound(found: FoundOffer, slots: Slots, origin: GeoPoint | undefined): FoundOffer {
  const { locations, geo: own } = found.offer;
  const location = locations === undefined ? undefined : chooseLocation(locations, slots, origin);
  const geo = location === undefined ? own : location.geo;
  const km = origin === undefined || geo === undefined ? undefined : distanceKm(geo, origin);
  if (location === undefined && km === undefined) return found;
  return { ...found, place: { location, others: Math.max(0, (locations?.length ?? 1) - 1), km } };
}
