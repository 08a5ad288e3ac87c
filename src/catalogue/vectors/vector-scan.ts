import { runInSlices } from "../../core/slices.ts";
import { bestOfEach, type VectorHit, type VectorIndex } from "./vector-index.ts";

/** Slices of a scan, so that other answers do not wait for all of it. */
const sliceMs = 10;
/** Vectors between two looks at the clock. */
const vectorsAtOnce = 1000;
const largestByte = 127;

/** A scan that vectors are put into before it is searched. */
export interface VectorScan extends VectorIndex {
  /** The vector of a passage that the documents at `places` hold. */
  add(vector: Float32Array, places: readonly number[]): void;
}

/**
 * Compares the question with every vector, in this process's memory. A component is kept in one byte, scaled by its vector's largest: a quarter of the memory, and the
 * cosine is off by less than 0.01. `most` is the number of vectors there is room for.
 */
export function createVectorScan(ids: readonly string[], dimensions: number, most: number): VectorScan {
  const numbers = new Int8Array(most * dimensions);
  const scales = new Float32Array(most);
  const placesOf: (readonly number[])[] = [];
  const placeById = new Map(ids.map((id, place) => [id, place]));
  const rowsOf = ids.map((): number[] => []);

  function similarity(query: Float32Array, row: number): number {
    const from = row * dimensions;
    // Four sums that do not wait for each other take two thirds of the time. Past its end the query is 0.
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let index = 0; index < dimensions; index += 4) {
      a += (query[index] ?? 0) * (numbers[from + index] ?? 0);
      b += (query[index + 1] ?? 0) * (numbers[from + index + 1] ?? 0);
      c += (query[index + 2] ?? 0) * (numbers[from + index + 2] ?? 0);
      d += (query[index + 3] ?? 0) * (numbers[from + index + 3] ?? 0);
    }
    return (a + b + c + d) * (scales[row] ?? 0);
  }

  const hitsOf = (query: Float32Array, row: number): readonly VectorHit[] => {
    const near = similarity(query, row);
    return (placesOf[row] ?? []).map((place) => ({ id: ids[place] ?? "", similarity: near }));
  };

  function* scan(query: Float32Array): Generator<void, Float32Array> {
    const best = new Float32Array(ids.length).fill(Number.NEGATIVE_INFINITY);
    for (const [row, places] of placesOf.entries()) {
      const near = similarity(query, row);
      for (const place of places) if (near > (best[place] ?? 0)) best[place] = near;
      if (row % vectorsAtOnce === 0) yield;
    }
    return best;
  }

  return {
    add: (vector, places) => {
      const row = placesOf.length;
      const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      scales[row] = largest / largestByte;
      for (const [index, value] of vector.entries())
        numbers[row * dimensions + index] = largest === 0 ? 0 : Math.round((largestByte * value) / largest);
      placesOf.push(places);
      for (const place of places) rowsOf[place]?.push(row);
    },
    search: async (query, limit, among) => {
      const placeOf = (id: string) => placeById.get(id) ?? ids.length;
      if (among !== undefined) {
        const rows = new Set(among.flatMap((id) => rowsOf[placeOf(id)] ?? []));
        const wanted = new Set(among);
        return bestOfEach(
          [...rows].flatMap((row) => hitsOf(query, row)).filter(({ id }) => wanted.has(id)),
          placeOf,
        );
      }
      const best = await runInSlices(scan(query), sliceMs);
      const least = best.toSorted()[Math.max(0, best.length - limit)] ?? 0;
      return [...best.keys()]
        .filter((place) => (best[place] ?? 0) >= least && best[place] !== Number.NEGATIVE_INFINITY)
        .sort((a, b) => (best[b] ?? 0) - (best[a] ?? 0) || a - b)
        .slice(0, limit)
        .map((place) => ({ id: ids[place] ?? "", similarity: best[place] ?? 0 }));
    },
  };
}
