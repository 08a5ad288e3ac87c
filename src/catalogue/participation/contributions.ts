import { and, count, eq, gt, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { type Contributions, contributionStates, participationDays } from "../../core/participation.ts";
import { type Database, guarded } from "../../database/database.ts";
import { contributions } from "../../database/schema.ts";
import { newReceipt } from "./receipts.ts";

const dayMs = 86_400_000;

const Standing = z.object({
  ...{ code: z.string(), title: z.string(), url: z.string(), state: z.enum(contributionStates) },
  reason: z
    .string()
    .nullable()
    .transform((reason) => reason ?? undefined),
});

const live = () => gt(contributions.expiresAt, sql`now()`);

/** Contributions in the database; `now` sets their end. */
export function createContributions(db: Database, now: () => Date): Contributions<Database> {
  async function countWhere(condition: ReturnType<typeof and>): Promise<number> {
    const [row] = await db.select({ count: count() }).from(contributions).where(and(condition, live()));
    return row?.count ?? 0;
  }

  return {
    draft: (said) => ({ ...said, code: newReceipt(), until: new Date(now().getTime() + participationDays * dayMs).toISOString() }),
    submit: async (transaction, conversationId, { code, offer, text, district, lang, until }) => {
      await transaction.insert(contributions).values({
        ...{ code, conversationId, offerId: offer.id, offerTitle: offer.title.de, offerUrl: offer.url },
        ...{ body: text, district, lang, expiresAt: new Date(until) },
      });
    },
    withdraw: async (transaction, code) => {
      await transaction
        .update(contributions)
        .set({ state: "withdrawn", body: "", district: null, reason: null, decidedAt: sql`now()` })
        .where(eq(contributions.code, code));
    },
    find: (code) =>
      guarded("Finding a contribution", async () => {
        const { offerTitle: title, offerUrl: url, state, reason } = contributions;
        const [row] = await db
          .select({ code: contributions.code, title, url, state, reason })
          .from(contributions)
          .where(and(eq(contributions.code, code), live()));
        return row === undefined ? undefined : Standing.parse(row);
      }),
    countToday: (conversationId) =>
      guarded("Counting contributions", () =>
        countWhere(and(eq(contributions.conversationId, conversationId), gt(contributions.createdAt, sql`now() - interval '24 hours'`))),
      ),
    count: (conversationId) =>
      guarded("Counting contributions", () =>
        countWhere(and(eq(contributions.conversationId, conversationId), ne(contributions.state, "withdrawn"))),
      ),
    forget: async (transaction, conversationId) => {
      await transaction.delete(contributions).where(eq(contributions.conversationId, conversationId));
    },
  };
}
