import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createArticleOperations } from "../../../src/catalogue/articles/operations.ts";
import { remindOwners } from "../../../src/catalogue/articles/reminders.ts";
import { readLiveArticles } from "../../../src/catalogue/articles/store.ts";
import { loadContent } from "../../../src/catalogue/content-store.ts";
import { type LiveCatalogue, openLiveCatalogue, openMemorySearch } from "../../../src/catalogue/live-catalogue.ts";
import type { Trial } from "../../../src/core/article-trial.ts";
import { articleEvents, articles, articleVersions } from "../../../src/database/schema.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { needOf, offerOf } from "../fixtures.ts";
import { bodyOf } from "./fixtures.ts";

const dayMs = 86_400_000;
const harmless: Trial = { questions: 1, better: 1, worse: 0, unknown: 0, changed: [], tookMs: 1 };
const harmful: Trial = {
  ...{ questions: 3, better: 0, worse: 1, unknown: 0, tookMs: 1 },
  changed: [
    {
      ...{ source: "turn", id: "4", text: "Wo ist eine Kita?", verdict: "worse" },
      ...{ before: { kind: "offers", first: "kita-a" }, after: { kind: "article", first: "article:1" } },
    },
  ],
};
const Done = z.object({ id: z.number(), version: z.number(), state: z.string() });

const kita = ["Kita", "Krippe", "Kinder-Garten", "Betreuung", "Tagesstätte", "Platz", "Kind", "Vormerkung"];
const need = {
  ...needOf("kita-platz", kita),
  words: { de: kita, en: kita, tr: kita, uk: kita, ru: kita, ar: kita, it: kita, fr: kita, hr: kita },
};

describe.each(databaseKinds())("articles of staff (%s)", (kind) => {
  let database: TestDatabase;
  let live: LiveCatalogue;
  let trial: Trial;
  let corrections: readonly (readonly [number, number])[];
  let now = new Date();

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    const content = {
      hash: "1",
      needs: [need],
      offers: [offerOf("kita-a"), offerOf("kita-b"), offerOf("kita-c")],
      intents: [],
      districts: [],
      questions: [],
      concepts: [],
      crises: { sentences: [], concepts: [] },
    };
    await loadContent(database.db, content);
    live = await openLiveCatalogue(database.db, openMemorySearch, { now: () => now });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const table of [articleEvents, articleVersions, articles]) await database.db.delete(table);
    await live.refresh();
    corrections = [];
    trial = harmless;
    now = new Date();
  });

  const operations = () =>
    createArticleOperations({
      tryOut: async () => trial,
      readTexts: async (questions) => questions.map(({ id }) => trial.changed.find((each) => each.id === id)?.text),
      ...{ db: database.db, now: () => now, needs: async () => ["kita-platz"], onChange: () => live.refresh() },
      publishCorrection: async (_transaction, article, version) => {
        corrections = [...corrections, [article, version]];
      },
    });
  const run = async (name: string, input: object) => await operations()[`staff.articles.${name}`]?.(input);
  const act = async (name: string, input: object) => Done.parse(await run(name, input));
  const write = (change: Parameters<typeof bodyOf>[0] = {}, more: object = {}) =>
    act("write", { by: "anna", article: bodyOf(change), ...more });
  async function publish(change: Parameters<typeof bodyOf>[0] = {}, more: object = {}) {
    const { id } = await write(change, more);
    await act("submit", { id, by: "anna" });
    return await act("approve", { id, by: "ben" });
  }
  const found = async (text: string) => (await live.current().findArticle({ text }))?.article;

  it("are drafts first, then wait for approval, and are read once somebody else has approved them", async () => {
    const draft = await write();
    expect(draft).toMatchObject({ version: 1, state: "draft" });
    await live.refresh();
    expect(live.current().article(draft.id)).toBeUndefined();
    expect(await act("submit", { id: draft.id, by: "anna" })).toMatchObject({ state: "for-approval" });
    await expect(run("approve", { id: draft.id, by: "anna" })).rejects.toThrow(/whoever wrote a version cannot approve it/);
    expect(await act("approve", { id: draft.id, by: "ben" })).toMatchObject({ state: "published" });
    expect(live.current().article(draft.id)).toMatchObject({ version: 1, title: { de: "Trinkbrunnen in München" } });
    await run("retire", { id: draft.id, by: "ben" });
    expect(live.current().article(draft.id)).toBeUndefined();
  });

  it("keep the published version while a newer one waits, and go back to an older one at once", async () => {
    const { id } = await publish({ text: { de: "Erste Fassung." } });
    await write({ text: { de: "Zweite Fassung." } }, { id });
    await live.refresh();
    expect(live.current().article(id)?.text.de).toBe("Erste Fassung.");
    await act("submit", { id, by: "anna" });
    await act("approve", { id, by: "ben" });
    expect(live.current().article(id)?.text.de).toBe("Zweite Fassung.");
    expect(await act("rollback", { id, version: 1, by: "ben" })).toMatchObject({ version: 3, state: "published" });
    expect(live.current().article(id)).toMatchObject({ version: 3, text: { de: "Erste Fassung." } });
    const versions = z.array(z.object({ version: z.number(), kind: z.string(), author: z.string() })).parse(await run("versions", { id }));
    expect(versions).toMatchObject([
      { version: 3, kind: "rollback", author: "ben" },
      { version: 2, kind: "text", author: "anna" },
      { version: 1, kind: "text", author: "anna" },
    ]);
  });

  it("bring no version back that nobody approved", async () => {
    const { id } = await publish();
    await write({ text: { de: "Nie geprüft." } }, { id });
    await expect(run("rollback", { id, version: 2, by: "ben" })).rejects.toThrow(/no version 2 that was published/);
  });

  it("are published without a reason only if no known question is answered worse", async () => {
    trial = harmful;
    const { id } = await write();
    await act("submit", { id, by: "anna" });
    await expect(run("approve", { id, by: "ben" })).rejects.toThrow(/1 known question worse/);
    expect(await run("show", { id })).toMatchObject({ state: "for-approval" });
    expect(await act("approve", { id, by: "ben", reason: "Die Kita ist dort neu." })).toMatchObject({ state: "published" });
    const events = await database.db.select().from(articleEvents);
    expect(events.map(({ event }) => event)).toEqual(["written", "submitted", "tried", "approved"]);
    expect(events[2]?.detail).toMatchObject({ worse: 1, changed: [{ id: "4", verdict: "worse" }] });
    expect(JSON.stringify(events)).not.toMatch(/Wo ist eine Kita/);
  });

  it("are given back with a reason", async () => {
    const { id } = await write();
    await act("submit", { id, by: "anna" });
    await expect(run("reject", { id, by: "ben" })).rejects.toThrow();
    expect(await act("reject", { id, by: "ben", reason: "Die Gebühr fehlt." })).toMatchObject({ state: "draft" });
    expect(await run("show", { id })).toMatchObject({ events: [{}, {}, { event: "rejected", by: "ben", reason: "Die Gebühr fehlt." }] });
  });

  it.each([
    ["a need that nobody knows", { need: "gibt-es-nicht" }, /article\.need/],
    ["an end that is over", { validUntil: "2020-01-01" }, /article\.validUntil: it is over/],
    ["an end in more than 12 months", { validUntil: "2099-01-01" }, /12 months/],
    ["no text in German", { text: { en: "Hello" } }, /article\.text/],
    ["a text that is too long to read", { text: { de: "x".repeat(601) } }, /article\.text/],
    ["a source that is no web page", { source: { name: "x", url: "javascript:alert(1)" } }, /article\.source/],
    ["no end", { validUntil: undefined }, /article\.validUntil/],
    ["an unknown field", { html: "<b>" }, /article/],
  ])("are refused with %s", async (_name, change, reason) => {
    await expect(run("write", { by: "anna", article: { ...bodyOf(), ...change } })).rejects.toThrow(reason);
  });

  it("are found by their questions in words that are nearly theirs, and by nothing else", async () => {
    const { id } = await publish();
    for (const asked of ["Wo gibt es einen Trinkbrunnen?", "wo sind trinkbrunnen", "Trinkbrunen in der Nähe"])
      expect((await found(asked))?.id, asked).toBe(id);
    expect(await found("Ich suche einen Kita-Platz")).toBeUndefined();
  });

  it("leave the offers in their order, and what an offer scores by its need", async () => {
    const search = () =>
      live
        .current()
        .search({ text: "Wo gibt es Hilfe am Trinkbrunnen?", needs: [{ id: "kita-platz", score: 1 }], slots: {}, offset: 0, limit: 9 });
    const before = (await search()).found.map(({ offer }) => offer.id);
    await publish();
    const after = (await search()).found.map(({ offer }) => offer.id);
    expect(after).toEqual(before);
    expect(after).toHaveLength(3);
  });

  it("end by the clock: nobody is answered with one from its end on", async () => {
    const { id } = await publish({ validUntil: new Date(now.getTime() + 60_000).toISOString() });
    expect((await found("Wo gibt es einen Trinkbrunnen?"))?.id).toBe(id);
    now = new Date(now.getTime() + 60_001);
    expect(await found("Wo gibt es einen Trinkbrunnen?")).toBeUndefined();
    expect(live.current().article(id)).toBeUndefined();
  });

  it("hold to the end of the day that was given", async () => {
    const { id } = await publish({ validUntil: "2027-03-01" });
    const [article] = (await readLiveArticles(database.db)).filter((each) => each.id === id);
    expect(article?.validUntil).toBe("2027-03-01T23:00:00.000Z");
    const { id: summer } = await publish({ validUntil: "2027-07-01" });
    expect((await readLiveArticles(database.db)).find((each) => each.id === summer)?.validUntil).toBe("2027-07-01T22:00:00.000Z");
  });

  it("remind their owner once, 14 days before the end", async () => {
    const { id } = await publish({ validUntil: new Date(now.getTime() + 15 * dayMs).toISOString() });
    await remindOwners(database.db, now);
    expect(await run("reminders", {})).toEqual([]);
    for (const days of [1.1, 2, 3]) await remindOwners(database.db, new Date(now.getTime() + days * dayMs));
    expect(await run("reminders", {})).toMatchObject([{ id, owner: { id: "anna", name: "Anna Beispiel" } }]);
  });

  it("are corrected by a version that tells those who got a wrong one, once it is approved", async () => {
    const { id } = await write();
    await expect(run("correct", { id, by: "anna", article: bodyOf() })).rejects.toThrow(/only what people have read/);
    await act("submit", { id, by: "anna" });
    await act("approve", { id, by: "ben" });
    await act("correct", { id, by: "anna", article: bodyOf({ text: { de: "So ist es richtig." } }) });
    await act("submit", { id, by: "anna" });
    expect(corrections).toEqual([]);
    await act("approve", { id, by: "ben" });
    expect(corrections).toEqual([[id, 2]]);
  });
});
