import { z } from "zod";
import type { OfferLocation } from "../../core/offer.ts";
import { addressOf, geoPoint } from "./address.ts";
import { costOf, emailAddress, german, httpUrl, longest, phoneNumber, plainLine, plainText } from "./clean.ts";
import { parseMoment } from "./dates.ts";
import { scheduleHours } from "./opening-hours.ts";
import { type OfferDraft, RowError } from "./record.ts";

const text = z.string().nullish();
const number = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^-?\d+(?:\.\d+)?$/)
        .transform(Number),
    ],
    { error: "is no number" },
  )
  .nullish();
const many = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).nullish();

const Phone = z.object({ number: z.union([z.string(), z.number()]), extension: z.union([z.string(), z.number()]).nullish() });
const HsdsSchedule = z.object({ freq: text, interval: number, byday: text, opens_at: text, closes_at: text });
const HsdsAddress = z.object({ address_1: text, address_2: text, city: text, postal_code: text });
const HsdsLocation = z.object({
  name: text,
  location_type: text,
  latitude: number,
  longitude: number,
  addresses: many(HsdsAddress),
  phones: many(Phone),
  schedules: many(HsdsSchedule),
  accessibility: many(z.object({ description: text, details: text })),
});

/** Where a service is to be had, of /service_at_locations or within a service. */
export const HsdsServiceAtLocation = z.object({
  service_id: text,
  service: z.object({ id: text }).nullish(),
  location: HsdsLocation.nullish(),
  phones: many(Phone),
  schedules: many(HsdsSchedule),
});
export type HsdsServiceAtLocation = z.infer<typeof HsdsServiceAtLocation>;

const Capacity = z.object({ unit: z.object({ name: z.string() }), available: number, maximum: number, updated: z.string() });
const Cost = z.object({ option: text, amount: number, currency: text });

/** What is read of a service; a service without its locations is joined with them by its id. */
export const HsdsService = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(["active", "inactive", "defunct", "temporarily closed"]),
  description: text,
  url: text,
  email: text,
  fees_description: text,
  eligibility_description: text,
  minimum_age: number,
  maximum_age: number,
  licenses: text,
  organization: z.object({ name: text, website: text, uri: text, email: text }).nullish(),
  phones: many(Phone),
  schedules: many(HsdsSchedule),
  languages: many(z.object({ code: text, name: text })),
  cost_options: many(Cost),
  required_documents: many(z.object({ document: text })),
  capacities: many(Capacity),
  service_at_locations: many(HsdsServiceAtLocation),
  attributes: many(
    z.object({
      taxonomy_term: z.object({ code: text, name: text, taxonomy: text, taxonomy_detail: z.object({ name: text }).nullish() }).nullish(),
    }),
  ),
});
export type HsdsService = z.infer<typeof HsdsService>;

type Phones = z.infer<typeof HsdsLocation>["phones"];

function phoneOf(...lists: readonly Phones[]): string | undefined {
  for (const { number: digits, extension } of lists.flatMap((list) => list ?? [])) {
    const found = phoneNumber(digits, extension);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** True where the words say that it is possible with a wheelchair; undefined where they say no, partly or nothing of it. */
function wheelchairOf(descriptions: readonly (string | null | undefined)[]): true | undefined {
  const said = descriptions.join(" ").toLowerCase();
  const yes = /rollstuhlgerecht|barrierefrei|stufenlos|wheelchair[ -]access|access for wheelchairs|step[- ]free/.test(said);
  return yes && !/\b(?:nicht|kein|keine|teilweise|eingeschränkt|bedingt|not?|partly|limited)\b/.test(said) ? true : undefined;
}

function locationOf({ location, phones, schedules }: HsdsServiceAtLocation): OfferLocation | undefined {
  if (location === null || location === undefined || location.location_type === "virtual") return undefined;
  const [address] = location.addresses ?? [];
  const street = [address?.address_1, address?.address_2].filter((line) => line !== null && line !== undefined && line !== "").join(", ");
  return {
    name: plainLine(location.name, longest.title),
    address: addressOf({ street, postcode: address?.postal_code, city: address?.city }),
    geo: geoPoint(location.latitude, location.longitude),
    phone: phoneOf(phones, location.phones),
    openingHours: scheduleHours((schedules ?? []).length > 0 ? (schedules ?? []) : (location.schedules ?? [])),
    wheelchair: wheelchairOf((location.accessibility ?? []).flatMap((each) => [each.description, each.details])),
  };
}

function costOfService({ cost_options, fees_description }: HsdsService): OfferDraft["cost"] {
  const options = cost_options ?? [];
  const told = costOf(fees_description);
  if (options.length === 0) return told;
  const priced = options.filter(({ amount }) => typeof amount === "number");
  const written = options
    .map(({ option, amount, currency }) =>
      [option, typeof amount === "number" ? `${amount} ${currency ?? "EUR"}` : undefined]
        .filter((part) => part !== undefined && part !== null && part !== "")
        .join(": "),
    )
    .filter((line) => line !== "");
  const free = priced.length > 0 ? priced.every(({ amount }) => amount === 0) : (told?.free ?? false);
  return { free, text: told?.text ?? german(plainLine(written.join("; "))) };
}

function capacityOf({ capacities }: HsdsService): OfferDraft["capacity"] {
  const newest = [...(capacities ?? [])].sort((a, b) => Date.parse(b.updated) - Date.parse(a.updated))[0];
  if (newest === undefined) return undefined;
  const { unit, available, maximum, updated } = newest;
  const moment = parseMoment(updated.replace(/(T\d{2}:\d{2}:\d{2})\.\d+/, "$1"));
  if (moment === undefined) throw new RowError(`capacities.updated: "${updated.slice(0, 40)}" is not a moment`);
  if (typeof available !== "number") throw new RowError("capacities.available is missing");
  return {
    unit: { de: plainLine(unit.name, 60) ?? "Plätze" },
    available,
    maximum: maximum ?? undefined,
    asOf: new Date(moment).toISOString(),
  };
}

function needsOf({ attributes }: HsdsService): readonly string[] | undefined {
  const codes = (attributes ?? []).flatMap(({ taxonomy_term: term }) => {
    const taxonomy = `${term?.taxonomy ?? ""} ${term?.taxonomy_detail?.name ?? ""}`.toLowerCase();
    return term?.code && taxonomy.includes("stadtlotse") ? [term.code] : [];
  });
  return codes.length === 0 ? undefined : codes;
}

function wordsOf({ attributes }: HsdsService): OfferDraft["words"] {
  const names = (attributes ?? []).flatMap(({ taxonomy_term: term }) => plainLine(term?.name, 60) ?? []);
  return names.length === 0 ? undefined : { de: [...new Set(names)].slice(0, 30) };
}

/** One place is that of the offer itself; of several, the offer has no address of its own. */
function placesOf(service: HsdsService): OfferDraft {
  const locations = (service.service_at_locations ?? []).flatMap((each) => locationOf(each) ?? []);
  const own = { phone: phoneOf(service.phones), openingHours: scheduleHours(service.schedules ?? []) };
  const [first] = locations;
  if (locations.length > 1) return { phone: own.phone, locations };
  if (first === undefined) return { ...own, online: (service.service_at_locations ?? []).length > 0 ? true : undefined };
  const { address, geo, wheelchair } = first;
  return { address, geo, wheelchair, phone: own.phone ?? first.phone, openingHours: first.openingHours ?? own.openingHours };
}

/** A service of HSDS 3.1 as an offer; `defaults` are the options organization and url, for services that name none. */
export function serviceToOffer(service: HsdsService, defaults: Readonly<Record<string, string>>): OfferDraft {
  const title = plainLine(service.name, longest.title);
  const summary = plainText(service.description) ?? title;
  const [minimum, maximum] = [service.minimum_age ?? undefined, service.maximum_age ?? undefined];
  const papers = (service.required_documents ?? []).flatMap(({ document }) => plainLine(document) ?? []);
  const languages = (service.languages ?? []).flatMap(({ code, name }) => plainLine(code ?? name, 40) ?? []);
  const email = plainLine(service.email);
  return {
    kind: "service",
    organization: plainLine(service.organization?.name ?? defaults["organization"]),
    title: german(title),
    summary: german(summary),
    needs: needsOf(service),
    words: wordsOf(service),
    forWhom: german(plainText(service.eligibility_description, longest.line)),
    age: minimum === undefined && maximum === undefined ? undefined : { from: minimum, to: maximum },
    cost: costOfService(service),
    ...placesOf(service),
    papers: papers.length === 0 ? undefined : { de: papers.join("; ") },
    email: emailAddress(email) ?? email,
    languages: languages.length === 0 ? undefined : languages,
    url: httpUrl(service.url) ?? httpUrl(service.organization?.website ?? service.organization?.uri) ?? httpUrl(defaults["url"]),
    licence: plainLine(service.licenses),
    capacity: capacityOf(service),
  };
}
