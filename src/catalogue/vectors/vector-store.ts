import { and, eq, inArray, ne, or } from "drizzle-orm";
import { AppError } from "../../core/errors.ts";
import type { Database } from "../../database/database.ts";
import { vectors as table } from "../../database/schema.ts";

/** A vector with the hash of the text that it was made from. */
export interface StoredVector {
  readonly hash: string;
  readonly vector: Float32Array;
}

/** Whose vectors are meant: those of other models are in the same table. */
export interface VectorModel {
  readonly key: string;
  readonly dimensions: number;
}

const rowsAtOnce = 500;

const ofModel = ({ key, dimensions }: VectorModel) => and(eq(table.model, key), eq(table.dimensions, dimensions));

/** Little-endian float32, whatever the machine. */
function encode(vector: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * vector.length));
  for (const [index, value] of vector.entries()) view.setFloat32(4 * index, value, true);
  return new Uint8Array(view.buffer);
}

/** Reads what was stored; throws DATABASE_FAILED where it is not of that many dimensions. */
export function decodeVector(bytes: Uint8Array, dimensions: number): Float32Array {
  if (bytes.byteLength !== 4 * dimensions)
    throw new AppError(
      "DATABASE_FAILED",
      `A vector in the table vectors has ${bytes.byteLength} bytes where ${4 * dimensions} are due. Empty the table; it is filled again.`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: dimensions }, (_, index) => view.getFloat32(4 * index, true));
}

function* batches<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let from = 0; from < items.length; from += rowsAtOnce) yield items.slice(from, from + rowsAtOnce);
}

/** Of these hashes, those that have no vector of this model yet. */
export async function findMissing(db: Database, model: VectorModel, hashes: readonly string[]): Promise<readonly string[]> {
  const known = new Set<string>();
  for (const batch of batches(hashes)) {
    const rows = await db
      .select({ hash: table.textHash })
      .from(table)
      .where(and(ofModel(model), inArray(table.textHash, batch)));
    for (const { hash } of rows) known.add(hash);
  }
  return hashes.filter((hash) => !known.has(hash));
}

/** Keeps vectors; one that another process has just made stays. */
export async function saveVectors(db: Database, { key, dimensions }: VectorModel, made: readonly StoredVector[]): Promise<void> {
  for (const batch of batches(made))
    await db
      .insert(table)
      .values(batch.map(({ hash, vector }) => ({ model: key, textHash: hash, dimensions, vector: encode(vector) })))
      .onConflictDoNothing();
}

/** The vectors of these hashes, a few hundred at a time, in no order. */
export async function* readVectors(db: Database, model: VectorModel, hashes: readonly string[]): AsyncGenerator<readonly StoredVector[]> {
  for (const batch of batches(hashes)) {
    const rows = await db
      .select({ hash: table.textHash, vector: table.vector })
      .from(table)
      .where(and(ofModel(model), inArray(table.textHash, batch)));
    yield rows.map(({ hash, vector }) => ({ hash, vector: decodeVector(vector, model.dimensions) }));
  }
}

/** Drops the vectors of every other model. */
export async function dropOtherModels(db: Database, { key, dimensions }: VectorModel): Promise<void> {
  await db.delete(table).where(or(ne(table.model, key), ne(table.dimensions, dimensions)));
}

/** Drops the vectors of texts that are gone. */
export async function pruneVectors(db: Database, model: VectorModel, hashes: ReadonlySet<string>): Promise<void> {
  const rows = await db.select({ hash: table.textHash }).from(table).where(ofModel(model));
  const gone = rows.flatMap(({ hash }) => (hashes.has(hash) ? [] : [hash]));
  for (const batch of batches(gone)) await db.delete(table).where(and(ofModel(model), inArray(table.textHash, batch)));
}
