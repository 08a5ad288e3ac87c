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
