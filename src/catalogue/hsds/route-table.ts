import { z } from "zod";
import type { routeTexts } from "./docs-words.ts";
import { listParameters } from "./lists.ts";
import { pageShape } from "./page.ts";
import type { ParameterName } from "./parameters.ts";
import {
  MinimalService,
  Organization,
  OrganizationItem,
  Service,
  ServiceAtLocation,
  ServiceAtLocationItem,
  ServiceItem,
  Taxonomy,
  TaxonomyTerm,
} from "./shapes.ts";

/** A route as it is described: what it takes and what it answers. */
export interface RouteEntry {
  readonly name: keyof typeof routeTexts;
  /** Below /hsds/v3, with {id}. */
  readonly path: string;
  readonly parameters: readonly ParameterName[];
  readonly answer: z.ZodType;
}

const ApiInfo = z.strictObject({ version: z.literal("3.1"), profile: z.url(), openapi_url: z.url() });

/** Every route that answers data. */
export const routeTable: readonly RouteEntry[] = [
  { name: "root", path: "/", parameters: ["format"], answer: ApiInfo },
  {
    name: "services",
    path: "/services",
    parameters: listParameters.services,
    answer: pageShape(z.union([ServiceItem, Service, MinimalService])),
  },
  { name: "service", path: "/services/{id}", parameters: ["format"], answer: Service },
  {
    name: "service_at_locations",
    path: "/service_at_locations",
    parameters: listParameters.service_at_locations,
    answer: pageShape(z.union([ServiceAtLocationItem, ServiceAtLocation])),
  },
  { name: "service_at_location", path: "/service_at_locations/{id}", parameters: ["format"], answer: ServiceAtLocation },
  {
    name: "organizations",
    path: "/organizations",
    parameters: listParameters.organizations,
    answer: pageShape(z.union([OrganizationItem, Organization])),
  },
  { name: "organization", path: "/organizations/{id}", parameters: ["format", "full_service"], answer: Organization },
  { name: "taxonomies", path: "/taxonomies", parameters: listParameters.taxonomies, answer: pageShape(Taxonomy) },
  { name: "taxonomy", path: "/taxonomies/{id}", parameters: ["format"], answer: Taxonomy },
  { name: "taxonomy_terms", path: "/taxonomy_terms", parameters: listParameters.taxonomy_terms, answer: pageShape(TaxonomyTerm) },
  { name: "taxonomy_term", path: "/taxonomy_terms/{id}", parameters: ["format"], answer: TaxonomyTerm },
];
