import { type AnalysedDocument, entryField, entryKind } from "./analyse-documents.ts";
import type { PlannedWord } from "./query-plan.ts";

/** Documents that the first, cheap round hands to the second. */
export const secondRound = 100;
/** How much a word in the title counts more in the first round. */
const titleCount = 2;
/** What a concept counts beside a word in the first round. */
const conceptWeight = 0.6;
const saturation = 1.2;
const lengthInfluence = 0.5;

/** How often each term of a document occurs, a word in the title counting thrice. */
export function countTerms({ hashes, flags }: Pick<AnalysedDocument, "hashes" | "flags">): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (let at = 0; at < hashes.length; at += 1) {
    const hash = hashes[at] ?? 0;
    const gain = ((flags[at] ?? 0) & entryField.mask) === entryField.title ? 1 + titleCount : 1;
    counts.set(hash, (counts.get(hash) ?? 0) + gain);
  }
  return counts;
}

/** What an occurrence of a term is worth in the first round, 0 to 255: BM25 without the rarity. */
export function impactOf(count: number, words: number, meanWords: number): number {
  const length = saturation * (1 - lengthInfluence + (lengthInfluence * words) / Math.max(1, meanWords));
  return Math.max(1, Math.round((255 * count) / (count + length)));
}

/** Words of a document, without the parts of compounds and the concepts. */
export function wordCount({ flags }: Pick<AnalysedDocument, "flags">): number {
  let words = 0;
  for (const flag of flags) if ((flag & entryKind.mask) === entryKind.word || (flag & entryKind.mask) === entryKind.compound) words += 1;
  return words;
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
