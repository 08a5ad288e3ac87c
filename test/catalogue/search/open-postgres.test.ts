import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPostgresSearch } from "../../../src/catalogue/search/open-postgres.ts";
import { createPostgresSearch } from "../../../src/catalogue/search/postgres-search.ts";
import type { SearchDocument } from "../../../src/catalogue/search/search-document.ts";
import { rowsOf } from "../../../src/database/database.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";

const page = (id: string, title: string): SearchDocument => ({ id, title: [{ lang: "de", text: title }], keywords: [], body: [] });
const noConcepts = () => [];

describe.each(databaseKinds())("the index in the database (%s)", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.execute(sql`delete from search_index`);
  });

  const open = (version: string, ...documents: readonly SearchDocument[]) =>
    openPostgresSearch(database.db, documents, noConcepts, version);
  const ask = async (search: Awaited<ReturnType<typeof open>>, text: string) =>
    (await search.search({ text, lang: "de", limit: 9 })).map(({ id }) => id);
  const generation = async () => rowsOf(await database.db.execute(sql`select generation from search_index`));

  it("is built once for a state, by one of all who open it, and found by all", async () => {
    const searches = await Promise.all([1, 2, 3].map(() => open("one", page("kita", "Kita"))));
    const first = await generation();
    for (const search of searches) expect(await ask(search, "Kita")).toEqual(["kita"]);
    await open("one", page("kita", "Kita"));
    expect(await generation()).toEqual(first);
    expect(rowsOf(await database.db.execute(sql`select 1 from leases`))).toEqual([]);
  });

  it("is replaced when the documents change, for searches that are open already too", async () => {
    const before = await open("one", page("kita", "Kita"));
    await open("two", page("hund", "Hund"));
    expect(await ask(before, "Kita")).toEqual([]);
    expect(await ask(before, "Hund")).toEqual(["hund"]);
    await open("three", page("pass", "Pass"));
    await open("four", page("amt", "Amt"));
    const kept = rowsOf(await database.db.execute(sql`select distinct generation from search_documents`));
    expect(kept.length).toBeLessThanOrEqual(2);
  });

  it("is built by the next one where a builder has gone", async () => {
    await database.db.execute(
      sql`insert into leases (name, holder, until) values ('search-index', gen_random_uuid(), now() - interval '1 second')`,
    );
    expect(await ask(await open("five", page("kita", "Kita")), "Kita")).toEqual(["kita"]);
  });

  it("finds nothing before it is built", async () => {
    expect(await ask(createPostgresSearch(database.db, noConcepts), "Kita")).toEqual([]);
  });
});
