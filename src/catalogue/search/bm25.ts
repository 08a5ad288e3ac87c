/** BM25's saturation of repeated words, and its influence of length: in whole documents, and in titles and passages. */
const saturation = 1.2;
export const documentLength = 0.7;
export const shortLength = 0.55;

/** Rarity of a term that `count` of all documents hold: BM25's idf (Robertson and Zaragoza 2009). */
export function rarityOf(count: number, documents: number): number {
  return Math.log(1 + (documents - count + 0.5) / (count + 0.5));
}

/** BM25's gain of a word that stands `count` times in a text of `length`, `mean` being the mean length; 0 to 2.2. */
export function gainOf(count: number, length: number, mean: number, influence: number): number {
  if (count === 0) return 0;
  return (count * (saturation + 1)) / (count + saturation * (1 - influence + (influence * length) / Math.max(1, mean)));
}

/** The rarity of each of many counts. */
export function raritiesOf(counts: Uint32Array, documents: number): Float32Array {
  return Float32Array.from(counts, (count) => rarityOf(count, documents));
}
