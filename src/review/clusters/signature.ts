/** Bytes of a signature: each tells on which side of eight planes a vector lies. */
const tables = 64;
const planesOfTable = 8;

/** Mulberry32: the same planes in every process and for ever. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const planeSeed = 0x57ad;
let planes: { readonly dimensions: number; readonly normals: Float32Array } | undefined;

function planesFor(dimensions: number): Float32Array {
  if (planes?.dimensions === dimensions) return planes.normals;
  const random = createRandom(planeSeed);
  // The sum of a few even numbers is as good as a normal one here.
  const normals = Float32Array.from({ length: tables * planesOfTable * dimensions }, () => random() + random() + random() + random() - 2);
  planes = { dimensions, normals };
  return normals;
}

/**
 * What is kept of a vector: 64 bytes, of which two vectors share the more the smaller the angle between them (random hyperplanes, Charikar 2002). The text cannot be made
 * from it, and an index of words can hold it.
 */
export function signatureOf(vector: Float32Array): Uint8Array {
  const normals = planesFor(vector.length);
  const signature = new Uint8Array(tables);
  for (let plane = 0; plane < tables * planesOfTable; plane += 1) {
    let side = 0;
    const start = plane * vector.length;
    for (let index = 0; index < vector.length; index += 1) side += (vector[index] ?? 0) * (normals[start + index] ?? 0);
    const table = Math.floor(plane / planesOfTable);
    if (side > 0) signature[table] = (signature[table] ?? 0) | (1 << (plane % planesOfTable));
  }
  return signature;
}
