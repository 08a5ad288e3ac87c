import { gramLine } from "./analyse-documents.ts";
import { gainOf, shortLength } from "./bm25.ts";
import { gramSpace } from "./hashing.ts";
import type { PlannedWord } from "./query-plan.ts";
import type { Slice, Statistics } from "./slice.ts";

const windowLines = 4;
const windowStep = 2;

/** An n-gram that more documents than this hold says next to nothing, and costs as much as any. */
const commonShare = 0.8;

/** Scores the title, and the best few lines, of documents by the n-grams they share with the query: related words count, whatever their endings. */
export function createGramScorer(plan: readonly PlannedWord[], statistics: Statistics) {
  const rarityOfGram = (gram: number) => statistics.gramRarities[gram] ?? 0;
  const numbers = new Map<number, number>();
  const worths: number[] = [];
  const slotAt = new Uint16Array(gramSpace);
  for (const { weight, grams } of plan)
    for (const gram of grams) {
      if ((statistics.gramCounts[gram] ?? 0) > commonShare * statistics.documents) continue;
      const number = numbers.get(gram) ?? worths.length;
      numbers.set(gram, number);
      slotAt[gram] = number + 1;
      worths[number] = (worths[number] ?? 0) + weight * rarityOfGram(gram);
    }
  const counts = new Uint16Array(worths.length);
  let hits = new Uint16Array(1024);
  let hitCount = 0;
  const lineHits: number[] = [];
  const lineLengths: number[] = [];

  /** The gain of the lines `from` to `to`, which lie next to each other. */
  function scoreLines(from: number, to: number, mean: number): number {
    let length = 0;
    for (let line = from; line < to; line += 1) length += lineLengths[line] ?? 0;
    const first = lineHits[from] ?? 0;
    const end = lineHits[to] ?? hitCount;
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

  /** Finds the query's n-grams in the first `mostLines` lines. */
  function findHits({ grams, gramsFrom, gramsTo }: Slice, mostLines: number): void {
    hitCount = 0;
    if (hits.length < gramsTo - gramsFrom) hits = new Uint16Array(2 * (gramsTo - gramsFrom));
    lineHits.length = 0;
    lineLengths.length = 0;
    let length = 0;
    for (let at = gramsFrom; at < gramsTo; at += 1) {
      const gram = grams[at] ?? 0;
      if (gram === gramLine) {
        if (lineHits.length > 0) lineLengths.push(length);
        if (lineHits.length === mostLines) return;
        lineHits.push(hitCount);
        length = 0;
        continue;
      }
      length += 1;
      const slot = slotAt[gram] ?? 0;
      if (slot > 0) {
        hits[hitCount] = slot - 1;
        hitCount += 1;
      }
    }
    lineLengths.push(length);
  }

  function scoreTitle(slice: Slice) {
    const lines = slice.lengths.titleLines;
    if (lines === 0) return { titleGrams: 0, titleCover: 0 };
    findHits(slice, lines);
    if (hitCount === 0) return { titleGrams: 0, titleCover: 0 };
    return { titleGrams: scoreLines(0, lines, statistics.meanTitleGrams), titleCover: coverTitle(slice, lines) };
  }

  function scorePassage(slice: Slice): number {
    findHits(slice, Number.POSITIVE_INFINITY);
    const lines = lineHits.length;
    const mean = windowLines * statistics.meanLineGrams;
    let best = 0;
    for (let start = 0; start === 0 || start + windowLines <= lines; start += windowStep)
      best = Math.max(best, scoreLines(start, Math.min(lines, start + windowLines), mean));
    return best;
  }

  return { scoreTitle, scorePassage };
}
