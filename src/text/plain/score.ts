import { checkPlainText, type PlainRuleId } from "./check.ts";
import { readability } from "./measures.ts";
import { readText } from "./read-text.ts";

/** Rules that the score counts: those that tell easy sentences from normal ones. */
const scoredRules = [
  "long-word",
  "passive",
  "genitive",
  "statements",
  "number-word",
  "subjunctive",
  "enumeration",
] as const satisfies readonly PlainRuleId[];

/** What the score weighs: formulas, words a sentence, and hits a sentence of single rules; each the higher the harder. */
export const scoreParts = ["wordsPerSentence", "wiener", "amstadJoined", ...scoredRules] as const;

export type ScorePart = (typeof scoreParts)[number];
export type ScoreParts = Readonly<Record<ScorePart, number>>;

/** Chosen by `npm run bench -- plain --fit` on one half of the documents; none is below 0, so that no hit makes a text easier. */
export const scoreWeights: ScoreParts = {
  wordsPerSentence: 0.51,
  wiener: 0.18,
  amstadJoined: 0.0019,
  "long-word": 1.2,
  passive: 0.7,
  genitive: 1.9,
  statements: 0.89,
  "number-word": 3.6,
  subjunctive: 0.26,
  enumeration: 0.095,
};

export function scorePartsOf(text: string): ScoreParts {
  const { running, sentences } = readText(text, []);
  const { wiener, amstadJoined } = readability(running);
  const count = Math.max(1, sentences.length);
  const hits = Map.groupBy(checkPlainText(text), ({ rule }) => rule);
  const perSentence = (rule: PlainRuleId) => (hits.get(rule)?.length ?? 0) / count;
  return {
    wordsPerSentence: sentences.reduce((sum, { words }) => sum + words.length, 0) / count,
    wiener,
    amstadJoined: -amstadJoined,
    "long-word": perSentence("long-word"),
    passive: perSentence("passive"),
    genitive: perSentence("genitive"),
    statements: perSentence("statements"),
    "number-word": perSentence("number-word"),
    subjunctive: perSentence("subjunctive"),
    enumeration: perSentence("enumeration"),
  };
}

/** How hard a German text is to read, by rules and formulas in one number: it orders texts and has no unit; the gate is another thing. */
export function hardness(text: string, weights: ScoreParts = scoreWeights): number {
  const parts = scorePartsOf(text);
  return scoreParts.reduce((sum, part) => sum + parts[part] * weights[part], 0);
}
