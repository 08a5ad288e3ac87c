import type { Offer } from "../../core/offer.ts";
import { words } from "../../words/words.ts";
import { attributesOf } from "./attributes.ts";
import { uuidOf } from "./identifiers.ts";
import { schedulesOf, schedulesOfDates } from "./opening-hours.ts";
import { idOfPlace, type Place, placesOf, toNestedServiceAtLocation, toPlainLocation } from "./places.ts";
import type {
  MinimalService,
  PlainOrganization,
  PlainService,
  Service,
  ServiceAtLocation,
  ServiceAtLocationItem,
  ServiceItem,
  ServiceParts,
  TaxonomyTerm,
} from "./shapes.ts";
import { endedAt, isOver } from "./validity.ts";

/** What an offer is seen with: what it refers to, and the moment. */
export interface Surroundings {
  termOf(need: string): TaxonomyTerm | undefined;
  organizationOf(name: string): PlainOrganization;
  /** When the offer last changed, in milliseconds since 1970. */
  changedAt(offerId: string): number;
  readonly now: Date;
}

/** The identifier of an offer as a service. */
export function idOfService(offer: Offer): string {
  return uuidOf("service", offer.id);
}

/** When the offer or its status last changed, in milliseconds since 1970: running out is a change as well. */
export function lastModified(offer: Offer, { changedAt, now }: Pick<Surroundings, "changedAt" | "now">): number {
  return Math.max(changedAt(offer.id), endedAt(offer, now) ?? 0);
}

/** What tells whether a copy is up to date. */
export function toMinimalService(offer: Offer, surroundings: Surroundings): MinimalService {
  return {
    id: idOfService(offer),
    name: offer.title.de,
    status: isOver(offer, surroundings.now) ? "inactive" : "active",
    last_modified: new Date(lastModified(offer, surroundings)).toISOString(),
  };
}

function toPlainService(offer: Offer, surroundings: Surroundings): PlainService {
  const { cost } = offer;
  return {
    ...toMinimalService(offer, surroundings),
    organization_id: surroundings.organizationOf(offer.organization).id,
    description: offer.summary.de,
    url: offer.url,
    email: offer.email,
    application_process: offer.participation?.how?.de,
    fees_description: cost && (cost.text?.de ?? (cost.free ? words.de.free : words.de.notFree)),
    eligibility_description: offer.forWhom?.de,
    minimum_age: offer.age?.from,
    maximum_age: offer.age?.to,
    assured_date: offer.checkedAt,
  };
}

/** What a list of services shows. */
export function toServiceItem(offer: Offer, surroundings: Surroundings): ServiceItem {
  return { ...toPlainService(offer, surroundings), organization: surroundings.organizationOf(offer.organization) };
}

function someOf<Item>(list: Item[]): Item[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** A language's code in ISO 639 and its German name, as far as what the source wrote is a code. */
function languageOf(given: string): { readonly code?: string; readonly name?: string } {
  const code = /^([a-z]{2,3})(?:-[A-Za-z0-9-]+)?$/.exec(given)?.[1];
  if (code === undefined) return { name: given };
  const name = new Intl.DisplayNames("de", { type: "language", fallback: "none" }).of(code);
  return name === undefined ? { code } : { code, name };
}

function costsOf({ cost }: Offer, id: string): ServiceParts["cost_options"] {
  const text = cost?.text?.de;
  if (cost?.free === true) return [{ id, amount: 0, currency: "EUR", amount_description: text }];
  return text === undefined ? undefined : [{ id, amount_description: text }];
}

function schedulesOfService(offer: Offer, serviceId: string): ServiceParts["schedules"] {
  // The hours of a place stand with the place.
  const placed = placesOf(offer).some(({ kind }) => kind === "physical");
  const hours = offer.openingHours === undefined || placed ? [] : schedulesOf(offer.openingHours, serviceId);
  return someOf([...hours, ...schedulesOfDates(offer.dates ?? [], serviceId)]);
}

function toServiceParts(offer: Offer, surroundings: Surroundings): ServiceParts {
  const serviceId = idOfService(offer);
  const part = (name: string) => uuidOf("part", `${serviceId} ${name}`);
  const { capacity, bookingUrl, phone, papers } = offer;
  return {
    ...toPlainService(offer, surroundings),
    additional_urls: bookingUrl === undefined ? undefined : [{ id: part("booking"), label: "Termin oder Platz buchen", url: bookingUrl }],
    phones: phone === undefined ? undefined : [{ id: part("phone"), number: phone }],
    schedules: schedulesOfService(offer, serviceId),
    languages: someOf((offer.languages ?? []).map((given) => ({ id: part(`language ${given}`), ...languageOf(given) }))),
    cost_options: costsOf(offer, part("cost")),
    required_documents: papers === undefined ? undefined : [{ id: part("papers"), document: papers.de }],
    capacities: capacity && [
      {
        id: part("capacity"),
        unit: { id: uuidOf("unit", capacity.unit.de), name: capacity.unit.de },
        available: capacity.available,
        maximum: capacity.maximum,
        updated: capacity.asOf,
      },
    ],
    attributes: attributesOf(offer, surroundings.termOf),
  };
}

/** A service's parts with its places, as they stand in an organisation. */
export function toPlacedService(offer: Offer, surroundings: Surroundings) {
  return { ...toServiceParts(offer, surroundings), service_at_locations: someOf(placesOf(offer).map(toNestedServiceAtLocation)) };
}

/** A service with all that belongs to it. */
export function toService(offer: Offer, surroundings: Surroundings): Service {
  return { ...toPlacedService(offer, surroundings), organization: surroundings.organizationOf(offer.organization) };
}

/** What a list of services at locations shows. */
export function toServiceAtLocationItem(place: Place, surroundings: Surroundings): ServiceAtLocationItem {
  const location = toPlainLocation(place);
  return {
    id: idOfPlace(place),
    service_id: idOfService(place.offer),
    location_id: location.id,
    location,
    service: toServiceItem(place.offer, surroundings),
  };
}

/** A service at a location with all that belongs to it. */
export function toServiceAtLocation(place: Place, surroundings: Surroundings): ServiceAtLocation {
  const { offer } = place;
  return {
    ...toNestedServiceAtLocation(place),
    service: { ...toServiceParts(offer, surroundings), organization: surroundings.organizationOf(offer.organization) },
  };
}
