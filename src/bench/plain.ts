import { z } from "zod";
import { checkPlainText, type PlainRuleId, plainRules } from "../text/plain/check.ts";
import { readability } from "../text/plain/measures.ts";
import { readWords } from "../text/plain/read-text.ts";
import { hardness, type ScoreParts, scoreWeights } from "../text/plain/score.ts";
import { readLines } from "./read-lines.ts";

const Row = z.object({ id: z.string(), text: z.string(), topic: z.string().optional() });

/** A sentence with the document it is from: its topic, or its id up to the line's number. */
export interface Sentence {
  readonly document: string;
  readonly text: string;
}

export interface PlainSet {
  readonly easy: readonly Sentence[];
  readonly normal: readonly Sentence[];
}

/** How often a score tells a normal sentence from an easy one. */
interface Areas {
  /** Chance that a normal sentence scores as harder than an easy one; ties count half. */
  readonly auc: number;
  /** The same among sentences of 8 to 12 words, where length says little. */
  readonly sameLengthAuc: number;
}

/** What `bench -- plain` prints; `auc` is of the documents that the weights were not chosen on. */
export interface PlainReport extends Areas {
  readonly easy: number;
  readonly normal: number;
  readonly chosenOn: Areas;
  readonly all: Areas;
  readonly wordsPerSentenceAuc: number;
  readonly wienerAuc: number;
  readonly amstadAuc: number;
  /** Shares of sentences that a rule hits, 0 to 1. */
  readonly rules: Readonly<Record<string, { readonly easy: number; readonly normal: number }>>;
}

/** Line breaks and list dots of the source are no part of a sentence. */
function clean(text: string): string {
  return text
    .replace(/\\newline|[\n•]/gu, " ")
    .replace(/ +/gu, " ")
    .trim();
}

async function readSentences(path: string): Promise<readonly Sentence[]> {
  const rows = await readLines(path, Row, "{id,text,topic?}");
  return rows.map(({ id, text, topic }) => ({ document: topic ?? id.replace(/#.*$/u, ""), text: clean(text) }));
}

/** Reads easy and normal sentences; throws USAGE with the path where a file is not there. */
export async function readPlainSet(paths: { readonly easy: string; readonly normal: string }): Promise<PlainSet> {
  return { easy: await readSentences(paths.easy), normal: await readSentences(paths.normal) };
}

/** FNV-1a over the document's name: every sentence of a document is in the same part, on every machine. */
export function isChosenOn({ document }: Sentence): boolean {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(document)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return ((hash >>> 16) & 1) === 0;
}

/** The area under the curve. */
export function areaUnderCurve(easy: readonly number[], normal: readonly number[]): number {
  const wins = normal.reduce((sum, high) => sum + easy.reduce((won, low) => won + (high > low ? 1 : high === low ? 0.5 : 0), 0), 0);
  return wins / Math.max(1, easy.length * normal.length);
}

const wordsOf = ({ text }: Sentence) => readWords(text).length;
const isMiddleLength = (sentence: Sentence) => wordsOf(sentence) >= 8 && wordsOf(sentence) <= 12;

function areaBy(set: PlainSet, score: (sentence: Sentence) => number): number {
  return areaUnderCurve(set.easy.map(score), set.normal.map(score));
}

export function only(set: PlainSet, keep: (sentence: Sentence) => boolean): PlainSet {
  return { easy: set.easy.filter(keep), normal: set.normal.filter(keep) };
}

function areasOf(set: PlainSet, score: (sentence: Sentence) => number): Areas {
  return { auc: areaBy(set, score), sameLengthAuc: areaBy(only(set, isMiddleLength), score) };
}

function hitShares(set: PlainSet): PlainReport["rules"] {
  const hit = (sentences: readonly Sentence[]) =>
    sentences.map(({ text }) => new Set<PlainRuleId>(checkPlainText(text).map(({ rule }) => rule)));
  const [easy, normal] = [hit(set.easy), hit(set.normal)];
  const share = (found: readonly ReadonlySet<PlainRuleId>[], id: PlainRuleId) =>
    found.filter((rules) => rules.has(id)).length / Math.max(1, found.length);
  return Object.fromEntries(plainRules.map(({ id }) => [id, { easy: share(easy, id), normal: share(normal, id) }]));
}

/** Scores all sentences and counts the hits of every rule. */
export function measurePlain(set: PlainSet, weights: ScoreParts = scoreWeights): PlainReport {
  const scores = new Map([...set.easy, ...set.normal].map((sentence) => [sentence, hardness(sentence.text, weights)]));
  const score = (sentence: Sentence) => scores.get(sentence) ?? 0;
  return {
    easy: set.easy.length,
    normal: set.normal.length,
    ...areasOf(
      only(set, (sentence) => !isChosenOn(sentence)),
      score,
    ),
    chosenOn: areasOf(only(set, isChosenOn), score),
    all: areasOf(set, score),
    wordsPerSentenceAuc: areaBy(set, wordsOf),
    wienerAuc: areaBy(set, ({ text }) => readability(text).wiener),
    amstadAuc: areaBy(set, ({ text }) => -readability(text).amstad),
    rules: hitShares(set),
  };
}
