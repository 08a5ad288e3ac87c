import type { NameConcepts } from "../../text/concepts.ts";
import { type AnalysedDocument, createAnalyser, createReader, type Lengths, type Line } from "./analyse-documents.ts";
import { rarityOf } from "./bm25.ts";
import { firstRoundTerms, impactOf, secondRound } from "./first-round.ts";
import { createLexicon } from "./lexicon.ts";
import { createQueryPlanner, type PlannedWord } from "./query-plan.ts";
import { rankCandidates } from "./ranking.ts";
import type { SearchDocument, SearchHit, SearchQuery, TextSearch } from "./search-document.ts";
import type { Slice, Statistics } from "./slice.ts";
import { createTally } from "./statistics.ts";

/** Documents between two pauses of a build. */
const documentsAtOnce = 40;

interface Postings {
  /** The number of a term's list, by its hash. */
  readonly lists: ReadonlyMap<number, number>;
  readonly starts: Uint32Array;
  readonly documents: Uint32Array;
  readonly impacts: Uint8Array;
}

function* invert(documents: readonly AnalysedDocument[], { meanWords }: Statistics): Generator<void, Postings> {
  const lists = new Map<number, number>();
  const sizes: number[] = [];
  const all = documents.reduce((sum, { terms }) => sum + terms.length, 0);
  const listOf = new Uint32Array(all);
  const impactAt = new Uint8Array(all);
  const ends = new Uint32Array(documents.length);
  let used = 0;
  for (const [number, { terms, counts, lengths }] of documents.entries()) {
    for (const [index, hash] of terms.entries()) {
      const list = lists.get(hash) ?? sizes.length;
      if (list === sizes.length) {
        lists.set(hash, list);
        sizes.push(0);
      }
      sizes[list] = (sizes[list] ?? 0) + 1;
      listOf[used] = list;
      impactAt[used] = impactOf(counts[index] ?? 0, lengths.words, meanWords);
      used += 1;
    }
    ends[number] = used;
    if (number % documentsAtOnce === 0) yield;
  }
  const starts = new Uint32Array(sizes.length + 1);
  for (const [list, size] of sizes.entries()) starts[list + 1] = (starts[list] ?? 0) + size;
  const filled = starts.slice();
  const numbers = new Uint32Array(used);
  const impacts = new Uint8Array(used);
  let from = 0;
  for (const [number, end] of ends.entries()) {
    for (; from < end; from += 1) {
      const list = listOf[from] ?? 0;
      const at = filled[list] ?? 0;
      numbers[at] = number;
      impacts[at] = impactAt[from] ?? 0;
      filled[list] = at + 1;
    }
    if (number % documentsAtOnce === 0) yield;
  }
  return { lists, starts, documents: numbers, impacts };
}

interface Flat {
  readonly terms: Int32Array;
  readonly counts: Uint32Array;
  readonly starts: Uint32Array;
  readonly grams: Uint16Array;
  readonly gramStarts: Uint32Array;
  /** Four numbers a document: words, parts, concepts, lines of the title. */
  readonly lengths: Uint32Array;
}

const lengthsOfOne = 4;

function lengthsAt(lengths: Uint32Array, number: number): Lengths {
  const [words = 0, parts = 0, concepts = 0, titleLines = 0] = lengths.subarray(lengthsOfOne * number, lengthsOfOne * (number + 1));
  return { words, parts, concepts, titleLines };
}

/** Lays all documents into few large arrays: a hundred thousand small ones would cost more than what is in them. */
function flatten(documents: readonly AnalysedDocument[]): Flat {
  const starts = new Uint32Array(documents.length + 1);
  const gramStarts = new Uint32Array(documents.length + 1);
  for (const [number, { terms, grams }] of documents.entries()) {
    starts[number + 1] = (starts[number] ?? 0) + terms.length;
    gramStarts[number + 1] = (gramStarts[number] ?? 0) + grams.length;
  }
  const terms = new Int32Array(starts.at(-1) ?? 0);
  const counts = new Uint32Array(terms.length);
  const lengths = new Uint32Array(lengthsOfOne * documents.length);
  const allGrams = new Uint16Array(gramStarts.at(-1) ?? 0);
  for (const [number, document] of documents.entries()) {
    const { words, parts, concepts, titleLines } = document.lengths;
    terms.set(document.terms, starts[number]);
    counts.set(document.counts, starts[number]);
    lengths.set([words, parts, concepts, titleLines], lengthsOfOne * number);
    allGrams.set(document.grams, gramStarts[number]);
  }
  return { terms, counts, starts, grams: allGrams, gramStarts, lengths };
}

/** Builds the search in this process's memory. Yields often, so that the caller may do other work in between. */
export function* buildMemorySearch(documents: readonly SearchDocument[], nameConcepts: NameConcepts): Generator<void, TextSearch> {
  const analysed: AnalysedDocument[] = [];
  const tally = createTally();
  const reader = createReader();
  const read: (readonly Line[])[] = [];
  for (const document of documents) {
    read.push(reader.read(document));
    if (read.length % documentsAtOnce === 0) yield;
  }
  const forms = reader.forms();
  const analyser = createAnalyser(forms, nameConcepts);
  for (const [number, { id }] of documents.entries()) {
    const document = analyser.analyse(id, read[number] ?? []);
    analysed.push(document);
    tally.add(document);
    if (number % documentsAtOnce === 0) yield;
  }
  const statistics = tally.statistics(analyser.gramCounts);
  const postings = yield* invert(analysed, statistics);
  const flat = flatten(analysed);
  const planQuery = createQueryPlanner(
    createLexicon(forms, (hash) => postings.lists.has(hash)),
    nameConcepts,
  );
  const ids = documents.map(({ id }) => id);
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const scores = new Float32Array(ids.length);

  function countOf(hash: number): number {
    const list = postings.lists.get(hash);
    return list === undefined ? 0 : (postings.starts[list + 1] ?? 0) - (postings.starts[list] ?? 0);
  }

  /** The documents of the best first-round scores. */
  function firstRound(plan: readonly PlannedWord[]): readonly number[] {
    scores.fill(0);
    for (const [hash, weight] of firstRoundTerms(plan)) {
      const list = postings.lists.get(hash);
      if (list === undefined) continue;
      const gain = weight * rarityOf(countOf(hash), statistics.documents);
      const end = postings.starts[list + 1] ?? 0;
      for (let at = postings.starts[list] ?? 0; at < end; at += 1) {
        const number = postings.documents[at] ?? 0;
        scores[number] = (scores[number] ?? 0) + gain * (postings.impacts[at] ?? 0);
      }
    }
    return bestOf(scores, secondRound);
  }

  const sliceOf = (number: number): Slice => ({
    terms: flat.terms,
    counts: flat.counts,
    lengths: lengthsAt(flat.lengths, number),
    from: flat.starts[number] ?? 0,
    to: flat.starts[number + 1] ?? 0,
    grams: flat.grams,
    gramsFrom: flat.gramStarts[number] ?? 0,
    gramsTo: flat.gramStarts[number + 1] ?? 0,
  });

  return {
    search: async ({ text, lang, limit, among }: SearchQuery): Promise<readonly SearchHit[]> => {
      const plan = planQuery(text, lang);
      if (plan.length === 0) return [];
      const candidates = among === undefined ? firstRound(plan) : among.flatMap((id) => numbers.get(id) ?? []);
      const ranked = candidates.map((number) => ({ id: ids[number] ?? "", number, slice: sliceOf(number) }));
      return rankCandidates(plan, countOf, statistics, ranked).slice(0, limit);
    },
  };
}

/** Numbers of the highest scores above 0, at most `most`, unordered. */
function bestOf(scores: Float32Array, most: number): readonly number[] {
  const heap: number[] = [];
  const scoreAt = (place: number) => scores[heap[place] ?? 0] ?? 0;
  const swap = (a: number, b: number) => {
    const held = heap[a] ?? 0;
    heap[a] = heap[b] ?? 0;
    heap[b] = held;
  };
  function sink(from: number): void {
    for (let place = from; ; ) {
      const left = 2 * place + 1;
      const least = left + 1 < heap.length && scoreAt(left + 1) < scoreAt(left) ? left + 1 : left;
      if (left >= heap.length || scoreAt(place) <= scoreAt(least)) return;
      swap(place, least);
      place = least;
    }
  }
  for (let number = 0; number < scores.length; number += 1) {
    const score = scores[number] ?? 0;
    if (score <= 0) continue;
    if (heap.length < most) {
      heap.push(number);
      for (let place = heap.length - 1; place > 0; ) {
        const parent = (place - 1) >> 1;
        if (scoreAt(parent) <= scoreAt(place)) break;
        swap(place, parent);
        place = parent;
      }
    } else if (score > scoreAt(0)) {
      heap[0] = number;
      sink(0);
    }
  }
  return heap;
}
