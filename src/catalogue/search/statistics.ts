import { type AnalysedDocument, entryField, entryKind, lineStart } from "./analyse-documents.ts";
import type { Statistics } from "./ranking.ts";

/** Adds up what the ranking must know of all documents. */
export interface Tally {
  add(document: AnalysedDocument): void;
  statistics(gramCounts: Uint32Array): Statistics;
}

export function createTally(): Tally {
  let documents = 0;
  let words = 0;
  let parts = 0;
  let lines = 0;
  let titleWords = 0;
  let titleGrams = 0;
  return {
    add: ({ flags, titleGrams: grams }) => {
      documents += 1;
      titleGrams += grams.length;
      for (const flag of flags) {
        const kind = flag & entryKind.mask;
        if ((flag & lineStart) !== 0) lines += 1;
        if (kind !== entryKind.compound) parts += 1;
        if (kind === entryKind.part) continue;
        words += 1;
        if ((flag & entryField.mask) === entryField.title) titleWords += 1;
      }
    },
    statistics: (gramCounts) => {
      const each = Math.max(1, documents);
      return {
        documents,
        meanWords: words / each,
        meanParts: parts / each,
        meanLine: parts / Math.max(1, lines),
        meanTitle: titleWords / each,
        meanTitleGrams: titleGrams / each,
        gramCounts,
      };
    },
  };
}
