import { and, desc, eq, inArray, or } from "drizzle-orm";
import type { Database } from "../database/database.ts";
import { models } from "../database/schema.ts";
import { type ModelKind, modelKinds } from "./training-set.ts";

/** Every trained model in its stored form. */
export type EncodedModels = { readonly [kind in ModelKind]: Uint8Array };

/** What each model was trained from: the content, the way of training, and staff's lessons. */
export type ModelKeys = { readonly [kind in ModelKind]: string };

/** Where trained models are kept by key; what is written is seen whole or not at all. */
export interface ModelStore {
  find(kind: ModelKind, key: string): Promise<Uint8Array | undefined>;
  /** Keeps a model, and may drop what is not used any more. */
  save(kind: ModelKind, key: string, bytes: Uint8Array): Promise<void>;
}

/** Keys of a kind that are kept: what is used, and what a process of the version before still uses. */
const keptKeys = 2;

/** The models in a database, for all its processes; the last two of each kind stay. */
export function createDatabaseModels(db: Database): ModelStore {
  return {
    find: async (kind, key) => {
      const [row] = await db
        .select({ bytes: models.bytes })
        .from(models)
        .where(and(eq(models.kind, kind), eq(models.contentHash, key)));
      return row === undefined ? undefined : new Uint8Array(row.bytes);
    },
    save: async (kind, key, bytes) => {
      await db.transaction(async (transaction) => {
        await transaction.insert(models).values({ kind, contentHash: key, bytes }).onConflictDoNothing();
        const others = await transaction
          .select({ key: models.contentHash })
          .from(models)
          .where(eq(models.kind, kind))
          .orderBy(models.createdAt);
        const old = others
          .map((row) => row.key)
          .filter((each) => each !== key)
          .slice(0, -(keptKeys - 1));
        if (old.length > 0) await transaction.delete(models).where(and(eq(models.kind, kind), inArray(models.contentHash, old)));
      });
    },
  };
}

/** True if a database has all models of these keys; none is read. */
export async function hasModels(db: Database, keys: ModelKeys): Promise<boolean> {
  const wanted = modelKinds.map((kind) => and(eq(models.kind, kind), eq(models.contentHash, keys[kind])));
  const rows = await db
    .select({ kind: models.kind })
    .from(models)
    .where(or(...wanted));
  return rows.length === modelKinds.length;
}

/** The content key of the newest models in a database: that of the language model, which staff's lessons do not touch. Undefined where there is none. */
export async function findContentKey(db: Database): Promise<string | undefined> {
  const [newest] = await db
    .select({ key: models.contentHash })
    .from(models)
    .where(eq(models.kind, "language"))
    .orderBy(desc(models.createdAt))
    .limit(1);
  return newest?.key;
}

/** Reads one model of each kind; undefined if any is missing. */
export async function findModels(store: ModelStore, keys: ModelKeys): Promise<EncodedModels | undefined> {
  const [intent, need, language, crisis] = await Promise.all(modelKinds.map((kind) => store.find(kind, keys[kind])));
  if (intent === undefined || need === undefined || language === undefined || crisis === undefined) return undefined;
  return { intent, need, language, crisis };
}

/** The keys of the models without lessons. */
export function keysOf(contentKey: string): ModelKeys {
  return { intent: contentKey, need: contentKey, language: contentKey, crisis: contentKey };
}

/** Keeps those models that the store does not have yet. */
export async function keepModels(store: ModelStore, keys: ModelKeys, trained: EncodedModels): Promise<void> {
  for (const kind of modelKinds) if ((await store.find(kind, keys[kind])) === undefined) await store.save(kind, keys[kind], trained[kind]);
}
