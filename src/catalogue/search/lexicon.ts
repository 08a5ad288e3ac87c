import { standardSpellings } from "../../text/bavarian.ts";
import { editDistance } from "../../text/edit-distance.ts";
import { type Forms, stemFinder } from "./analyse-documents.ts";
import type { Lexicon, NearWord } from "./query-plan.ts";

const mostNear = 3;
const bavarianSimilarity = 0.75;

/** Edits that a word of this length may be away: one in a short word, two in a long one, none in a very short one. */
function allowedEdits(length: number): number {
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/** How much a word counts that is `edits` away. */
function similarityOf(edits: number): number {
  return edits === 0 ? 1 : edits === 1 ? 0.8 : 0.6;
}

/** The nearest of some words that occur, by the edits between them; at most three, best first. */
export function chooseNearest(folded: string, candidates: Iterable<readonly [string, string]>): readonly NearWord[] {
  const most = allowedEdits(folded.length);
  const near = new Map<string, number>();
  for (const [form, stem] of candidates) {
    const edits = editDistance(folded, form, most);
    if (edits <= most) near.set(stem, Math.max(near.get(stem) ?? 0, similarityOf(edits)));
  }
  return [...near]
    .map(([stem, similarity]) => ({ stem, similarity }))
    .sort((a, b) => b.similarity - a.similarity || (a.stem < b.stem ? -1 : 1))
    .slice(0, mostNear);
}

/** Words that a Bavarian word may stand for. */
export function chooseBavarian(folded: string, stemOf: (form: string) => string | undefined): readonly NearWord[] {
  const stems = new Set(standardSpellings(folded).flatMap((form) => stemOf(form) ?? []));
  return [...stems].slice(0, mostNear).map((stem) => ({ stem, similarity: bavarianSimilarity }));
}

const base = 0x01000193;

/**
 * Hashes of a word and of it with each one letter left out: two words that share one are at most two edits apart (Garbe 2012,
 * "symmetric delete"). A polynomial hash, so that each takes one step.
 */
export function deletionsOf(word: string): Int32Array {
  const { length } = word;
  const hashes = new Int32Array(length + 1);
  const before = new Int32Array(length + 1);
  for (let at = 0; at < length; at += 1) before[at + 1] = (Math.imul(before[at] ?? 0, base) + word.charCodeAt(at)) | 0;
  hashes[length] = before[length] ?? 0;
  let after = 0;
  let power = 1;
  for (let at = length - 1; at >= 0; at -= 1) {
    hashes[at] = (Math.imul(before[at] ?? 0, power) + after) | 0;
    after = (after + Math.imul(word.charCodeAt(at), power)) | 0;
    power = Math.imul(power, base);
  }
  return hashes;
}

/** Longer words are rarely misspelled in one place only, and cost as much as they have letters. */
const longestMended = 24;

/** True for words that are looked up by their deletions. */
export function isMendable(word: string): boolean {
  return allowedEdits(word.length) > 0 && word.length <= longestMended;
}

/** Words that may be near a misspelled one, each with its stem. */
type FindNear = (folded: string) => readonly (readonly [string, string])[];

/** Files words under the hashes of their deletions, in two flat arrays; some that are found are strangers, which the edit distance tells. */
function fileByDeletions(forms: Forms): FindNear {
  const names = [...forms.keys()].filter(isMendable);
  const bits = Math.max(8, Math.ceil(Math.log2(names.length * 8 + 1)));
  const bucketOf = (hash: number) => (hash ^ (hash >>> 15)) & ((1 << bits) - 1);
  const starts = new Uint32Array((1 << bits) + 1);
  for (const name of names) for (const hash of deletionsOf(name)) starts[bucketOf(hash) + 1] = (starts[bucketOf(hash) + 1] ?? 0) + 1;
  for (let bucket = 0; bucket < 1 << bits; bucket += 1) starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
  const lists = new Uint32Array(starts.at(-1) ?? 0);
  const filled = starts.slice();
  for (const [index, name] of names.entries())
    for (const hash of deletionsOf(name)) {
      const at = filled[bucketOf(hash)] ?? 0;
      lists[at] = index;
      filled[bucketOf(hash)] = at + 1;
    }
  return (folded) => {
    const found = new Set<number>();
    for (const hash of deletionsOf(folded))
      for (let at = starts[bucketOf(hash)] ?? 0; at < (starts[bucketOf(hash) + 1] ?? 0); at += 1) found.add(lists[at] ?? 0);
    return [...found].map((index) => [names[index] ?? "", forms.get(names[index] ?? "") ?? ""]);
  };
}

/** The words of an index in memory. They are filed by their spelling at the first misspelled word, since a start should not wait for it. */
export function createLexicon(forms: Forms, occurs: (hash: number) => boolean): Lexicon {
  const stemOfKnown = stemFinder(forms);
  let findNear: FindNear | undefined;
  return {
    stemOfKnown,
    occurs,
    nearest: (folded) => {
      findNear ??= fileByDeletions(forms);
      const near = isMendable(folded) ? chooseNearest(folded, findNear(folded)) : [];
      return near.length > 0 ? near : chooseBavarian(folded, stemOfKnown);
    },
  };
}
