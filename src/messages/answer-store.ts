import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { z } from "zod";
import type { Answered, MessageContent } from "../core/message.ts";
import { type Database, guarded, idArray, rowsOf } from "../database/database.ts";
import { contacts, inbox, outbox } from "../database/schema.ts";
import type { Claim } from "./claims.ts";
import { erased } from "./erased.ts";
import type { Lease } from "./leases.ts";

/** An answer to what was claimed. */
export interface Finished {
  readonly claim: Claim;
  readonly next: NonNullable<Claim["next"]>;
  readonly answered: Answered<Database>;
}

/** What became of it: dropped if another worker had taken the conversation over; `more` if further messages wait there. */
export type Outcome = { readonly kind: "kept"; readonly more: boolean } | { readonly kind: "dropped" };

const mostAttempts = 5;
const dropped: Outcome = { kind: "dropped" };

const Released = z.object({ id: z.string(), waiting: z.number() });

/**
 * Ends the leases that are still held, locks their conversations and says how many messages wait there once those that were answered are taken off. The token moves
 * on, so that nothing can be written twice under one lease, not even when the confirmation of a commit was lost.
 */
async function release(
  transaction: Database,
  ends: readonly (Lease & { readonly answered?: number })[],
): Promise<ReadonlyMap<string, number>> {
  const rows = JSON.stringify(ends.map(({ conversationId, token, answered = 0 }) => ({ id: conversationId, token, answered })));
  const result = await transaction.execute(sql`
    with ends as materialized (
      select c.id, e.token, e.answered from contacts c join jsonb_to_recordset(${rows}::jsonb) as e(id uuid, token bigint, answered integer) on e.id = c.id
      where c.id = any(${idArray(ends.map((each) => each.conversationId))}::uuid[]) and c.lease_token = e.token order by c.channel, c.address_hash for update of c)
    update contacts set waiting = greatest(0, contacts.waiting - ends.answered), due_at = now(), lease_token = contacts.lease_token + 1
    from ends where contacts.id = ends.id and contacts.lease_token = ends.token
    returning contacts.id, contacts.waiting`);
  return new Map(
    Released.array()
      .parse(rowsOf(result))
      .map(({ id, waiting }) => [id, waiting]),
  );
}

/** What a person wrote, or where they are; buttons and the like are our own words. */
const tellsOfPerson: ReadonlySet<MessageContent["kind"]> = new Set(["text", "location"]);

/** Takes away all that was said; messages of the conversation that still wait to be answered stay. */
async function eraseConversation(transaction: Database, { claim, next }: Finished): Promise<void> {
  const { conversationId } = claim;
  await transaction
    .update(inbox)
    .set({ content: erased })
    .where(and(eq(inbox.conversationId, conversationId), lte(inbox.id, next.message.id)));
  await transaction.delete(outbox).where(eq(outbox.conversationId, conversationId));
}

/** The messages that are answered, as an array of SQL. */
const idsOf = (finished: readonly Finished[]) => idArray(finished.flatMap(({ next }) => next.inboxIds));

/** Writes the answers and, where they are sent, queues them, unless nothing is said; takes away the messages that must not be kept. To somebody who is gone nothing is sent. */
async function writeAnswers(transaction: Database, kept: readonly Finished[], pushes: (claim: Claim) => boolean): Promise<void> {
  const personal = kept.filter(({ next, answered }) => answered.erase === "message" && tellsOfPerson.has(next.message.content.kind));
  const rows = JSON.stringify(
    kept.map(({ claim, next, answered }) => ({
      conversation_id: claim.conversationId,
      channel: claim.channel,
      in_reply_to: next.message.id,
      inbox_ids: idArray(next.inboxIds),
      reply: answered.answer.reply,
      pushes: pushes(claim),
    })),
  );
  await transaction.execute(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${rows}::jsonb)
        as g(conversation_id uuid, channel text, in_reply_to bigint, inbox_ids bigint[], reply jsonb, pushes boolean)),
    answered as (
      update inbox set state = 'answered', client = null, content = case when id = any(${idsOf(personal)}::bigint[]) then ${JSON.stringify(erased)}::jsonb else content end
      where id = any(${idsOf(kept)}::bigint[])),
    written as (
      insert into outbox (conversation_id, channel, in_reply_to, inbox_ids, reply, state)
      select g.conversation_id, g.channel, g.in_reply_to, g.inbox_ids, g.reply,
        case when not g.pushes then 'sent' when (select gone_at from contacts where contacts.id = g.conversation_id) is not null then 'gone' else 'waiting' end
      from given g where not g.pushes or g.reply ->> 'silent' is null
      returning conversation_id, channel, state)
    insert into send_queue (conversation_id, channel, waiting)
    select conversation_id, channel, 1 from written where state = 'waiting' order by conversation_id
    on conflict (conversation_id) do update set waiting = send_queue.waiting + 1,
      due_at = case when send_queue.waiting = 0 then greatest(send_queue.due_at, now()) else send_queue.due_at end`);
}

const OpenRow = z.object({ id: z.coerce.number() });

/** Of these messages those that still wait; asked under the locks of their conversations. */
async function findWaiting(transaction: Database, finished: readonly Finished[]): Promise<ReadonlySet<number>> {
  // "offset 0" has them looked up by their ids: the index of what waits holds much that waits no more.
  const result = await transaction.execute(sql`
    select id from (select id, state from inbox where id = any(${idsOf(finished)}::bigint[]) offset 0) given where state = 'waiting'`);
  return new Set(
    OpenRow.array()
      .parse(rowsOf(result))
      .map(({ id }) => id),
  );
}

/** Rejects with the first fault, but only when nothing is under way any more that could be written behind the transaction's end. */
async function allSettled(works: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(works);
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/** Counts anew how many messages wait in these conversations, under their locks. */
async function countWaiting(transaction: Database, conversationIds: readonly string[]): Promise<void> {
  await transaction
    .update(contacts)
    .set({ waiting: sql`(select count(*) from ${inbox} where ${inbox.conversationId} = ${contacts.id} and ${inbox.state} = 'waiting')` })
    .where(inArray(contacts.id, [...conversationIds]));
}

/**
 * Writes turn, answer and "answered" of many conversations in one transaction, each only if its lease is still held and its messages still wait: a claim reads messages in a
 * snapshot that may be older than the lease it takes.
 */
export async function finishAnswers(
  db: Database,
  finished: readonly Finished[],
  pushes: (claim: Claim) => boolean,
): Promise<readonly Outcome[]> {
  return await db.transaction(async (transaction) => {
    const held = await release(
      transaction,
      finished.map(({ claim, next }) => ({ ...claim, answered: next.inboxIds.length })),
    );
    const mine = finished.filter(({ claim }) => held.has(claim.conversationId));
    if (mine.length === 0) return finished.map(() => dropped);
    const open = await findWaiting(transaction, mine);
    const kept = mine.filter(({ next }) => next.inboxIds.every((id) => open.has(id)));
    if (kept.length > 0) {
      for (const each of kept) if (each.answered.erase === "conversation") await eraseConversation(transaction, each);
      await writeAnswers(transaction, kept, pushes);
      await allSettled(kept.map(({ answered, next }) => answered.save(transaction, next.inboxIds)));
    }
    const late = mine.filter((each) => !kept.includes(each));
    if (late.length > 0)
      await countWaiting(
        transaction,
        late.map(({ claim }) => claim.conversationId),
      );
    return finished.map((each) => (kept.includes(each) ? { kind: "kept", more: (held.get(each.claim.conversationId) ?? 0) > 0 } : dropped));
  });
}

/** A message whose answer failed waits longer each time; after the last try it is a dead letter. A late failure changes nothing. */
export async function postponeAnswer(db: Database, { claim, next }: Pick<Finished, "claim" | "next">, reason: string): Promise<void> {
  const [head] = next.inboxIds;
  if (head === undefined) return;
  await guarded("Postponing a message", () =>
    db.transaction(async (transaction) => {
      const held = await release(transaction, [claim]);
      if (!held.has(claim.conversationId)) return;
      const [row] = await transaction
        .update(inbox)
        .set({
          attempts: sql`${inbox.attempts} + 1`,
          error: reason,
          state: sql`case when ${inbox.attempts} + 1 >= ${mostAttempts} then 'dead' else 'waiting' end`,
          client: sql`case when ${inbox.attempts} + 1 < ${mostAttempts} then ${inbox.client} end`,
        })
        .where(and(eq(inbox.id, head), eq(inbox.state, "waiting")))
        .returning({ attempts: inbox.attempts, state: inbox.state });
      if (row === undefined) return;
      if (row.state === "dead") return await countWaiting(transaction, [claim.conversationId]);
      await transaction
        .update(contacts)
        .set({ dueAt: sql`now() + make_interval(secs => ${2 ** row.attempts})` })
        .where(eq(contacts.id, claim.conversationId));
    }),
  );
}

/** Nothing waits although the conversation says so: counts anew, under its lock. */
export async function recountWaiting(db: Database, claim: Claim): Promise<void> {
  await guarded("Counting messages", () =>
    db.transaction(async (transaction) => {
      await countWaiting(transaction, [...(await release(transaction, [claim])).keys()]);
    }),
  );
}
