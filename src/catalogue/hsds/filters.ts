import { AppError } from "../../core/errors.ts";
import type { District, GeoPoint, Offer } from "../../core/offer.ts";
import { findMiddle } from "../../text/district-points.ts";
import type { Directory } from "./directory.ts";
import type { Query } from "./parameters.ts";
import { type Place, placesOf } from "./places.ts";
import { lastModified } from "./services.ts";
import { needTaxonomy } from "./taxonomy.ts";

const earthRadiusMetres = 6_371_000;

/** Great-circle distance in metres (haversine). */
function distanceMetres(a: GeoPoint, b: GeoPoint): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const share = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon);
  return 2 * earthRadiusMetres * Math.asin(Math.sqrt(share));
}

type Where = Query<"postcode" | "proximity" | "lat" | "lon">;

/** What is asked of a place: nothing, its postcode, or that it is near a point. */
type PlaceWish =
  | { readonly kind: "postcode"; readonly postcode: string }
  | { readonly kind: "near"; readonly point: GeoPoint; readonly metres: number };

function refuse(message: string): never {
  throw new AppError("REQUEST_INVALID", message);
}

function middleOf(postcode: string, districts: readonly District[]): GeoPoint {
  const middle = findMiddle(districts.filter(({ postcodes }) => postcodes.includes(postcode)).map(({ name }) => name));
  if (middle === undefined)
    return refuse(`postcode: ${postcode} is not one of Munich's, so that nothing can be near it. Give lat and lon.`);
  return { lat: middle.latitude, lon: middle.longitude };
}

/** Reads what is asked of places. Throws REQUEST_INVALID for a distance from nowhere and a point without a distance. */
export function readPlaceWish({ postcode, proximity, lat, lon }: Where, districts: readonly District[]): PlaceWish | undefined {
  if ((lat === undefined) !== (lon === undefined)) refuse("lat and lon must be given together.");
  if (lat !== undefined && postcode !== undefined) refuse("postcode: give it or lat and lon, not both.");
  if (proximity === undefined) {
    if (lat !== undefined) refuse("lat and lon need proximity, the distance in metres.");
    return postcode === undefined ? undefined : { kind: "postcode", postcode };
  }
  if (lat !== undefined && lon !== undefined) return { kind: "near", point: { lat, lon }, metres: proximity };
  if (postcode === undefined) return refuse("proximity: needs a postcode, or lat and lon.");
  return { kind: "near", point: middleOf(postcode, districts), metres: proximity };
}

/** How far a place is from what was asked for, 0 where it only has to fit; undefined if it does not fit. */
function measure(place: Place, wish: PlaceWish): number | undefined {
  if (place.kind === "virtual") return undefined;
  const { address, geo } = place.at;
  if (wish.kind === "postcode") return address?.postcode === wish.postcode ? 0 : undefined;
  if (geo === undefined) return undefined;
  const metres = distanceMetres(geo, wish.point);
  return metres <= wish.metres ? metres : undefined;
}

function nearestFirst<Item>(fitting: readonly { readonly item: Item; readonly metres: number }[]): readonly Item[] {
  return fitting.toSorted((a, b) => a.metres - b.metres).map(({ item }) => item);
}

/** Places that fit, the nearest first. */
export function filterPlaces(places: readonly Place[], wish: PlaceWish | undefined): readonly Place[] {
  if (wish === undefined) return places;
  return nearestFirst(
    places.flatMap((item) => {
      const metres = measure(item, wish);
      return metres === undefined ? [] : [{ item, metres }];
    }),
  );
}

/** Offers with a place that fits, the nearest first. */
export function filterByPlace(offers: readonly Offer[], wish: PlaceWish | undefined): readonly Offer[] {
  if (wish === undefined) return offers;
  return nearestFirst(
    offers.flatMap((item) => {
      const distances = placesOf(item).flatMap((place) => measure(place, wish) ?? []);
      return distances.length === 0 ? [] : [{ item, metres: Math.min(...distances) }];
    }),
  );
}

type Wanted = Query<"taxonomy_term_id" | "taxonomy_id" | "organization_id" | "modified_after">;

/** Tells offers that fulfil every filter from the others. */
export function createOfferFilter(wanted: Wanted, directory: Directory, now: Date): (offer: Offer) => boolean {
  const { taxonomy_term_id: term, taxonomy_id: taxonomy, organization_id: organization, modified_after: after } = wanted;
  const needs = term === undefined ? undefined : directory.needsOf(term);
  const name = organization === undefined ? undefined : directory.findOrganization(organization)?.name;
  const surroundings = directory.at(now);
  return (offer) =>
    (needs === undefined || offer.needs.some((need) => needs.has(need))) &&
    (taxonomy === undefined || (taxonomy === needTaxonomy.id && offer.needs.length > 0)) &&
    (organization === undefined || offer.organization === name) &&
    (after === undefined || lastModified(offer, surroundings) >= after);
}
