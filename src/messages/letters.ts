import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Channel, Letter, Letters } from "../core/message.ts";
import { type Database, rowsOf } from "../database/database.ts";

const Pushed = z.object({ position: z.coerce.number(), id: z.coerce.number() });

/** Channels that letters are sent to, and those whose clients fetch them: there they stand in the transcript at once. */
interface LetterChannels {
  readonly sent: readonly Channel[];
  readonly fetched: readonly Channel[];
}

const channelArray = (channels: readonly Channel[]) => sql`array(select jsonb_array_elements_text(${JSON.stringify(channels)}::jsonb))`;

/** Writes the letters and queues those that are to be sent; to somebody who is gone nothing is sent. */
async function write(transaction: Database, letters: readonly Letter[], { sent, fetched }: LetterChannels) {
  const rows = JSON.stringify(letters.map(({ conversationId, reply }, position) => ({ position, conversation_id: conversationId, reply })));
  const result = await transaction.execute(sql`
    with given as materialized (
      select g.*, c.channel, nextval('message_sequence') as id
      from jsonb_to_recordset(${rows}::jsonb) as g(position integer, conversation_id uuid, reply jsonb)
      join contacts c on c.id = g.conversation_id
      where c.gone_at is null and c.channel = any(${channelArray([...sent, ...fetched])})
      order by g.position),
    written as (
      insert into outbox (id, conversation_id, channel, reply, state)
      select id, conversation_id, channel, reply, case when channel = any(${channelArray(fetched)}) then 'sent' else 'waiting' end from given),
    queued as (
      insert into send_queue (conversation_id, channel, waiting)
      select conversation_id, channel, count(*) from given where channel = any(${channelArray(sent)}) group by conversation_id, channel order by conversation_id
      on conflict (conversation_id) do update set waiting = send_queue.waiting + excluded.waiting,
        due_at = case when send_queue.waiting = 0 then greatest(send_queue.due_at, now()) else send_queue.due_at end)
    select position, id from given`);
  return new Map(
    Pushed.array()
      .parse(rowsOf(result))
      .map(({ position, id }) => [position, id]),
  );
}

/** Letters over the outbox; `sent` are the channels that are sent to, and on those of `fetched` they stand in the transcript. Whoever pushes wakes the sender after the commit. */
export function createLetters(sent: () => readonly Channel[], fetched: readonly Channel[] = []): Letters<Database> {
  return {
    push: async (transaction, letters) => {
      if (letters.length === 0) return [];
      const ids = await write(transaction, letters, { sent: sent(), fetched });
      return letters.map((_, position) => ids.get(position));
    },
    withdraw: async (transaction, conversationId) => {
      // The queue's row first, as who sends takes it: what is under way cannot be taken back and stays. So does what a person wrote.
      await transaction.execute(sql`
        with held as materialized (
          select conversation_id, under_way from send_queue where conversation_id = ${conversationId} for update),
        first as (
          select min(id) as id from outbox where conversation_id = ${conversationId} and state = 'waiting'),
        dropped as (
          update outbox set state = 'dropped' from held
          where outbox.conversation_id = held.conversation_id and outbox.state = 'waiting' and outbox.in_reply_to is null
            and outbox.reply ->> 'writer' is null and not (held.under_way and outbox.id = (select id from first))
          returning outbox.id)
        update send_queue q set waiting = greatest(0, q.waiting - (select count(*) from dropped)) from held
        where q.conversation_id = held.conversation_id`);
    },
  };
}
