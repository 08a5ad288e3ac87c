import { documentLength, gainOf, rarityOf } from "./bm25.ts";
import { gramSpace } from "./hashing.ts";
import type { PlannedTerm, PlannedWord } from "./query-plan.ts";
import type { Slice, Statistics } from "./slice.ts";
import { conceptsIn, isKeyword, type PackedCounts, partsIn, titleIn, wordsIn } from "./term-counts.ts";

/** What another word of the same meaning counts towards the share of a query that a document holds. */
const meaningShare = 0.6;

const isNaming = (counts: PackedCounts): boolean => titleIn(counts) > 0 || isKeyword(counts);

interface Slot {
  readonly rarity: number;
  /** Of the document at hand, packed. */
  counts: number;
  /** Of a concept: what the best of the words that name it is worth. */
  worth: number;
}

/** Scores documents for one query by their words, the parts of their compounds, and what they mean. */
export function createWordScorer(plan: readonly PlannedWord[], countOf: (hash: number) => number, statistics: Statistics) {
  const slots = new Map<number, Slot>();
  // Most words of a document are not asked for: a look into this table is faster than one into the map.
  const present = new Uint8Array(gramSpace);
  const slotOf = ({ hash, weight }: PlannedTerm) => {
    const slot: Slot = slots.get(hash) ?? { rarity: rarityOf(countOf(hash), statistics.documents), counts: 0, worth: 0 };
    slots.set(hash, slot);
    present[hash & (gramSpace - 1)] = 1;
    return { slot, weight };
  };
  const words = plan.map(({ weight, stems, parts, concepts }) => {
    const partSlots = parts.map(slotOf);
    return {
      weight,
      stems: stems.map(slotOf),
      parts: partSlots,
      concepts: concepts.map(slotOf),
      rarity: Math.max(0, ...partSlots.map(({ slot }) => slot.rarity)),
    };
  });
  for (const { weight: ofWord, concepts } of words)
    for (const { slot, weight } of concepts) slot.worth = Math.max(slot.worth, ofWord * weight * slot.rarity);
  const named = [...slots.values()].filter(({ worth }) => worth > 0);
  const all = words.reduce((sum, { weight, rarity }) => sum + weight * rarity, 0);

  function count({ terms, counts, from, to }: Slice): void {
    for (const slot of slots.values()) slot.counts = 0;
    for (let at = from; at < to; at += 1) {
      const hash = terms[at] ?? 0;
      const slot = present[hash & (gramSpace - 1)] === 1 ? slots.get(hash) : undefined;
      if (slot !== undefined) slot.counts = counts[at] ?? 0;
    }
  }

  return (slice: Slice) => {
    count(slice);
    const { lengths } = slice;
    const sums = { words: 0, parts: 0, keywords: 0, concepts: 0, found: 0, named: 0 };
    for (const word of words) {
      let rarest = 0;
      let naming = 0;
      for (const { slot, weight } of word.stems) {
        if (slot.counts === 0) continue;
        const words = wordsIn(slot.counts);
        const worth = word.weight * weight * slot.rarity;
        sums.words += worth * gainOf(words, lengths.words, statistics.meanWords, documentLength);
        if (isKeyword(slot.counts)) sums.keywords += worth;
        if (isNaming(slot.counts)) naming = Math.max(naming, weight * slot.rarity);
        if (words > 0) rarest = Math.max(rarest, weight * slot.rarity);
      }
      for (const { slot, weight } of word.parts) {
        const parts = partsIn(slot.counts);
        sums.parts += word.weight * weight * slot.rarity * gainOf(parts, lengths.parts, statistics.meanParts, documentLength);
        if (isNaming(slot.counts)) naming = Math.max(naming, weight * slot.rarity);
        if (parts > 0) rarest = Math.max(rarest, weight * slot.rarity);
      }
      const meant = meaningShare * word.rarity;
      if (rarest < meant && word.concepts.some(({ slot }) => slot.counts !== 0)) rarest = meant;
      if (naming < meant && word.concepts.some(({ slot }) => titleIn(slot.counts) > 0)) naming = meant;
      sums.found += word.weight * rarest;
      sums.named += word.weight * naming;
    }
    for (const slot of named)
      sums.concepts += slot.worth * gainOf(conceptsIn(slot.counts), lengths.concepts, statistics.meanConcepts, documentLength);
    const shareOf = (sum: number) => (all === 0 ? 0 : Math.min(1, sum / all));
    return { ...sums, share: shareOf(sums.found), named: { share: shareOf(sums.named), nats: sums.named } };
  };
}
