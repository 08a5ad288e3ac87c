import { readdirSync, readFileSync } from "node:fs";
import { zipSync } from "fflate";
import { Hono } from "hono";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { consul } from "../../../src/catalogue/importers/consul.ts";
import { hsds } from "../../../src/catalogue/importers/hsds.ts";
import { hsdsPackage } from "../../../src/catalogue/importers/hsds-package.ts";
import { ical } from "../../../src/catalogue/importers/ical.ts";
import { integreat } from "../../../src/catalogue/importers/integreat.ts";
import { rss } from "../../../src/catalogue/importers/rss.ts";
import { readBroken, readSource } from "../../support/source-access.ts";
import { type SourceServer, startSourceServer } from "../../support/source-server.ts";
import { consulApi, fixture, fixtureJson, hsdsApi, integreatApi } from "./sources.ts";

let server: SourceServer;
const asked: string[] = [];

function listening(app: Hono): Hono {
  return new Hono()
    .use(async (c, next) => {
      asked.push(new URL(c.req.url).pathname + new URL(c.req.url).search);
      await next();
    })
    .route("/", app);
}

beforeAll(async () => {
  server = await startSourceServer();
  server.mount("/hsds", listening(hsdsApi(list("hsds/services.json"))));
  server.mount("/apart", listening(hsdsApi(list("hsds/services-alone.json"), list("hsds/service_at_locations.json"))));
  server.mount("/integreat", listening(integreatApi()));
  server.mount("/consul", listening(consulApi()));
});

afterAll(() => server.close());

beforeEach(() => {
  asked.length = 0;
});

function list(path: string): readonly unknown[] {
  const value = fixtureJson(path);
  return Array.isArray(value) ? value : [];
}

describe("HSDS", () => {
  it("goes on at the page that the last run had reached", async () => {
    const whole = await readSource(hsds, { url: `${server.url}/hsds` });
    asked.length = 0;
    const rest = await readSource(hsds, { url: `${server.url}/hsds` }, {}, whole.cursors.at(-1));
    expect(asked).toEqual(["/services?page=7&per_page=100&full=true"]);
    expect(rest.items).toHaveLength(5);
    expect(rest.items.at(-1)).toEqual(whole.items.at(-1));
  });

  it("joins services with places of a list of their own", async () => {
    const joined = await readSource(hsds, { url: `${server.url}/apart` });
    const nested = await readSource(hsds, { url: `${server.url}/hsds` });
    expect(asked.filter((path) => path.startsWith("/service_at_locations")).length).toBe(2);
    expect(joined.records).toHaveLength(6);
    const told = (records: typeof joined.records) => records.map(({ externalId, offer }) => ({ externalId, offer }));
    expect(told(joined.records)).toEqual(told(nested.records.slice(0, 6)));
  });

  it("brings the newest of a service's capacities with its moment", async () => {
    const { records } = await readSource(hsds, { url: `${server.url}/hsds` });
    expect(records[0]?.offer.capacity).toEqual({ unit: { de: "Plätze" }, available: 0, maximum: 10, asOf: "2026-11-21T07:30:00.000Z" });
  });

  it("says hours in OpenStreetMap's syntax and leaves out what cannot be said", async () => {
    const hours = (await readSource(hsds, { url: `${server.url}/hsds` })).records.map(({ offer }) => offer.openingHours);
    expect(hours.slice(2, 5)).toEqual([
      "Th[1],Th[3] 10:00-12:00",
      "Mo-We 09:00-17:00; Th 09:00-17:00,18:00-20:00; Fr 09:00-17:00",
      undefined,
    ]);
  });

  it("does not follow a list without an end", async () => {
    server.mount(
      "/endless",
      new Hono().get("/services", (c) =>
        c.json({ contents: [{ id: `${Math.random()}`, status: "inactive", name: "x", service_at_locations: [] }] }),
      ),
    );
    const { error } = await readBroken(hsds, { url: `${server.url}/endless` });
    expect(error).toMatchObject({ code: "SOURCE_INVALID", message: expect.stringMatching(/more than 2000 pages/) });
  }, 120_000);
});

describe("the data package of HSDS", () => {
  it("is the same as files, from an address and in an archive", async () => {
    const names = readdirSync(fixture("hsds-package")).filter((name) => name.endsWith(".csv") || name === "datapackage.json");
    for (const name of names)
      await server.answerFile(`/package/${name}`, fixture(`hsds-package/${name}`), name.endsWith(".csv") ? "text/csv" : "application/json");
    server.answer(
      "/package.zip",
      zipSync(Object.fromEntries(names.map((name) => [`hsds/${name}`, readFileSync(fixture(`hsds-package/${name}`))]))),
      "application/zip",
    );
    const files = await readSource(hsdsPackage, { file: fixture("hsds-package/datapackage.json") });
    expect((await readSource(hsdsPackage, { url: `${server.url}/package/datapackage.json` })).items).toEqual(files.items);
    expect((await readSource(hsdsPackage, { url: `${server.url}/package.zip` })).items).toEqual(files.items);
  });

  it("brings the same offers as the API", async () => {
    const api = await readSource(hsds, { url: `${server.url}/hsds` });
    const tables = await readSource(hsdsPackage, { file: fixture("hsds-package/datapackage.json") });
    expect(tables.records.map(({ offer }) => offer)).toEqual(api.records.map(({ offer }) => offer));
  });
});

describe("Integreat", () => {
  it("asks for what is repeated once, for places on the map, and for the languages wanted", async () => {
    await readSource(integreat, { url: `${server.url}/integreat` }, { region: "Stadt München", languages: "en" });
    expect(asked).toEqual([
      "/api/v3/regions/",
      ...["pages/", "events/?combine_recurring=True", "locations/?on_map=1"].flatMap((path) => [
        `/api/v3/muenchen/de/${path}`,
        `/api/v3/muenchen/en/${path}`,
      ]),
    ]);
  });

  it("goes on with the list after the last that was read", async () => {
    const rest = await readSource(integreat, { url: `${server.url}/integreat` }, { region: "muenchen" }, { list: 2 });
    expect(rest.records.every(({ externalId }) => externalId.startsWith("location-"))).toBe(true);
    expect(rest.records).toHaveLength(14);
  });

  it("names the regions where none or another is wanted, those that are not live left out", async () => {
    for (const options of [{}, { region: "atlantis" }, { region: "testdorf" }]) {
      const { error } = await readBroken(integreat, { url: `${server.url}/integreat` }, options);
      expect(error).toMatchObject({ code: "USAGE", message: expect.stringMatching(/Regions: muenchen, beispiel$/) });
    }
  });
});

describe("CONSUL", () => {
  it("goes on after the cursor of the last run", async () => {
    const whole = await readSource(consul, { url: `${server.url}/consul` }, { projekts: "1-8" });
    expect(whole.cursors.slice(0, 2)).toEqual([
      { list: 0, after: null },
      { list: 0, after: "5" },
    ]);
    const rest = await readSource(consul, { url: `${server.url}/consul` }, { projekts: "1-8" }, { list: 0, after: "25" });
    expect(rest.records).toEqual(whole.records.slice(-rest.records.length));
    expect(rest.records.length).toBeLessThan(whole.records.length);
  });

  it("reads one project by its address", async () => {
    const { records } = await readSource(consul, { url: `${server.url}/consul/projekts/3/json_data` }, { organization: "Stadt" });
    expect(records).toEqual([
      {
        kind: "record",
        place: expect.any(String),
        externalId: "projekt-3",
        offer: {
          kind: "participation",
          organization: "Stadt",
          title: { de: "Umbau: Stanigplatz 10" },
          summary: { de: "Umbau: Stanigplatz 10\nThemen: Verkehr, Grün" },
          words: { de: ["Verkehr", "Grün"] },
          url: `${server.url}/consul/projekts/3`,
        },
      },
    ]);
  });

  it.each(["eins", "1-", "1-2000"])("refuses the projects %s", async (projekts) => {
    expect((await readBroken(consul, { url: `${server.url}/consul` }, { projekts })).error).toMatchObject({ code: "USAGE" });
  });

  it("does not go round in circles", async () => {
    server.mount(
      "/circle",
      new Hono().post("/graphql", (c) => c.json({ data: { proposals: { edges: [], pageInfo: { hasNextPage: true, endCursor: "x" } } } })),
    );
    expect((await readBroken(consul, { url: `${server.url}/circle` })).error).toMatchObject({
      code: "SOURCE_INVALID",
      message: expect.stringMatching(/no cursor/),
    });
  });
});

it("reads Atom with links that are relative, and RSS in another encoding", async () => {
  await server.answerFile("/atom.xml", fixture("rss/atom.xml"), "application/atom+xml");
  await server.answerFile("/latin1.xml", fixture("rss/latin1.xml"), "text/xml");
  const atom = await readSource(rss, { url: `${server.url}/atom.xml` });
  expect([atom.records.length, atom.rejected.length]).toEqual([10, 3]);
  expect(atom.records[0]?.offer).toMatchObject({ title: { de: "Schuldner-Beratung" }, url: `${server.url}/n/1` });
  expect((await readSource(rss, { url: `${server.url}/latin1.xml` })).records[0]?.offer.title.de).toBe("Müllabfuhr an Feiertagen");
});

describe("a calendar", () => {
  const zone = process.env["TZ"];
  afterEach(() => {
    process.env["TZ"] = zone;
    if (zone === undefined) delete process.env["TZ"];
  });

  it.each(["America/New_York", "Asia/Tokyo", "UTC"])("is the same for a machine in %s", async (here) => {
    process.env["TZ"] = here;
    expect(new Date().toString()).toMatch(here === "UTC" ? /GMT\+0000/ : /GMT[-+]0[459]00/);
    const { records } = await readSource(ical, { file: fixture("ical/termine.ics") }, { url: "https://termine.example/" });
    expect(records.map(({ externalId, offer }) => ({ externalId, offer }))).toEqual(fixtureJson("ical/records.json"));
  });
});
