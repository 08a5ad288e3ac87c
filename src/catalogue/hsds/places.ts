import type { Offer, OfferLocation } from "../../core/offer.ts";
import { uuidOf } from "./identifiers.ts";
import { schedulesOf } from "./opening-hours.ts";
import type { Location, NestedServiceAtLocation, PlainLocation } from "./shapes.ts";

/** One place of one offer: somewhere in the city, or the internet. */
export type Place = { readonly offer: Offer; readonly key: string } & (
  | { readonly kind: "physical"; readonly at: OfferLocation }
  | { readonly kind: "virtual" }
);

function hasPlace({ address, geo, district }: Offer): boolean {
  return address !== undefined || geo !== undefined || district !== undefined;
}

/** What tells the places of an offer apart, whatever their order; equal ones are counted. */
function keysOf(locations: readonly OfferLocation[]): readonly string[] {
  const seen = new Map<string, number>();
  return locations.map(({ name, address, geo, district }) => {
    const own = [
      name,
      address?.street,
      address?.postcode,
      address === undefined ? geo?.lat : "",
      address === undefined ? geo?.lon : "",
      district,
    ].join("|");
    const count = (seen.get(own) ?? 0) + 1;
    seen.set(own, count);
    return count === 1 ? own : `${own}#${count}`;
  });
}

/** The places of an offer. The offer's own phone and address are the service's where it has a list of places. */
export function placesOf(offer: Offer): readonly Place[] {
  const online: readonly Place[] = offer.online === true ? [{ offer, key: "online", kind: "virtual" }] : [];
  if (offer.locations !== undefined) {
    const keys = keysOf(offer.locations);
    return [...offer.locations.map((at, index): Place => ({ offer, key: `at ${keys[index]}`, kind: "physical", at })), ...online];
  }
  if (!hasPlace(offer)) return online;
  const { address, geo, district, openingHours, wheelchair } = offer;
  return [{ offer, key: "own", kind: "physical", at: { address, geo, district, openingHours, wheelchair } }, ...online];
}

/** The identifier of a service at a location. */
export function idOfPlace({ offer, key }: Place): string {
  return uuidOf("service_at_location", `${offer.id} ${key}`);
}

function locationId({ offer, key }: Place): string {
  return uuidOf("location", `${offer.id} ${key}`);
}

/** What a list shows of a location. */
export function toPlainLocation(place: Place): PlainLocation {
  const id = locationId(place);
  if (place.kind === "virtual") return { id, location_type: "virtual", url: place.offer.bookingUrl ?? place.offer.url };
  const { name, geo } = place.at;
  return { id, location_type: "physical", name, latitude: geo?.lat, longitude: geo?.lon };
}

/** Postcodes beginning so are Bavaria's and nobody else's. Others stand empty: HSDS wants the field, and a state is not guessed. */
const bavarian = /^(?:8[0-6]|9[0-5])/;

function toLocation(place: Place): Location {
  const plain = toPlainLocation(place);
  if (place.kind === "virtual") return plain;
  const { address, district, wheelchair } = place.at;
  const part = (name: string) => uuidOf("part", `${plain.id} ${name}`);
  return {
    ...plain,
    addresses: address && [
      {
        id: part("address"),
        address_1: address.street,
        city: address.city,
        region: district,
        state_province: bavarian.test(address.postcode) ? "Bayern" : "",
        postal_code: address.postcode,
        country: "DE",
        address_type: "physical",
      },
    ],
    accessibility:
      wheelchair === undefined
        ? undefined
        : [{ id: part("wheelchair"), description: wheelchair ? "Mit dem Rollstuhl zugänglich" : "Nicht mit dem Rollstuhl zugänglich" }],
    attributes:
      district === undefined
        ? undefined
        : [
            {
              id: part("district"),
              link_id: plain.id,
              link_type: "district",
              link_entity: "location",
              label: "Stadtbezirk",
              value: district,
            },
          ],
  };
}

/** A place of a service with all that belongs to it, without the service. */
export function toNestedServiceAtLocation(place: Place): NestedServiceAtLocation {
  const id = idOfPlace(place);
  const at = place.kind === "physical" ? place.at : {};
  return {
    id,
    service_id: uuidOf("service", place.offer.id),
    location_id: locationId(place),
    contacts: at.email === undefined ? undefined : [{ id: uuidOf("part", `${id} contact`), email: at.email }],
    phones: at.phone === undefined ? undefined : [{ id: uuidOf("part", `${id} phone`), number: at.phone }],
    schedules: at.openingHours === undefined ? undefined : schedulesOf(at.openingHours, id),
    location: toLocation(place),
  };
}
