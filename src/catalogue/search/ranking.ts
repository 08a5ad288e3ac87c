import { entryField, entryKind, lineStart } from "./analyse-documents.ts";
import { gramSpace } from "./hashing.ts";
import type { PlannedWord } from "./query-plan.ts";

/** Counts over all documents that the ranking needs. */
export interface Statistics {
  readonly documents: number;
  /** Words a document, parts and simple words a document and a line, n-grams a title; means. */
  readonly meanWords: number;
  readonly meanParts: number;
  readonly meanLine: number;
  readonly meanTitle: number;
  readonly meanTitleGrams: number;
  readonly gramCounts: Uint32Array;
}

/** How the parts of a score are weighed; chosen on OMoS-QA's train questions (docs/search.md). */
export interface RankingWeights {
  readonly words: number;
  readonly parts: number;
  readonly title: number;
  readonly titleGrams: number;
  readonly keywords: number;
  readonly passage: number;
  readonly wordLength: number;
  readonly partLength: number;
  readonly titleLength: number;
  readonly saturation: number;
}

export const rankingWeights: RankingWeights = {
  words: 0.42,
  parts: 1,
  title: 0,
  titleGrams: 0.245,
  keywords: 0.35,
  passage: 0.35,
  wordLength: 0.7,
  partLength: 0.5,
  titleLength: 0.4,
  saturation: 1.2,
};

const windowLines = 4;
const windowStep = 2;

/** Rarity of a term that `count` of all documents hold: BM25's idf (Robertson and Zaragoza 2009). */
export function rarityOf(count: number, documents: number): number {
  return Math.log(1 + (documents - count + 0.5) / (count + 0.5));
}

/** A part of a document's flat arrays. */
export interface Slice {
  readonly hashes: Int32Array;
  readonly flags: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly grams: Uint16Array;
  readonly gramsFrom: number;
  readonly gramsTo: number;
}

export interface Score {
  readonly score: number;
  readonly share: number;
}

interface Slot {
  readonly rarity: number;
  words: number;
  parts: number;
  title: number;
  keyword: boolean;
  window: number;
}

/** Scores documents for one query: BM25 over words and over the parts of compounds, the title, keywords, and the best passage. */
export function createScorer(
  plan: readonly PlannedWord[],
  countOf: (hash: number) => number,
  statistics: Statistics,
  weights: RankingWeights = rankingWeights,
): (slice: Slice) => Score {
  const { saturation: k } = weights;
  const slots = new Map<number, Slot>();
  const slotOf = (hash: number): Slot => {
    const known = slots.get(hash);
    if (known !== undefined) return known;
    const slot = { rarity: rarityOf(countOf(hash), statistics.documents), words: 0, parts: 0, title: 0, keyword: false, window: 0 };
    slots.set(hash, slot);
    return slot;
  };
  const words = plan.map(({ weight, stems, parts, grams }) => ({
    weight,
    stems: stems.map((term) => ({ slot: slotOf(term.hash), weight: term.weight })),
    parts: parts.map((term) => ({ slot: slotOf(term.hash), weight: term.weight })),
    grams,
  }));
  const gramWeights = new Map<number, number>();
  for (const { weight, grams } of words)
    for (const gram of grams) {
      const rarity = rarityOf(statistics.gramCounts[gram] ?? 0, statistics.documents);
      gramWeights.set(gram, (gramWeights.get(gram) ?? 0) + weight * rarity);
    }
  // Most words of a document are not asked for: a look into this table is faster than one into the map.
  const present = new Uint8Array(gramSpace);
  for (const hash of slots.keys()) present[hash & (gramSpace - 1)] = 1;
  const gramTally = new Uint8Array(gramSpace);
  const all = words.reduce((sum, word) => sum + word.weight * Math.max(0, ...word.parts.map(({ slot }) => slot.rarity)), 0);
  const norm = (length: number, mean: number, influence: number) => k * (1 - influence + (influence * length) / Math.max(1, mean));
  const saturate = (count: number, norm_: number) => (count * (k + 1)) / (count + norm_);

  function scoreTitleGrams({ grams, gramsFrom, gramsTo }: Slice): number {
    let sum = 0;
    const length = norm(gramsTo - gramsFrom, statistics.meanTitleGrams, weights.titleLength);
    for (let at = gramsFrom; at < gramsTo; at += 1) gramTally[grams[at] ?? 0] = Math.min(255, (gramTally[grams[at] ?? 0] ?? 0) + 1);
    for (const [gram, weight] of gramWeights) {
      const count = gramTally[gram] ?? 0;
      if (count > 0) sum += weight * saturate(count, length);
    }
    for (let at = gramsFrom; at < gramsTo; at += 1) gramTally[grams[at] ?? 0] = 0;
    return sum;
  }

  const hitSlots: Slot[] = [];
  const hitLines: number[] = [];
  const lineLengths: number[] = [];

  function scorePassage(): number {
    const lines = lineLengths.length;
    let best = 0;
    let first = 0;
    for (let start = 0; start === 0 || start + windowLines <= lines; start += windowStep) {
      const end = Math.min(lines, start + windowLines);
      while (first < hitLines.length && (hitLines[first] ?? 0) < start) first += 1;
      let hit = first;
      let length = 0;
      for (let line = start; line < end; line += 1) length += lineLengths[line] ?? 0;
      for (; hit < hitLines.length && (hitLines[hit] ?? 0) < end; hit += 1) {
        const slot = hitSlots[hit];
        if (slot !== undefined) slot.window += 1;
      }
      if (hit > first) {
        const length_ = norm(length, statistics.meanLine * windowLines, weights.titleLength);
        let sum = 0;
        for (const word of words)
          for (const { slot, weight } of word.parts)
            if (slot.window > 0) sum += word.weight * weight * slot.rarity * saturate(slot.window, length_);
        best = Math.max(best, sum);
        for (let at = first; at < hit; at += 1) {
          const slot = hitSlots[at];
          if (slot !== undefined) slot.window = 0;
        }
      }
    }
    return best;
  }

  return (slice) => {
    const { hashes, flags, from, to } = slice;
    let wordCount = 0;
    let partCount = 0;
    let titleCount = 0;
    hitSlots.length = 0;
    hitLines.length = 0;
    lineLengths.length = 0;
    for (const slot of slots.values()) {
      slot.words = 0;
      slot.parts = 0;
      slot.title = 0;
      slot.keyword = false;
    }
    for (let at = from; at < to; at += 1) {
      const flag = flags[at] ?? 0;
      if ((flag & lineStart) !== 0) lineLengths.push(0);
      const kind = flag & entryKind.mask;
      const field = flag & entryField.mask;
      const hash = hashes[at] ?? 0;
      const slot = present[hash & (gramSpace - 1)] === 1 ? slots.get(hash) : undefined;
      if (kind !== entryKind.part) {
        wordCount += 1;
        if (field === entryField.title) titleCount += 1;
        if (slot !== undefined) {
          slot.words += 1;
          if (field === entryField.title) slot.title += 1;
        }
      }
      if (kind !== entryKind.compound) {
        partCount += 1;
        lineLengths[lineLengths.length - 1] = (lineLengths[lineLengths.length - 1] ?? 0) + 1;
        if (slot !== undefined) {
          slot.parts += 1;
          hitSlots.push(slot);
          hitLines.push(lineLengths.length - 1);
        }
      }
      if (slot !== undefined && field === entryField.keyword) slot.keyword = true;
    }
    const wordNorm = norm(wordCount, statistics.meanWords, weights.wordLength);
    const partNorm = norm(partCount, statistics.meanParts, weights.partLength);
    const titleNorm = norm(titleCount, statistics.meanTitle, weights.titleLength);
    let score = 0;
    let covered = 0;
    for (const word of words) {
      let gain = 0;
      let rarest = 0;
      for (const { slot, weight } of word.stems) {
        if (slot.words > 0) {
          gain += weight * slot.rarity * weights.words * saturate(slot.words, wordNorm);
          rarest = Math.max(rarest, weight * slot.rarity);
        }
        if (slot.title > 0) gain += weight * slot.rarity * weights.title * saturate(slot.title, titleNorm);
        if (slot.keyword) gain += weight * slot.rarity * weights.keywords;
      }
      for (const { slot, weight } of word.parts) {
        if (slot.parts > 0) {
          gain += weight * slot.rarity * weights.parts * saturate(slot.parts, partNorm);
          rarest = Math.max(rarest, weight * slot.rarity);
        }
      }
      score += word.weight * gain;
      covered += word.weight * rarest;
    }
    score += weights.titleGrams * scoreTitleGrams(slice);
    score += weights.passage * scorePassage();
    return { score, share: all === 0 ? 0 : Math.min(1, covered / all) };
  };
}
