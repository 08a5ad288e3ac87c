import { type ScorePart, type ScoreParts, scoreParts, scorePartsOf } from "../text/plain/score.ts";
import { isChosenOn, only, type PlainSet } from "./plain.ts";

interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

function scaleOf(values: readonly number[]): Scale {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

const steps = 2000;
const stepSize = 0.5;
const ridge = 0.003;

/**
 * Chooses weights on one part of the documents by logistic regression over standardised parts. No weight is below 0: a hit of a rule must never
 * make a text easier.
 */
export function fitPlainWeights(set: PlainSet): ScoreParts {
  const { easy, normal } = only(set, isChosenOn);
  const rows = [...easy.map((sentence) => ({ sentence, label: 0 })), ...normal.map((sentence) => ({ sentence, label: 1 }))].map(
    ({ sentence, label }) => ({ label, parts: scorePartsOf(sentence.text) }),
  );
  const scales = scoreParts.map((part) => scaleOf(rows.map(({ parts }) => parts[part])));
  const inputs = rows.map(({ parts }) =>
    scoreParts.map((part, at) => (parts[part] - (scales[at]?.mean ?? 0)) / (scales[at]?.deviation ?? 1)),
  );
  let weights = scoreParts.map(() => 0);
  let bias = 0;
  for (let step = 0; step < steps; step += 1) {
    const errors = inputs.map((input, row) => {
      const sum = input.reduce((total, value, at) => total + value * (weights[at] ?? 0), bias);
      return 1 / (1 + Math.exp(-sum)) - (rows[row]?.label ?? 0);
    });
    const gradient = (at: number) => errors.reduce((sum, error, row) => sum + error * (inputs[row]?.[at] ?? 0), 0) / rows.length;
    weights = weights.map((weight, at) => Math.max(0, weight - stepSize * (gradient(at) + ridge * weight)));
    bias -= (stepSize * errors.reduce((sum, error) => sum + error, 0)) / rows.length;
  }
  const onOwnScale = (at: number) => Number(((weights[at] ?? 0) / (scales[at]?.deviation ?? 1)).toPrecision(2));
  return Object.fromEntries(scoreParts.map((part, at) => [part, onOwnScale(at)])) as Record<ScorePart, number>;
}
