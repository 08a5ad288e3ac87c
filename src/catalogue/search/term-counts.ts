import type { AnalysedDocument, Field, Lengths } from "./analyse-documents.ts";

/** A word as terms: its stem, the stems of its parts if it is a compound, the concepts it names; all as hashes. */
export interface Term {
  readonly hash: number;
  readonly parts: readonly number[];
  readonly concepts: readonly number[];
  readonly grams: Uint16Array;
}

/** How often a term stands in a document: as a word, as a part of a compound or a simple word, as a concept, in the title; and whether it is a keyword. */
export interface Counts {
  readonly words: number;
  readonly parts: number;
  readonly concepts: number;
  readonly title: number;
  readonly keyword: boolean;
}

/** Counts are packed into six bits each; more than 63 times is as good as 63. */
const bits = 6;
const most = (1 << bits) - 1;
const at = { words: 0, parts: bits, concepts: 2 * bits, title: 3 * bits, keyword: 4 * bits } as const;

/** What is packed into a number, taken out again. */
export function unpackCounts(packed: number): Counts {
  return {
    words: (packed >>> at.words) & most,
    parts: (packed >>> at.parts) & most,
    concepts: (packed >>> at.concepts) & most,
    title: (packed >>> at.title) & most,
    keyword: packed >>> at.keyword === 1,
  };
}

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
