import { hashTerm } from "../search/hashing.ts";

/** A word that so many titles have says little of any of them, and would compare each with each. */
const mostWithKey = 60;
/** Four million counts: so few keys share one that hardly a word is taken for a common one. */
const bucketBits = 22;
const [ofSource, ofOthers] = [1, 2];

/** How many offers have a key, and whose they are; of all offers in a few megabytes, since most keys are of one offer or of very many. */
export interface KeyCounts {
  add(keys: readonly string[], own: boolean): void;
  /** Hashes of those keys that offers of the source share with others, and not too many of them. */
  shared(keys: readonly string[]): readonly number[];
}

/** Counts of keys by their hashes. */
export function createKeyCounts(): KeyCounts {
  const counts = new Uint8Array(1 << bucketBits);
  const owners = new Uint8Array(1 << bucketBits);
  const bucketOf = (hash: number) => hash & (counts.length - 1);
  return {
    add: (keys, own) => {
      for (const key of keys) {
        const bucket = bucketOf(hashTerm(key));
        counts[bucket] = Math.min((counts[bucket] ?? 0) + 1, mostWithKey + 1);
        owners[bucket] = (owners[bucket] ?? 0) | (own ? ofSource : ofOthers);
      }
    },
    shared: (keys) =>
      keys.map(hashTerm).filter((hash) => (counts[bucketOf(hash)] ?? 0) <= mostWithKey && owners[bucketOf(hash)] === (ofSource | ofOthers)),
  };
}
