import { asc, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readContent } from "../../src/catalogue/content-files.ts";
import { loadContent, readStoredContent, storedHash } from "../../src/catalogue/content-store.ts";
import { openLiveCatalogue, openMemorySearch, postgresSearchOf, readRecords } from "../../src/catalogue/live-catalogue.ts";
import { resetOverride, saveOverride } from "../../src/catalogue/overrides.ts";
import type { Content } from "../../src/core/content.ts";
import { rowsOf } from "../../src/database/database.ts";
import { contentState, content as contentTable, overrides } from "../../src/database/schema.ts";
import { projectRoot } from "../../src/node-content.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { needOf, offerOf } from "./fixtures.ts";

const words = ["a", "b", "c", "d", "e", "f", "g", "h"];
const need = {
  ...needOf("kita-platz", words),
  words: { de: words, en: words, tr: words, uk: words, ru: words, ar: words, it: words, fr: words, hr: words },
};
const contentOf = (hash: string, offers: Content["offers"]): Content => ({
  hash,
  needs: [need],
  intents: [],
  districts: [
    { number: 10, name: "Moosach", quarters: [], aliases: ["Мозах"], postcodes: ["80992"] },
    { number: 6, name: "Sendling", quarters: ["Untersendling"], aliases: [], postcodes: ["81371"] },
  ],
  offers,
  questions: [],
  concepts: [],
  crises: { sentences: [], concepts: [] },
});

describe.each(databaseKinds())("content in the database (%s)", (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(contentTable);
    await database.db.delete(contentState);
    await database.db.delete(overrides);
  });

  const rows = () => database.db.select().from(contentTable).orderBy(asc(contentTable.kind), asc(contentTable.id));

  it("says that nothing was loaded yet, and what to do", async () => {
    expect(await storedHash(database.db)).toBeUndefined();
    await expect(readStoredContent(database.db)).rejects.toMatchObject({
      code: "CONTENT_INVALID",
      message: expect.stringContaining("prepare-database"),
    });
  });

  it("gives the shipped content back as the files say it", async () => {
    const shipped = await readContent({ root: projectRoot, demo: true });
    await loadContent(database.db, shipped);
    const stored = await readStoredContent(database.db);
    expect(stored.hash).toBe(shipped.hash);
    // In the files' order, which decides ties.
    expect(stored.needs).toEqual(shipped.needs);
    expect(stored.districts).toEqual(shipped.districts);
    expect(stored.offers).toEqual(shipped.offers);
  });

  it("takes what is made up out again when the next start is without it", async () => {
    const madeUp = async () => (await readStoredContent(database.db)).offers.filter(({ demo }) => demo === true).length;
    await loadContent(database.db, await readContent({ root: projectRoot, demo: true }));
    expect(await madeUp()).toBeGreaterThan(0);
    await loadContent(database.db, await readContent({ root: projectRoot, demo: false }));
    expect(await madeUp()).toBe(0);
  });

  it("changes nothing when it is loaded again", async () => {
    const content = contentOf("one", [offerOf("a"), offerOf("b")]);
    await loadContent(database.db, content);
    const before = await rows();
    await loadContent(database.db, content);
    expect(await rows()).toEqual(before);
    expect(await storedHash(database.db)).toBe("one");
  });

  it("follows the files: new, changed and gone", async () => {
    await loadContent(database.db, contentOf("one", [offerOf("a"), offerOf("b")]));
    await loadContent(database.db, contentOf("two", [offerOf("b", { phone: "115" }), offerOf("c")]));
    const { hash, offers } = await readStoredContent(database.db);
    expect(hash).toBe("two");
    expect(offers.map(({ id, phone }) => `${id} ${phone ?? "-"}`).sort()).toEqual(["b 115", "c -"]);
  });

  it("writes only what differs, and only what says something else has changed", async () => {
    const [a, b, c] = [offerOf("a"), offerOf("b"), offerOf("c")];
    await loadContent(database.db, contentOf("one", [a, b]));
    const longAgo = new Date("2020-01-01T00:00:00Z");
    await database.db.update(contentTable).set({ changedAt: longAgo });
    const written = async () => {
      const found = await database.db.execute(sql`select kind, id, xmin::text as version from content order by kind, id`);
      return rowsOf(found);
    };
    const before = await written();
    await loadContent(database.db, contentOf("two", [a, b]));
    expect(await written()).toEqual(before);
    // b moves to the front, a says something else, c is new.
    await loadContent(database.db, contentOf("three", [b, { ...a, phone: "115" }, c]));
    const { offers, changedAt } = await readStoredContent(database.db);
    expect(offers.map(({ id }) => id)).toEqual(["b", "a", "c"]);
    expect(changedAt.get("b")).toBe(longAgo.getTime());
    for (const id of ["a", "c"]) expect(Math.abs((changedAt.get(id) ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it("tells when an offer last changed, in whatever layer", async () => {
    await loadContent(database.db, contentOf("one", [offerOf("a"), offerOf("b")]));
    const longAgo = new Date("2020-01-01T00:00:00Z");
    await database.db.update(contentTable).set({ changedAt: longAgo });
    const times = async () => {
      const { changedAt } = await readRecords(database.db);
      return ["a", "b"].map((id) =>
        changedAt.get(id) === longAgo.getTime() ? "long ago" : Math.abs((changedAt.get(id) ?? 0) - Date.now()) < 60_000 ? "now" : "?",
      );
    };
    expect(await times()).toEqual(["long ago", "long ago"]);
    const at = { offerId: "a", field: "phone", layer: "staff" } as const;
    await saveOverride(database.db, { ...at, value: "1" });
    expect(await times()).toEqual(["now", "long ago"]);
    // What the file says shows again: for who copied the staff's value that is a change.
    await resetOverride(database.db, at);
    expect(await times()).toEqual(["now", "long ago"]);
  });

  it("leaves the running data as it was when a load fails half-way", async () => {
    await loadContent(database.db, contentOf("one", [offerOf("a")]));
    await expect(loadContent(database.db, contentOf("two", [offerOf("b"), offerOf("b")]))).rejects.toThrow();
    const { hash, offers } = await readStoredContent(database.db);
    expect({ hash, ids: offers.map(({ id }) => id) }).toEqual({ hash: "one", ids: ["a"] });
  });

  it("is whole when two processes load at once", async () => {
    const contents = ["one", "two", "one", "two"].map((hash) => contentOf(hash, [offerOf("a"), offerOf(hash)]));
    await Promise.all(contents.map((content) => loadContent(database.db, content)));
    const { hash, offers } = await readStoredContent(database.db);
    expect(offers.map(({ id }) => id).sort()).toEqual(["a", hash]);
  });

  it("keeps staff's fields over a load, and the running catalogue follows both", async () => {
    await loadContent(database.db, contentOf("one", [offerOf("a"), offerOf("b")]));
    const live = await openLiveCatalogue(database.db, openMemorySearch);
    expect(await live.refresh()).toBe(false);
    await saveOverride(database.db, { offerId: "a", field: "phone", layer: "staff", value: "089 233-0" });
    expect(await live.refresh()).toBe(true);
    expect(live.offers().find(({ id }) => id === "a")?.phone).toBe("089 233-0");
    await loadContent(database.db, contentOf("two", [offerOf("a", { phone: "115", organization: "Neu" })]));
    expect(await live.refresh()).toBe(true);
    expect(live.offers()).toMatchObject([{ id: "a", phone: "089 233-0", organization: "Neu" }]);
    const { found } = await live.current().search({ text: "", needs: [{ id: "kita-platz", score: 1 }], slots: {}, offset: 0, limit: 9 });
    expect(found).toHaveLength(1);
    expect(live.content().districts.map(({ name }) => name)).toEqual(["Moosach", "Sendling"]);
    expect(await live.refresh()).toBe(false);
  });

  it.each(["memory", "postgres"])("searches the texts as they are now (%s)", async (engine) => {
    await loadContent(database.db, contentOf(`search-${engine}`, [offerOf("a", { title: { de: "Hundewiese", en: "Dog park" } })]));
    const live = await openLiveCatalogue(database.db, engine === "memory" ? openMemorySearch : postgresSearchOf(database.db));
    const find = async (text: string) => {
      const { found } = await live.current().search({ text, needs: [], slots: {}, offset: 0, limit: 9 });
      return found.map(({ offer }) => offer.id);
    };
    expect(await find("Hundewiese")).toEqual(["a"]);
    await saveOverride(database.db, { offerId: "a", field: "title", layer: "staff", value: { de: "Badesee", en: "Lake" } });
    expect(await live.refresh()).toBe(true);
    expect(await find("Badesee")).toEqual(["a"]);
    expect(await find("Hundewiese")).toEqual([]);
  });
});
