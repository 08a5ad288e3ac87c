import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openVectorIndex } from "../../../src/catalogue/vectors/open-vector-index.ts";
import type { VectorIndex } from "../../../src/catalogue/vectors/vector-index.ts";
import { createVectorScan } from "../../../src/catalogue/vectors/vector-scan.ts";
import { type OpenDatabase, rowsOf } from "../../../src/database/database.ts";
import { databaseKinds, openPgvectorDatabase, openTestDatabase } from "../../support/databases.ts";
import { pageOf, tableEmbedder, unitVector } from "../../support/vectors.ts";

/** What is near what, by the first word of a text. */
const directions: Readonly<Record<string, Float32Array>> = {
  hund: unitVector(1, 0, 0),
  dackel: unitVector(1, 0.1, 0),
  katze: unitVector(1, 1, 0),
  kita: unitVector(0, 0, 1),
  gegen: unitVector(-1, 0, 0),
};
const vectorOf = (text: string) => directions[text.split(/\W/)[0] ?? ""] ?? unitVector(0, 1, 0);
const pages = [pageOf("d", "dackel"), pageOf("h", "hund"), pageOf("k", "katze"), pageOf("p", "kita"), pageOf("g", "gegen")];
const quiet = { onProgress: () => undefined };

const databases = [
  ...databaseKinds().map((kind) => ({ name: kind, open: () => openTestDatabase(kind) })),
  { name: "embedded with pgvector", open: openPgvectorDatabase },
];

describe.each(databases)("vectors on a database ($name)", ({ name, open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.execute(sql`delete from vectors`);
  });

  const stored = async () => rowsOf(await database.db.execute(sql`select model, text_hash from vectors order by text_hash`));
  const openPages = async (documents = pages) => await openVectorIndex(database.db, tableEmbedder(vectorOf), documents, quiet);
  const ids = async (index: VectorIndex, query: Float32Array, limit = 9, among?: readonly string[]) =>
    (await index.search(query, limit, among)).map(({ id }) => id);

  it("find the nearest first, as many as are wanted, with their cosine", async () => {
    const { index } = await openPages();
    expect(await ids(index, unitVector(1, 0, 0), 3)).toEqual(["h", "d", "k"]);
    const [first, second, third] = await index.search(unitVector(1, 0, 0), 3);
    expect(first?.similarity).toBeCloseTo(1, 2);
    expect(second?.similarity).toBeCloseTo(1 / Math.hypot(1, 0.1), 2);
    expect(third?.similarity).toBeCloseTo(Math.SQRT1_2, 2);
    expect((await index.search(unitVector(1, 0, 0), 9)).at(-1)).toEqual({ id: "g", similarity: expect.closeTo(-1, 2) });
  });

  it("are searched among some, all of which are weighed", async () => {
    const { index } = await openPages();
    expect(await ids(index, unitVector(1, 0, 0), 1, ["p", "k", "nobody", "g"])).toEqual(["k", "p", "g"]);
    expect(await ids(index, unitVector(1, 0, 0), 1, [])).toEqual([]);
  });

  it("give each document once, by its best passage, and equal ones in their order", async () => {
    const long = pageOf("long", "", `kita\n${"x".repeat(1195)}\nhund`);
    const { index } = await openPages([long, pageOf("a", "katze"), pageOf("b", "katze")]);
    const hits = await index.search(unitVector(1, 0, 0), 9);
    expect(hits.map(({ id }) => id)).toEqual(["long", "a", "b"]);
    expect(hits[0]?.similarity).toBeCloseTo(1, 2);
  });

  it("are made once for a text: not again, and for a changed text alone; those of texts that are gone are dropped", async () => {
    expect((await openPages()).made).toBe(5);
    const again = tableEmbedder(vectorOf);
    expect((await openVectorIndex(database.db, again, pages, quiet)).made).toBe(0);
    expect(again.asked).toEqual([]);
    const changed = tableEmbedder(vectorOf);
    const { index } = await openVectorIndex(database.db, changed, [...pages.slice(1), pageOf("d", "kita neu")], quiet);
    expect(changed.asked).toEqual(["kita neu"]);
    expect(await stored()).toHaveLength(5);
    expect((await ids(index, unitVector(0, 0, 1), 2)).toSorted()).toEqual(["d", "p"]);
  });

  it("are made anew for another model, also of other dimensions, and for one that has the same key and others", async () => {
    await openPages();
    const flat = (key: string) => tableEmbedder((text) => vectorOf(text).subarray(0, 2), { key, dimensions: 2 });
    const other = await openVectorIndex(database.db, flat("other's key"), pages, quiet);
    expect(other.made).toBe(5);
    expect(new Set((await stored()).map((row) => JSON.stringify(Object.values(row as object)[0])))).toEqual(new Set(['"other\'s key"']));
    expect((await ids(other.index, unitVector(1, 0), 1))[0]).toBe("h");
    await openPages();
    const same = await openVectorIndex(database.db, flat("table"), pages, quiet);
    expect(same.made).toBe(5);
    expect((await ids(same.index, unitVector(1, 0), 1))[0]).toBe("h");
  });

  it("tell how like each other unlike texts are", async () => {
    const { baseline } = await openPages([pageOf("h", "hund"), pageOf("k", "kita"), pageOf("x", "anderes")]);
    expect(baseline).toBeCloseTo(0, 5);
    expect((await openPages([pageOf("h", "hund"), pageOf("k", "katze")])).baseline).toBeCloseTo(Math.SQRT1_2, 5);
    expect((await openPages([pageOf("h", "hund")])).baseline).toBe(0);
    expect((await openPages([])).baseline).toBe(0);
  });

  it("that were made before a stop are kept, and the others are made later", async () => {
    const stop = new AbortController();
    const many = Array.from({ length: 20 }, (_, index) => pageOf(`p${index}`, `hund ${index}`));
    const seen: number[] = [];
    const onProgress = (done: number) => {
      seen.push(done);
      if (done >= 8) stop.abort();
    };
    await expect(openVectorIndex(database.db, tableEmbedder(vectorOf), many, { onProgress, signal: stop.signal })).rejects.toThrow(/abort/);
    expect(seen.at(-1)).toBe(8);
    expect((await openPages(many)).made).toBe(12);
  });

  it("are shared by two processes that start at once", async () => {
    const [one, two] = await Promise.all([openPages(), openPages()]);
    for (const { index } of [one, two]) expect((await ids(index, unitVector(0, 0, 1)))[0]).toBe("p");
    expect(await stored()).toHaveLength(5);
  });

  it("find nothing where there is nothing", async () => {
    expect(await ids((await openPages([])).index, unitVector(1, 0, 0))).toEqual([]);
  });

  it("are indexed by the server where it has pgvector, and nowhere else", async () => {
    const { pgvector } = await openPages();
    const available = rowsOf(await database.db.execute(sql`select 1 from pg_available_extensions where name = 'vector'`)).length > 0;
    expect(pgvector.kind).toBe(available ? "ready" : "absent");
    expect(available || name !== "embedded with pgvector").toBe(true);
  });
});

describe("pgvector", () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openPgvectorDatabase();
  });
  afterAll(() => database.close());

  it("takes over vectors that were made before it was there, and searches by its HNSW index", async () => {
    const many = Array.from({ length: 400 }, (_, index) => pageOf(`p${index}`, `t${index}`));
    const spread = (text: string) => {
      const angle = Number(/\d+/.exec(text)?.[0] ?? 0) / 70;
      return unitVector(Math.cos(angle), Math.sin(angle), 0.1);
    };
    const embedder = tableEmbedder(spread, { key: "it's" });
    await openVectorIndex(database.db, embedder, many, quiet);
    await database.db.execute(sql`update vectors set embedding = null`);
    const { index, made } = await openVectorIndex(database.db, embedder, many, quiet);
    expect(made).toBe(0);
    const found = (await index.search(spread("t200"), 5)).map(({ id }) => id);
    expect(found[0]).toBe("p200");
    expect(found.toSorted()).toEqual(["p198", "p199", "p200", "p201", "p202"]);
    const plan = await database.transact(async (run) => {
      await run("set local enable_seqscan = off");
      return await run(`explain select text_hash from vectors where model = 'it''s' and dimensions = 3 and embedding is not null
        order by embedding::vector(3) <=> '[1,0,0]'::vector(3) limit 10`);
    });
    expect(JSON.stringify(plan)).toMatch(/Index Scan using vectors_hnsw_/);
  });

  it("is told to be unfit where the user may not create it: vectors are compared in memory", async () => {
    const other = await openPgvectorDatabase();
    await other.transact((run) => run("create role weak; grant select, insert, update, delete on vectors to weak; set role weak"));
    const { pgvector, index } = await openVectorIndex(other.db, tableEmbedder(vectorOf), pages, quiet);
    expect(pgvector).toEqual({ kind: "unfit", reason: expect.stringContaining("create extension vector") });
    expect((await index.search(unitVector(0, 0, 1), 1))[0]?.id).toBe("p");
    await other.close();
  });

  it("is told to be unfit where a model has more dimensions than it indexes: they are compared in memory", async () => {
    const wide = tableEmbedder(() => new Float32Array(2001).fill(1 / Math.sqrt(2001)), { key: "wide", dimensions: 2001 });
    const { pgvector, index } = await openVectorIndex(database.db, wide, pages, quiet);
    expect(pgvector).toEqual({ kind: "unfit", reason: expect.stringContaining("2000 dimensions") });
    expect(await index.search(new Float32Array(2001).fill(1 / Math.sqrt(2001)), 9)).toHaveLength(5);
  });
});

describe("the scan in memory", () => {
  it("ranks as exact arithmetic does, to a hundredth of the cosine", async () => {
    const vector = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 23, maxLength: 23 }).map((numbers) => unitVector(...numbers));
    await fc.assert(
      fc.asyncProperty(fc.array(vector, { minLength: 1, maxLength: 30 }), vector, async (vectors, query) => {
        const ids = vectors.map((_, index) => `p${index}`);
        const scan = createVectorScan(ids, 23, vectors.length);
        for (const [place, each] of vectors.entries()) scan.add(each, [place]);
        const hits = await scan.search(query, 99);
        expect(hits).toHaveLength(vectors.length);
        for (const { id, similarity } of hits) {
          const exact = vectors[ids.indexOf(id)]?.reduce((sum, value, axis) => sum + value * (query[axis] ?? 0), 0) ?? 0;
          expect(Math.abs(similarity - exact)).toBeLessThan(0.02);
        }
        expect(hits.map(({ similarity }) => similarity)).toEqual(hits.map(({ similarity }) => similarity).toSorted((a, b) => b - a));
      }),
      { numRuns: 50 },
    );
  });
});
