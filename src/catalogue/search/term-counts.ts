import type { AnalysedDocument, Field, Lengths } from "./analyse-documents.ts";

/** A word as terms: its stem, the stems of its parts if it is a compound, the concepts it names; all as hashes. */
export interface Term {
  readonly hash: number;
  readonly parts: readonly number[];
  readonly concepts: readonly number[];
  readonly grams: Uint16Array;
}

/**
 * How often a term stands in a document, packed into one number: as a word, as a part of a compound or a simple word, as a concept, in the title, six bits each
 * (more than 63 times is as good as 63); and whether it is a keyword.
 */
export type PackedCounts = number;

const bits = 6;
const most = (1 << bits) - 1;
const at = { words: 0, parts: bits, concepts: 2 * bits, title: 3 * bits, keyword: 4 * bits } as const;

// No object is made of them: the ranking asks a hundred thousand times a second.
export const wordsIn = (packed: PackedCounts): number => (packed >>> at.words) & most;
export const partsIn = (packed: PackedCounts): number => (packed >>> at.parts) & most;
export const conceptsIn = (packed: PackedCounts): number => (packed >>> at.concepts) & most;
export const titleIn = (packed: PackedCounts): number => (packed >>> at.title) & most;
export const isKeyword = (packed: PackedCounts): boolean => packed >>> at.keyword === 1;

function increase(packed: number, place: number): number {
  return ((packed >>> place) & most) === most ? packed : packed + (1 << place);
}

/** Counts the terms of one document. */
export function createTermTally() {
  const packed = new Map<number, number>();
  const lengths = { words: 0, parts: 0, concepts: 0 };

  function note(hash: number, field: Field, places: readonly number[]): void {
    let counts = packed.get(hash) ?? 0;
    for (const place of places) counts = increase(counts, place);
    if (field === "title") counts = increase(counts, at.title);
    if (field === "keyword") counts |= 1 << at.keyword;
    packed.set(hash, counts);
  }

  return {
    add: ({ hash, parts, concepts }: Term, field: Field): void => {
      const simple = parts.length === 0;
      lengths.words += 1;
      lengths.parts += simple ? 1 : parts.length;
      note(hash, field, simple ? asSimpleWord : asWord);
      for (const part of parts) note(part, field, asPart);
      // Keywords are there to be found as they are.
      if (field === "keyword") return;
      lengths.concepts += concepts.length;
      for (const concept of concepts) note(concept, field, asConcept);
    },
    result: (titleLines: number): Pick<AnalysedDocument, "terms" | "counts"> & { readonly lengths: Lengths } => {
      const terms = new Int32Array(packed.size);
      const counts = new Uint32Array(packed.size);
      let place = 0;
      packed.forEach((each, hash) => {
        terms[place] = hash;
        counts[place] = each;
        place += 1;
      });
      return { terms, counts, lengths: { ...lengths, titleLines } };
    },
  };
}

const asSimpleWord = [at.words, at.parts];
const asWord = [at.words];
const asPart = [at.parts];
const asConcept = [at.concepts];
