import type { Concept } from "../core/content.ts";
import { type ConceptFinder, createConceptFinder } from "../text/concepts.ts";
import { createFeatureExtractor, type FeatureCounts, type FeatureExtractor, hashConceptPair, normalizeForFeatures } from "./features.ts";

/** What a reader of crises is made of. */
export interface CrisisReading {
  /** The finder of the lexicon that everything is read with. */
  readonly findConcepts: ConceptFinder;
  /** Meanings that only crises are told by. */
  readonly crisisConcepts: readonly Concept[];
  /** As for `createFeatureExtractor`. */
  readonly remember?: boolean;
}

/** Words behind a word whose meanings are read together with its own. */
const nearWords = 6;
/** Concepts of one word that are paired. */
const mostPaired = 3;

/** Places of the crises' own concepts lie behind all others. */
const ownPlaces = 1_000_000;

function mergeFeatures(read: FeatureCounts, pairs: ReadonlySet<number>): FeatureCounts {
  const counts = new Map<number, number>();
  read.hashes.forEach((hash, index) => void counts.set(hash, read.counts[index] ?? 0));
  for (const hash of pairs) counts.set(hash, 1);
  const hashes = Uint32Array.from(counts.keys()).sort();
  return { hashes, counts: Float32Array.from(hashes, (hash) => counts.get(hash) ?? 0) };
}

/**
 * Reads a text as crises are told by: what every text is read by, with more meanings, and which meanings stand near each other. People seldom name a crisis; "nobody" and
 * "notice" say something together that neither says alone, in any language.
 */
export function createCrisisExtractor({ findConcepts, crisisConcepts, remember = false }: CrisisReading): FeatureExtractor {
  const findOwn = createConceptFinder(crisisConcepts);
  const findBoth: ConceptFinder = (word) => [...findOwn(word).map((place) => place + ownPlaces), ...findConcepts(word)];
  const extract = createFeatureExtractor({ findConcepts: findBoth, remember });

  function pairsOf(text: string): ReadonlySet<number> {
    const words = normalizeForFeatures(text)
      .split(" ")
      .filter((word) => word !== "");
    const meanings = words.map((word) => findBoth(word).slice(0, mostPaired));
    const pairs = new Set<number>();
    meanings.forEach((first, index) => {
      for (const second of meanings.slice(index + 1, index + 1 + nearWords))
        for (const one of first) for (const other of second) if (one !== other) pairs.add(hashConceptPair(one, other));
    });
    return pairs;
  }

  return (text) => mergeFeatures(extract(text), pairsOf(text));
}
