/** A document and how near the best of its passages is to the question: the cosine, -1 to 1. */
export interface VectorHit {
  readonly id: string;
  readonly similarity: number;
}

/** Finds documents by the vectors of their passages, the nearest first. */
export interface VectorIndex {
  /** At most `limit` documents; with `among` all of these that have a vector. `query` has length 1. */
  search(query: Float32Array, limit: number, among?: readonly string[]): Promise<readonly VectorHit[]>;
}

/** The best hit of each document, the nearest first; equal ones in the order of `placeOf`. */
export function bestOfEach(hits: Iterable<VectorHit>, placeOf: (id: string) => number): readonly VectorHit[] {
  const best = new Map<string, number>();
  for (const { id, similarity } of hits) if (similarity > (best.get(id) ?? Number.NEGATIVE_INFINITY)) best.set(id, similarity);
  return [...best]
    .map(([id, similarity]) => ({ id, similarity }))
    .sort((a, b) => b.similarity - a.similarity || placeOf(a.id) - placeOf(b.id));
}
