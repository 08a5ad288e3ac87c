import { afterAll, beforeAll, expect, it } from "vitest";
import { createSimilarOperation } from "../../../src/catalogue/articles/similar.ts";
import { createArticle } from "../../../src/catalogue/articles/store.ts";
import { openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { needOf, offerOf } from "../fixtures.ts";
import { bodyOf } from "./fixtures.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase("embedded");
});
afterAll(() => database.close());

it("finds what is written already about the same, drafts and offers, the most alike first", async () => {
  const draft = await createArticle(database.db, { kind: "text", body: bodyOf(), author: "anna" });
  const offers = [
    offerOf("bad", { title: { de: "Freibad am Trinkbrunnen" }, summary: { de: "Hier baden Sie." } }),
    offerOf("kita", { title: { de: "Kita-Platz" } }),
    offerOf("amt", { title: { de: "Bürgerbüro" } }),
  ];
  const content = { hash: "1", needs: [needOf("kita-platz", [])], districts: [], offers: [], concepts: [], changedAt: new Map() };
  const records = async () => ({ version: "1", content, offers, articles: [], changedAt: new Map() });
  const similar = createSimilarOperation(database.db, records)["staff.articles.similar"];
  const found = await similar({ text: "Wo sind Trinkbrunnen?", lang: "de" });
  expect(found).toMatchObject([
    { kind: "article", id: draft.id, title: "Trinkbrunnen in München", likeness: 1 },
    { kind: "offer", id: "bad" },
  ]);
});
