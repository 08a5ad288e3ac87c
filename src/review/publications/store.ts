import { createHash, randomBytes, randomInt } from "node:crypto";
import { and, asc, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";
import { type Asker, type Askers, askerDays } from "../../core/articles.ts";
import { codeLength } from "../../core/watches.ts";
import { type Database, guarded } from "../../database/database.ts";
import { askers, publicationRecipients, publications } from "../../database/schema.ts";
import { wordCode } from "../../text/return-code.ts";

const idBytes = 12;
const codeWordsOf = 1024;
const dayMs = 86_400_000;

/** What is kept of a return code. It holds 130 bits, so that no salt is needed. */
const hashCode = (code: string) => createHash("sha256").update(code).digest("base64url");

const Row = z
  .object({ id: z.string(), consentedAt: z.date(), expiresAt: z.date(), pushes: z.boolean() })
  .transform(
    ({ id, consentedAt, expiresAt, pushes }): Asker => ({ id, since: consentedAt.toISOString(), until: expiresAt.toISOString(), pushes }),
  );

const live = () => gt(askers.expiresAt, sql`now()`);

/** Those who want to be told once a question has an answer, in the database. */
export function createAskers(db: Database, now: () => Date): Askers<Database> {
  return {
    find: (conversationId) =>
      guarded("Finding who waits for an answer", async () => {
        const waitsOrHasCode = or(isNull(askers.toldAt), eq(askers.pushes, false));
        const rows = await db
          .select()
          .from(askers)
          .where(and(eq(askers.conversationId, conversationId), live(), waitsOrHasCode))
          .orderBy(asc(askers.position));
        return Row.array().parse(rows);
      }),
    isKnown: (turnId) =>
      guarded("Finding who waits for an answer", async () => {
        const rows = await db
          .select({ id: askers.id })
          .from(askers)
          .where(and(eq(askers.turnId, turnId), live()));
        return rows.length > 0;
      }),
    draft: (wish) => {
      const since = now();
      return {
        ...wish,
        id: randomBytes(idBytes).toString("base64url"),
        since: since.toISOString(),
        until: new Date(since.getTime() + askerDays * dayMs).toISOString(),
        ...(wish.pushes ? {} : { code: wordCode(Array.from({ length: codeLength }, () => randomInt(codeWordsOf))) }),
      };
    },
    open: async (transaction, conversationId, { id, turnId, lang, pushes, personal, until, code }) => {
      await transaction
        .insert(askers)
        .values({
          ...{ id, conversationId, turnId, lang, pushes, personal, expiresAt: new Date(until) },
          codeHash: code === undefined ? undefined : hashCode(code),
        })
        .onConflictDoNothing({ target: askers.turnId });
    },
    end: async (transaction, ids) => {
      if (ids.length > 0) await transaction.delete(askers).where(inArray(askers.id, [...ids]));
    },
    forget: async (transaction, conversationId) => {
      await transaction.delete(askers).where(eq(askers.conversationId, conversationId));
      await transaction.delete(publicationRecipients).where(eq(publicationRecipients.conversationId, conversationId));
    },
    findByCode: (code) =>
      guarded("Finding an answer by its code", async () => {
        const [row] = await db
          .select({ asker: askers, article: publications.articleId, offer: publications.offerId })
          .from(askers)
          .leftJoin(publications, eq(publications.id, askers.publicationId))
          .where(and(eq(askers.codeHash, hashCode(code)), live()));
        return row === undefined
          ? undefined
          : { asker: Row.parse(row.asker), article: row.article ?? undefined, offer: row.offer ?? undefined };
      }),
  };
}
