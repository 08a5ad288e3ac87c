import { z } from "zod";
import type { Address, GeoPoint, Offer, OfferLocation } from "../../core/offer.ts";
import { firstSentences, plainTextOf } from "../imports/html.ts";
import type { SourceItem, SourceOffer } from "./importer.ts";

/** Numbers in one form of the feed are texts in the other. */
export const Id = z.union([z.string().trim().min(1), z.number().int()]).transform(String);
const Coordinate = z.union([z.number(), z.string().trim().min(1).transform(Number)]).pipe(z.number());
export const Geo = z.object({ lat: Coordinate, lon: Coordinate }).nullish().catch(undefined);

/** A service as both forms of the feed and the citizen API have it in common. */
export interface ZmsService {
  readonly id: string;
  readonly name: string;
  /** Plain text or HTML. */
  readonly description?: string | undefined;
  readonly fees?: string | undefined;
  /** Citizens' own words. */
  readonly keywords?: readonly string[] | undefined;
  /** Federal keys (LeiKa). */
  readonly leika?: readonly string[] | undefined;
}

/** An office where services are given. */
export interface ZmsOffice {
  readonly id: string;
  readonly name: string;
  readonly organization?: string | undefined;
  readonly unit?: string | undefined;
  readonly address?: Address | undefined;
  readonly geo?: GeoPoint | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

const bookingPage = "https://stadt.muenchen.de/buergerservice/terminvereinbarung.html";
const defaultOrganization = "Landeshauptstadt München";
/** What a card can show; the first sentences say what the service is. */
const longestSummary = 600;
const longestCost = 300;

/** An address from its parts, undefined if one of them is missing or the postcode is none. */
export function addressOf(street: string, number: string, postcode: string, city: string): Address | undefined {
  const line = `${street.trim()} ${number.trim()}`.trim();
  return line === "" || !/^\d{5}$/.test(postcode.trim()) || city.trim() === ""
    ? undefined
    : { street: line, postcode: postcode.trim(), city: city.trim() };
}

/** Offices whose services are for the city's own staff, by their names; the feed marks them in no other way. */
export const staffOffices: readonly string[] = ["Textilmanagement", "Medizingerätemanagement", "Wohnheimverwaltung"];

function costOf(fees: string): Offer["cost"] {
  const text = firstSentences(fees.replaceAll("\n", " "), longestCost);
  if (/^(?:- )?(?:kosten|gebühren)(?:frei|los)\.?$/i.test(fees)) return { free: true };
  return /\d\s*(?:€|euro)/i.test(fees) ? { free: false, text: { de: text } } : undefined;
}

function placeOf(office: ZmsOffice): OfferLocation {
  const { name, address, geo, phone, email } = office;
  return {
    name,
    ...(address === undefined ? {} : { address }),
    ...(geo === undefined ? {} : { geo }),
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  };
}

/** One office is the offer's own place, several are its locations. */
function placesOf(offices: readonly ZmsOffice[]): Partial<SourceOffer> {
  const [only, ...others] = offices;
  if (only === undefined) return {};
  if (others.length > 0) return { locations: offices.map(placeOf) };
  const { name: _name, ...place } = placeOf(only);
  return place;
}

function summaryOf(description: string, offices: readonly ZmsOffice[]): string | undefined {
  if (description !== "") return firstSentences(description, longestSummary);
  const [first] = offices;
  if (first === undefined) return undefined;
  return offices.length === 1
    ? `Einen Termin dafür gibt es bei: ${first.name}.`
    : `Einen Termin dafür gibt es an ${offices.length} Orten. Einer davon ist: ${first.name}.`;
}

function organizationOf(offices: readonly ZmsOffice[]): string {
  const names = new Set(offices.map(({ organization, unit }) => [organization ?? defaultOrganization, unit].filter(Boolean).join(", ")));
  const [only] = names;
  return names.size === 1 && only !== undefined ? only : defaultOrganization;
}

/** A service with its offices as an item of the source, or the reason why citizens have nothing of it. */
export function serviceItem(service: ZmsService, offices: readonly ZmsOffice[], place: string, forStaff: readonly string[]): SourceItem {
  const internal = offices.length > 0 && offices.every(({ name }) => forStaff.includes(name));
  if (internal) return { kind: "rejected", place, reason: `for the city's own staff only: ${offices.map(({ name }) => name).join(", ")}` };
  const summary = summaryOf(plainTextOf(service.description ?? ""), offices);
  if (summary === undefined) return { kind: "rejected", place, reason: "neither a text nor an office: there is nothing to say or to do" };
  const cost = costOf(plainTextOf(service.fees ?? ""));
  const url = `${bookingPage}#/services/${service.id}`;
  const words = service.keywords ?? [];
  const offer: SourceOffer = {
    kind: "service",
    organization: organizationOf(offices),
    title: { de: service.name },
    summary: { de: summary },
    ...(words.length === 0 ? {} : { words: { de: words } }),
    ...(service.leika === undefined || service.leika.length === 0 ? {} : { leika: service.leika }),
    ...(cost === undefined ? {} : { cost }),
    ...placesOf(offices),
    url,
    ...(offices.length === 0 ? {} : { bookingUrl: url }),
  };
  return { kind: "record", externalId: service.id, offer };
}
