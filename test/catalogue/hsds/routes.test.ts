import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { z } from "zod";
import { listParameters } from "../../../src/catalogue/hsds/lists.ts";
import { routeTable } from "../../../src/catalogue/hsds/route-table.ts";
import { projectRoot } from "../../../src/node-content.ts";
import { openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { loadContent, openApi, readWorld } from "./world.ts";

let database: TestDatabase;
let api: Awaited<ReturnType<typeof openApi>>;
beforeAll(async () => {
  database = await openTestDatabase("embedded");
  await loadContent(database.db, await readWorld());
  api = await openApi(database.db, "https://stadt.example.org/chat/");
});
afterAll(() => database.close());

const Fault = z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) });

describe("the API", () => {
  test("says what it is", async () => {
    expect(await api.json("")).toEqual({
      version: "3.1",
      profile: "https://stadt.example.org/chat/hsds/v3/docs",
      openapi_url: "https://stadt.example.org/chat/hsds/v3/openapi.json",
    });
    const slash = await api.request("/");
    expect([slash.status, slash.headers.get("Location")]).toEqual([308, "https://stadt.example.org/chat/hsds/v3"]);
  });

  test.each([
    ["/services?page=0", "page: must be a whole number from 1"],
    ["/services?page=1.5", "page: must be a whole number"],
    ["/services?page=", "page: must be a whole number"],
    ["/services?per_page=101", "per_page: must be a whole number from 1 to 100"],
    ["/services?per_page=101&minimal=false", "per_page: must be a whole number from 1 to 100"],
    ["/services?minimal=true&per_page=10001", "per_page: must be a whole number from 1 to 10000"],
    ["/services?page=1&page=2", "page: must be given only once"],
    ["/services?search=%20", "search: must not be empty"],
    [`/services?search=${"a".repeat(201)}`, "search: must have at most 200"],
    ["/services?modified_after=yesterday", "modified_after: must be a day or a moment in ISO 8601"],
    ["/services?modified_after=2026-11-22T10:00:00+01:00", "write + as %2B"],
    ["/services?taxonomy_term_id=kita-platz", "taxonomy_term_id: must be a UUID"],
    ["/services?organization_id=1", "organization_id: must be a UUID"],
    ["/services?postcode=8033", "postcode: must have five digits"],
    ["/services?proximity=500", "proximity: needs a postcode, or lat and lon"],
    ["/services?postcode=01067&proximity=500", "01067 is not one of Munich's"],
    ["/services?lat=48&proximity=500", "lat and lon must be given together"],
    ["/services?lat=48.1&lon=11.5", "need proximity"],
    ["/services?lat=91&lon=11.5&proximity=5", "lat: must be degrees from -90 to 90"],
    ["/services?lat=48&lon=11&proximity=5&postcode=80331", "not both"],
    ["/services?proximity=1e3&postcode=80331", "proximity: must be a whole number"],
    ["/services?full=yes", "full: must be true or false"],
    ["/services?format=ndjson", "format: can only be json"],
    ["/services?__proto__=1", 'no parameter "__proto__"'],
    ["/services?Search=a", "There are: search, page"],
    ["/organizations?postcode=80331", 'no parameter "postcode"'],
    ["/taxonomy_terms?parent_id=1", "parent_id: must be a UUID"],
    ["/services/9f8f2d6c-7f3e-5a50-9d5a-0a0a0a0a0a0a?full=true", 'no parameter "full"'],
  ])("refuses %s and says why", async (path, reason) => {
    const response = await api.request(path);
    expect(response.status).toBe(400);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
    const { error } = Fault.parse(await response.json());
    expect(error.code).toBe("REQUEST_INVALID");
    expect(error.message).toContain(reason);
  });

  test.each(["services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"])(
    "knows no unknown id among %s",
    async (list) => {
      for (const id of ["9f8f2d6c-7f3e-5a50-9d5a-0a0a0a0a0a0a", "x", "%00", "..%2Fservices"]) {
        const response = await api.request(`/${list}/${id}`);
        expect(response.status).toBe(404);
        expect(Fault.parse(await response.json()).error.code).toBe("NOT_FOUND");
      }
    },
  );

  test("has one identifier a record for ever, in any letters", async () => {
    // Made when the API was first published: another one would be another record to all who copied it.
    const id = "a4c507f6-c2f3-52c1-9334-68a0f41cbb28";
    for (const written of [id, id.toUpperCase()])
      expect(await api.json(`/services/${written}`)).toMatchObject({ id, name: "Ganz volles Angebot" });
  });

  test("costs nothing where nothing has changed", async () => {
    for (const path of ["", "/services", "/organizations", "/openapi.json", "/docs"]) {
      const first = await api.request(path);
      expect(first.headers.get("Cache-Control")).toBe("public, max-age=60");
      const again = await api.request(path, { headers: { "If-None-Match": first.headers.get("ETag") ?? "" } });
      expect([path, again.status, await again.text()]).toEqual([path, 304, ""]);
    }
    const one = await api.request("/services/a4c507f6-c2f3-52c1-9334-68a0f41cbb28");
    const { last_modified: time } = z.object({ last_modified: z.string() }).parse(await one.json());
    expect(Date.parse(one.headers.get("Last-Modified") ?? "")).toBe(Math.floor(Date.parse(time) / 1000) * 1000);
  });

  test("is for pages of any site, and only reads", async () => {
    const asked = await api.request("/services", {
      method: "OPTIONS",
      headers: { Origin: "https://example.org", "Access-Control-Request-Method": "GET" },
    });
    expect([asked.status, asked.headers.get("Access-Control-Allow-Origin"), asked.headers.get("Access-Control-Allow-Methods")]).toEqual([
      204,
      "*",
      "GET,HEAD,OPTIONS",
    ]);
    const head = await api.request("/services", { method: "HEAD" });
    expect([head.status, await head.text(), head.headers.get("ETag") === null]).toEqual([200, "", false]);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const response = await api.request("/services", { method });
      expect([response.status, response.headers.get("Allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    }
  });
});

test("needs nothing that only Node has", async () => {
  const { metafile } = await build({
    entryPoints: [join(projectRoot, "src/catalogue/hsds/routes.ts")],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "browser"],
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    external: ["node:*"],
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(imported).toEqual([]);
});

describe("what describes it", () => {
  const Document = z.looseObject({
    openapi: z.literal("3.1.0"),
    servers: z.array(z.object({ url: z.string() })),
    paths: z.record(z.string(), z.object({ get: z.looseObject({ parameters: z.array(z.object({ name: z.string() }).loose()) }) })),
    components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
  });

  it("is OpenAPI with every route, every parameter and no reference that leads nowhere", async () => {
    const text = await (await api.request("/openapi.json")).text();
    const document = Document.parse(JSON.parse(text));
    expect(document.servers).toEqual([{ url: "https://stadt.example.org/chat/hsds/v3" }]);
    expect(Object.keys(document.paths)).toEqual(routeTable.map(({ path }) => path));
    expect(document.paths["/services"]?.get.parameters.map(({ name }) => name)).toEqual([...listParameters.services]);
    const references = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference]) => reference ?? "");
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references) {
      expect(reference).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(document.components.schemas).toHaveProperty(reference.replace("#/components/schemas/", ""));
    }
  });

  it.each([
    ["de", "Was man wissen muss"],
    ["en", "What to know"],
  ])("is a page in %s with nothing of other hosts and no script", async (lang, heading) => {
    const response = await api.request(`/docs?lang=${lang}`);
    const page = await response.text();
    expect(page).toContain(`<html lang="${lang}">`);
    expect(page).toContain(heading);
    for (const { path } of routeTable) expect(page).toContain(`GET /hsds/v3${path}`);
    expect(response.headers.get("Content-Security-Policy")).toContain("default-src 'none'; style-src 'self'");
    expect(page).not.toMatch(/<script|\sstyle=|\son\w+=|(?:src|href)="(?:https?:)?\/\//);
    expect((await api.request("/docs.css")).headers.get("Content-Type")).toContain("text/css");
  });
});
