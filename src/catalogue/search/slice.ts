import type { Lengths } from "./analyse-documents.ts";

/** Counts over all documents that the ranking needs. */
export interface Statistics {
  readonly documents: number;
  /** Means: words of a document; parts and simple words of one; concepts of one; n-grams of a title and of a line. */
  readonly meanWords: number;
  readonly meanParts: number;
  readonly meanConcepts: number;
  readonly meanTitleGrams: number;
  readonly meanLineGrams: number;
  readonly gramCounts: Uint32Array;
  /** The rarity of each n-gram, by its hash. */
  readonly gramRarities: Float32Array;
}

/** A document in arrays that it may share with others: terms and their counts `from`–`to`, n-grams `gramsFrom`–`gramsTo`. */
export interface Slice {
  readonly terms: Int32Array;
  readonly counts: Uint32Array;
  readonly from: number;
  readonly to: number;
  readonly grams: Uint16Array;
  readonly gramsFrom: number;
  readonly gramsTo: number;
  readonly lengths: Lengths;
}
