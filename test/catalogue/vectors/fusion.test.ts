import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SearchHit } from "../../../src/catalogue/search/search-document.ts";
import { defaultFusion, type Fusion, fuse, parseFusion, readFusion } from "../../../src/catalogue/vectors/fusion.ts";
import type { VectorHit } from "../../../src/catalogue/vectors/vector-index.ts";

const named = { share: 0.4, nats: 3 };
const text = (id: string, score: number, share = 0.5): SearchHit => ({ id, score, share, named });
const near = (id: string, similarity: number): VectorHit => ({ id, similarity });
const placeOf = (id: string) => id.charCodeAt(0);
const weighted = (vectorWeight: number): Fusion => ({ kind: "weighted", vectorWeight });
const join = (texts: readonly SearchHit[], vectors: readonly VectorHit[], fusion: Fusion, baseline = 0) =>
  fuse(texts, vectors, { fusion, baseline, placeOf });
const ids = (hits: readonly SearchHit[]) => hits.map(({ id }) => id);

const texts = [text("a", 8), text("b", 6), text("c", 2)];
const vectors = [near("c", 0.9), near("d", 0.8), near("b", 0.7)];

describe("two rankings", () => {
  it("are the words' alone at weight 0, and the vectors' alone at weight 1", () => {
    expect(ids(join(texts, vectors, weighted(0)))).toEqual(["a", "b", "c"]);
    expect(ids(join(texts, vectors, weighted(1)))).toEqual(["c", "d", "b"]);
  });

  it("are summed by their shares, each as a part of its best", () => {
    const [first, ...rest] = join(texts, vectors, weighted(0.5), 0.5);
    expect(first).toEqual({ id: "b", score: expect.closeTo(0.5 * (6 / 8) + 0.5 * 0.4, 10), share: 0.5, named });
    expect(ids(rest)).toEqual(["c", "a", "d"]);
  });

  it("count a vector by how far it is above what unlike texts have", () => {
    const e5 = [near("a", 0.79), near("b", 0.9)];
    expect(join([], e5, weighted(1), 0.8)).toEqual([
      { id: "b", score: expect.closeTo(0.5, 10), share: expect.closeTo(0.5, 10), named: { share: 0, nats: 0 } },
    ]);
    expect(join([], [near("a", 1)], weighted(1), 1)).toEqual([]);
  });

  it("are joined by rank whatever their scores", () => {
    const fusion: Fusion = { kind: "reciprocal-rank" };
    const stretched = texts.map((hit) => ({ ...hit, score: hit.score ** 3 }));
    expect(ids(join(texts, vectors, fusion))).toEqual(["c", "b", "a", "d"]);
    expect(join(stretched, vectors, fusion)).toEqual(join(texts, vectors, fusion));
    expect(join([text("a", 1)], [near("a", 0.1)], fusion)[0]?.score).toBeCloseTo(1, 10);
  });

  it.each<Fusion>([defaultFusion, { kind: "reciprocal-rank" }])(
    "never make a share less than the words', and more by what is near ($kind)",
    (fusion) => {
      const shares = Object.fromEntries(join(texts, vectors, fusion, 0.4).map(({ id, share }) => [id, share]));
      const near = (similarity: number) => (similarity - 0.4) / 0.6;
      expect(shares).toEqual({
        a: 0.5,
        b: 0.5,
        c: expect.closeTo(0.25 + near(0.9) / 2, 10),
        d: expect.closeTo(near(0.8) / 2, 10),
      });
    },
  );

  it("are as they were where the other is empty, equal ones in their order", () => {
    expect(ids(join(texts, [], defaultFusion))).toEqual(["a", "b", "c"]);
    expect(ids(join([], vectors, defaultFusion))).toEqual(["c", "d", "b"]);
    expect(ids(join([text("c", 1), text("a", 1), text("b", 1)], [], defaultFusion))).toEqual(["a", "b", "c"]);
    expect(join([], [], defaultFusion)).toEqual([]);
  });

  it("give each document once, with a score of 0 to 1, best first", () => {
    const distinct = <Hit extends { readonly id: string }>(hit: fc.Arbitrary<Hit>) =>
      fc.uniqueArray(hit, { selector: ({ id }) => id, maxLength: 20 });
    const id = fc.integer({ min: 97, max: 122 }).map((code) => String.fromCharCode(code));
    const someTexts = distinct(
      fc.record({
        id,
        score: fc.double({ min: 0.01, max: 50, noNaN: true }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        named: fc.constant(named),
      }),
    );
    const someVectors = distinct(fc.record({ id, similarity: fc.double({ min: -1, max: 1, noNaN: true }) }));
    const fusions = fc.constantFrom<Fusion>(defaultFusion, weighted(0.2), { kind: "reciprocal-rank" });
    fc.assert(
      fc.property(someTexts, someVectors, fusions, fc.double({ min: -0.2, max: 1, noNaN: true }), (a, b, fusion, baseline) => {
        const byScore = [...a].sort((x, y) => y.score - x.score);
        const hits = join(
          byScore,
          [...b].sort((x, y) => y.similarity - x.similarity),
          fusion,
          baseline,
        );
        expect(new Set(ids(hits)).size).toBe(hits.length);
        for (const { score } of hits) {
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(1 + 1e-9);
        }
        expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((x, y) => y - x));
      }),
    );
  });
});

describe("a fusion's name", () => {
  it.each<readonly [string, Fusion]>([
    ["weighted", defaultFusion],
    ["weighted:0.3", weighted(0.3)],
    ["weighted:.75", weighted(0.75)],
    ["weighted:0", weighted(0)],
    ["weighted:1", weighted(1)],
    ["reciprocal-rank", { kind: "reciprocal-rank" }],
  ])("%s is read", (name, expected) => {
    expect(parseFusion(name)).toEqual(expected);
  });

  it.each(["", "weighted:", "weighted:2", "weighted:-1", "weighted:1.5", "weighted:x", "best", "reciprocal-rank:1"])(
    "%j is refused",
    (name) => {
      expect(parseFusion(name)).toBeUndefined();
      expect(() => readFusion(name)).toThrow(/none of weighted/);
    },
  );
});
