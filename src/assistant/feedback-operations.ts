import { desc, eq } from "drizzle-orm";
import type { Database } from "../database/database.ts";
import { feedback, turns } from "../database/schema.ts";

const mostListed = 200;

/** Answers that people called wrong, by name: what was asked, what was shown, and why it was no good; the newest first. */
export function createFeedbackOperations(db: Database): Readonly<Record<string, (input: unknown) => Promise<unknown>>> {
  return {
    "staff.rejected": async () =>
      await db
        .select({
          ...{ at: feedback.createdAt, reason: feedback.reason, comment: feedback.comment },
          ...{ question: turns.question, lang: turns.lang, kind: turns.kind, intent: turns.intent, offers: turns.offers },
        })
        .from(feedback)
        .innerJoin(turns, eq(turns.id, feedback.turnId))
        .where(eq(feedback.rating, "wrong"))
        .orderBy(desc(feedback.createdAt))
        .limit(mostListed),
  };
}
