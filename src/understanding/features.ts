import type { ConceptFinder } from "../text/concepts.ts";
import { createMemo } from "../text/memo.ts";
import { soundOf } from "../text/sound.ts";

/** Kinds of features; each kind of a text weighs as its whole, however many features it has. */
const featureKinds = { word: 0, gram: 1, concept: 2, sound: 3 } as const;

/** Hashes of a text's features in rising order, each once, with its count; parallel arrays. The two highest bits are the kind. */
export interface FeatureCounts {
  readonly hashes: Uint32Array;
  readonly counts: Float32Array;
}

/** Longer texts add cost but no meaning: the recogniser reads this many characters. */
const longestText = 4000;
/** Letters of a character gram. All of 2 to 5, or 3 to 5, cost twice the time and the memory and won nothing on held-back writers, CLINC150 and xSID. */
const gramLength = 4;
const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

/** One spelling for look-alikes: compatibility forms, lower case, no accents but those that make letters, umlauts as ae/oe/ue, digits as 0. */
export function normalizeForFeatures(text: string): string {
  return text
    .slice(0, longestText)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .replace(/[’`´]/g, "'")
    .replace(/\p{Nd}/gu, "0")
    .replace(/[^\p{L}\p{M}\p{N}']+/gu, " ")
    .trim()
    .slice(0, longestText);
}

const wordSeed = 1;
const pairSeed = 2;
const gramSeed = 3;

/** Bits of a hash that tell features of one kind apart: a million places for the 200,000 features that nine languages have. */
const hashBits = 20;
/** Every hash is less than this. */
export const hashLimit = 4 * 2 ** hashBits;

/** Kind of a hash that `extractFeatures` gave. */
export function kindOfHash(hash: number): number {
  return hash >>> hashBits;
}

/** Last mixing of a hash, so that features of one kind (by seed) and near values do not meet. */
function finish(hash: number, seed: number, kind: number): number {
  const mixed = hash ^ Math.imul(seed, 0x9e3779b1);
  return ((kind << hashBits) | (Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> (32 - hashBits))) >>> 0;
}

/** Every letter starts at most three character grams, every word adds two features and names a few concepts. */
const mostHashes = 10 * (longestText + 2);
/** Words that are remembered while messages are read; about a kilobyte each. */
const mostWords = 10_000;
/** Concepts of one word that are read. */
const mostConcepts = 4;
/** Reused for every text: a fresh list for each costs more than the hashing. */
const scratch = new Uint32Array(mostHashes);

/** Writes the hashes of the character 4-grams of text[from, to) into the scratch from `at` on, of a shorter text that one; returns the next free place. FNV-1a (Fowler, Noll, Vo). */
function writeCharacterGrams(text: string, from: number, to: number, at: number): number {
  let next = at;
  for (let start = from; start === from || start + gramLength <= to; start += 1) {
    scratch[next] = finish(hashWord(text, start, Math.min(to, start + gramLength)), gramSeed, featureKinds.gram);
    next += 1;
  }
  return next;
}

function hashWord(text: string, from: number, to: number): number {
  let hash = offsetBasis;
  for (let index = from; index < to; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), prime);
  return hash;
}

/** Letters of a gram of sounds: a skeleton is short. */
const soundLength = 3;

/** Writes a word's sound as a whole and in grams, with the word's ends marked. */
function writeSounds(word: string, at: number): number {
  const sound = soundOf(word);
  if (sound === "") return at;
  const marked = ` ${sound} `;
  scratch[at] = finish(hashWord(marked, 0, marked.length), wordSeed, featureKinds.sound);
  let next = at + 1;
  for (let start = 0; start + soundLength <= marked.length; start += 1) {
    scratch[next] = finish(hashWord(marked, start, start + soundLength), gramSeed, featureKinds.sound);
    next += 1;
  }
  return next;
}

/** The hash of two concepts that stand near each other, in either order. */
export function hashConceptPair(one: number, other: number): number {
  const [low, high] = one < other ? [one, other] : [other, one];
  return finish(Math.imul(low + 1, 0x01000193) ^ high, pairSeed, featureKinds.concept);
}

function writeConcepts(concepts: readonly number[], at: number): number {
  concepts.forEach((concept, index) => {
    scratch[at + index] = finish(concept, wordSeed, featureKinds.concept);
  });
  return at + concepts.length;
}

/** Writes what a word says by itself, wherever it stands: its letters, read with the space on both its sides, its sound and its concepts. */
function writeWord(word: string, findConcepts: ConceptFinder | undefined, at: number): number {
  scratch[at] = finish(hashWord(word, 0, word.length), wordSeed, featureKinds.word);
  const next = writeSounds(word, writeCharacterGrams(` ${word} `, 0, word.length + 2, at + 1));
  return findConcepts === undefined ? next : writeConcepts(findConcepts(word).slice(0, mostConcepts), next);
}

/** Reads a text's features. */
export type FeatureExtractor = (text: string) => FeatureCounts;

export interface FeatureOptions {
  /** Adds the concepts that words name. */
  readonly findConcepts?: ConceptFinder | undefined;
  /** Keeps what every word says, for many texts in which words come again and again, and an end; otherwise only what the last ones say. */
  readonly remember?: boolean;
}

function countSorted(sorted: Uint32Array): FeatureCounts {
  const hashes = new Uint32Array(sorted.length);
  const counts = new Float32Array(sorted.length);
  let distinct = 0;
  for (let index = 0; index < sorted.length; ) {
    let end = index + 1;
    while (end < sorted.length && sorted[end] === sorted[index]) end += 1;
    hashes[distinct] = sorted[index] ?? 0;
    counts[distinct] = end - index;
    distinct += 1;
    index = end;
  }
  return { hashes: hashes.subarray(0, distinct), counts: counts.subarray(0, distinct) };
}

/** An extractor of word 1–2-grams, character 4-grams within words, how the words sound and, with a finder, the concepts that words name. */
export function createFeatureExtractor({ findConcepts, remember = false }: FeatureOptions = {}): FeatureExtractor {
  /** Where in the scratch a word may be written. */
  let free = 0;
  const readWord = createMemo(
    (word) => scratch.slice(free, writeWord(word, findConcepts, free)),
    remember ? Number.POSITIVE_INFINITY : mostWords,
  );

  function writeKnown(word: string, at: number): number {
    free = at;
    const hashes = readWord(word);
    scratch.set(hashes, at);
    return at + hashes.length;
  }

  return (text) => {
    let next = 0;
    let before = 0;
    for (const word of normalizeForFeatures(text).split(" ")) {
      if (word === "") continue;
      const hash = hashWord(word, 0, word.length);
      scratch[next] = finish(Math.imul(before, 31) ^ hash, pairSeed, featureKinds.word);
      next = writeKnown(word, next + 1);
      before = hash;
    }
    return countSorted(scratch.slice(0, next).sort());
  };
}

/** The hashes of a text's single words, as they stand among the features. */
export function wordHashesOf(text: string): readonly number[] {
  return normalizeForFeatures(text)
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => finish(hashWord(word, 0, word.length), wordSeed, featureKinds.word));
}
