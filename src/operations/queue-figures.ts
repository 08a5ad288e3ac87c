import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, guarded, rowsOf } from "../database/database.ts";

const figures = [
  "inbox_waiting",
  "inbox_oldest_seconds",
  "outbox_waiting",
  "outbox_oldest_seconds",
  "dead_letters",
  "paused_seconds",
  "open_groups",
  "model_tokens",
] as const;

/** One figure of the database's state, the same from every process. */
export interface QueueFigure {
  readonly figure: (typeof figures)[number];
  /** Of a queue its channel, of groups their state, of tokens which. */
  readonly label: string;
  readonly value: number;
}

const Row = z.object({ figure: z.enum(figures), label: z.string(), value: z.coerce.number() });

/** Reads what waits, what is stuck and what is paused; by indexes of what waits, so it is quick however much was said. */
export async function readQueueFigures(db: Database): Promise<readonly QueueFigure[]> {
  const result = await guarded("Reading the queues", () =>
    db.execute(sql`
    with waiting_in as (select channel, count(*) as n, min(received_at) as oldest from inbox where state = 'waiting' group by channel),
    waiting_out as (select channel, count(*) as n, min(created_at) as oldest from outbox where state = 'waiting' group by channel)
    select 'inbox_waiting' as figure, channel as label, n::float8 as value from waiting_in
    union all select 'inbox_oldest_seconds', channel, extract(epoch from now() - oldest)::float8 from waiting_in
    union all select 'outbox_waiting', channel, n::float8 from waiting_out
    union all select 'outbox_oldest_seconds', channel, extract(epoch from now() - oldest)::float8 from waiting_out
    union all select 'dead_letters', 'unanswered', count(*)::float8 from inbox where state = 'dead'
    union all select 'dead_letters', 'unsent', count(*)::float8 from outbox where state in ('dead', 'flagged')
    union all select 'paused_seconds', channel, greatest(0, extract(epoch from paused_until - now()))::float8 from send_limits where paused_until > '-infinity'
    union all select 'open_groups', state, count(*)::float8 from clusters where merged_into is null group by state
    union all select 'model_tokens', 'read', coalesce(sum(input_tokens), 0)::float8 from model_usage where day = current_date
    union all select 'model_tokens', 'written', coalesce(sum(output_tokens), 0)::float8 from model_usage where day = current_date`),
  );
  return z.array(Row).parse(rowsOf(result));
}
