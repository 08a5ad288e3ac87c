import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateOffers, generateQuestions } from "../../src/bench/generated-offers.ts";
import { measureScale, type ScaleRow } from "../../src/bench/scale.ts";
import { drawScale } from "../../src/bench/scale-plot.ts";
import { measureSearch, readSearchSet } from "../../src/bench/search.ts";
import type { SearchDocument, SearchHit, TextSearch } from "../../src/catalogue/search/search-document.ts";
import { openEngine } from "../../src/commands/search-engines.ts";
import { projectRoot } from "../../src/node-content.ts";
import { itShared, sharedPath } from "../support/shared.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stadtlotse-bench-search-"));
});

afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, lines: readonly object[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
}

const page = (id: string, text: string, rest: object = {}) => ({ id, city: "a", lang: "de", title: text, text, ...rest });
const question = (doc_id: string, rest: object = {}) => ({ id: doc_id, lang: "de", question: `wo ist ${doc_id}`, doc_id, ...rest });
const quiet = { withinCity: false, buildSeconds: 0, onProgress: () => undefined };

/** A search that always gives these ids, or those of them that are searched among. */
function fixedSearch(ids: readonly string[]): TextSearch {
  return {
    search: async ({ among, limit }) =>
      ids
        .filter((id) => among === undefined || among.includes(id))
        .slice(0, limit)
        .map((id): SearchHit => ({ id, score: 1, share: 1, named: { share: 1, nats: 1 } })),
  };
}

async function setOf(pages: readonly object[], questions: readonly object[]) {
  return await readSearchSet({ docs: await write("docs.jsonl", pages), questions: await write("questions.jsonl", questions) }, "de");
}

describe("measuring search", () => {
  it("counts hits, reciprocal ranks and gains, all 0 beyond rank 10", async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `p${index}`);
    const set = await setOf(
      ids.map((id) => page(id, `Seite ${id}`)),
      ["p0", "p2", "p5", "p10"].map((id) => question(id)),
    );
    const report = await measureSearch(set, fixedSearch(ids), quiet);
    expect(report).toMatchObject({ docs: 12, questions: 4, hit1: 0.25, hit5: 0.5 });
    expect(report.mrr10).toBeCloseTo((1 + 1 / 3 + 1 / 6) / 4, 10);
    expect(report.ndcg10).toBeCloseTo((1 + 1 / Math.log2(4) + 1 / Math.log2(7)) / 4, 10);
  });

  it("takes only the language and the answerable questions, and equal pages for one", async () => {
    const pages = [page("one", "gleich"), page("two", "gleich"), page("three", "anders"), page("four", "other", { lang: "en" })];
    const set = await setOf(pages, [question("two"), question("three", { answerable: false }), question("four", { lang: "en" })]);
    expect(set.documents.map(({ id }) => id)).toEqual(["one", "three"]);
    expect(await measureSearch(set, fixedSearch(["one"]), quiet)).toMatchObject({ questions: 1, hit1: 1 });
  });

  it("takes pages of other cities out of the ranking first", async () => {
    const set = await setOf([page("far", "fern", { city: "b" }), page("near", "nah")], [question("near")]);
    const search = fixedSearch(["far", "near"]);
    expect((await measureSearch(set, search, quiet)).hit1).toBe(0);
    expect((await measureSearch(set, search, { ...quiet, withinCity: true })).hit1).toBe(1);
  });

  it("reads services as pages", async () => {
    const set = await setOf([{ id: "7", name: "Gewerbe-Anmeldung", descriptionText: "Ein Laden.", feesText: null }], [question("7")]);
    expect(set.documents).toEqual([
      { id: "7", title: [{ lang: "de", text: "Gewerbe-Anmeldung" }], keywords: [], body: [{ lang: "de", text: "Ein Laden." }] },
    ]);
  });

  it("names what does not fit", async () => {
    await expect(setOf([{ id: 1 }], [])).rejects.toThrow("docs.jsonl:1");
    await expect(setOf([page("a", "x")], [question("b")])).rejects.toThrow("there is no page b");
    await expect(readSearchSet({ docs: join(folder, "missing"), questions: "x" }, "de")).rejects.toThrow("cannot be read");
  });

  it("asks questions whose services exist", async () => {
    const questions = join(projectRoot, "test/fixtures/zms-questions.jsonl");
    const services = Array.from({ length: 1 }, () => ({ id: "none", name: "x" }));
    await expect(readSearchSet({ docs: await write("none.jsonl", services), questions }, "de")).rejects.toThrow("there is no page");
  });

  itShared(
    "finds what its figures in docs/search.md say, on train",
    async () => {
      const engine = await openEngine("memory", undefined);
      const omos = (name: string) => sharedPath("data/omos-qa", name);
      const set = await readSearchSet({ docs: omos("docs.jsonl"), questions: omos("questions.train.jsonl") }, "de");
      const search = await engine.build(
        () => set.documents,
        () => undefined,
      );
      expect((await measureSearch(set, search, quiet)).ndcg10).toBeGreaterThan(0.78);
      expect((await measureSearch(set, search, { ...quiet, withinCity: true })).ndcg10).toBeGreaterThan(0.885);
    },
    120_000,
  );
});

describe("generated offers", () => {
  const offers = [...generateOffers(2000)];
  const textOf = ({ title, body }: SearchDocument) => [...title, ...body].map(({ text }) => text).join("\n");

  it("are the same each time, and no copies of each other", () => {
    expect([...generateOffers(50)]).toEqual(offers.slice(0, 50));
    expect(new Set(offers.map(textOf)).size).toBe(2000);
    expect(new Set(offers.map(({ title }) => title[0]?.text)).size).toBeGreaterThan(1950);
  });

  it("are asked for in words of theirs", () => {
    const questions = generateQuestions(2000, 100);
    expect(questions).toEqual(generateQuestions(2000, 100));
    expect(new Set(questions).size).toBeGreaterThan(95);
  });

  it("can be measured on each engine", async () => {
    // An index in memory must be larger than what the process around it gives back meanwhile.
    for (const [name, size] of [
      ["memory", 20_000],
      ["postgres", 200],
    ] as const) {
      const engine = await openEngine(name, undefined);
      const done: number[] = [];
      const row = await measureScale(name, size, engine, (documents) => done.push(documents));
      await engine.close();
      expect(row).toMatchObject({ offers: size, engine: name });
      for (const value of [row.buildSeconds, row.p50Ms, row.p99Ms]) expect(value).toBeGreaterThan(0);
      expect(row.megabytes).toBeGreaterThan(0);
      expect(row.p99Ms).toBeGreaterThanOrEqual(row.p50Ms);
    }
  }, 120_000);

  it("are plotted with every size and engine", () => {
    const row = (engine: ScaleRow["engine"], size: number): ScaleRow => ({
      ...{ engine, offers: size, buildSeconds: 1, megabytes: 1, p50Ms: size / 1000, p99Ms: size / 100 },
    });
    const svg = drawScale([row("memory", 1000), row("memory", 100_000), row("postgres", 1_000_000)]);
    expect(svg.match(/<circle/g)).toHaveLength(3);
    for (const text of ["memory", "postgres", "1 k", "100 k", "1 M"]) expect(svg).toContain(`>${text}<`);
    expect(svg).not.toContain("NaN");
  });
});
