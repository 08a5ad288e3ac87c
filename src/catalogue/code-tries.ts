import { sql } from "drizzle-orm";
import { z } from "zod";
import type { CodeTries } from "../core/code-tries.ts";
import { type Database, guarded, rowsOf } from "../database/database.ts";
import { codeTries } from "../database/schema.ts";

/** Wrong codes after which a conversation is refused, and an address, which many people may share; each counts for so many minutes. */
const limits = { conversation: { most: 5, minutes: 60 }, client: { most: 20, minutes: 10 } } as const;

const Counts = z.tuple([z.object({ conversation: z.coerce.number(), client: z.coerce.number() })]);

const since = (minutes: number) => sql`now() - make_interval(mins => ${minutes})`;

/** Wrong codes in the database, by its clock, since several processes count them. */
export function createCodeTries(db: Database): CodeTries<Database> {
  return {
    areTooMany: ({ conversationId, client }) =>
      guarded("Counting wrong codes", async () => {
        const result = await db.execute(sql`
          select
            (select count(*) from code_tries where conversation_id = ${conversationId} and tried_at > ${since(limits.conversation.minutes)}) as conversation,
            (select count(*) from code_tries where client = ${client ?? null} and tried_at > ${since(limits.client.minutes)}) as client`);
        const [counts] = Counts.parse(rowsOf(result));
        return counts.conversation >= limits.conversation.most || counts.client >= limits.client.most;
      }),
    count: async (transaction, { conversationId, client }) => {
      await transaction.insert(codeTries).values({ conversationId, client });
    },
  };
}

/** Forgets what counts no more: addresses first, tries later. */
export async function endOldTries(db: Database): Promise<void> {
  await db.execute(sql`delete from code_tries where tried_at <= ${since(limits.conversation.minutes)}`);
  await db.execute(sql`update code_tries set client = null where client is not null and tried_at <= ${since(limits.client.minutes)}`);
}
