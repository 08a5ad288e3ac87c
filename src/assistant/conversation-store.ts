import { randomUUID } from "node:crypto";
import { and, eq, gt, sql } from "drizzle-orm";
import type { Answer } from "../core/answer.ts";
import type { Understanding } from "../core/understanding.ts";
import type { Database } from "../database/database.ts";
import { conversations, feedback, turns } from "../database/schema.ts";
import { ConversationContext, contextHours, freshContext } from "./context.ts";

/** What is kept of a turn. `question` is the redacted text, absent where the topic is too personal. */
export interface Turn {
  readonly id: string;
  readonly conversationId: string;
  readonly answer: Answer;
  readonly understanding: Understanding | undefined;
  readonly question: string | undefined;
}

/** Conversations, turns and feedback in the database. */
export interface ConversationStore {
  load(conversationId: string): Promise<ConversationContext>;
  save(transaction: Database, turn: Turn, context: ConversationContext, inboxIds: readonly number[]): Promise<void>;
  rate(transaction: Database, turnId: string, rating: "right" | "wrong"): Promise<void>;
  /** Erases what was kept of a conversation's turns and its context. */
  erase(transaction: Database, conversationId: string): Promise<void>;
}

export function createConversationStore(db: Database): ConversationStore {
  return {
    load: async (conversationId) => {
      const [row] = await db
        .select({ context: conversations.context })
        .from(conversations)
        .where(
          and(eq(conversations.id, conversationId), gt(conversations.updatedAt, sql`now() - make_interval(hours => ${contextHours})`)),
        );
      return row === undefined ? freshContext : ConversationContext.parse(row.context);
    },
    save: async (transaction, turn, context, inboxIds) => {
      await transaction
        .insert(conversations)
        .values({ id: turn.conversationId, context })
        .onConflictDoUpdate({ target: conversations.id, set: { context, updatedAt: sql`now()` } });
      await transaction.insert(turns).values({
        id: turn.id,
        conversationId: turn.conversationId,
        inboxIds,
        kind: turn.answer.summary.kind,
        lang: turn.answer.summary.lang,
        intent: turn.answer.summary.intent,
        confidence: turn.answer.summary.confidence,
        intents: turn.understanding?.intents ?? [],
        needs: turn.understanding?.needs ?? [],
        slots: turn.answer.summary.slots,
        offers: turn.answer.offers.map(({ offer, score }) => ({ id: offer.id, score })),
        gap: turn.answer.gap,
        question: turn.question,
      });
    },
    rate: async (transaction, turnId, rating) => {
      await transaction.insert(feedback).values({ id: randomUUID(), turnId, rating });
      if (rating === "wrong") await transaction.update(turns).set({ gap: "rejected" }).where(eq(turns.id, turnId));
    },
    erase: async (transaction, conversationId) => {
      await transaction.delete(turns).where(eq(turns.conversationId, conversationId));
      await transaction.delete(conversations).where(eq(conversations.id, conversationId));
    },
  };
}
