import { z } from "zod";
import { AppError } from "../../core/errors.ts";

/** Entries of a page: as many as asked for, at most 100; 50 without a wish. */
const mostPerPage = 100;
const usualPerPage = 50;
/** Lists that only tell whether a copy is up to date are short a line: HSDS wants them on one page where that can be. */
const mostMinimal = 10_000;
const longestSearch = 200;
const longestDistanceMetres = 100_000;

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((value) => value >= from && value <= to, `must be a whole number from ${from} to ${to}`);
const degrees = (limit: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}(?:\.\d+)?$/, "must be degrees, for example 48.137")
    .transform(Number)
    .refine((value) => Math.abs(value) <= limit, `must be degrees from -${limit} to ${limit}`);
const flag = z.enum(["true", "false"], "must be true or false").transform((value) => value === "true");
const uuid = z.uuid("must be a UUID").toLowerCase();

/** A moment without an offset is taken as UTC. */
const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.datetime({ local: true }).transform((text) => `${text}Z`), z.iso.date()], {
    error: "must be a day or a moment in ISO 8601, for example 2026-11-22T09:00:00Z (write + as %2B)",
  })
  .transform((text) => Date.parse(text));

/** Every parameter of the API: how it is checked, and how OpenAPI describes it. */
export const parameters = {
  search: {
    schema: z.string().trim().min(1, "must not be empty").max(longestSearch, `must have at most ${longestSearch} characters`),
    openapi: { type: "string", minLength: 1, maxLength: longestSearch },
  },
  page: { schema: wholeNumber(1, 999_999_999), openapi: { type: "integer", minimum: 1, default: 1 } },
  per_page: {
    schema: wholeNumber(1, mostMinimal),
    openapi: { type: "integer", minimum: 1, maximum: mostPerPage, default: usualPerPage },
  },
  format: { schema: z.enum(["json"], "can only be json"), openapi: { type: "string", enum: ["json"], default: "json" } },
  modified_after: { schema: moment, openapi: { type: "string", format: "date-time" } },
  taxonomy_term_id: { schema: uuid, openapi: { type: "string", format: "uuid" } },
  taxonomy_id: { schema: uuid, openapi: { type: "string", format: "uuid" } },
  organization_id: { schema: uuid, openapi: { type: "string", format: "uuid" } },
  postcode: { schema: z.string().regex(/^\d{5}$/, "must have five digits"), openapi: { type: "string", pattern: "^\\d{5}$" } },
  proximity: { schema: wholeNumber(1, longestDistanceMetres), openapi: { type: "integer", minimum: 1, maximum: longestDistanceMetres } },
  lat: { schema: degrees(90), openapi: { type: "number", minimum: -90, maximum: 90 } },
  lon: { schema: degrees(180), openapi: { type: "number", minimum: -180, maximum: 180 } },
  minimal: { schema: flag, openapi: { type: "boolean", default: false } },
  full: { schema: flag, openapi: { type: "boolean", default: false } },
  full_service: { schema: flag, openapi: { type: "boolean", default: false } },
  top_only: { schema: flag, openapi: { type: "boolean", default: false } },
  parent_id: { schema: uuid, openapi: { type: "string", format: "uuid" } },
} as const;

export type ParameterName = keyof typeof parameters;

type Values = { readonly [name in ParameterName]?: z.output<(typeof parameters)[name]["schema"]> | undefined };

/** What a request asks for, checked; a route takes only its own parameters. */
export type Query<Name extends ParameterName = ParameterName> = Pick<Values, Name>;

const everySchema = z.strictObject({
  search: parameters.search.schema.optional(),
  page: parameters.page.schema.optional(),
  per_page: parameters.per_page.schema.optional(),
  format: parameters.format.schema.optional(),
  modified_after: parameters.modified_after.schema.optional(),
  taxonomy_term_id: parameters.taxonomy_term_id.schema.optional(),
  taxonomy_id: parameters.taxonomy_id.schema.optional(),
  organization_id: parameters.organization_id.schema.optional(),
  postcode: parameters.postcode.schema.optional(),
  proximity: parameters.proximity.schema.optional(),
  lat: parameters.lat.schema.optional(),
  lon: parameters.lon.schema.optional(),
  minimal: parameters.minimal.schema.optional(),
  full: parameters.full.schema.optional(),
  full_service: parameters.full_service.schema.optional(),
  top_only: parameters.top_only.schema.optional(),
  parent_id: parameters.parent_id.schema.optional(),
});

function refuse(message: string): never {
  throw new AppError("REQUEST_INVALID", message);
}

/** Reads the parameters of a request; throws REQUEST_INVALID that names the first one that does not fit, is given twice or is not one of `names`. */
export function parseQuery<Name extends ParameterName>(search: URLSearchParams, names: readonly Name[]): Query<Name> {
  const given = [...search.keys()];
  const unknown = given.find((name) => !names.some((known) => known === name));
  if (unknown !== undefined)
    refuse(
      `There is no parameter ${JSON.stringify(unknown.slice(0, 40))} here. ${names.length === 0 ? "There are none." : `There are: ${names.join(", ")}.`}`,
    );
  const twice = given.find((name, index) => given.indexOf(name) !== index);
  if (twice !== undefined) refuse(`${twice}: must be given only once.`);
  const parsed = everySchema.safeParse(Object.fromEntries(search));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse(`${issue?.path.join(".")}: ${issue?.message}.`);
  }
  const { per_page: perPage = 0, minimal } = parsed.data;
  if (perPage > mostPerPage && minimal !== true) refuse(`per_page: must be a whole number from 1 to ${mostPerPage}.`);
  return parsed.data;
}

/** The number of a page and how many entries it has at most. */
export function pageOf({ page = 1, per_page: size, minimal = false }: Query<"page" | "per_page" | "minimal">): {
  readonly number: number;
  readonly size: number;
} {
  return { number: page, size: size ?? (minimal ? mostMinimal : usualPerPage) };
}
