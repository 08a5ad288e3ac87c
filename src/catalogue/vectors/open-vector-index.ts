import type { Embedder } from "../../core/embedder.ts";
import type { Database } from "../../database/database.ts";
import type { SearchDocument } from "../search/search-document.ts";
import { collectPassages, type Passages } from "./passages.ts";
import { createPgvectorIndex, fillPgvector, type PgvectorState, preparePgvector } from "./pgvector.ts";
import type { VectorIndex } from "./vector-index.ts";
import { createVectorScan } from "./vector-scan.ts";
import { dropOtherModels, findMissing, pruneVectors, readVectors, saveVectors } from "./vector-store.ts";

/** Passages that are embedded in one call: a question that comes meanwhile waits for so many. */
const passagesAtOnce = 4;
/** Vectors whose likeness to each other tells what unlike texts score. */
const sampleSize = 300;

/** The vectors of a catalogue's documents, ready to be searched. */
export interface OpenVectorIndex {
  readonly index: VectorIndex;
  /** The mean cosine between passages of different texts: a hit is as good as it is above it. Models differ widely, E5 has some 0.8. */
  readonly baseline: number;
  /** Vectors that had to be made. */
  readonly made: number;
  readonly pgvector: PgvectorState;
}

export interface OpenOptions {
  readonly onProgress: (done: number, all: number) => void;
  /** Stops the work between two calls of the model; what was made is kept. */
  readonly signal?: AbortSignal | undefined;
}

/** In an order of this process's own, so that several which start at once share the work. */
function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Makes the vectors that the database does not hold yet; returns how many. */
async function fillVectors(db: Database, embedder: Embedder, passages: Passages, { onProgress, signal }: OpenOptions): Promise<number> {
  const missing = shuffled(await findMissing(db, embedder, [...passages.keys()]));
  let made = 0;
  for (let from = 0; from < missing.length; from += passagesAtOnce) {
    signal?.throwIfAborted();
    const batch = await findMissing(db, embedder, missing.slice(from, from + passagesAtOnce));
    if (batch.length > 0) {
      const vectors = await embedder.embedPassages(batch.map((hash) => passages.get(hash)?.text ?? ""));
      await saveVectors(
        db,
        embedder,
        batch.map((hash, index) => ({ hash, vector: vectors[index] ?? new Float32Array(embedder.dimensions) })),
      );
      made += batch.length;
    }
    onProgress(Math.min(missing.length, from + passagesAtOnce), missing.length);
  }
  return made;
}

/** The mean cosine between different ones of these vectors of length 1: all pairs at once, by the length of their sum. */
function meanSimilarity(vectors: readonly Float32Array[], dimensions: number): number {
  const count = vectors.length;
  if (count < 2) return 0;
  const sum = new Float64Array(dimensions);
  let lengths = 0;
  for (const vector of vectors)
    for (const [index, value] of vector.entries()) {
      sum[index] = (sum[index] ?? 0) + value;
      lengths += value * value;
    }
  const square = sum.reduce((total, value) => total + value * value, 0);
  return (square - lengths) / (count * (count - 1));
}

/**
 * Opens the vectors of documents, whose missing ones are made first and whose stale ones are dropped: the server's HNSW index where it has pgvector, otherwise a scan in
 * this process's memory. Rejects with the signal's reason when it is aborted.
 */
export async function openVectorIndex(
  db: Database,
  embedder: Embedder,
  documents: readonly SearchDocument[],
  options: OpenOptions,
): Promise<OpenVectorIndex> {
  const passages = collectPassages(documents);
  await dropOtherModels(db, embedder);
  const pgvector = await preparePgvector(db, embedder);
  const made = await fillVectors(db, embedder, passages, options);
  options.signal?.throwIfAborted();
  await pruneVectors(db, embedder, new Set(passages.keys()));
  const ids = documents.map(({ id }) => id);
  const onServer = pgvector.kind === "ready";
  if (onServer) await fillPgvector(db, embedder);
  const scan = createVectorScan(ids, embedder.dimensions, onServer ? 0 : passages.size);
  const sample: Float32Array[] = [];
  const hashes = onServer ? shuffled([...passages.keys()]).slice(0, sampleSize) : [...passages.keys()];
  const every = Math.max(1, Math.floor(passages.size / sampleSize));
  let read = 0;
  for await (const batch of readVectors(db, embedder, hashes))
    for (const { hash, vector } of batch) {
      if (onServer || read % every === 0) sample.push(vector);
      if (!onServer) scan.add(vector, passages.get(hash)?.places ?? []);
      read += 1;
    }
  return {
    index: onServer ? createPgvectorIndex(db, embedder, ids, passages) : scan,
    baseline: meanSimilarity(sample, embedder.dimensions),
    made,
    pgvector,
  };
}
