import { AppError } from "../../core/errors.ts";
import type { Offer } from "../../core/offer.ts";
import { runInSlices } from "../../core/slices.ts";
import type { CatalogueRecords } from "../live-catalogue.ts";
import { uuidOf } from "./identifiers.ts";
import { idOfPlace, type Place, placesOf } from "./places.ts";
import { idOfService, type Surroundings, toMinimalService, toPlacedService } from "./services.ts";
import type { Organization, PlainOrganization, TaxonomyTerm } from "./shapes.ts";
import { idOfNeed, toTerms } from "./taxonomy.ts";

/** Offers of one organisation, in the catalogue's order. */
export interface OrganizationEntry {
  readonly id: string;
  readonly name: string;
  readonly offers: readonly Offer[];
}

/** One state of the catalogue as it is looked up by identifiers of HSDS; made-up entries are none of it. */
export interface Directory {
  readonly offers: readonly Offer[];
  readonly places: readonly Place[];
  readonly organizations: readonly OrganizationEntry[];
  readonly terms: readonly TaxonomyTerm[];
  findOffer(id: string): Offer | undefined;
  findPlace(id: string): Place | undefined;
  findOrganization(id: string): OrganizationEntry | undefined;
  findTerm(id: string): TaxonomyTerm | undefined;
  /** Ids of the needs that a term stands for: its own, or those of its group; none for a term that does not exist. */
  needsOf(termId: string): ReadonlySet<string>;
  /** What offers of this state are seen with at a moment. */
  at(now: Date): Surroundings;
}

const sliceMs = 10;
const mostTitles = 10;

/** HSDS wants a description of each organisation, and nothing is known but what it offers. */
function toPlainOrganization({ id, name, offers }: OrganizationEntry): PlainOrganization {
  const titles = offers.slice(0, mostTitles).map(({ title }) => title.de);
  const more = offers.length > mostTitles ? ` und ${offers.length - mostTitles} weitere Angebote` : "";
  return { id, name, description: `Bietet an: ${titles.join("; ")}${more}` };
}

/** What a list shows of an organisation. */
export function toOrganizationItem(entry: OrganizationEntry): PlainOrganization {
  return toPlainOrganization(entry);
}

/** Services that are shown within organisations at once: whole ones, or what tells whether a copy is up to date. */
const mostServices = { whole: 1000, minimal: 10_000 } as const;

/** Throws REQUEST_INVALID where organisations have more services than one answer holds; nothing is left out in silence. */
export function refuseTooMany(entries: readonly OrganizationEntry[], whole: boolean): void {
  const services = entries.reduce((sum, { offers }) => sum + offers.length, 0);
  const most = whole ? mostServices.whole : mostServices.minimal;
  if (services > most)
    throw new AppError(
      "REQUEST_INVALID",
      `These organisations have ${services} services, and one answer holds ${most}. Ask for fewer organisations (per_page), or page through /services?organization_id=….`,
    );
}

/** An organisation with its services, whole ones or what tells whether a copy of them is up to date. */
export function toOrganization(entry: OrganizationEntry, whole: boolean, surroundings: Surroundings): Organization {
  const show = whole ? toPlacedService : toMinimalService;
  return { ...toPlainOrganization(entry), services: entry.offers.map((offer) => show(offer, surroundings)) };
}

function* build({ content, offers: all, changedAt }: CatalogueRecords): Generator<void, Directory> {
  const offers = all.filter(({ demo }) => demo !== true);
  const terms = toTerms(content.needs);
  const byId = new Map<string, Offer>();
  const places: Place[] = [];
  const placesById = new Map<string, Place>();
  for (const offer of offers) {
    byId.set(idOfService(offer), offer);
    for (const place of placesOf(offer)) {
      places.push(place);
      placesById.set(idOfPlace(place), place);
    }
    yield;
  }
  const organizations = [...Map.groupBy(offers, ({ organization }) => organization)].map(([name, own]) => ({
    id: uuidOf("organization", name),
    name,
    offers: own,
  }));
  const organizationsById = new Map(organizations.map((entry) => [entry.id, entry]));
  const termsById = new Map(terms.map((term) => [term.id, term]));
  const needIds = new Map(content.needs.map(({ id }) => [idOfNeed(id), id]));
  const surroundings = {
    termOf: (need: string) => termsById.get(idOfNeed(need)),
    organizationOf: (name: string) => {
      const id = uuidOf("organization", name);
      return toPlainOrganization(organizationsById.get(id) ?? { id, name, offers: [] });
    },
    changedAt: (offerId: string) => changedAt.get(offerId) ?? 0,
  };
  return {
    offers,
    places,
    organizations,
    terms,
    findOffer: (id) => byId.get(id),
    findPlace: (id) => placesById.get(id),
    findOrganization: (id) => organizationsById.get(id),
    findTerm: (id) => termsById.get(id),
    needsOf: (termId) =>
      new Set(terms.flatMap(({ id, parent_id }) => (id === termId || parent_id === termId ? (needIds.get(id) ?? []) : []))),
    at: (now) => ({ ...surroundings, now }),
  };
}

const directories = new WeakMap<CatalogueRecords, Promise<Directory>>();

/** The directory of a state, built once for it and let go with it; other work of the process goes on meanwhile. */
export function directoryOf(records: CatalogueRecords): Promise<Directory> {
  const known = directories.get(records);
  if (known !== undefined) return known;
  const made = runInSlices(build(records), sliceMs);
  directories.set(records, made);
  return made;
}
