import type { Catalogue } from "../../core/catalogue.ts";
import type { Offer } from "../../core/offer.ts";
import type { LiveCatalogue } from "../live-catalogue.ts";
import { type Directory, directoryOf, type OrganizationEntry, refuseTooMany, toOrganization, toOrganizationItem } from "./directory.ts";
import { createOfferFilter, filterByPlace, filterPlaces, readPlaceWish } from "./filters.ts";
import { entriesOf, makePage } from "./page.ts";
import { type ParameterName, pageOf, type Query } from "./parameters.ts";
import { toMinimalService, toService, toServiceAtLocation, toServiceAtLocationItem, toServiceItem } from "./services.ts";
import type { TaxonomyTerm } from "./shapes.ts";
import { needTaxonomy } from "./taxonomy.ts";

const paging = ["search", "page", "per_page", "format"] as const satisfies readonly ParameterName[];
const filters = ["taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after"] as const satisfies readonly ParameterName[];
const wheres = ["postcode", "proximity", "lat", "lon"] as const satisfies readonly ParameterName[];

/** Which parameters each list takes. */
export const listParameters = {
  services: [...paging, ...filters, ...wheres, "minimal", "full"],
  service_at_locations: [...paging, ...filters, ...wheres, "full"],
  organizations: [...paging, "taxonomy_term_id", "taxonomy_id", "full", "full_service"],
  taxonomies: paging,
  taxonomy_terms: [...paging, "taxonomy_id", "parent_id", "top_only"],
} as const satisfies { readonly [list: string]: readonly ParameterName[] };

type QueryOf<List extends keyof typeof listParameters> = Query<(typeof listParameters)[List][number]>;

/** What a list is made of: one state of the catalogue at a moment. */
export interface ListParts {
  readonly directory: Directory;
  readonly catalogue: Catalogue;
  readonly records: ReturnType<LiveCatalogue["records"]>;
  readonly now: Date;
}

/** One state of the catalogue, whole: records, directory and search belong together. */
export async function openListParts(live: LiveCatalogue, now: Date): Promise<ListParts> {
  const records = live.records();
  const catalogue = live.current();
  return { records, catalogue, directory: await directoryOf(records), now };
}

/** Search gives the best hits of a text, at most as many as the catalogue's search brings up. */
const mostFound = 500;

/** The offers that a text finds, best first, or all. */
async function findOffers({ directory, catalogue }: ListParts, search: string | undefined): Promise<readonly Offer[]> {
  if (search === undefined) return directory.offers;
  const { found } = await catalogue.search({ text: search, needs: [], slots: {}, offset: 0, limit: mostFound });
  return found.flatMap(({ offer }) => (offer.demo === true ? [] : [offer]));
}

/** The list of services: best hits first, else the nearest first, else in the catalogue's order. */
export async function listServices(query: QueryOf<"services">, parts: ListParts) {
  const wish = readPlaceWish(query, parts.records.content.districts);
  const fits = createOfferFilter(query, parts.directory, parts.now);
  const offers = filterByPlace((await findOffers(parts, query.search)).filter(fits), wish);
  const surroundings = parts.directory.at(parts.now);
  const show = query.full === true ? toService : query.minimal === true ? toMinimalService : toServiceItem;
  return makePage(offers, pageOf(query), (offer) => show(offer, surroundings));
}

/** The list of services at locations, in the same order. */
export async function listServiceAtLocations(query: QueryOf<"service_at_locations">, parts: ListParts) {
  const { directory, now } = parts;
  const wish = readPlaceWish(query, parts.records.content.districts);
  const fits = createOfferFilter(query, directory, now);
  const rank = new Map(query.search === undefined ? [] : (await findOffers(parts, query.search)).map((offer, index) => [offer, index]));
  const own = directory.places.filter(({ offer }) => (query.search === undefined || rank.has(offer)) && fits(offer));
  const ranked = query.search === undefined ? own : own.toSorted((a, b) => (rank.get(a.offer) ?? 0) - (rank.get(b.offer) ?? 0));
  const surroundings = directory.at(now);
  const show = query.full === true ? toServiceAtLocation : toServiceAtLocationItem;
  return makePage(filterPlaces(ranked, wish), pageOf(query), (place) => show(place, surroundings));
}

function holds(texts: readonly (string | undefined)[], search: string | undefined): boolean {
  const wanted = search?.toLocaleLowerCase("de");
  return wanted === undefined || texts.some((text) => text?.toLocaleLowerCase("de").includes(wanted) === true);
}

/** The list of organisations; `search` looks for a part of the name. */
export function listOrganizations(query: QueryOf<"organizations">, { directory, now }: ListParts) {
  const fits = createOfferFilter({ taxonomy_term_id: query.taxonomy_term_id, taxonomy_id: query.taxonomy_id }, directory, now);
  const entries = directory.organizations.filter(({ name, offers }) => holds([name], query.search) && offers.some(fits));
  const surroundings = directory.at(now);
  const nested = query.full === true || query.full_service === true;
  if (nested) refuseTooMany(entriesOf(entries, pageOf(query)), query.full_service === true);
  const show = (entry: OrganizationEntry) =>
    nested ? toOrganization(entry, query.full_service === true, surroundings) : toOrganizationItem(entry);
  return makePage(entries, pageOf(query), show);
}

/** The list of taxonomies, of which there is one. */
export function listTaxonomies(query: QueryOf<"taxonomies">) {
  const own = holds([needTaxonomy.name, needTaxonomy.description], query.search) ? [needTaxonomy] : [];
  return makePage(own, pageOf(query), (taxonomy) => taxonomy);
}

/** The list of needs and their groups; `search` looks for a part of a code, a name or a description. */
export function listTaxonomyTerms(query: QueryOf<"taxonomy_terms">, { directory }: ListParts) {
  const { search, taxonomy_id: taxonomy, parent_id: parent, top_only: topOnly } = query;
  const fits = (term: TaxonomyTerm) =>
    holds([term.code, term.name, term.description], search) &&
    (taxonomy === undefined || term.taxonomy_id === taxonomy) &&
    (parent === undefined || term.parent_id === parent) &&
    (topOnly !== true || term.parent_id === undefined);
  return makePage(directory.terms.filter(fits), pageOf(query), (term) => term);
}
