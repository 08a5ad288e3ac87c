import { createRowIndex, type LinearModel, type Vector, vectorize } from "./classifier.ts";
import { createFeatureExtractor, type FeatureCounts, type FeatureExtractor, hashLimit } from "./features.ts";

/** One sentence with its label. */
export interface Example {
  readonly text: string;
  readonly label: string;
}

/** How a model is trained; the defaults were chosen by cross-validation on the shipped example questions. */
export interface TrainingOptions {
  /** Passes over the examples; fewer for larger sets if not given. */
  readonly epochs?: number;
  /** Cost of an example on the wrong side, C of the support vector machine. */
  readonly cost?: number;
  /** How many times as much an example counts for its own label as against another: there are many others. */
  readonly ownWeight?: number;
  /** How much rare features weigh above frequent ones, a power of the inverse frequency: 1 suits long questions in many languages, less suits short ones in one. */
  readonly rarityPower?: number;
  /** Features in fewer examples than this are left out. */
  readonly leastExamples?: number;
  /** Divides scores before the softmax; see `LinearModel`. */
  readonly temperature?: number;
  /** Every process of a database reads its models from there: a larger one loses the features that weigh least for every label. */
  readonly mostBytes?: number;
  /** Reads the examples; one without concepts if not given. */
  readonly extract?: FeatureExtractor;
  readonly onEpoch?: (done: number, all: number) => void;
}

type Settings = Required<Omit<TrainingOptions, "onEpoch" | "extract">>;

const defaults = { cost: 1, ownWeight: 6, rarityPower: 1, leastExamples: 2, temperature: 0.2, mostBytes: 14e6 } as const;

/** Examples that are looked at in all: small sets need more passes until nothing changes any more, large ones only cost time. */
const looks = 120_000;
const [fewestEpochs, mostEpochs] = [3, 12];

function epochsFor(examples: number): number {
  return Math.min(mostEpochs, Math.max(fewestEpochs, Math.round(looks / Math.max(1, examples))));
}

/** Dual variables that would change by less stay: they would cost time and change nothing. */
const leastChange = 0.001;

interface Vocabulary {
  readonly hashes: Uint32Array;
  readonly inverseFrequency: Float32Array;
}

function collectVocabulary(
  texts: readonly FeatureCounts[],
  { leastExamples, rarityPower }: Pick<Settings, "leastExamples" | "rarityPower">,
): Vocabulary {
  const counts = new Uint32Array(hashLimit);
  for (const { hashes } of texts) for (const hash of hashes) counts[hash] = (counts[hash] ?? 0) + 1;
  const kept: number[] = [];
  counts.forEach((count, hash) => {
    if (count >= leastExamples) kept.push(hash);
  });
  // The most frequent first: their rows lie together, which keeps training in the processor's cache.
  kept.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  return {
    hashes: Uint32Array.from(kept),
    inverseFrequency: Float32Array.from(kept, (hash) => (1 + Math.log((1 + texts.length) / (1 + (counts[hash] ?? 0)))) ** rarityPower),
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
  readonly bias: Float32Array;
}

/** Four features at once: each pass over the scores costs as much as a feature's own sum. */
function score({ rows: features, values }: Vector, { width, rows, bias }: Weights, scores: Float32Array): void {
  scores.set(bias);
  for (let index = 0; index < features.length; index += 4) {
    const [a, b, c, d] = [features[index] ?? 0, features[index + 1] ?? 0, features[index + 2] ?? 0, features[index + 3] ?? 0];
    const [va, vb, vc, vd] = [values[index] ?? 0, values[index + 1] ?? 0, values[index + 2] ?? 0, values[index + 3] ?? 0];
    const [ra, rb, rc, rd] = [a * width, b * width, c * width, d * width];
    for (let label = 0; label < width; label += 1)
      scores[label] =
        (scores[label] ?? 0) +
        va * (rows[ra + label] ?? 0) +
        vb * (rows[rb + label] ?? 0) +
        vc * (rows[rc + label] ?? 0) +
        vd * (rows[rd + label] ?? 0);
  }
}

/** Labels whose weights an example changes, and by how much: the first `used` of each list. */
interface Changes {
  readonly labels: Uint32Array;
  readonly amounts: Float32Array;
  used: number;
}

function applyChanges(vector: Vector, { labels, amounts, used }: Changes, { width, rows, bias }: Weights): void {
  for (let index = 0; index < vector.rows.length; index += 1) {
    const value = vector.values[index] ?? 0;
    const row = (vector.rows[index] ?? 0) * width;
    for (let change = 0; change < used; change += 1) {
      const at = row + (labels[change] ?? 0);
      rows[at] = (rows[at] ?? 0) + (amounts[change] ?? 0) * value;
    }
  }
  for (let change = 0; change < used; change += 1) {
    const label = labels[change] ?? 0;
    bias[label] = (bias[label] ?? 0) + (amounts[change] ?? 0);
  }
}

/** A vector has length 1, and the bias counts as one feature more. */
const squaredLength = 2;

/** One support vector machine a label, by dual coordinate descent on the squared hinge loss (Hsieh et al. 2008), all labels of an example at once. */
function descend(
  vectors: readonly Vector[],
  targets: Uint32Array,
  weights: Weights,
  settings: Settings,
  onEpoch: TrainingOptions["onEpoch"],
): void {
  const { width } = weights;
  const order = Uint32Array.from(vectors.keys());
  const random = createRandom(7);
  const scores = new Float32Array(width);
  const duals = new Float32Array(vectors.length * width);
  const changes: Changes = { labels: new Uint32Array(width), amounts: new Float32Array(width), used: 0 };
  const softness = { own: 0.5 / (settings.cost * settings.ownWeight), other: 0.5 / settings.cost };

  function collectChanges(example: number, target: number): void {
    changes.used = 0;
    for (let label = 0; label < width; label += 1) {
      const side = label === target ? 1 : -1;
      const soft = label === target ? softness.own : softness.other;
      const at = example * width + label;
      const dual = duals[at] ?? 0;
      const slope = side * (scores[label] ?? 0) - 1 + soft * dual;
      if (dual === 0 && slope >= 0) continue;
      const change = Math.max(dual - slope / (squaredLength + soft), 0) - dual;
      if (Math.abs(change) < leastChange) continue;
      duals[at] = dual + change;
      changes.labels[changes.used] = label;
      changes.amounts[changes.used] = change * side;
      changes.used += 1;
    }
  }

  for (let epoch = 0; epoch < settings.epochs; epoch += 1) {
    shuffle(order, random);
    for (const example of order) {
      const vector = vectors[example];
      if (vector === undefined) continue;
      score(vector, weights, scores);
      collectChanges(example, targets[example] ?? 0);
      if (changes.used > 0) applyChanges(vector, changes, weights);
    }
    onEpoch?.(epoch + 1, settings.epochs);
  }
}

/** Hash, inverse frequency and factor of a feature, beside a byte a label. */
const bytesOfFeature = 12;

function largestOf({ rows, width }: Weights, row: number): number {
  let largest = 0;
  for (let at = row * width; at < (row + 1) * width; at += 1) largest = Math.max(largest, Math.abs(rows[at] ?? 0));
  return largest;
}

/** The weight that a feature must have for the model to keep its size. */
function leastWeight(largest: Float32Array, width: number, mostBytes: number): number {
  const places = Math.floor(mostBytes / (width + bytesOfFeature));
  return largest.length <= places ? 0 : (largest.toSorted()[largest.length - places] ?? 0);
}

/** Each row as int8 with a factor of its own, without the lightest ones where there are too many. */
function quantize(
  trained: Weights,
  { hashes, inverseFrequency }: Vocabulary,
  mostBytes: number,
): Pick<LinearModel, "weights" | "scales" | "hashes" | "inverseFrequency"> {
  const { rows, width } = trained;
  const largest = Float32Array.from(hashes, (_, row) => largestOf(trained, row));
  const least = leastWeight(largest, width, mostBytes);
  const kept = Uint32Array.from([...hashes.keys()].filter((row) => (largest[row] ?? 0) >= least));
  const weights = new Int8Array(kept.length * width);
  const scales = Float32Array.from(kept, (row) => (largest[row] ?? 0) / 127 || 1);
  kept.forEach((row, index) => {
    const scale = scales[index] ?? 1;
    for (let label = 0; label < width; label += 1) weights[index * width + label] = Math.round((rows[row * width + label] ?? 0) / scale);
  });
  return {
    weights,
    scales,
    hashes: kept.map((row) => hashes[row] ?? 0),
    inverseFrequency: Float32Array.from(kept, (row) => inverseFrequency[row] ?? 0),
  };
}

/** Trains linear support vector machines over TF-IDF n-grams and concepts; deterministic for the same examples in the same order. */
export function trainModel(examples: readonly Example[], options: TrainingOptions = {}): LinearModel {
  const { onEpoch, extract = createFeatureExtractor({ remember: true }), ...given } = options;
  const settings = { epochs: epochsFor(examples.length), ...defaults, ...given };
  const labels = [...new Set(examples.map((example) => example.label))].sort();
  const positions = new Map(labels.map((label, index) => [label, index]));
  const texts = examples.map((example) => extract(example.text));
  const vocabulary = collectVocabulary(texts, settings);
  const { hashes, inverseFrequency } = vocabulary;
  const rowOf = createRowIndex(hashes);
  const vectors = texts.map((text) => vectorize(text, rowOf, inverseFrequency));
  const targets = Uint32Array.from(examples, (example) => positions.get(example.label) ?? 0);
  const weights = { width: labels.length, rows: new Float32Array(hashes.length * labels.length), bias: new Float32Array(labels.length) };
  descend(vectors, targets, weights, settings, onEpoch);
  return {
    labels,
    ...quantize(weights, vocabulary, settings.mostBytes),
    bias: weights.bias,
    temperature: settings.temperature,
  };
}
