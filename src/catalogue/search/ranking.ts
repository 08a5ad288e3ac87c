import { createGramScorer } from "./gram-score.ts";
import type { PlannedWord } from "./query-plan.ts";
import type { SearchHit } from "./search-document.ts";
import type { Slice, Statistics } from "./slice.ts";
import { createWordScorer } from "./word-score.ts";

/**
 * What a score is made of. Sums over the words of the query: BM25 of words, of parts of compounds, of concepts, of the n-grams of the title and of the best passage;
 * the rarity of those that are keywords. And how much of the title's n-grams, the rare ones counting more, the query has (0 to 1).
 */
interface Features {
  readonly words: number;
  readonly parts: number;
  readonly concepts: number;
  readonly keywords: number;
  readonly titleGrams: number;
  readonly titleCover: number;
  readonly passageGrams: number;
}

/** Learned from OMoS-QA's German and English train questions (docs/search.md); these pages have no keywords, whose weight is chosen. */
const featureWeights: Features = {
  words: 0.37,
  parts: 1,
  concepts: 1,
  keywords: 0.5,
  titleGrams: 0.275,
  titleCover: 5.9,
  passageGrams: 0.375,
};

/** Documents whose passages are compared, the best by their words and titles: it is the dearest part of a score. */
const passageRound = 25;

/** A document to rank; `number` is its place among all, which decides between equal scores. */
export interface Candidate {
  readonly id: string;
  readonly number: number;
  readonly slice: Slice;
}

type WordFeatures = Pick<Features, "words" | "parts" | "concepts" | "keywords">;

function weighWords({ words, parts, concepts, keywords }: WordFeatures): number {
  const { words: w, parts: p, concepts: c, keywords: k } = featureWeights;
  return w * words + p * parts + c * concepts + k * keywords;
}

function weighTitle({ titleGrams, titleCover }: Pick<Features, "titleGrams" | "titleCover">): number {
  return featureWeights.titleGrams * titleGrams + featureWeights.titleCover * titleCover;
}

/** Ranks candidates for one query, best first: all by their words and titles, then the best of these by their passages as well. */
export function rankCandidates(
  plan: readonly PlannedWord[],
  countOf: (hash: number) => number,
  statistics: Statistics,
  candidates: readonly Candidate[],
): readonly SearchHit[] {
  const scoreWords = createWordScorer(plan, countOf, statistics);
  const { scoreTitle, scorePassage } = createGramScorer(plan, statistics);
  const first = candidates
    .map((candidate) => {
      const found = scoreWords(candidate.slice);
      return { candidate, share: found.share, named: found.named, score: weighWords(found) + weighTitle(scoreTitle(candidate.slice)) };
    })
    .sort((a, b) => b.score - a.score || a.candidate.number - b.candidate.number);
  const second = first
    .slice(0, passageRound)
    .map((hit) => ({ ...hit, score: hit.score + featureWeights.passageGrams * scorePassage(hit.candidate.slice) }))
    .sort((a, b) => b.score - a.score || a.candidate.number - b.candidate.number);
  return [...second, ...first.slice(passageRound)]
    .filter(({ score }) => score > 0)
    .map(({ candidate, score, share, named }) => ({ id: candidate.id, score, share, named }));
}
