/** 32-bit FNV-1a (Fowler, Noll, Vo) of a text's UTF-16 units, as a signed integer like PostgreSQL's. */
export function hashTerm(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}

/** How many different hashes of character n-grams there are, the highest being no hash but free for a mark. */
export const gramSpace = 1 << 16;

/** Hashes of a word's character n-grams, its ends marked; each below `gramSpace` - 1. */
export function gramsOf(word: string, size: number): Uint16Array {
  const padded = `_${word}_`;
  const grams = new Uint16Array(Math.max(0, padded.length - size + 1));
  for (let start = 0; start < grams.length; start += 1) {
    let hash = 0x811c9dc5;
    for (let index = start; index < start + size; index += 1) hash = Math.imul(hash ^ padded.charCodeAt(index), 0x01000193);
    grams[start] = Math.min(gramSpace - 2, (hash ^ (hash >>> 16)) & (gramSpace - 1));
  }
  return grams;
}
