import { and, count, eq, sql } from "drizzle-orm";
import type { Votes } from "../../core/participation.ts";
import { type Database, guarded } from "../../database/database.ts";
import { votes } from "../../database/schema.ts";

/** Votes in the database. */
export function createVotes(db: Database): Votes<Database> {
  return {
    cast: async (transaction, conversationId, offerId, vote) => {
      if (vote === undefined) {
        await transaction.delete(votes).where(and(eq(votes.conversationId, conversationId), eq(votes.offerId, offerId)));
        return;
      }
      await transaction
        .insert(votes)
        .values({ conversationId, offerId, vote })
        .onConflictDoUpdate({ target: [votes.conversationId, votes.offerId], set: { vote, votedAt: sql`now()` } });
    },
    count: (conversationId) =>
      guarded("Counting votes", async () => {
        const [row] = await db.select({ count: count() }).from(votes).where(eq(votes.conversationId, conversationId));
        return row?.count ?? 0;
      }),
    forget: async (transaction, conversationId) => {
      await transaction.delete(votes).where(eq(votes.conversationId, conversationId));
    },
  };
}
