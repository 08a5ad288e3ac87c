import { entryField, entryKind, gramLine, lineStart } from "./analyse-documents.ts";
import { gramSpace } from "./hashing.ts";
import type { PlannedTerm, PlannedWord } from "./query-plan.ts";

/** Counts over all documents that the ranking needs. */
export interface Statistics {
  readonly documents: number;
  /** Means: words of a document; parts and simple words of one; n-grams of a title and of a line. */
  readonly meanWords: number;
  readonly meanParts: number;
  readonly meanTitleGrams: number;
  readonly meanLineGrams: number;
  readonly gramCounts: Uint32Array;
}

/**
 * What a score is made of. Sums over the words of the query: BM25 of words, of parts of compounds, of the n-grams of the title and of the best passage;
 * the rarity of those that are keywords. And how much of the title's n-grams, the rare ones counting more, the query has (0 to 1).
 */
export const features = ["words", "parts", "keywords", "titleGrams", "passageGrams", "titleCover"] as const;

export type Features = { readonly [feature in (typeof features)[number]]: number };

/** Learned from OMoS-QA's train questions (docs/search.md); these pages have no keywords, whose weight is chosen. */
const featureWeights: Features = { words: 0.45, parts: 1, keywords: 0.5, titleGrams: 0.22, passageGrams: 0.385, titleCover: 6.1 };

/** BM25's saturation of repeated words, and its influence of length: in whole documents, and in titles and passages. */
const saturation = 1.2;
const documentLength = 0.5;
const shortLength = 0.4;

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

interface Slot {
  readonly rarity: number;
  words: number;
  parts: number;
  keyword: number;
}

/** BM25's gain of a word that stands `count` times in a text of `length`, `mean` being the mean length; 0 to 2.2. */
function gainOf(count: number, length: number, mean: number, influence: number): number {
  if (count === 0) return 0;
  return (count * (saturation + 1)) / (count + saturation * (1 - influence + (influence * length) / Math.max(1, mean)));
}

/** Scores documents for one query by their words and the parts of their compounds. */
function createWordScorer(plan: readonly PlannedWord[], countOf: (hash: number) => number, statistics: Statistics) {
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

/** Scores the title and the best few lines of documents by the n-grams they share with the query: related words count a little, whatever their endings. */
function createGramScorer(plan: readonly PlannedWord[], statistics: Statistics) {
  const rarityOfGram = (gram: number) => rarityOf(statistics.gramCounts[gram] ?? 0, statistics.documents);
  const numbers = new Map<number, number>();
  const worths: number[] = [];
  const slotAt = new Uint16Array(gramSpace);
  for (const { weight, grams } of plan)
    for (const gram of grams) {
      const number = numbers.get(gram) ?? worths.length;
      numbers.set(gram, number);
      slotAt[gram] = number + 1;
      worths[number] = (worths[number] ?? 0) + weight * rarityOfGram(gram);
    }
  const counts = new Uint16Array(worths.length);
  const hits: number[] = [];
  const lineHits: number[] = [];
  const lineLengths: number[] = [];

  /** The gain of the lines `from` to `to`, which lie next to each other. */
  function scoreLines(from: number, to: number, mean: number): number {
    let length = 0;
    for (let line = from; line < to; line += 1) length += lineLengths[line] ?? 0;
    const first = lineHits[from] ?? 0;
    const end = lineHits[to] ?? hits.length;
    for (let at = first; at < end; at += 1) counts[hits[at] ?? 0] = (counts[hits[at] ?? 0] ?? 0) + 1;
    let sum = 0;
    for (let at = first; at < end; at += 1) {
      const number = hits[at] ?? 0;
      const count = counts[number] ?? 0;
      if (count > 0) sum += (worths[number] ?? 0) * gainOf(count, length, mean, shortLength);
      counts[number] = 0;
    }
    return sum;
  }

  /** The share of a title line's n-grams that the query has; the best of its lines, which are one a language. */
  function coverTitle({ grams, gramsFrom, gramsTo }: Slice, titleLines: number): number {
    let [best, line, covered, all] = [0, 0, 0, 0];
    for (let at = gramsFrom; at <= gramsTo; at += 1) {
      const gram = at === gramsTo ? gramLine : (grams[at] ?? 0);
      if (gram === gramLine) {
        if (all > 0) best = Math.max(best, covered / all);
        if (line === titleLines) return best;
        [line, covered, all] = [line + 1, 0, 0];
        continue;
      }
      all += rarityOfGram(gram);
      if ((slotAt[gram] ?? 0) > 0) covered += rarityOfGram(gram);
    }
    return best;
  }

  return (slice: Slice) => {
    const { grams, gramsFrom, gramsTo, flags, from, to } = slice;
    hits.length = 0;
    lineHits.length = 0;
    lineLengths.length = 0;
    let length = 0;
    for (let at = gramsFrom; at < gramsTo; at += 1) {
      const gram = grams[at] ?? 0;
      if (gram === gramLine) {
        if (lineHits.length > 0) lineLengths.push(length);
        lineHits.push(hits.length);
        length = 0;
        continue;
      }
      length += 1;
      const slot = slotAt[gram] ?? 0;
      if (slot > 0) hits.push(slot - 1);
    }
    lineLengths.push(length);
    let titleLines = 0;
    for (let at = from; at < to && ((flags[at] ?? 0) & entryField.mask) === entryField.title; at += 1)
      if (((flags[at] ?? 0) & lineStart) !== 0) titleLines += 1;
    const lines = lineHits.length;
    let passageGrams = 0;
    for (let start = 0; start === 0 || start + windowLines <= lines; start += windowStep)
      passageGrams = Math.max(
        passageGrams,
        scoreLines(start, Math.min(lines, start + windowLines), windowLines * statistics.meanLineGrams),
      );
    return {
      titleGrams: scoreLines(0, titleLines, statistics.meanTitleGrams),
      passageGrams,
      titleCover: coverTitle(slice, titleLines),
    };
  };
}

export interface Score {
  readonly score: number;
  /** Of what the query's words are worth by their rarity, the share that the document holds, 0 to 1. */
  readonly share: number;
  readonly features: Features;
}

/** Scores documents for one query. */
export function createScorer(
  plan: readonly PlannedWord[],
  countOf: (hash: number) => number,
  statistics: Statistics,
): (slice: Slice) => Score {
  const scoreWords = createWordScorer(plan, countOf, statistics);
  const scoreGrams = createGramScorer(plan, statistics);
  return (slice) => {
    const { share, ...words } = scoreWords(slice);
    const found: Features = { ...words, ...scoreGrams(slice) };
    const score = features.reduce((sum, feature) => sum + featureWeights[feature] * found[feature], 0);
    return { score, share, features: found };
  };
}
