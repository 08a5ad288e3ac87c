import { z } from "zod";
import { AppError } from "../core/errors.ts";
import type { Scored } from "../core/understanding.ts";
import { createFeatureExtractor, type FeatureCounts, type FeatureExtractor, kindOfHash } from "./features.ts";

/** A trained linear model: one int8 row of `labels.length` weights a feature; score of a label = Σ value · weight · scale + bias. */
export interface LinearModel {
  readonly labels: readonly string[];
  /** Hashes of the features that the model knows, the most frequent first. */
  readonly hashes: Uint32Array;
  readonly inverseFrequency: Float32Array;
  readonly weights: Int8Array;
  /** One factor a feature that turns its int8 row back into weights. */
  readonly scales: Float32Array;
  readonly bias: Float32Array;
  /** Divides scores before the softmax so that probabilities mean what they say. */
  readonly temperature: number;
}

/** A text as the model sees it: feature rows with TF-IDF values of length 1. */
export interface Vector {
  readonly rows: Uint32Array;
  readonly values: Float32Array;
}

/** Finds rows of hashes by open addressing. */
export function createRowIndex(hashes: Uint32Array): (hash: number) => number {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, hashes.length * 2)));
  const mask = size - 1;
  const slots = new Int32Array(size).fill(-1);
  hashes.forEach((hash, row) => {
    let slot = hash & mask;
    while (slots[slot] !== -1) slot = (slot + 1) & mask;
    slots[slot] = row;
  });
  return (hash) => {
    let slot = hash & mask;
    for (;;) {
      const row = slots[slot] ?? -1;
      if (row === -1 || hashes[row] === hash) return row;
      slot = (slot + 1) & mask;
    }
  };
}

/** Length of each kind's part of a vector before the whole is scaled to 1, in the order of `featureKinds`; chosen on held-back writers. */
const kindLengths = [1.4, 1.2, 0.8, 0.8] as const;

/** TF-IDF with sublinear counts (1 + ln n), each kind of features scaled to its length and the whole to 1; features the model does not know are left out. */
export function vectorize({ hashes, counts }: FeatureCounts, rowOf: (hash: number) => number, inverseFrequency: Float32Array): Vector {
  const rows = new Uint32Array(hashes.length);
  const values = new Float32Array(hashes.length);
  const kinds = new Uint8Array(hashes.length);
  const squares = new Float64Array(kindLengths.length);
  let known = 0;
  for (let index = 0; index < hashes.length; index += 1) {
    const hash = hashes[index] ?? 0;
    const row = rowOf(hash);
    if (row < 0) continue;
    const count = counts[index] ?? 1;
    const value = (count === 1 ? 1 : 1 + Math.log(count)) * (inverseFrequency[row] ?? 0);
    const kind = kindOfHash(hash);
    rows[known] = row;
    values[known] = value;
    kinds[known] = kind;
    squares[kind] = (squares[kind] ?? 0) + value * value;
    known += 1;
  }
  const whole = Math.hypot(...kindLengths.filter((_, kind) => (squares[kind] ?? 0) > 0));
  const scales = kindLengths.map((length, kind) => length / (Math.sqrt(squares[kind] ?? 0) || 1) / (whole || 1));
  for (let index = 0; index < known; index += 1) values[index] = (values[index] ?? 0) * (scales[kinds[index] ?? 0] ?? 0);
  return { rows: rows.subarray(0, known), values: values.subarray(0, known) };
}

/** Turns scores into probabilities in place. */
export function softmax(scores: Float32Array, temperature: number): Float32Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let index = 0; index < scores.length; index += 1) {
    const power = Math.exp(((scores[index] ?? 0) - highest) / temperature);
    scores[index] = power;
    sum += power;
  }
  for (let index = 0; index < scores.length; index += 1) scores[index] = (scores[index] ?? 0) / sum;
  return scores;
}

/** Scores a text for each of a model's labels, in their order: about 1 for what it surely is, about -1 for what it surely is not. `extract` reads texts as in the model's training. */
export function createScorer(model: LinearModel, extract: FeatureExtractor = createFeatureExtractor()): (text: string) => Float32Array {
  const rowOf = createRowIndex(model.hashes);
  const width = model.labels.length;
  return (text) => {
    const { rows, values } = vectorize(extract(text), rowOf, model.inverseFrequency);
    const scores = Float32Array.from(model.bias);
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? 0;
      const value = (values[index] ?? 0) * (model.scales[row] ?? 0);
      for (let label = 0, at = row * width; label < width; label += 1, at += 1)
        scores[label] = (scores[label] ?? 0) + value * (model.weights[at] ?? 0);
    }
    return scores;
  };
}

/** Ranks a text's labels by a model: the whole ranking, best first, probabilities adding up to 1. `extract` as for `createScorer`. */
export function createClassifier(model: LinearModel, extract?: FeatureExtractor): (text: string) => readonly Scored[] {
  const scoreText = createScorer(model, extract);
  return (text) => {
    const shares = softmax(scoreText(text), model.temperature);
    return model.labels.map((id, index) => ({ id, score: shares[index] ?? 0 })).sort((a, b) => b.score - a.score);
  };
}

const Header = z.object({
  version: z.literal(3),
  labels: z.array(z.string()),
  features: z.number().int().nonnegative(),
  temperature: z.number().positive(),
});

/** One block of bytes: length of the header, JSON header, padding to 4, then the arrays. Little-endian, as every platform we run on. */
export function encodeModel(model: LinearModel): Uint8Array {
  const header = new TextEncoder().encode(
    JSON.stringify({
      version: 3,
      labels: model.labels,
      features: model.hashes.length,
      temperature: model.temperature,
    }),
  );
  const start = Math.ceil((4 + header.length) / 4) * 4;
  const parts = [model.hashes, model.inverseFrequency, model.scales, model.bias, model.weights];
  const bytes = new Uint8Array(start + parts.reduce((sum, part) => sum + part.byteLength, 0));
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  let at = start;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}

/** Reads what `encodeModel` wrote; throws MODEL_INVALID if it is cut short or of another version. */
export function decodeModel(encoded: Uint8Array): LinearModel {
  const bytes = new Uint8Array(encoded);
  try {
    const headerLength = new DataView(bytes.buffer).getUint32(0, true);
    const header = Header.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headerLength))));
    let at = Math.ceil((4 + headerLength) / 4) * 4;
    const take = (length: number) => {
      const from = at;
      at += length;
      return from;
    };
    const { features, labels } = header;
    const model = {
      labels,
      hashes: new Uint32Array(bytes.buffer, take(features * 4), features),
      inverseFrequency: new Float32Array(bytes.buffer, take(features * 4), features),
      scales: new Float32Array(bytes.buffer, take(features * 4), features),
      bias: new Float32Array(bytes.buffer, take(labels.length * 4), labels.length),
      weights: new Int8Array(bytes.buffer, take(features * labels.length), features * labels.length),
      temperature: header.temperature,
    };
    if (at !== bytes.length)
      throw new AppError("MODEL_INVALID", `A trained model has ${bytes.length} bytes where ${at} are due. Delete it to train anew.`);
    return model;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("MODEL_INVALID", "A trained model cannot be read. Delete it to train anew.", { cause: error });
  }
}
