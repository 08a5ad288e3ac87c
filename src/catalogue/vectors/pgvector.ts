import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, databaseCode, guarded, rowsOf } from "../../database/database.ts";
import type { Passages } from "./passages.ts";
import { bestOfEach, type VectorHit, type VectorIndex } from "./vector-index.ts";
import { decodeVector, type VectorModel } from "./vector-store.ts";

/** What an index of type vector takes (pgvector's README). */
const mostDimensions = 2000;
/** Candidates that HNSW keeps while it walks; at least as many as are asked for. */
const leastSearched = 100;
const mostSearched = 1000;
const rowsAtOnce = 200;
const insufficientPrivilege = "42501";

/** Whether the extension can be used here, or why not. */
export type PgvectorState = { readonly kind: "ready" } | { readonly kind: "absent" } | { readonly kind: "unfit"; readonly reason: string };

const Stored = z.object({ text_hash: z.string(), vector: z.instanceof(Uint8Array) });
/** The cosine of a vector that is all 0 is not a number. */
const Near = z.object({ text_hash: z.string(), similarity: z.number().or(z.nan()) });

const literal = (text: string): SQL => sql.raw(`'${text.replaceAll("'", "''")}'`);
const typeOf = ({ dimensions }: VectorModel): SQL => sql.raw(`vector(${Math.trunc(dimensions)})`);
const textOf = (vector: Float32Array) => `[${vector.join(",")}]`;
const textsOf = (values: readonly string[]): SQL => sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`;

/** This model's rows, in words that do not change with the values: the planner must see that the index is of them. */
const rowsOfModel = ({ key, dimensions }: VectorModel): SQL =>
  sql`model = ${literal(key)} and dimensions = ${sql.raw(String(Math.trunc(dimensions)))}`;

/** A name of its own for each model: what is indexed has one number of dimensions. */
function indexName({ key, dimensions }: VectorModel): SQL {
  const hash = createHash("sha256").update(`${key}\0${dimensions}`).digest("hex").slice(0, 16);
  return sql.raw(`vectors_hnsw_${hash}`);
}

/**
 * Creates the extension where the server has it, the column `embedding` and this model's HNSW index (cosine). Nothing is done where it is not there; a right that is
 * missing is told, not thrown.
 */
export async function preparePgvector(db: Database, model: VectorModel): Promise<PgvectorState> {
  const rows = await db.execute(sql`select 1 from pg_available_extensions where name = 'vector'`);
  if (rowsOf(rows).length === 0) return { kind: "absent" };
  if (model.dimensions > mostDimensions)
    return { kind: "unfit", reason: `it indexes ${mostDimensions} dimensions at most, the model has ${model.dimensions}` };
  try {
    await db.transaction(async (transaction) => {
      // Processes that start at once create one after the other.
      await transaction.execute(sql`lock table vectors in access exclusive mode`);
      await transaction.execute(sql`create extension if not exists vector`);
      await transaction.execute(sql`alter table vectors add column if not exists embedding vector`);
      await transaction.execute(
        sql`create index if not exists ${indexName(model)} on vectors using hnsw ((embedding::${typeOf(model)}) vector_cosine_ops)
          where ${rowsOfModel(model)}`,
      );
    });
    return { kind: "ready" };
  } catch (error) {
    if (databaseCode(error) !== insufficientPrivilege) throw error;
    return { kind: "unfit", reason: "this user may not create the extension; let an administrator run: create extension vector" };
  }
}

/** Copies vectors into the column that is indexed, where it has none yet. */
export async function fillPgvector(db: Database, model: VectorModel): Promise<void> {
  for (;;) {
    const rows = z
      .array(Stored)
      .parse(
        rowsOf(
          await db.execute(
            sql`select text_hash, vector from vectors where ${rowsOfModel(model)} and embedding is null limit ${rowsAtOnce}`,
          ),
        ),
      );
    if (rows.length === 0) return;
    const made = rows.map(({ text_hash, vector }) => ({ hash: text_hash, embedding: textOf(decodeVector(vector, model.dimensions)) }));
    await db.execute(
      sql`update vectors set embedding = made.embedding::vector
        from jsonb_to_recordset(${JSON.stringify(made)}::text::jsonb) as made (hash text, embedding text)
        where ${rowsOfModel(model)} and text_hash = made.hash`,
    );
  }
}

/** Searches by the server's index: approximate over all documents, exact among some. */
export function createPgvectorIndex(db: Database, model: VectorModel, ids: readonly string[], passages: Passages): VectorIndex {
  const hashesOf = ids.map((): string[] => []);
  for (const [hash, { places }] of passages) for (const place of places) hashesOf[place]?.push(hash);
  const placeById = new Map(ids.map((id, place) => [id, place]));
  const placeOf = (id: string) => placeById.get(id) ?? ids.length;
  const mine = sql`${rowsOfModel(model)} and embedding is not null`;

  const near = (query: Float32Array): SQL => sql`embedding::${typeOf(model)} <=> ${textOf(query)}::${typeOf(model)}`;

  const hitsOf = (result: unknown): readonly VectorHit[] =>
    z
      .array(Near)
      .parse(rowsOf(result))
      .filter(({ similarity }) => !Number.isNaN(similarity))
      .flatMap(({ text_hash, similarity }) =>
        (passages.get(text_hash)?.places ?? []).map((place) => ({ id: ids[place] ?? "", similarity })),
      );

  async function searchAmong(query: Float32Array, among: readonly string[]): Promise<readonly VectorHit[]> {
    const hashes = [...new Set(among.flatMap((id) => hashesOf[placeOf(id)] ?? []))];
    const rows = await db.execute(
      sql`select text_hash, 1 - (${near(query)}) as similarity from vectors where ${mine} and text_hash = any(${textsOf(hashes)})`,
    );
    const wanted = new Set(among);
    return bestOfEach(
      hitsOf(rows).filter(({ id }) => wanted.has(id)),
      placeOf,
    );
  }

  async function searchAll(query: Float32Array, limit: number): Promise<readonly VectorHit[]> {
    // A document has several passages: more of them are looked for than documents.
    const searched = Math.min(mostSearched, Math.max(leastSearched, 2 * limit));
    const rows = await db.transaction(async (transaction) => {
      await transaction.execute(sql`set local hnsw.ef_search = ${sql.raw(String(searched))}`);
      return await transaction.execute(
        sql`select text_hash, 1 - (${near(query)}) as similarity from vectors where ${mine} order by ${near(query)} limit ${searched}`,
      );
    });
    return bestOfEach(hitsOf(rows), placeOf).slice(0, limit);
  }

  return {
    search: (query, limit, among) =>
      guarded("Searching by vectors", () => (among === undefined ? searchAll(query, limit) : searchAmong(query, among))),
  };
}
