import { type GapTerms, termKinds } from "./terms.ts";

/** A gap's terms as the index weighs them; of length 1, so that the product of two is 1 where they are the same. */
export interface Weighed {
  readonly terms: Int32Array;
  readonly weights: Float32Array;
}

/** What kinds of terms say by their square: the words of a language, what is meant in any language, and the vector. A gap without some of them is compared by the others. */
const shares: readonly number[] = (() => {
  const parts: number[] = [];
  parts[termKinds.word] = 0.25;
  parts[termKinds.gram] = 0.12;
  parts[termKinds.pair] = 0.08;
  parts[termKinds.concept] = 0.25;
  parts[termKinds.need] = 0.3;
  parts[termKinds.vector] = 0.5;
  return parts;
})();

/** Gaps that are imagined beside those that are there, so that few do not make every word a rare one. */
const imagined = 100;
/** Where there are many gaps, letters that more than one in so many have tell nothing and cost most of the time. */
const commonOneIn = 20;
const many = 2000;

interface Postings {
  readonly slots: number[];
  readonly weights: number[];
  /** Gaps that have the term. */
  count: number;
}

/** An inverted index over gaps: finds how alike one is to all others at once. */
export interface Similarity {
  readonly size: number;
  /** Adds a gap; returns its place. */
  add(terms: GapTerms): number;
  weighed(slot: number): Weighed;
  /** A gap as the index would weigh it now. */
  weigh(terms: GapTerms): Weighed;
  /** How alike a gap is to each that was added, 0 to 1; the list is used again by the next call. */
  compare(gap: Weighed): Float32Array;
  /** How many gaps have a term, by its hash. */
  countOf(hash: number): number;
}

/** Builds the index of some gaps; words weigh by how few gaps have them, among those that are there when a gap is added. */
export function createSimilarity(first: readonly GapTerms[]): Similarity {
  const places = new Map<number, number>();
  const postings: Postings[] = [];
  const all: Weighed[] = [];
  let scores = new Float32Array(first.length);

  function placeOf(hash: number): number {
    const known = places.get(hash);
    if (known !== undefined) return known;
    places.set(hash, postings.length);
    postings.push({ slots: [], weights: [], count: 0 });
    return postings.length - 1;
  }

  function countTerms({ ids }: GapTerms): void {
    for (const id of ids) {
      const posting = postings[placeOf(id)];
      if (posting !== undefined) posting.count += 1;
    }
  }

  function rawWeight(kind: number, count: number, having: number): number {
    if (kind === termKinds.need) return count;
    if (kind === termKinds.vector) return 1;
    const isLetters = kind === termKinds.gram || kind === termKinds.pair;
    if (isLetters && all.length > many && having * commonOneIn > all.length) return 0;
    return (1 + Math.log(count)) * Math.log(1 + (all.length + imagined) / (1 + having));
  }

  function weigh({ ids, kinds, counts }: GapTerms): Weighed {
    const raw = ids.map((id, index) => rawWeight(kinds[index] ?? 0, counts[index] ?? 0, postings[placeOf(id)]?.count ?? 0));
    const squares: number[] = [];
    raw.forEach((weight, index) => {
      const kind = kinds[index] ?? 0;
      squares[kind] = (squares[kind] ?? 0) + weight * weight;
    });
    // A need that is hardly likely says hardly anything.
    const shareOf = (kind: number) => (shares[kind] ?? 0) * (kind === termKinds.need ? Math.min(1, Math.sqrt(squares[kind] ?? 0)) : 1);
    let share = 0;
    squares.forEach((square, kind) => {
      if (square > 0) share += shareOf(kind);
    });
    const terms = Int32Array.from(ids, placeOf);
    const weights = Float32Array.from(raw, (weight, index) => {
      const kind = kinds[index] ?? 0;
      return weight === 0 ? 0 : weight * Math.sqrt(shareOf(kind) / share / (squares[kind] ?? 1));
    });
    return { terms, weights };
  }

  function append(terms: GapTerms): number {
    const weighed = weigh(terms);
    const slot = all.length;
    all.push(weighed);
    weighed.terms.forEach((term, index) => {
      const weight = weighed.weights[index] ?? 0;
      const posting = postings[term];
      if (weight === 0 || posting === undefined) return;
      posting.slots.push(slot);
      posting.weights.push(weight);
    });
    return slot;
  }

  for (const terms of first) countTerms(terms);

  return {
    get size() {
      return all.length;
    },
    add: (terms) => {
      if (all.length >= first.length) countTerms(terms);
      return append(terms);
    },
    weighed: (slot) => all[slot] ?? { terms: new Int32Array(), weights: new Float32Array() },
    weigh,
    compare: ({ terms, weights }) => {
      if (scores.length < all.length) scores = new Float32Array(2 * all.length);
      else scores.fill(0, 0, all.length);
      for (let index = 0; index < terms.length; index += 1) {
        const posting = postings[terms[index] ?? -1];
        const weight = weights[index] ?? 0;
        if (posting === undefined || weight === 0) continue;
        const { slots, weights: others } = posting;
        for (let at = 0; at < slots.length; at += 1) {
          const slot = slots[at] ?? 0;
          scores[slot] = (scores[slot] ?? 0) + weight * (others[at] ?? 0);
        }
      }
      return scores;
    },
    countOf: (hash) => postings[places.get(hash) ?? -1]?.count ?? 0,
  };
}
