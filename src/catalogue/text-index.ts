import { createCompoundSplitter, stemsOf } from "../text/german.ts";

/** A document's texts with how much a word in each counts. */
export interface IndexField {
  readonly text: string;
  readonly weight: number;
}

export interface IndexDocument {
  readonly id: string;
  readonly fields: readonly IndexField[];
}

/** Scores documents by a text; ids with a score above 0, unordered. Scores are comparable within one query. */
export type TextIndex = (query: string) => ReadonlyMap<string, number>;

interface Posting {
  readonly document: number;
  readonly weight: number;
}

/** Saturation of repeated words and influence of length: BM25's k1 and b (Robertson and Zaragoza 2009). */
const saturation = 1.2;
const lengthInfluence = 0.4;
const partWeight = 0.6;
const gramWeight = 0.12;
const gramSize = 4;
const longestQuery = 60;

function gramsOf(stem: string): string[] {
  const padded = `_${stem}_`;
  const grams: string[] = [];
  for (let start = 0; start + gramSize <= padded.length; start += 1) grams.push(`~${padded.slice(start, start + gramSize)}`);
  return grams;
}

/** Stems weigh 1, the parts of compounds less, and character 4-grams little: they only help where a word is misspelled. */
function termsOf(stems: readonly string[], split: (stem: string) => readonly string[]): Map<string, number> {
  const terms = new Map<string, number>();
  const add = (term: string, weight: number) => terms.set(term, (terms.get(term) ?? 0) + weight);
  for (const stem of stems) {
    add(stem, 1);
    for (const part of split(stem)) add(part, partWeight);
    for (const gram of gramsOf(stem)) add(gram, gramWeight);
  }
  return terms;
}

/** Builds an in-process BM25 index over weighted fields, with compounds split by the documents' own words. */
export function createTextIndex(documents: readonly IndexDocument[]): TextIndex {
  // Many offers share the words of one need: each text is analysed once.
  const stemsByText = new Map<string, readonly string[]>();
  for (const { fields } of documents) for (const { text } of fields) if (!stemsByText.has(text)) stemsByText.set(text, stemsOf(text));
  const split = createCompoundSplitter(new Set([...stemsByText.values()].flat()));
  const termsByText = new Map([...stemsByText].map(([text, stems]) => [text, termsOf(stems, split)]));
  const lengths = documents.map(({ fields }) => fields.reduce((sum, { text }) => sum + (stemsByText.get(text)?.length ?? 0), 0));
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const postings = new Map<string, Posting[]>();
  documents.forEach(({ fields }, document) => {
    const weights = new Map<string, number>();
    for (const { text, weight } of fields)
      for (const [term, count] of termsByText.get(text) ?? []) weights.set(term, (weights.get(term) ?? 0) + count * weight);
    for (const [term, weight] of weights) {
      const list = postings.get(term);
      if (list === undefined) postings.set(term, [{ document, weight }]);
      else list.push({ document, weight });
    }
  });
  const norm = lengths.map((length) => saturation * (1 - lengthInfluence + (lengthInfluence * length) / Math.max(1, average)));
  return (query) => {
    const scores = new Map<string, number>();
    for (const [term, asked] of termsOf(stemsOf(query).slice(0, longestQuery), split)) {
      const list = postings.get(term) ?? [];
      const rarity = Math.log(1 + (documents.length - list.length + 0.5) / (list.length + 0.5));
      for (const { document, weight } of list) {
        const id = documents[document]?.id ?? "";
        const gain = (asked * rarity * weight * (saturation + 1)) / (weight + (norm[document] ?? 1));
        scores.set(id, (scores.get(id) ?? 0) + gain);
      }
    }
    return scores;
  };
}
