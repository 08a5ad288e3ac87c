import type { PlannedWord } from "./query-plan.ts";
import { conceptsIn, type PackedCounts, partsIn, titleIn, wordsIn } from "./term-counts.ts";

/** Documents that the first, cheap round hands to the second. */
export const secondRound = 100;
/** How much a word in the title counts more in the first round. */
const titleCount = 2;
/** What a concept counts beside a word in the first round. */
const conceptWeight = 0.6;
const saturation = 1.2;
const lengthInfluence = 0.7;

/** What the occurrences of a term in a document are worth in the first round, 0 to 255: BM25 without the rarity. */
export function impactOf(packed: PackedCounts, words: number, meanWords: number): number {
  const count = Math.max(wordsIn(packed), partsIn(packed)) + conceptsIn(packed) + titleCount * titleIn(packed);
  const length = saturation * (1 - lengthInfluence + (lengthInfluence * words) / Math.max(1, meanWords));
  return Math.max(1, Math.round((255 * count) / (count + length)));
}

/** Weights of the terms of a plan in the first round, by hash. */
export function firstRoundTerms(plan: readonly PlannedWord[]): ReadonlyMap<number, number> {
  const terms = new Map<number, number>();
  for (const { weight, stems, parts, concepts } of plan) {
    for (const term of [...stems, ...parts]) terms.set(term.hash, (terms.get(term.hash) ?? 0) + weight * term.weight);
    for (const term of concepts) terms.set(term.hash, Math.max(terms.get(term.hash) ?? 0, conceptWeight * weight * term.weight));
  }
  return terms;
}
