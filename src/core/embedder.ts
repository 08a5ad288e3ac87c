/** Turns texts into vectors of length 1 that lie near each other where the texts mean much the same. */
export interface Embedder {
  /** Names the model and how it is used: vectors of different keys cannot be compared. */
  readonly key: string;
  readonly dimensions: number;
  /** The vector of a question; rejects with MODEL_INVALID once the model is gone. */
  embedQuery(text: string): Promise<Float32Array>;
  /** The vectors of texts that are searched, in their order. Questions that come meanwhile wait for one call at most, so keep it short. */
  embedPassages(texts: readonly string[]): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}
