import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../../src/app.ts";
import { createKeyOperations } from "../../../src/catalogue/capacity/keys.ts";
import { createCapacityRoute } from "../../../src/catalogue/capacity/route.ts";
import { loadContent } from "../../../src/catalogue/content-store.ts";
import { uuidOf } from "../../../src/catalogue/hsds/identifiers.ts";
import { type LiveCatalogue, openLiveCatalogue, openMemorySearch } from "../../../src/catalogue/live-catalogue.ts";
import { saveOverride } from "../../../src/catalogue/overrides.ts";
import { capacityKeys, importedOffers, overrides, sources } from "../../../src/database/schema.ts";
import { createReadableLog } from "../../messages/fixtures.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { needOf, offerOf } from "../fixtures.ts";

const words = ["Kita", "Krippe", "Hort", "Platz", "Kind", "Kinder", "Betreuung", "Gruppe"];
const need = needOf("kita-platz", words);
const everyLang = Object.fromEntries(Object.keys(need.words).map((lang) => [lang, words])) as unknown as typeof need.words;
const content = {
  ...{
    hash: "test",
    intents: [],
    districts: [],
    questions: [],
    concepts: [],
    crises: { sentences: [], concepts: [] },
    needs: [{ ...need, words: everyLang }],
  },
  offers: [
    offerOf("sonne", { organization: "Kita Sonne" }),
    offerOf("sonne-zwei", {
      organization: "Kita Sonne",
      capacity: { unit: { de: "Betten", en: "beds" }, available: 1, maximum: 5, asOf: "2026-11-01T09:00:00Z" },
    }),
    offerOf("mond", { organization: "Kita Mond" }),
  ],
};
const now = new Date("2026-11-22T12:00:00Z");
const row = { service_id: "sonne", unit: { id: "u1", name: "Plätze" }, available: 2, maximum: 20, updated: "2026-11-22T12:30:00+01:00" };

describe.each(databaseKinds())("reports of free places (%s)", (kind) => {
  let database: TestDatabase;
  let catalogue: LiveCatalogue;
  let other: LiveCatalogue;
  let key = "";

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    await loadContent(database.db, content);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(overrides);
    await database.db.delete(capacityKeys);
    catalogue = await openLiveCatalogue(database.db, openMemorySearch);
    other = await openLiveCatalogue(database.db, openMemorySearch);
    key = await makeKey("Kita Sonne");
  });

  async function makeKey(organization: string): Promise<string> {
    const made = await createKeyOperations(database.db)["staff.api-key"]?.({ organization });
    return (made as readonly { readonly key: string }[])[0]?.key ?? "";
  }

  const log = pino({ level: "silent" });
  const app = () =>
    createApp({
      routes: [createCapacityRoute({ db: database.db, offers: catalogue.offers, onChange: catalogue.refresh, now: () => now, log })],
      log,
    });
  async function put(body: unknown, { type = "application/json", with: by = key, method = "PUT" } = {}) {
    const headers = { "Content-Type": type, ...(by === "" ? {} : { Authorization: `Bearer ${by}` }) };
    const response = await app().request("/api/capacities", {
      method,
      headers,
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }
  const capacityOf = (of: LiveCatalogue, id: string) => of.offers().find((offer) => offer.id === id)?.capacity;

  it.each([
    ["a list", [row]],
    ["HSDS's export", { service_capacities: [row] }],
    ["a page of HSDS", { total_items: 1, contents: [row] }],
    ["a list by the ids of /hsds/v3", [{ ...row, service_id: uuidOf("service", "sonne") }]],
  ])("are taken as %s, and live at once in all processes", async (_name, body) => {
    expect(await put(body)).toEqual({ status: 200, body: { taken: 1 } });
    const taken = { unit: { de: "Plätze" }, available: 2, maximum: 20, asOf: "2026-11-22T11:30:00.000Z" };
    expect(capacityOf(catalogue, "sonne")).toEqual(taken);
    await other.refresh();
    expect(capacityOf(other, "sonne")).toEqual(taken);
    expect(await database.db.select().from(overrides)).toMatchObject([{ offerId: "sonne", field: "capacity", layer: "provider" }]);
  });

  it("are taken as CSV, by comma or semicolon, and keep a unit that is known", async () => {
    const line = "service_id;available;maximum;updated\r\nsonne-zwei;0;;2026-11-22T11:00:00Z\r\n";
    expect(await put(`\ufeff${line}`, { type: "text/csv; charset=utf-8", method: "POST" })).toEqual({ status: 200, body: { taken: 1 } });
    expect(capacityOf(catalogue, "sonne-zwei")).toEqual({
      unit: { de: "Betten", en: "beds" },
      available: 0,
      asOf: "2026-11-22T11:00:00.000Z",
    });
    expect((await put(line.replaceAll(";", ","), { type: "text/csv" })).status).toBe(200);
  });

  it("follow each other, also when many come at once", async () => {
    for (let available = 0; available < 5; available += 1) {
      await put([{ ...row, available }]);
      await other.refresh();
      expect(capacityOf(other, "sonne")?.available).toBe(available);
    }
    await Promise.all([put([{ ...row, available: 7 }]), put([{ ...row, service_id: "sonne-zwei", maximum: 9, available: 3 }])]);
    await other.refresh();
    expect([capacityOf(other, "sonne")?.available, capacityOf(other, "sonne-zwei")?.available]).toEqual([7, 3]);
  });

  it("hold after what staff said before, and give way to what staff say after", async () => {
    const said = { unit: { de: "Plätze" }, available: 9, asOf: "2026-11-22T11:00:00Z" };
    const byStaff = () => saveOverride(database.db, { offerId: "sonne", field: "capacity", layer: "staff", value: said });
    await byStaff();
    await put([row]);
    expect(capacityOf(catalogue, "sonne")?.available).toBe(2);
    await byStaff();
    await catalogue.refresh();
    expect(capacityOf(catalogue, "sonne")?.available).toBe(9);
  });

  it.each<readonly [string, () => Parameters<typeof put>, number, RegExp]>([
    ["no key", () => [[row], { with: "" }], 401, /Bearer/],
    ["a key of nobody", () => [[row], { with: "x".repeat(43) }], 401, /Bearer/],
    ["an offer of others", () => [[row, { ...row, service_id: "mond" }]], 403, /"row":2.*no offer of yours/],
    ["an offer that is not there", () => [[{ ...row, service_id: "nichts" }]], 403, /no offer of yours/],
    ["another kind of body", () => [[row], { type: "text/plain" }], 415, /text\/csv/],
    ["no JSON", () => ["{"], 400, /JSON/],
    ["no list", () => [{ capacity: 1 }], 400, /list/],
    ["an empty list", () => [[]], 400, /1 to 1000/],
    ["too many rows", () => [Array(1001).fill(row)], 400, /1 to 1000/],
    ["a body that is too large", () => [[{ ...row, description: "x".repeat(300_000) }]], 413, /bytes/],
    ["broken CSV", () => ['service_id\n"sonne', { type: "text/csv" }], 400, /CSV/],
    ["less than none", () => [[row, { ...row, available: -1 }]], 400, /"row":2.*available/],
    ["half a place", () => [[{ ...row, available: 1.5 }]], 400, /available/],
    ["more than there are", () => [[{ ...row, available: 21 }]], 400, /more places are free/],
    ["no moment", () => [[{ ...row, updated: "gestern" }]], 400, /updated/],
    ["the future", () => [[{ ...row, updated: "2026-11-22T12:06:00Z" }]], 400, /future/],
    [
      "an older count than is known",
      () => [[{ ...row, service_id: "sonne-zwei", updated: "2026-10-01T09:00:00Z", maximum: 5 }]],
      400,
      /newer/,
    ],
    ["nothing said of what is counted", () => [[{ ...row, unit: undefined }]], 400, /unit/],
  ])("are refused with a reason, and nothing of them is taken: %s", async (_name, given, status, reason) => {
    const answer = await put(...given());
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toMatch(reason);
    expect(await database.db.select().from(overrides)).toEqual([]);
  });

  it("need a key that is kept as a hash, is of that organisation, and ends with the next one", async () => {
    expect(Buffer.from(key, "base64url").length).toBeGreaterThanOrEqual(16);
    expect(JSON.stringify(await database.db.select().from(capacityKeys))).not.toContain(key);
    await expect(makeKey("Kita Niemand")).rejects.toThrow("No offer is by");
    const next = await makeKey("Kita Sonne");
    expect((await put([row])).status).toBe(401);
    expect((await put([row], { with: next })).status).toBe(200);
    const operations = createKeyOperations(database.db);
    expect(await operations["staff.api-keys"]?.({})).toMatchObject([{ organization: "Kita Sonne" }]);
    await operations["staff.revoke-api-key"]?.({ organization: "Kita Sonne" });
    expect((await put([row], { with: next })).status).toBe(401);
  });

  it("are taken for offers that were imported, and for a name that staff set", async () => {
    const { organization: _files, ...bed } = offerOf("bett", { organization: "Kita Sonne" });
    const imported = { ...bed, organization: "Haus Import" };
    await database.db.insert(sources).values({ name: "feed", kind: "csv", location: "feed.csv", options: {}, version: 1, offers: 1 });
    const stored = { id: "bett", source: "feed", position: 0, hash: "h", body: imported, version: 1 };
    await database.db.insert(importedOffers).values(stored);
    await saveOverride(database.db, { offerId: "mond", field: "organization", layer: "staff", value: "Mond und Sterne" });
    await catalogue.refresh();
    const report = { ...row, service_id: "bett" };
    expect((await put([report], { with: await makeKey("Haus Import") })).status).toBe(200);
    expect(capacityOf(catalogue, "bett")).toMatchObject({ available: 2, maximum: 20 });
    expect((await put([{ ...row, service_id: "mond" }], { with: await makeKey("Mond und Sterne") })).status).toBe(200);
    await expect(makeKey("Kita Mond")).rejects.toThrow("No offer is by");
  });

  it("leave no key in the log", async () => {
    const readable = createReadableLog();
    const route = createCapacityRoute({
      db: database.db,
      offers: catalogue.offers,
      onChange: catalogue.refresh,
      now: () => now,
      log: readable.log,
    });
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${key}` };
    await route.request("/api/capacities", { method: "PUT", headers, body: JSON.stringify([row]) });
    expect(readable.lines.join()).toContain("Kita Sonne");
    expect(readable.lines.join()).not.toContain(key);
  });
});
