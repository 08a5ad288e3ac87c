import { sql } from "drizzle-orm";
import { z } from "zod";
import { channels } from "../core/message.ts";
import { type Database, guarded, rowsOf } from "../database/database.ts";
import { erased } from "./erased.ts";

/**
 * A message that needs staff: `unanswered` could not be answered, `unsent` is an answer that could not be sent, `unsure` one of which nobody knows whether it
 * arrived. It holds no text.
 */
export interface DeadLetter {
  readonly id: number;
  readonly kind: "unanswered" | "unsent" | "unsure";
  readonly channel: string;
  readonly conversationId: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly at: string;
}

/** What staff do with messages that are stuck; ids are those of the list. */
export interface DeadLetters {
  /** The oldest first, at most 1000. */
  list(): Promise<readonly DeadLetter[]>;
  /** Tries them again; everything that is stuck without ids. Returns how many there were. */
  retry(ids?: readonly number[]): Promise<number>;
  /** Gives them up, and erases what a person wrote in them; everything that is stuck without ids. Returns how many there were. */
  drop(ids?: readonly number[]): Promise<number>;
}

const mostListed = 1000;

const Row = z.object({
  id: z.coerce.number(),
  kind: z.enum(["unanswered", "unsent", "unsure"]),
  channel: z.enum(channels),
  conversation_id: z.string(),
  attempts: z.number(),
  error: z.string().nullable(),
  at: z.string(),
});

/** Stuck rows of a table, all or those with given ids. */
function stuck(table: "inbox" | "outbox", ids: readonly number[] | undefined) {
  const states = table === "inbox" ? sql`state = 'dead'` : sql`state in ('dead', 'flagged')`;
  return ids === undefined ? states : sql`${states} and id = any(${`{${ids.join(",")}}`}::bigint[])`;
}

const countOf = (result: unknown) => rowsOf(result).length;

async function retryInbox(transaction: Database, ids: readonly number[] | undefined): Promise<number> {
  // The contacts' locks first, as everywhere, so that nobody counts in between.
  await transaction.execute(sql`select 1 from contacts where id in (select conversation_id from inbox where ${stuck("inbox", ids)})
    order by channel, address_hash for update`);
  const result = await transaction.execute(sql`
    with again as (
      update inbox set state = 'waiting', attempts = 0, error = null where ${stuck("inbox", ids)} returning conversation_id),
    counted as (
      update contacts set waiting = waiting + more.count, due_at = case when waiting = 0 then now() else due_at end
      from (select conversation_id, count(*) from again group by conversation_id) more where contacts.id = more.conversation_id)
    select conversation_id from again`);
  return countOf(result);
}

async function retryOutbox(transaction: Database, ids: readonly number[] | undefined): Promise<number> {
  const result = await transaction.execute(sql`
    with again as (
      update outbox set state = 'waiting', attempts = 0, error = null where ${stuck("outbox", ids)} returning conversation_id, channel),
    counted as (
      insert into send_queue (conversation_id, channel, waiting)
      select conversation_id, min(channel), count(*) from again group by conversation_id order by conversation_id
      on conflict (conversation_id) do update set waiting = send_queue.waiting + excluded.waiting,
        due_at = case when send_queue.waiting = 0 then greatest(send_queue.due_at, now()) else send_queue.due_at end)
    select conversation_id from again`);
  return countOf(result);
}

/** Work on stuck messages; `onRetry` wakes the workers after a commit. */
export function createDeadLetters(db: Database, onRetry: () => void): DeadLetters {
  return {
    list: () =>
      guarded("Listing messages", async () => {
        const result = await db.execute(sql`
          select * from (
            select id, 'unanswered' as kind, channel, conversation_id, attempts, error, to_json(received_at) #>> '{}' as at
            from inbox where state = 'dead'
            union all
            select id, case state when 'dead' then 'unsent' else 'unsure' end, channel, conversation_id, attempts, error, to_json(created_at) #>> '{}'
            from outbox where state in ('dead', 'flagged')) stuck
          order by id limit ${mostListed}`);
        return Row.array()
          .parse(rowsOf(result))
          .map(({ conversation_id, ...row }) => ({ ...row, conversationId: conversation_id }));
      }),
    retry: async (ids) => {
      const count = await guarded("Trying messages again", () =>
        db.transaction(async (transaction) => (await retryInbox(transaction, ids)) + (await retryOutbox(transaction, ids))),
      );
      if (count > 0) onRetry();
      return count;
    },
    drop: (ids) =>
      guarded("Dropping messages", () =>
        db.transaction(async (transaction) => {
          const unanswered = await transaction.execute(
            sql`update inbox set state = 'dropped', content = ${JSON.stringify(erased)}::jsonb where ${stuck("inbox", ids)} returning id`,
          );
          const unsent = await transaction.execute(sql`update outbox set state = 'dropped' where ${stuck("outbox", ids)} returning id`);
          return countOf(unanswered) + countOf(unsent);
        }),
      ),
  };
}

const Chosen = z.object({ ids: z.number().int().positive().array().min(1).optional() });

/** The same by name, for commands in other processes. */
export function createMessageOperations(db: Database, onRetry: () => void): Readonly<Record<string, (input: unknown) => Promise<unknown>>> {
  const letters = createDeadLetters(db, onRetry);
  return {
    "messages.list": () => letters.list(),
    "messages.retry": async (input) => await letters.retry(Chosen.parse(input).ids),
    "messages.drop": async (input) => await letters.drop(Chosen.parse(input).ids),
  };
}
