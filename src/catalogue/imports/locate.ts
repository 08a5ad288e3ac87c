import type { District, GeoPoint, OfferLocation } from "../../core/offer.ts";
import { findDistrictAt } from "../../text/district-points.ts";
import type { SourceOffer } from "../importers/importer.ts";

/** The Stadtbezirk of a place, undefined where postcode and coordinates leave it open. */
export type FindDistrict = (place: Pick<OfferLocation, "address" | "geo" | "district">) => string | undefined;

/** Finds districts by postcode; where one postcode has several, or there is none, the coordinates decide. What the source says itself counts if it is an official name. */
export function createDistrictFinder(districts: readonly District[]): FindDistrict {
  const names = new Set(districts.map(({ name }) => name));
  const byPostcode = Map.groupBy(
    districts.flatMap(({ name, postcodes }) => postcodes.map((postcode) => ({ name, postcode }))),
    ({ postcode }) => postcode,
  );
  const at = (geo: GeoPoint | undefined): string | undefined => {
    const found = geo === undefined ? undefined : findDistrictAt({ latitude: geo.lat, longitude: geo.lon });
    return found !== undefined && names.has(found) ? found : undefined;
  };
  return ({ address, geo, district }) => {
    if (district !== undefined && names.has(district)) return district;
    const candidates = byPostcode.get(address?.postcode ?? "") ?? [];
    if (candidates.length === 1) return candidates[0]?.name;
    const near = at(geo);
    if (candidates.length === 0) return address === undefined || address.city.startsWith("München") ? near : undefined;
    return candidates.some(({ name }) => name === near) ? near : undefined;
  };
}

/** A record whose places have the districts that are found for them, and no other. */
export function locate({ district: said, locations, ...rest }: SourceOffer, find: FindDistrict): SourceOffer {
  const district = find({ address: rest.address, geo: rest.geo, district: said });
  const placed = locations?.map(({ district: own, ...location }) => {
    const found = find({ ...location, district: own });
    return found === undefined ? location : { ...location, district: found };
  });
  return { ...rest, ...(district === undefined ? {} : { district }), ...(placed === undefined ? {} : { locations: placed }) };
}
