import { and, lt, ne, sql } from "drizzle-orm";
import { type Database, guarded } from "../database/database.ts";
import { inbox, outbox } from "../database/schema.ts";
import { erased } from "./erased.ts";

/** Days after which nothing is left of what was said: as long as turns are kept. */
const messageDays = 30;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Erases what people wrote, and deletes what they were answered, once it is too old. Their rows stay without words, so that a message that comes again is known. What
 * could not be answered in all that time is given up; what waits is left alone. False, since nothing more is due.
 */
export async function eraseOldMessages(db: Database, now: Date): Promise<false> {
  const oldest = new Date(now.getTime() - messageDays * dayMs);
  await guarded("Erasing old messages", async () => {
    await db
      .update(inbox)
      .set({ content: erased, clientId: null, client: null, state: sql`case when state = 'dead' then 'dropped' else state end` })
      .where(and(lt(inbox.receivedAt, oldest), ne(inbox.state, "waiting"), sql`${inbox.content} <> ${JSON.stringify(erased)}::jsonb`));
    await db.delete(outbox).where(and(lt(outbox.createdAt, oldest), ne(outbox.state, "waiting")));
  });
  return false;
}
