import { and, desc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { gapKinds } from "../core/answer.ts";
import type { TrialQuestion } from "../core/article-trial.ts";
import type { Database } from "../database/database.ts";
import { feedback, turns } from "../database/schema.ts";

const Row = z.object({
  id: z.string(),
  text: z.string(),
  gap: z
    .enum(gapKinds)
    .nullable()
    .transform((gap) => gap ?? undefined),
  rating: z
    .enum(["right", "wrong"])
    .nullable()
    .transform((rating) => rating ?? undefined),
});

/** The newest questions whose words are kept, with what became of them; no commands. */
export async function readRecentQuestions(db: Database, most: number): Promise<readonly TrialQuestion[]> {
  const rows = await db
    .select({ id: turns.id, text: turns.question, gap: turns.gap, rating: feedback.rating })
    .from(turns)
    .leftJoin(feedback, eq(feedback.turnId, turns.id))
    .where(and(isNotNull(turns.question), sql`${turns.question} !~ '^[[:space:]]*/'`))
    .orderBy(desc(turns.createdAt))
    .limit(most);
  return Row.array()
    .parse(rows)
    .map((row) => ({ source: "turn", ...row }));
}

/** The words of these questions, as far as they are still kept, by the id of their turn. */
export async function readQuestionTexts(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: turns.id, text: turns.question })
    .from(turns)
    .where(inArray(turns.id, [...ids]));
  return new Map(rows.flatMap(({ id, text }) => (text === null ? [] : [[id, text] as const])));
}
