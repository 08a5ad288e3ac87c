import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import type { Importer, SourceLocation } from "../../../src/catalogue/importers/importer.ts";
import { importers } from "../../../src/catalogue/importers/importers.ts";
import type { SourceServer } from "../../support/source-server.ts";

const folder = join(import.meta.dirname, "../../fixtures/importers");

/** The path of a fixture. */
export function fixture(path: string): string {
  return join(folder, path);
}

export function fixtureText(path: string): string {
  return readFileSync(fixture(path), "utf8");
}

export function fixtureJson(path: string): unknown {
  return JSON.parse(fixtureText(path));
}

function listOf(path: string): readonly unknown[] {
  const value = fixtureJson(path);
  if (!Array.isArray(value)) throw new Error(`${path} is no list`);
  return value;
}

/** The importer of an id. */
export function importerOf(id: string): Importer {
  const importer = importers.find((each) => each.id === id);
  if (importer === undefined) throw new Error(`there is no importer ${id}`);
  return importer;
}

/** A page of a list as HSDS shows it. */
export function hsdsPage(items: readonly unknown[], page: number, size: number): object {
  const totalPages = Math.ceil(items.length / size);
  const contents = items.slice((page - 1) * size, page * size);
  return {
    total_items: items.length,
    total_pages: totalPages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page === totalPages,
    empty: contents.length === 0,
    contents,
  };
}

/** An API of HSDS with seven services a page. */
export function hsdsApi(services: readonly unknown[], places: readonly unknown[] = []): Hono {
  return new Hono()
    .get("/services", (c) => c.json(hsdsPage(services, Number(c.req.query("page")), 7)))
    .get("/service_at_locations", (c) => c.json(hsdsPage(places, Number(c.req.query("page")), 4)));
}

/** Integreat's API; a language that has no fixture has no such list. */
export function integreatApi(): Hono {
  return new Hono()
    .get("/api/v3/regions/", (c) => c.json(listOf("integreat/regions.json")))
    .get("/api/v3/muenchen/:lang/:list/", (c) => {
      const { lang, list } = c.req.param();
      const combined = c.req.query("combine_recurring") === "True" || c.req.query("on_map") === "1";
      return c.json(combined === (list !== "pages") ? listOf(`integreat/${list}-${lang}.json`) : []);
    });
}

interface GraphqlBody {
  readonly query: string;
  readonly variables: { readonly after: string | null };
}

/** CONSUL's GraphQL with five a page, and the projects. */
export function consulApi(): Hono {
  const projekts = fixtureJson("consul/projekts.json");
  return new Hono()
    .post("/graphql", async (c) => {
      const { query, variables }: GraphqlBody = await c.req.json();
      const name = /\{ (proposals|debates)\(/.exec(query)?.[1];
      if (name === undefined) return c.json({ errors: [{ message: "unknown field" }] });
      const nodes = listOf(`consul/${name}.json`);
      const from = Number(variables.after ?? 0);
      const to = from + 5;
      return c.json({
        data: {
          [name]: {
            edges: nodes.slice(from, to).map((node) => ({ node })),
            pageInfo: { hasNextPage: to < nodes.length, endCursor: String(to) },
          },
        },
      });
    })
    .get("/projekts/:id/json_data", (c) => {
      const found = Object.entries(projekts ?? {}).find(([id]) => id === c.req.param("id"));
      return found === undefined ? c.json({ error: "not found" }, 404) : c.json(found[1]);
    });
}

/** A source that is right but for its broken rows, in the shape that its importer reads. */
export interface FixtureSource {
  readonly id: string;
  readonly options: Readonly<Record<string, string>>;
  /** Sets the source up on the server (or names a file) and says where it is. */
  open(server: SourceServer): Promise<SourceLocation["from"]>;
}

function served(path: string, type: string): FixtureSource["open"] {
  return async (server) => {
    await server.answerFile(`/${path}`, fixture(path), type);
    return { url: `${server.url}/${path}` };
  };
}

function mounted(path: string, app: () => Hono): FixtureSource["open"] {
  return async (server) => {
    server.mount(path, app());
    return { url: `${server.url}${path}` };
  };
}

/** A source for each importer. */
export const fixtureSources: readonly FixtureSource[] = [
  { id: "csv", options: {}, open: served("csv/angebote.csv", "text/csv; charset=utf-8") },
  { id: "xlsx", options: {}, open: served("xlsx/angebote.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") },
  { id: "ical", options: { url: "https://termine.example/" }, open: served("ical/termine.ics", "text/calendar") },
  { id: "rss", options: {}, open: served("rss/rss.xml", "application/rss+xml") },
  { id: "json-ld", options: {}, open: served("json-ld/seite.html", "text/html; charset=utf-8") },
  { id: "hsds", options: {}, open: mounted("/hsds", () => hsdsApi(listOf("hsds/services.json"))) },
  { id: "hsds-package", options: {}, open: async () => ({ file: fixture("hsds-package/datapackage.json") }) },
  { id: "integreat", options: { region: "muenchen" }, open: mounted("/integreat", integreatApi) },
  { id: "consul", options: { projekts: "1-8", organization: "Landeshauptstadt München" }, open: mounted("/consul", consulApi) },
];

/** A text with the server's address as one that does not change. */
export function withoutPort(value: unknown, server: SourceServer): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(server.url, "https://source.example"));
}
