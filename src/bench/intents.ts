import { z } from "zod";
import { createScorer, encodeModel, type LinearModel } from "../understanding/classifier.ts";
import { type Example, type TrainingOptions, trainModel } from "../understanding/training.ts";
import { percentile } from "./percentile.ts";
import { readLines } from "./read-lines.ts";

const Line = z.object({ text: z.string(), intent: z.string() });

/** The label of what no intent is for. */
const outOfScope = "oos";

/** Small sets have few words twice. */
const fewExamples = 1000;
const folds = 5;
/** Short requests in one language: chosen on valid of CLINC150 and by cross-validation on the other training sets. */
const rarityOfRequests = 0.5;
/** In-scope accuracy that may be paid for refusing what is out of scope. */
const priceOfRefusing = 0.02;
/** How much the score of "out of scope" may count against the best intent's: the best on valid sets is taken, the middle one without. */
const outOfScopeShares = [0, 0.5, 1] as const;
const usualShare = 0.5;

/** The sets of one measurement; only `train` and `test` must be there. */
export interface IntentSets {
  readonly train: readonly Example[];
  readonly test: readonly Example[];
  readonly valid: readonly Example[];
  readonly oosTrain: readonly Example[];
  readonly oosValid: readonly Example[];
  readonly oosTest: readonly Example[];
}

/** What `bench -- intents` prints; rates 0 to 1, null where the sets for it were not given. */
export interface IntentReport {
  readonly accuracy: number;
  readonly inScopeAccuracy: number | null;
  readonly oosRecall: number | null;
  readonly auroc: number | null;
  readonly threshold: number | null;
  readonly trainSeconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly megabytes: number;
}

/** Reads a file of {text,intent} lines, [] for no file; throws USAGE with the line that does not fit. */
export async function readExamples(path: string | undefined): Promise<readonly Example[]> {
  if (path === undefined) return [];
  const lines = await readLines(path, Line, "a sentence {text,intent}");
  return lines.map(({ text, intent }) => ({ text, label: intent }));
}

interface Guess {
  readonly label: string;
  readonly confidence: number;
}

/** The best intent, and how sure it is that the text is in scope at all. */
function createGuesser(model: LinearModel, outOfScopeShare: number = usualShare): (text: string) => Guess {
  const scoreText = createScorer(model);
  const outside = model.labels.indexOf(outOfScope);
  return (text) => {
    const scores = scoreText(text);
    let best = outside === 0 ? 1 : 0;
    scores.forEach((score, label) => {
      if (label !== outside && score > (scores[best] ?? 0)) best = label;
    });
    const against = outside < 0 ? 0 : outOfScopeShare * (scores[outside] ?? 0);
    return { label: model.labels[best] ?? "", confidence: (scores[best] ?? 0) - against };
  };
}

interface Judged extends Guess {
  readonly right: boolean;
}

function judge(guess: (text: string) => Guess, examples: readonly Example[]): readonly Judged[] {
  return examples.map(({ text, label }) => {
    const guessed = guess(text);
    return { ...guessed, right: guessed.label === label };
  });
}

function share<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.filter(holds).length / Math.max(1, items.length);
}

function optionsFor(examples: readonly Example[]): TrainingOptions {
  return { rarityPower: rarityOfRequests, ...(examples.length < fewExamples ? { leastExamples: 1 } : {}) };
}

/** Judges every example of a set by a model that was trained on the other folds. */
function crossValidate(examples: readonly Example[]): readonly Judged[] {
  const inFold = (fold: number) => (_: Example, index: number) => index % folds === fold;
  return Array.from({ length: folds }, (_, fold) => {
    const rest = examples.filter((each, index) => !inFold(fold)(each, index));
    return judge(createGuesser(trainModel(rest, optionsFor(rest))), examples.filter(inFold(fold)));
  }).flat();
}

/** The highest threshold that costs the known intents no more than `priceOfRefusing`. */
function chooseThreshold(judged: readonly Judged[]): number {
  const kept = share(judged, ({ right }) => right) - priceOfRefusing;
  const confidences = judged.flatMap(({ right, confidence }) => (right ? [confidence] : [])).sort((a, b) => b - a);
  return confidences[Math.max(0, Math.ceil(kept * judged.length) - 1)] ?? Number.NEGATIVE_INFINITY;
}

/** Chance that something in scope is surer than something out of scope. */
function areaUnderCurve(inside: readonly Judged[], outside: readonly Judged[]): number {
  let won = 0;
  for (const { confidence } of inside)
    for (const other of outside) won += confidence > other.confidence ? 1 : confidence === other.confidence ? 0.5 : 0;
  return won / Math.max(1, inside.length * outside.length);
}

function timeAnswers(guess: (text: string) => Guess, examples: readonly Example[]): readonly number[] {
  const times = examples.map(({ text }) => {
    const started = performance.now();
    guess(text);
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b);
}

/** The share that refuses most of what is out of scope for the same price, on sentences of both kinds; the usual one unless another is better by more than a standard error. */
function chooseShare(model: LinearModel, { valid, oosValid }: Pick<IntentSets, "valid" | "oosValid">): number {
  if (valid.length === 0 || oosValid.length === 0) return usualShare;
  const rated = outOfScopeShares.map((weight) => {
    const guess = createGuesser(model, weight);
    const threshold = chooseThreshold(judge(guess, valid));
    return { weight, refused: share(judge(guess, oosValid), ({ confidence }) => confidence < threshold) };
  });
  const best = rated.reduce((first, each) => (each.refused > first.refused ? each : first));
  const usual = rated.find(({ weight }) => weight === usualShare)?.refused ?? 0;
  return best.refused - usual > Math.sqrt((usual * (1 - usual)) / oosValid.length) ? best.weight : usualShare;
}

/** Trains the recogniser on `train`, chooses its threshold on `valid` (by cross-validation on `train` without one) and measures it on `test`. */
export function measureIntents(sets: IntentSets, onEpoch: (done: number, all: number) => void): IntentReport {
  const train = [...sets.train, ...sets.oosTrain];
  const started = performance.now();
  const model = trainModel(train, { ...optionsFor(train), onEpoch });
  const trainSeconds = (performance.now() - started) / 1000;
  const guess = createGuesser(model, chooseShare(model, sets));
  const tested = judge(guess, sets.test);
  const times = timeAnswers(guess, sets.test);
  const refusing = sets.oosTest.length > 0;
  const threshold = refusing ? chooseThreshold(sets.valid.length > 0 ? judge(guess, sets.valid) : crossValidate(sets.train)) : undefined;
  const outside = judge(guess, sets.oosTest);
  return {
    accuracy: share(tested, ({ right }) => right),
    inScopeAccuracy: threshold === undefined ? null : share(tested, ({ right, confidence }) => right && confidence >= threshold),
    oosRecall: threshold === undefined ? null : share(outside, ({ confidence }) => confidence < threshold),
    auroc: refusing ? areaUnderCurve(tested, outside) : null,
    threshold: threshold ?? null,
    trainSeconds,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    megabytes: encodeModel(model).length / 1e6,
  };
}
