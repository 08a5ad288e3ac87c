import { AppError } from "../../core/errors.ts";
import type { SearchHit } from "../search/search-document.ts";
import type { VectorHit } from "./vector-index.ts";

/**
 * How what the words find and what the vectors find become one list. `weighted`: the vectors' share of the score is `vectorWeight` (0 to 1), the words' the rest.
 * `reciprocal-rank`: the sum of 1 / (60 + rank) in both lists (Cormack, Clarke and Büttcher 2009), which asks nothing of the scores.
 */
export type Fusion = { readonly kind: "weighted"; readonly vectorWeight: number } | { readonly kind: "reciprocal-rank" };

/** Both alike. It is not measured with a real model yet (docs/search.md). */
const defaultVectorWeight = 0.5;
export const defaultFusion: Fusion = { kind: "weighted", vectorWeight: defaultVectorWeight };

const rankOffset = 60;

/** Reads "weighted", "weighted:0.3" or "reciprocal-rank"; undefined for anything else. */
export function parseFusion(text: string): Fusion | undefined {
  if (text === "reciprocal-rank") return { kind: "reciprocal-rank" };
  if (text === "weighted") return defaultFusion;
  const weight = /^weighted:(0|1|0?\.\d+|1\.0+)$/.exec(text)?.[1];
  return weight === undefined ? undefined : { kind: "weighted", vectorWeight: Number(weight) };
}

/** As `parseFusion`, for options of a command: throws USAGE. */
export function readFusion(text: string): Fusion {
  const fusion = parseFusion(text);
  if (fusion === undefined) throw new AppError("USAGE", `${text} is none of weighted, weighted:0.3 (0 to 1), reciprocal-rank.`);
  return fusion;
}

/** How near a hit is: 0 as unlike texts of this catalogue are, 1 the same. */
function nearness(similarity: number, baseline: number): number {
  return Math.max(0, (similarity - baseline) / Math.max(1e-6, 1 - baseline));
}

interface Both {
  readonly text: SearchHit | undefined;
  readonly textRank: number;
  /** 0 to 1; 0 where the vectors did not find it. */
  readonly near: number;
  readonly vectorRank: number;
}

const reciprocal = (rank: number) => (rankOffset + 1) / (rankOffset + 1 + rank);

/** The score of a document, 0 to 1; ranks count from 0, and are infinite in a list that does not have it. */
function scoreOf({ text, textRank, near, vectorRank }: Both, fusion: Fusion, bestText: number): number {
  switch (fusion.kind) {
    case "weighted":
      return (1 - fusion.vectorWeight) * ((text?.score ?? 0) / bestText) + fusion.vectorWeight * near;
    case "reciprocal-rank":
      return (reciprocal(textRank) + reciprocal(vectorRank)) / 2;
    default:
      return fusion satisfies never;
  }
}

/**
 * Joins two rankings, best first; equal scores in the order of `placeOf`. The share is what words say, or, where that is more, what words and nearness say together: a
 * vector hides nothing, and shows alone only what is very near.
 */
export function fuse(
  texts: readonly SearchHit[],
  vectors: readonly VectorHit[],
  { fusion, baseline, placeOf }: { readonly fusion: Fusion; readonly baseline: number; readonly placeOf: (id: string) => number },
): readonly SearchHit[] {
  const bestText = Math.max(0, ...texts.map(({ score }) => score)) || 1;
  const weight = fusion.kind === "weighted" ? fusion.vectorWeight : defaultVectorWeight;
  const textRanks = new Map(texts.map(({ id }, rank) => [id, rank]));
  const vectorRanks = new Map(vectors.map(({ id }, rank) => [id, rank]));
  const hitOf = (id: string): SearchHit => {
    const textRank = textRanks.get(id) ?? Number.POSITIVE_INFINITY;
    const vectorRank = vectorRanks.get(id) ?? Number.POSITIVE_INFINITY;
    const text = texts[textRank];
    const near = nearness(vectors[vectorRank]?.similarity ?? baseline, baseline);
    const share = text?.share ?? 0;
    return {
      id,
      score: scoreOf({ text, textRank, near, vectorRank }, fusion, bestText),
      named: text?.named ?? { share: 0, nats: 0 },
      share: Math.max(share, (1 - weight) * share + weight * near),
    };
  };
  return [...new Set([...textRanks.keys(), ...vectorRanks.keys()])]
    .map(hitOf)
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || placeOf(a.id) - placeOf(b.id));
}
