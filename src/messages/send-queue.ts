import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Channel, ChannelCapabilities } from "../core/message.ts";
import { type Database, idArray, rowsOf } from "../database/database.ts";
import { type Lease, leaseRows, leaseSeconds } from "./leases.ts";

/** The oldest unsent answer of a conversation, under a lease. */
export interface Letter extends Lease {
  readonly id: number;
  readonly attempts: number;
  readonly reply: unknown;
  readonly addressEncrypted: string;
  /** An earlier sending ended in the middle (its process was killed): the answer may have arrived. */
  readonly brokenOff: boolean;
}

/** What was taken, and in how many milliseconds to look again: at once if something was taken, never (undefined) if nothing waits. */
export interface Taken {
  readonly letters: readonly Letter[];
  /** Conversations that said an answer waits although none does. */
  readonly empty: readonly Lease[];
  readonly nextMs: number | undefined;
}

const LetterRow = z.object({
  conversation: z.string(),
  token: z.number(),
  brokenOff: z.boolean(),
  address: z.string(),
  id: z.number().nullable(),
  attempts: z.number().nullable(),
  reply: z.unknown(),
});
const TakenRow = z.object({ taken: LetterRow.array(), next_ms: z.coerce.number().nullable() });

/** Share of the pace that may come at once; the rest comes evenly, so that no second holds more than the pace. */
const burstShare = 0.1;

/**
 * Sends that a channel may begin now. Time is what is spent: each costs 1 / (0.9 · pace) seconds, and what was saved up counts for a tenth of a second's sends
 * at most. Written for all processes on the channel's row, which stays locked until the statement has taken its letters.
 */
function budgetOf(pace: ChannelCapabilities["pace"]): { readonly most: SQL; readonly costSeconds: number; readonly burstSeconds: number } {
  if (pace === undefined) return { most: sql`1000000`, costSeconds: 0, burstSeconds: 0 };
  const costSeconds = 1 / (pace.perSecond * (1 - burstShare));
  const burstSeconds = Math.max(1, pace.perSecond * burstShare) * costSeconds;
  const saved = sql`extract(epoch from now() - greatest(paid_until, now() - make_interval(secs => ${burstSeconds})))`;
  return { most: sql`floor((${saved} + 0.000001) / ${costSeconds})`, costSeconds, burstSeconds };
}

/** The channel's row of limits must be there. */
export async function ensureLimits(db: Database, channels: readonly Channel[]): Promise<void> {
  for (const channel of channels) await db.execute(sql`insert into send_limits (channel) values (${channel}) on conflict do nothing`);
}

/** Takes the oldest unsent answer of up to `most` conversations of a channel under a lease each, as far as its pace allows. */
export async function takeLetters(db: Database, channel: Channel, pace: ChannelCapabilities["pace"], most: number): Promise<Taken> {
  const { most: affordable, costSeconds, burstSeconds } = budgetOf(pace);
  // Materialized: rows are picked and locked exactly once, whatever the planner does with the joins.
  const result = await db.execute(sql`
    with budget as materialized (
      select case when paused_until > now() then 0 else greatest(0, least(${most}, ${affordable})) end::bigint as most,
        greatest(paused_until, paid_until + make_interval(secs => ${costSeconds}), now()) as open_at
      from send_limits where channel = ${channel} for update),
    due as materialized (
      select conversation_id, under_way from send_queue
      where channel = ${channel} and waiting > 0 and due_at <= now()
      order by due_at limit (select most from budget) for update skip locked),
    leased as (
      update send_queue q set due_at = now() + make_interval(secs => ${leaseSeconds}), lease_token = q.lease_token + 1, under_way = true
      from due where q.conversation_id = due.conversation_id
      returning q.conversation_id, q.lease_token, due.under_way as broken_off),
    spent as (
      update send_limits set paid_until = greatest(paid_until, now() - make_interval(secs => ${burstSeconds}))
        + make_interval(secs => ${costSeconds} * (select count(*) from due)::double precision)
      where channel = ${channel} and ${costSeconds > 0} and exists (select 1 from due))
    select coalesce((select jsonb_agg(jsonb_build_object('conversation', l.conversation_id, 'token', l.lease_token, 'brokenOff', l.broken_off,
        'address', c.address_encrypted, 'id', o.id, 'attempts', o.attempts, 'reply', o.reply))
      from leased l join contacts c on c.id = l.conversation_id
      left join lateral (select * from outbox where conversation_id = l.conversation_id and state = 'waiting' order by id limit 1) o on true), '[]') as taken,
    case when exists (select 1 from due) then 0 else (
      select extract(epoch from greatest((select open_at from budget), due_at) - now()) * 1000 from send_queue
      where channel = ${channel} and waiting > 0 order by due_at limit 1) end as next_ms`);
  const [row] = TakenRow.array().parse(rowsOf(result));
  return { ...sortTaken(row?.taken ?? []), nextMs: row?.next_ms === null ? undefined : Math.max(0, row?.next_ms ?? 0) };
}

function sortTaken(rows: readonly z.output<typeof LetterRow>[]): Pick<Taken, "letters" | "empty"> {
  const letters: Letter[] = [];
  const empty: Lease[] = [];
  for (const { conversation, token, address, brokenOff, id, attempts, reply } of rows) {
    const lease = { conversationId: conversation, token };
    if (id === null || attempts === null) empty.push(lease);
    else letters.push({ ...lease, id, attempts, reply, addressEncrypted: address, brokenOff });
  }
  return { letters, empty };
}

/** How the work on a letter ended: for good, or to be tried again after a while. Its conversation rests for `restSeconds`. */
export interface Mark {
  readonly letter: Letter;
  readonly state: "sent" | "dead" | "flagged" | "waiting";
  readonly restSeconds: number;
  /** Whether this was one of the letter's attempts; a channel that asks to wait has not tried. */
  readonly counts: boolean;
  readonly platformId?: string | undefined;
  readonly error?: string | undefined;
}

/** Whether the lease on a letter was still held when it was marked, and whether further ones wait in its conversation. */
export interface Marked {
  readonly kept: boolean;
  readonly more: boolean;
}

const MarkedRow = z.object({ conversation_id: z.string(), more: z.boolean() });

/** Writes how letters ended and ends their leases, each only if its lease is still held. */
export async function markLetters(db: Database, marks: readonly Mark[]): Promise<readonly Marked[]> {
  const rows = JSON.stringify(
    marks.map(({ letter, state, restSeconds, counts, platformId, error }) => ({
      ...{ conversation_id: letter.conversationId, token: letter.token, id: letter.id, state, rest: restSeconds },
      ...{ attempts: counts ? 1 : 0, ended: state === "waiting" ? 0 : 1, platform_id: platformId, error },
    })),
  );
  const result = await db.execute(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${rows}::jsonb) as g(conversation_id uuid, token bigint, id bigint, state text, rest double precision,
        attempts integer, ended integer, platform_id text, error text)),
    held as materialized (
      select g.* from send_queue q join given g on g.conversation_id = q.conversation_id
      where q.conversation_id = any(${idArray(marks.map(({ letter }) => letter.conversationId))}::uuid[]) and q.lease_token = g.token order by q.conversation_id for update of q),
    ended as (
      update send_queue q set waiting = greatest(0, q.waiting - held.ended), due_at = now() + make_interval(secs => held.rest),
        under_way = false, lease_token = q.lease_token + 1
      from held where q.conversation_id = held.conversation_id and q.lease_token = held.token
      returning q.conversation_id, q.waiting > 0 as more),
    written as (
      update outbox o set state = held.state, attempts = o.attempts + held.attempts, platform_id = coalesce(held.platform_id, o.platform_id),
        error = held.error, sent_at = case when held.state = 'sent' then now() else o.sent_at end
      from held where o.id = held.id and o.state = 'waiting')
    select conversation_id, more from ended`);
  const marked = MarkedRow.array().parse(rowsOf(result));
  const moreOf = new Map(marked.map(({ conversation_id, more }) => [conversation_id, more]));
  return marks.map(({ letter }) => ({ kept: moreOf.has(letter.conversationId), more: moreOf.get(letter.conversationId) ?? false }));
}

/** Keeps leases for some seconds more; one that is not held any more is left alone. */
export async function renewSending(db: Database, leases: readonly Lease[]): Promise<void> {
  await db.execute(sql`
    with held as materialized (
      select q.conversation_id from send_queue q join ${leaseRows(leases)} on lease.id = q.conversation_id
      where q.conversation_id = any(${idArray(leases.map(({ conversationId }) => conversationId))}::uuid[]) and q.lease_token = lease.token order by q.conversation_id for update of q)
    update send_queue q set due_at = now() + make_interval(secs => ${leaseSeconds}) from held where q.conversation_id = held.conversation_id`);
}

/** Nothing waits although the queue says so: counts anew, under the conversation's lock. */
export async function recountLetters(db: Database, { conversationId, token }: Lease): Promise<void> {
  await db.transaction(async (transaction) => {
    const held = await transaction.execute(
      sql`update send_queue set under_way = false, due_at = now(), lease_token = lease_token + 1
        where conversation_id = ${conversationId} and lease_token = ${token} returning conversation_id`,
    );
    if (rowsOf(held).length === 0) return;
    await transaction.execute(sql`
      update send_queue q set waiting = (select count(*) from outbox o where o.conversation_id = q.conversation_id and o.state = 'waiting')
      where conversation_id = ${conversationId}`);
  });
}

/** Nobody is there any more: everything that waits to be sent to them ends, until they write again. */
export async function endConversation(db: Database, { conversationId, token }: Lease, reason: string): Promise<void> {
  await db.transaction(async (transaction) => {
    // The contact first, as the answering worker does it: who takes both in one order never waits for the other.
    await transaction.execute(sql`update contacts set gone_at = now() where id = ${conversationId}`);
    const held = await transaction.execute(
      sql`update send_queue set waiting = 0, under_way = false, due_at = now(), lease_token = lease_token + 1
        where conversation_id = ${conversationId} and lease_token = ${token} returning conversation_id`,
    );
    if (rowsOf(held).length === 0) return;
    await transaction.execute(
      sql`update outbox set state = 'gone', error = ${reason} where conversation_id = ${conversationId} and state = 'waiting'`,
    );
  });
}

/** The platform wants the whole channel to wait, in all processes. */
export async function pauseChannel(db: Database, channel: Channel, seconds: number): Promise<void> {
  await db.execute(sql`
    update send_limits set paused_until = greatest(paused_until, now() + make_interval(secs => ${seconds})) where channel = ${channel}`);
}
