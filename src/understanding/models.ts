import { and, eq, ne } from "drizzle-orm";
import type { Database } from "../database/database.ts";
import { models } from "../database/schema.ts";
import { type ModelKind, modelKinds } from "./training-set.ts";

/** Every trained model in its stored form. */
export type EncodedModels = { readonly [kind in ModelKind]: Uint8Array };

/** Reads the models trained from this content, undefined if any is missing. */
export async function findModels(db: Database, contentHash: string): Promise<EncodedModels | undefined> {
  const rows = await db.select().from(models).where(eq(models.contentHash, contentHash));
  const bytesOf = (kind: ModelKind) => rows.find((row) => row.kind === kind)?.bytes;
  const [intent, need, language] = [bytesOf("intent"), bytesOf("need"), bytesOf("language")];
  return intent === undefined || need === undefined || language === undefined ? undefined : { intent, need, language };
}

/** True if every model of this content is kept; cheaper than reading them. */
export async function hasModels(db: Database, contentHash: string): Promise<boolean> {
  const rows = await db.select({ kind: models.kind }).from(models).where(eq(models.contentHash, contentHash));
  return modelKinds.every((kind) => rows.some((row) => row.kind === kind));
}

/** Keeps the models of this content and drops those of others. */
export async function saveModels(db: Database, contentHash: string, trained: EncodedModels): Promise<void> {
  await db.transaction(async (transaction) => {
    for (const kind of modelKinds) {
      await transaction
        .insert(models)
        .values({ kind, contentHash, bytes: trained[kind] })
        .onConflictDoUpdate({ target: [models.kind, models.contentHash], set: { bytes: trained[kind] } });
      await transaction.delete(models).where(and(eq(models.kind, kind), ne(models.contentHash, contentHash)));
    }
  });
}
