import { count, eq, sql } from "drizzle-orm";
import type { StoredData } from "../core/answer.ts";
import { type Database, guarded } from "../database/database.ts";
import { contacts, inbox, outbox } from "../database/schema.ts";

/** Counts what is kept of one conversation: its messages, how many of them still hold words, its answers, and since when. */
export function createMessageCounts(
  db: Database,
): (conversationId: string) => Promise<Pick<StoredData, "since" | "messages" | "texts" | "answers">> {
  const withText = sql<number>`count(*) filter (where ${inbox.content} ->> 'text' <> '')`.mapWith(Number);
  return (conversationId) =>
    guarded("Counting stored messages", async () => {
      const [contact] = await db.select({ since: contacts.createdAt }).from(contacts).where(eq(contacts.id, conversationId));
      const [messages] = await db.select({ all: count(), texts: withText }).from(inbox).where(eq(inbox.conversationId, conversationId));
      const [answers] = await db.select({ all: count() }).from(outbox).where(eq(outbox.conversationId, conversationId));
      return {
        since: contact?.since.toISOString(),
        messages: messages?.all ?? 0,
        texts: messages?.texts ?? 0,
        answers: answers?.all ?? 0,
      };
    });
}
