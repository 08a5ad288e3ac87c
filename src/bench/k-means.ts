/** A text's words by their place in the vocabulary; of length 1. */
export interface WordVector {
  readonly words: readonly number[];
  readonly weights: readonly number[];
}

/** The texts as TF-IDF over their words, as scikit-learn makes it by default: smoothed, of length 1. */
export function tfIdf(texts: readonly string[]): readonly WordVector[] {
  const split = texts.map((text) => text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []);
  const places = new Map<string, number>();
  const having: number[] = [];
  for (const words of split)
    for (const word of new Set(words)) {
      const place = places.get(word) ?? places.size;
      places.set(word, place);
      having[place] = (having[place] ?? 0) + 1;
    }
  return split.map((words) => {
    const counts = new Map<number, number>();
    for (const word of words) {
      const place = places.get(word) ?? 0;
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    const raw = [...counts].map(([place, count]) => count * (1 + Math.log((1 + texts.length) / (1 + (having[place] ?? 0)))));
    const length = Math.hypot(...raw) || 1;
    return { words: [...counts.keys()], weights: raw.map((weight) => weight / length) };
  });
}

/** The same numbers in every run. */
function createRandom(): () => number {
  let state = 42;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const starts = 4;
const mostRounds = 50;

interface Centre {
  readonly weights: Float64Array;
  square: number;
}

function distance({ words, weights }: WordVector, { weights: centre, square }: Centre): number {
  let product = 0;
  words.forEach((word, index) => {
    product += (weights[index] ?? 0) * (centre[word] ?? 0);
  });
  return Math.max(0, 1 + square - 2 * product);
}

function centreOf(members: readonly WordVector[], dimensions: number): Centre {
  const weights = new Float64Array(dimensions);
  for (const { words, weights: each } of members)
    words.forEach((word, index) => {
      weights[word] = (weights[word] ?? 0) + (each[index] ?? 0) / members.length;
    });
  return { weights, square: weights.reduce((sum, weight) => sum + weight * weight, 0) };
}

/** k-means++ (Arthur and Vassilvitskii 2007): each further centre is chosen the likelier the farther it is from the others. */
function chooseCentres(vectors: readonly WordVector[], k: number, dimensions: number, random: () => number): Centre[] {
  const centres: Centre[] = [];
  const nearest = vectors.map(() => Number.POSITIVE_INFINITY);
  let chosen = Math.floor(random() * vectors.length);
  while (centres.length < k) {
    const centre = centreOf(vectors.slice(chosen, chosen + 1), dimensions);
    centres.push(centre);
    let sum = 0;
    vectors.forEach((vector, index) => {
      nearest[index] = Math.min(nearest[index] ?? 0, distance(vector, centre));
      sum += nearest[index] ?? 0;
    });
    let left = random() * sum;
    chosen = nearest.findIndex((each) => {
      left -= each;
      return left <= 0;
    });
    if (chosen < 0) chosen = vectors.length - 1;
  }
  return centres;
}

function nearestOf(vector: WordVector, centres: readonly Centre[]): { readonly centre: number; readonly distance: number } {
  let best = { centre: 0, distance: Number.POSITIVE_INFINITY };
  centres.forEach((centre, index) => {
    const far = distance(vector, centre);
    if (far < best.distance) best = { centre: index, distance: far };
  });
  return best;
}

/** The cluster of each vector, by k-means with the best of some starts. */
export function kMeans(vectors: readonly WordVector[], k: number): readonly number[] {
  const random = createRandom();
  const dimensions = vectors.reduce((most, { words }) => words.reduce((max, word) => Math.max(max, word + 1), most), 0);
  let best: { readonly found: readonly number[]; readonly inertia: number } = { found: [], inertia: Number.POSITIVE_INFINITY };
  for (let start = 0; start < starts; start += 1) {
    let centres = chooseCentres(vectors, k, dimensions, random);
    let found: readonly number[] = [];
    for (let round = 0; round < mostRounds; round += 1) {
      const nearest = vectors.map((vector) => nearestOf(vector, centres));
      const now = nearest.map(({ centre }) => centre);
      const inertia = nearest.reduce((sum, each) => sum + each.distance, 0);
      const settled = now.every((centre, index) => centre === found[index]);
      found = now;
      if (settled || round === mostRounds - 1) {
        if (inertia < best.inertia) best = { found, inertia };
        break;
      }
      centres = centres.map((centre, index) => {
        const members = vectors.filter((_, at) => now[at] === index);
        return members.length === 0 ? centre : centreOf(members, dimensions);
      });
    }
  }
  return best.found;
}
