import { type Context, type Handler, Hono, type MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import { AppError } from "../../core/errors.ts";
import type { LiveCatalogue } from "../live-catalogue.ts";
import { refuseTooMany, toOrganization } from "./directory.ts";
import { createDocsPage, docsStyle } from "./docs-page.tsx";
import {
  type ListParts,
  listOrganizations,
  listParameters,
  listServiceAtLocations,
  listServices,
  listTaxonomies,
  listTaxonomyTerms,
  openListParts,
} from "./lists.ts";
import { createOpenApi } from "./openapi.ts";
import { type ParameterName, parseQuery } from "./parameters.ts";
import { lastModified, toService, toServiceAtLocation } from "./services.ts";
import { needTaxonomy } from "./taxonomy.ts";

const path = "/hsds/v3";
/** How long others may show a copy: free places carry the moment of their count. */
const cacheControl = "public, max-age=60";
const methods = ["GET", "HEAD", "OPTIONS"];

export interface HsdsDeps {
  readonly catalogue: LiveCatalogue;
  readonly publicUrl: string;
  readonly now: () => Date;
}

/** Data for everybody: any site may read it, and nothing of it runs as a page. */
const publicData: MiddlewareHandler = async (c, next) => {
  await next();
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Cache-Control", c.res.status < 400 ? cacheControl : "no-store");
};

/** Nothing is changed here, so that nothing but reading is answered. */
const readOnly: Handler = (c) => {
  const message = "This API only reads: use GET.";
  return c.json({ error: { code: "REQUEST_INVALID", message } }, 405, { Allow: methods.join(", ") });
};

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new AppError("NOT_FOUND", `There is no ${what} with this id. It may have been withdrawn.`);
  return value;
}

function queryOf<Name extends ParameterName>(c: Context, names: readonly Name[]) {
  return parseQuery(new URL(c.req.url).searchParams, names);
}

/** Ids are compared as RFC 9562 writes them. */
function idOf(c: Context): string {
  return c.req.param("id")?.toLowerCase() ?? "";
}

/** The catalogue as an HSDS 3.1 API, read-only, at /hsds/v3. */
export function createHsdsRoutes({ catalogue, publicUrl, now }: HsdsDeps): Hono {
  const base = `${publicUrl.replace(/\/+$/, "")}${path}`;
  const open = (): Promise<ListParts> => openListParts(catalogue, now());
  const app = new Hono();
  app.use("*", cors({ origin: "*", allowMethods: methods, exposeHeaders: ["ETag", "Last-Modified"], maxAge: 86_400 }), publicData, etag());

  const root = (c: Context) => {
    queryOf(c, ["format"]);
    return c.json({ version: "3.1", profile: `${base}/docs`, openapi_url: `${base}/openapi.json` });
  };
  app.get("/", root);
  let document: object | undefined;
  app.get("/openapi.json", (c) => {
    document ??= createOpenApi(base);
    return c.json(document);
  });
  app.get("/docs.css", (c) => c.body(docsStyle, 200, { "Content-Type": "text/css; charset=utf-8" }));
  app.get("/docs", createDocsPage(base));

  app.get("/services", async (c) => c.json(await listServices(queryOf(c, listParameters.services), await open())));
  app.get("/services/:id", async (c) => {
    queryOf(c, ["format"]);
    const { directory, now: at } = await open();
    const offer = found(directory.findOffer(idOf(c)), "service");
    const surroundings = directory.at(at);
    c.header("Last-Modified", new Date(lastModified(offer, surroundings)).toUTCString());
    return c.json(toService(offer, surroundings));
  });
  app.get("/service_at_locations", async (c) =>
    c.json(await listServiceAtLocations(queryOf(c, listParameters.service_at_locations), await open())),
  );
  app.get("/service_at_locations/:id", async (c) => {
    queryOf(c, ["format"]);
    const { directory, now: at } = await open();
    const place = found(directory.findPlace(idOf(c)), "service at a location");
    const surroundings = directory.at(at);
    c.header("Last-Modified", new Date(lastModified(place.offer, surroundings)).toUTCString());
    return c.json(toServiceAtLocation(place, surroundings));
  });
  app.get("/organizations", async (c) => c.json(listOrganizations(queryOf(c, listParameters.organizations), await open())));
  app.get("/organizations/:id", async (c) => {
    const { full_service: whole } = queryOf(c, ["format", "full_service"]);
    const { directory, now: at } = await open();
    const entry = found(directory.findOrganization(idOf(c)), "organization");
    refuseTooMany([entry], whole === true);
    return c.json(toOrganization(entry, whole === true, directory.at(at)));
  });
  app.get("/taxonomies", (c) => c.json(listTaxonomies(queryOf(c, listParameters.taxonomies))));
  app.get("/taxonomies/:id", (c) => {
    queryOf(c, ["format"]);
    return c.json(found(idOf(c) === needTaxonomy.id ? needTaxonomy : undefined, "taxonomy"));
  });
  app.get("/taxonomy_terms", async (c) => c.json(listTaxonomyTerms(queryOf(c, listParameters.taxonomy_terms), await open())));
  app.get("/taxonomy_terms/:id", async (c) => {
    queryOf(c, ["format"]);
    return c.json(found((await open()).directory.findTerm(idOf(c)), "taxonomy term"));
  });
  app.on(["POST", "PUT", "PATCH", "DELETE"], "*", readOnly);
  // HSDS has its first route at "/", also where that is a folder.
  return new Hono().route(path, app).route(
    `${path}/`,
    new Hono().get("/", (c) => c.redirect(base, 308)),
  );
}
