/** Hashes of a text's features, each once, with its count; parallel arrays. */
export interface FeatureCounts {
  readonly hashes: Uint32Array;
  readonly counts: Float32Array;
}

/** Longer texts add cost but no meaning: the recogniser reads this many characters. */
const longestText = 4000;
/** 2-grams cost a quarter of the time and changed nothing in cross-validation. */
const shortestGram = 3;
const longestGram = 5;
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

const space = 32;
const wordSeed = 1;
const pairSeed = 2;

/** Last mixing of a hash, so that kinds of features (by seed) and near values do not meet. */
function finish(hash: number, seed: number): number {
  const mixed = hash ^ Math.imul(seed, 0x9e3779b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0;
}

/** Every letter starts at most three character grams, and every word adds two features. */
const mostHashes = 5 * (longestText + 2);
/** Reused for every text: a fresh list for each costs more than the hashing. */
const scratch = new Uint32Array(mostHashes);

/** Writes the hashes of the character 3–5-grams of text[from, to) into the scratch from `at` on; returns the next free place. FNV-1a (Fowler, Noll, Vo), grown letter by letter. */
function writeCharacterGrams(text: string, from: number, to: number, at: number): number {
  let next = at;
  for (let start = from; start < to - 1; start += 1) {
    let hash = offsetBasis;
    const end = Math.min(to, start + longestGram);
    for (let index = start; index < end; index += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(index), prime);
      const size = index - start + 1;
      if (size < shortestGram) continue;
      scratch[next] = finish(hash, pairSeed + size);
      next += 1;
    }
  }
  return next;
}

function hashWord(text: string, from: number, to: number): number {
  let hash = offsetBasis;
  for (let index = from; index < to; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), prime);
  return hash;
}

/** Writes all hashes of a text into the scratch, repeats included, and returns their number; each word is read with the space on both its sides. */
function writeHashes(text: string): number {
  let next = 0;
  let before = 0;
  let start = 1;
  for (let index = 1; index < text.length; index += 1) {
    if (text.charCodeAt(index) !== space) continue;
    if (index > start) {
      const hash = hashWord(text, start, index);
      scratch[next] = finish(hash, wordSeed);
      scratch[next + 1] = finish(Math.imul(before, 31) ^ hash, pairSeed);
      next = writeCharacterGrams(text, start - 1, index + 1, next + 2);
      before = hash;
    }
    start = index + 1;
  }
  return next;
}

/** Word 1–2-grams and, within words, character 3–5-grams. */
export function extractFeatures(text: string): FeatureCounts {
  const sorted = scratch.slice(0, writeHashes(` ${normalizeForFeatures(text)} `)).sort();
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

/** The hashes of a text's single words, as they stand among the features. */
export function wordHashesOf(text: string): readonly number[] {
  return normalizeForFeatures(text)
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => finish(hashWord(word, 0, word.length), wordSeed));
}
