import { describe, expect, it } from "vitest";
import { openMemorySearch } from "../../../src/catalogue/live-catalogue.ts";
import { defaultFusion, type Fusion } from "../../../src/catalogue/vectors/fusion.ts";
import { createHybridSearch, type VectorSide } from "../../../src/catalogue/vectors/hybrid-search.ts";
import type { VectorHit, VectorIndex } from "../../../src/catalogue/vectors/vector-index.ts";
import { pageOf, unitVector } from "../../support/vectors.ts";

const documents = [pageOf("kita", "Kita"), pageOf("krippe", "Kita und Krippe"), pageOf("hund", "Hund")];
const nearest: readonly VectorHit[] = [
  { id: "hund", similarity: 0.9 },
  { id: "kita", similarity: 0.3 },
];
const byWords = await openMemorySearch({ documents, nameConcepts: () => [], version: "test" });

function open(search: VectorIndex["search"], embed: VectorSide["embed"] = async () => unitVector(1, 0, 0), fusion: Fusion = defaultFusion) {
  const faults: unknown[] = [];
  const side: VectorSide = { index: { search }, baseline: 0, embed, onFault: (error) => faults.push(error) };
  return { faults, hybrid: createHybridSearch(byWords, documents, fusion, () => side) };
}

const ask = { text: "Kita", lang: "de", limit: 9 } as const;

describe("search by words and vectors", () => {
  it("finds what either finds", async () => {
    const { hybrid } = open(async () => nearest);
    expect((await hybrid.search(ask)).map(({ id }) => id)).toEqual(["kita", "hund", "krippe"]);
    expect((await hybrid.search({ ...ask, limit: 2 })).map(({ id }) => id)).toEqual(["kita", "hund"]);
    expect((await hybrid.search({ ...ask, text: "xyzzy" })).map(({ id, share }) => [id, share])).toEqual([
      ["hund", 0.45],
      ["kita", 0.15],
    ]);
  });

  it("asks both for enough to join, among the same", async () => {
    const asked: unknown[] = [];
    const { hybrid } = open(async (_, limit, among) => {
      asked.push([limit, among]);
      return [];
    });
    await hybrid.search({ ...ask, limit: 1 });
    await hybrid.search({ ...ask, limit: 300, among: ["kita"] });
    expect(asked).toEqual([
      [100, undefined],
      [300, undefined],
      [1, ["kita"]],
    ]);
  });

  it.each<Fusion>([defaultFusion, { kind: "reciprocal-rank" }])(
    "gives a document the same score whatever it is searched among ($kind)",
    async (fusion) => {
      const search: VectorIndex["search"] = async (_, limit, among) =>
        nearest.filter(({ id }) => among === undefined || among.includes(id)).slice(0, limit);
      const { hybrid } = open(search, undefined, fusion);
      const all = await hybrid.search(ask);
      expect(await hybrid.search({ ...ask, among: ["krippe", "hund", "nobody"] })).toEqual(all.filter(({ id }) => id !== "kita"));
    },
  );

  it("is search by words where there is no vector, and where the index fails, which is told", async () => {
    const words = await byWords.search(ask);
    const late = open(
      async () => nearest,
      async () => undefined,
    );
    expect(await late.hybrid.search(ask)).toEqual(words);
    const broken = open(() => Promise.reject(new Error("gone")));
    expect(await broken.hybrid.search(ask)).toEqual(words);
    expect(broken.faults).toEqual([new Error("gone")]);
    expect(await createHybridSearch(byWords, documents, defaultFusion, () => undefined).search(ask)).toEqual(words);
  });
});
