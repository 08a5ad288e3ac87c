import { type AnalysedDocument, gramLine } from "./analyse-documents.ts";
import { raritiesOf } from "./bm25.ts";
import type { Statistics } from "./slice.ts";

/** Adds up what the ranking must know of all documents. */
export interface Tally {
  add(document: Pick<AnalysedDocument, "lengths" | "grams">): void;
  statistics(gramCounts: Uint32Array): Statistics;
}

export function createTally(): Tally {
  const sums = { documents: 0, words: 0, parts: 0, concepts: 0, lines: 0, titleGrams: 0, grams: 0 };
  return {
    add: ({ lengths, grams }) => {
      sums.documents += 1;
      sums.words += lengths.words;
      sums.parts += lengths.parts;
      sums.concepts += lengths.concepts;
      let line = 0;
      for (const gram of grams) {
        if (gram === gramLine) line += 1;
        else {
          sums.grams += 1;
          if (line <= lengths.titleLines) sums.titleGrams += 1;
        }
      }
      sums.lines += line;
    },
    statistics: (gramCounts) => {
      const each = Math.max(1, sums.documents);
      return {
        documents: sums.documents,
        meanWords: sums.words / each,
        meanParts: sums.parts / each,
        meanConcepts: sums.concepts / each,
        meanTitleGrams: sums.titleGrams / each,
        meanLineGrams: sums.grams / Math.max(1, sums.lines),
        gramCounts,
        gramRarities: raritiesOf(gramCounts, sums.documents),
      };
    },
  };
}
