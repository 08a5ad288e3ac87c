import { entryField, entryKind } from "./analyse-documents.ts";
import { documentLength, gainOf, rarityOf } from "./bm25.ts";
import { gramSpace } from "./hashing.ts";
import type { PlannedTerm, PlannedWord } from "./query-plan.ts";
import type { Slice, Statistics } from "./slice.ts";

interface Slot {
  readonly rarity: number;
  words: number;
  parts: number;
  keyword: number;
}

/** Scores documents for one query by their words and the parts of their compounds. */
export function createWordScorer(plan: readonly PlannedWord[], countOf: (hash: number) => number, statistics: Statistics) {
  const slots = new Map<number, Slot>();
  // Most words of a document are not asked for: a look into this table is faster than one into the map.
  const present = new Uint8Array(gramSpace);
  const slotOf = ({ hash, weight }: PlannedTerm) => {
    const slot = slots.get(hash) ?? { rarity: rarityOf(countOf(hash), statistics.documents), words: 0, parts: 0, keyword: 0 };
    slots.set(hash, slot);
    present[hash & (gramSpace - 1)] = 1;
    return { slot, weight };
  };
  const words = plan.map(({ weight, stems, parts }) => ({ weight, stems: stems.map(slotOf), parts: parts.map(slotOf) }));
  const all = words.reduce((sum, word) => sum + word.weight * Math.max(0, ...word.parts.map(({ slot }) => slot.rarity)), 0);

  function count({ hashes, flags, from, to }: Slice) {
    let [wordCount, partCount] = [0, 0];
    for (const slot of slots.values()) {
      slot.words = 0;
      slot.parts = 0;
      slot.keyword = 0;
    }
    for (let at = from; at < to; at += 1) {
      const flag = flags[at] ?? 0;
      const hash = hashes[at] ?? 0;
      const kind = flag & entryKind.mask;
      const field = flag & entryField.mask;
      if (kind !== entryKind.part) wordCount += 1;
      if (kind !== entryKind.compound) partCount += 1;
      const slot = present[hash & (gramSpace - 1)] === 1 ? slots.get(hash) : undefined;
      if (slot === undefined) continue;
      if (kind !== entryKind.part) slot.words += 1;
      if (kind !== entryKind.compound) slot.parts += 1;
      if (field === entryField.keyword) slot.keyword = 1;
    }
    return { wordCount, partCount };
  }

  return (slice: Slice) => {
    const { wordCount, partCount } = count(slice);
    const sums = { words: 0, parts: 0, keywords: 0, share: 0 };
    for (const word of words) {
      let rarest = 0;
      for (const { slot, weight } of word.stems) {
        const worth = word.weight * weight * slot.rarity;
        sums.words += worth * gainOf(slot.words, wordCount, statistics.meanWords, documentLength);
        sums.keywords += worth * slot.keyword;
        if (slot.words > 0) rarest = Math.max(rarest, weight * slot.rarity);
      }
      for (const { slot, weight } of word.parts) {
        sums.parts += word.weight * weight * slot.rarity * gainOf(slot.parts, partCount, statistics.meanParts, documentLength);
        if (slot.parts > 0) rarest = Math.max(rarest, weight * slot.rarity);
      }
      sums.share += word.weight * rarest;
    }
    return { ...sums, share: all === 0 ? 0 : Math.min(1, sums.share / all) };
  };
}
