import type { Concept } from "../core/content.ts";
import { createMemo } from "./memo.ts";
import { foldWord } from "./word-scan.ts";

/** Arabic joins the article, "and", "for", "with" to the word. */
const arabicPrefixes = ["وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف"];
const leastArabicStem = 3;
const firstArabicLetter = "\u0600";
const mostRemembered = 20_000;

/** Stronger than `foldWord`: umlauts and their ae/oe/ue are one letter as well. */
export function foldForConcepts(text: string): string {
  return foldWord(text).replace(/([aou])e/g, "$1");
}

function addTo(map: Map<string, number[]>, key: string, concept: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [concept]);
  else if (!known.includes(concept)) known.push(concept);
}

function formsOf(word: string): readonly string[] {
  if (word < firstArabicLetter) return [word];
  const prefix = arabicPrefixes.find((each) => word.startsWith(each) && word.length - each.length >= leastArabicStem);
  return prefix === undefined ? [word] : [word, word.slice(prefix.length)];
}

/** The concepts that a word names, as their places in the lexicon, each once. */
export type ConceptFinder = (word: string) => readonly number[];

const seed = 0x811c9dc5;
const hashWith = (hash: number, letter: number): number => Math.imul(hash ^ letter, 0x01000193);

// Of the shipped lexicon 35,000 patterns are beginnings, with 87,000 ways to begin, and some sixty are endings or stand inside; small filters stay in the processor's cache.
const [manyPatterns, fewPatterns] = [1 << 18, 1 << 12];
const [opensPattern, isPattern] = [1, 2];

/** Patterns by their letters, with a filter of the hashes of how they begin: most pieces of a word begin none, and need not be cut out to know it. */
function createPatterns(letterAt: (key: string, index: number) => number, filterSize: number) {
  const concepts = new Map<string, number[]>();
  const filter = new Uint8Array(filterSize);
  const placeOf = (hash: number): number => (hash ^ (hash >>> 14)) & (filterSize - 1);
  const mark = (hash: number, bit: number): void => {
    filter[placeOf(hash)] = (filter[placeOf(hash)] ?? 0) | bit;
  };
  return {
    add: (key: string, concept: number): void => {
      addTo(concepts, key, concept);
      let hash = seed;
      for (let index = 0; index < key.length; index += 1) {
        hash = hashWith(hash, letterAt(key, index));
        mark(hash, opensPattern);
      }
      mark(hash, isPattern);
    },
    /** 0 where no pattern begins with what has this hash, else a sum of bits. */
    marksOf: (hash: number): number => filter[placeOf(hash)] ?? 0,
    find: (key: string): readonly number[] => concepts.get(key) ?? [],
  };
}

const forwards = (key: string, index: number) => key.charCodeAt(index);
const backwards = (key: string, index: number) => key.charCodeAt(key.length - 1 - index);

const finders = new WeakMap<readonly Concept[], ConceptFinder>();

/** The finder of a lexicon, built once for each; a lexicon never changes. Its cost grows with the square of the word's length at most. */
export function createConceptFinder(concepts: readonly Concept[]): ConceptFinder {
  const known = finders.get(concepts);
  if (known !== undefined) return known;
  const built = buildConceptFinder(concepts);
  finders.set(concepts, built);
  return built;
}

function buildConceptFinder(concepts: readonly Concept[]): ConceptFinder {
  const whole = new Map<string, number[]>();
  const beginning = createPatterns(forwards, manyPatterns);
  const ending = createPatterns(backwards, fewPatterns);
  const inside = createPatterns(forwards, fewPatterns);
  concepts.forEach(({ patterns }, concept) => {
    for (const pattern of patterns) {
      const key = foldForConcepts(pattern.replaceAll("*", ""));
      const [opens, closes] = [pattern.startsWith("*"), pattern.endsWith("*")];
      if (opens || closes) (opens ? (closes ? inside : ending) : beginning).add(key, concept);
      else addTo(whole, key, concept);
    }
  });

  function find(word: string, found: Set<number>): void {
    const take = (concepts: readonly number[]) => {
      for (const concept of concepts) found.add(concept);
    };
    take(whole.get(word) ?? []);
    let [fromStart, fromEnd] = [seed, seed];
    let [begins, ends] = [opensPattern, opensPattern];
    for (let length = 1; length <= word.length && begins + ends > 0; length += 1) {
      fromStart = hashWith(fromStart, forwards(word, length - 1));
      fromEnd = hashWith(fromEnd, backwards(word, length - 1));
      if (begins > 0) begins = beginning.marksOf(fromStart);
      if (ends > 0) ends = ending.marksOf(fromEnd);
      if (begins >= isPattern) take(beginning.find(word.slice(0, length)));
      if (ends >= isPattern) take(ending.find(word.slice(-length)));
    }
    for (let start = 0; start < word.length; start += 1) {
      let hash = seed;
      for (let end = start + 1; end <= word.length; end += 1) {
        hash = hashWith(hash, forwards(word, end - 1));
        const marks = inside.marksOf(hash);
        if (marks === 0) break;
        if (marks >= isPattern) take(inside.find(word.slice(start, end)));
      }
    }
  }

  return createMemo<readonly number[]>((word) => {
    const found = new Set<number>();
    for (const form of formsOf(foldForConcepts(word))) find(form, found);
    return [...found];
  }, mostRemembered);
}

/** Names of the concepts that a word names. */
export type NameConcepts = (word: string) => readonly string[];

/** The same by name; `find` must be the finder of these concepts. */
export function createConceptNamer(concepts: readonly Concept[], find: ConceptFinder = createConceptFinder(concepts)): NameConcepts {
  const ids = concepts.map(({ id }) => id);
  return (word) => find(word).map((place) => ids[place] ?? "");
}
