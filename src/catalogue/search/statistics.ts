import { type AnalysedDocument, entryField, entryKind, gramLine, lineStart } from "./analyse-documents.ts";
import type { Statistics } from "./slice.ts";

/** Adds up what the ranking must know of all documents. */
export interface Tally {
  add(document: AnalysedDocument): void;
  statistics(gramCounts: Uint32Array): Statistics;
}

export function createTally(): Tally {
  let documents = 0;
  let words = 0;
  let parts = 0;
  let concepts = 0;
  let lines = 0;
  let titleGrams = 0;
  let grams = 0;
  return {
    add: ({ flags, grams: all }) => {
      documents += 1;
      let titleLines = 0;
      for (const flag of flags) {
        const kind = flag & entryKind.mask;
        const inTitle = (flag & entryField.mask) === entryField.title;
        if (inTitle && (flag & lineStart) !== 0) titleLines += 1;
        if (kind === entryKind.concept) concepts += 1;
        else {
          if (kind !== entryKind.compound) parts += 1;
          if (kind !== entryKind.part) words += 1;
        }
      }
      let line = 0;
      for (const gram of all) {
        if (gram === gramLine) line += 1;
        else {
          grams += 1;
          if (line <= titleLines) titleGrams += 1;
        }
      }
      lines += line;
    },
    statistics: (gramCounts) => {
      const each = Math.max(1, documents);
      return {
        documents,
        meanWords: words / each,
        meanParts: parts / each,
        meanConcepts: concepts / each,
        meanLineGrams: grams / Math.max(1, lines),
        meanTitleGrams: titleGrams / each,
        gramCounts,
      };
    },
  };
}
