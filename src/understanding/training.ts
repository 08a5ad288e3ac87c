import type { LinearModel, Vector } from "./classifier.ts";
import { createRowIndex, softmax, vectorize } from "./classifier.ts";
import { extractFeatures, type FeatureCounts } from "./features.ts";

/** One sentence with its label. */
export interface Example {
  readonly text: string;
  readonly label: string;
}

/** How a model is trained; the defaults were chosen by cross-validation on the shipped example questions. */
export interface TrainingOptions {
  readonly epochs?: number;
  readonly rate?: number;
  /** Weight of the class centroids that training starts from. */
  readonly centroid?: number;
  /** Features in fewer examples than this are left out. */
  readonly leastExamples?: number;
  readonly onEpoch?: (done: number, all: number) => void;
}

type Settings = Required<Omit<TrainingOptions, "onEpoch">>;

const defaults: Settings = { epochs: 2, rate: 2, centroid: 20, leastExamples: 2 };

/** Labels whose gradient is smaller are not touched in a step: they would cost time and change nothing. */
const leastGradient = 0.003;
const firstSlots = 2 ** 16;
const lastRate = 0.1;
const biasRate = 0.01;

interface Vocabulary {
  readonly hashes: Uint32Array;
  readonly inverseFrequency: Float32Array;
}

/** Counts hashes by open addressing: a Map of half a million numbers takes five times as long. */
function createCounter(): { add(hash: number): void; entries(least: number): (readonly [hash: number, count: number])[] } {
  let keys = new Uint32Array(firstSlots);
  let counts = new Uint32Array(firstSlots);
  let used = 0;

  function put(hash: number, count: number): void {
    const mask = keys.length - 1;
    let slot = hash & mask;
    while (counts[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & mask;
    if (counts[slot] === 0) used += 1;
    keys[slot] = hash;
    counts[slot] = (counts[slot] ?? 0) + count;
  }

  function grow(): void {
    const [oldKeys, oldCounts] = [keys, counts];
    keys = new Uint32Array(2 * oldKeys.length);
    counts = new Uint32Array(2 * oldKeys.length);
    used = 0;
    oldCounts.forEach((count, slot) => {
      if (count > 0) put(oldKeys[slot] ?? 0, count);
    });
  }

  return {
    add: (hash) => {
      if (2 * used > keys.length) grow();
      put(hash, 1);
    },
    entries: (least) => {
      const found: (readonly [number, number])[] = [];
      counts.forEach((count, slot) => {
        if (count >= least) found.push([keys[slot] ?? 0, count]);
      });
      return found;
    },
  };
}

function collectVocabulary(texts: readonly FeatureCounts[], leastExamples: number): Vocabulary {
  const counter = createCounter();
  for (const { hashes } of texts) for (const hash of hashes) counter.add(hash);
  // The most frequent first: their rows lie together, which keeps training in the processor's cache.
  const kept = counter.entries(leastExamples).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return {
    hashes: Uint32Array.from(kept, ([hash]) => hash),
    inverseFrequency: Float32Array.from(kept, ([, count]) => 1 + Math.log((1 + texts.length) / (1 + count))),
  };
}

/** A repeatable sequence in 0 to 1 (mulberry32), so that the same content trains the same model. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
}

interface Weights {
  readonly width: number;
  readonly rows: Float32Array;
  /** Sum of squared gradients of a feature's row (AdaGrad, Duchi et al. 2011). */
  readonly squares: Float32Array;
  readonly bias: Float32Array;
}

function startFromCentroids(vectors: readonly Vector[], targets: Uint32Array, width: number, features: number, factor: number): Weights {
  const rows = new Float32Array(features * width);
  const sizes = new Float32Array(width);
  for (const target of targets) sizes[target] = (sizes[target] ?? 0) + 1;
  vectors.forEach((vector, example) => {
    const target = targets[example] ?? 0;
    const weight = factor / (sizes[target] ?? 1);
    for (let index = 0; index < vector.rows.length; index += 1) {
      const at = (vector.rows[index] ?? 0) * width + target;
      rows[at] = (rows[at] ?? 0) + weight * (vector.values[index] ?? 0);
    }
  });
  return { width, rows, squares: new Float32Array(features), bias: new Float32Array(width) };
}

function score(vector: Vector, { width, rows, bias }: Weights, scores: Float32Array): void {
  scores.set(bias);
  for (let index = 0; index < vector.rows.length; index += 1) {
    const value = vector.values[index] ?? 0;
    const at = (vector.rows[index] ?? 0) * width;
    for (let label = 0; label < width; label += 1) scores[label] = (scores[label] ?? 0) + value * (rows[at + label] ?? 0);
  }
}

function step(vector: Vector, gradient: Float32Array, { width, rows, squares, bias }: Weights, rate: number): void {
  const active: number[] = [];
  let norm = 0;
  for (let label = 0; label < width; label += 1) {
    const slope = gradient[label] ?? 0;
    if (Math.abs(slope) <= leastGradient) continue;
    active.push(label);
    norm += slope * slope;
  }
  for (let index = 0; index < vector.rows.length; index += 1) {
    const row = vector.rows[index] ?? 0;
    const value = vector.values[index] ?? 0;
    const sum = (squares[row] ?? 0) + value * value * norm;
    squares[row] = sum;
    const pace = (rate * value) / Math.sqrt(sum + 1e-8);
    for (const label of active) {
      const at = row * width + label;
      rows[at] = (rows[at] ?? 0) - pace * (gradient[label] ?? 0);
    }
  }
  for (const label of active) bias[label] = (bias[label] ?? 0) - biasRate * rate * (gradient[label] ?? 0);
}

function descend(
  vectors: readonly Vector[],
  targets: Uint32Array,
  weights: Weights,
  settings: Settings,
  onEpoch: TrainingOptions["onEpoch"],
): void {
  const order = Uint32Array.from(vectors.keys());
  const random = createRandom(7);
  const scores = new Float32Array(weights.width);
  const steps = settings.epochs * order.length;
  let done = 0;
  for (let epoch = 0; epoch < settings.epochs; epoch += 1) {
    shuffle(order, random);
    for (const example of order) {
      const vector = vectors[example];
      const target = targets[example];
      if (vector === undefined || target === undefined) continue;
      score(vector, weights, scores);
      softmax(scores, 1);
      scores[target] = (scores[target] ?? 0) - 1;
      step(vector, scores, weights, settings.rate * (1 - (done / steps) * (1 - lastRate)));
      done += 1;
    }
    onEpoch?.(epoch + 1, settings.epochs);
  }
}

function quantize({ rows, width }: Weights): { readonly weights: Int8Array; readonly scales: Float32Array } {
  const weights = new Int8Array(rows.length);
  const scales = new Float32Array(rows.length / width);
  for (let row = 0; row < scales.length; row += 1) {
    let largest = 0;
    for (let at = row * width; at < (row + 1) * width; at += 1) largest = Math.max(largest, Math.abs(rows[at] ?? 0));
    const scale = largest / 127 || 1;
    scales[row] = scale;
    for (let at = row * width; at < (row + 1) * width; at += 1) weights[at] = Math.round((rows[at] ?? 0) / scale);
  }
  return { weights, scales };
}

/** Trains softmax regression over TF-IDF n-grams, from class centroids, by AdaGrad; deterministic for the same examples in the same order. */
export function trainModel(examples: readonly Example[], options: TrainingOptions = {}): LinearModel {
  const { onEpoch, ...given } = options;
  const settings = { ...defaults, ...given };
  const labels = [...new Set(examples.map((example) => example.label))].sort();
  const positions = new Map(labels.map((label, index) => [label, index]));
  const texts = examples.map((example) => extractFeatures(example.text));
  const { hashes, inverseFrequency } = collectVocabulary(texts, settings.leastExamples);
  const rowOf = createRowIndex(hashes);
  const vectors = texts.map((text) => vectorize(text, rowOf, inverseFrequency));
  const targets = Uint32Array.from(examples, (example) => positions.get(example.label) ?? 0);
  const weights = startFromCentroids(vectors, targets, labels.length, hashes.length, settings.centroid);
  descend(vectors, targets, weights, settings, onEpoch);
  return { labels, hashes, inverseFrequency, ...quantize(weights), bias: weights.bias, temperature: 1 };
}
