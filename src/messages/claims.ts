import { sql } from "drizzle-orm";
import { z } from "zod";
import { languages } from "../core/languages.ts";
import { attachmentKinds, type Channel, channels, type StoredMessage } from "../core/message.ts";
import { type Database, idArray, rowsOf } from "../database/database.ts";
import { type Lease, leaseRows, leaseSeconds } from "./leases.ts";
import { countTogether, mergeContents } from "./merging.ts";

/** A conversation under a lease, with the messages that are answered next. */
export interface Claim extends Lease {
  readonly channel: Channel;
  readonly addressEncrypted: string;
  /** What is answered: one message, or several as one; absent if nothing waits. */
  readonly next: { readonly message: StoredMessage; readonly inboxIds: readonly number[] } | undefined;
}

/** Messages of one conversation that are looked at when its head is claimed. */
const mostTogether = 50;

const Content = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string(), edited: z.literal(true).optional(), by: z.string().optional() }),
  z.object({ kind: z.literal("button"), value: z.string(), on: z.string().optional() }),
  z.object({ kind: z.literal("location"), latitude: z.number(), longitude: z.number() }),
  z.object({ kind: z.literal("start"), topic: z.string().optional() }),
  z.object({ kind: z.literal("attachment"), what: z.enum(attachmentKinds).optional() }),
]);
const Waiting = z.object({
  id: z.number(),
  content: Content,
  interfaceLang: z.enum(languages).nullable(),
  client: z.string().nullable(),
  attempts: z.number(),
  receivedAt: z.number(),
});
const ClaimedRow = z.object({
  id: z.string(),
  lease_token: z.coerce.number(),
  channel: z.enum(channels),
  address_encrypted: z.string(),
  waiting: Waiting.array().nullable(),
});

function nextOf({ id, channel, waiting }: z.output<typeof ClaimedRow>): Claim["next"] {
  const together = (waiting ?? []).slice(0, countTogether(waiting ?? []));
  const [first, ...others] = together;
  const last = together.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const content = mergeContents([first.content, ...others.map((each) => each.content)]);
  const { interfaceLang, client } = last;
  return {
    message: {
      ...{ id: last.id, conversationId: id, channel, content },
      ...(interfaceLang === null ? {} : { interfaceLang }),
      ...(client === null ? {} : { client }),
    },
    inboxIds: together.map((each) => each.id),
  };
}

/**
 * Takes up to `most` conversations with waiting messages under a lease, the longest due first, in one statement; what others hold is passed over. The messages are
 * those of the statement's snapshot: of a conversation always a beginning, since they commit in the order of their ids.
 */
export async function claimConversations(db: Database, most: number): Promise<readonly Claim[]> {
  const result = await db.execute(sql`
    with free as materialized (
      select id from contacts where waiting > 0 and due_at <= now()
      order by due_at limit ${most} for update skip locked),
    leased as (
      update contacts set due_at = now() + make_interval(secs => ${leaseSeconds}), lease_token = lease_token + 1
      from free where contacts.id = free.id
      returning contacts.id, contacts.lease_token, contacts.channel, contacts.address_encrypted)
    select leased.*, (
      select jsonb_agg(jsonb_build_object('id', m.id, 'content', m.content, 'interfaceLang', m.interface_lang, 'client', m.client, 'attempts', m.attempts,
        'receivedAt', extract(epoch from m.received_at)) order by m.id)
      from (select * from inbox where conversation_id = leased.id and state = 'waiting' order by id limit ${mostTogether}) m) as waiting
    from leased`);
  return ClaimedRow.array()
    .parse(rowsOf(result))
    .map((row) => ({
      conversationId: row.id,
      token: row.lease_token,
      channel: row.channel,
      addressEncrypted: row.address_encrypted,
      next: nextOf(row),
    }));
}

/** Sets when leased conversations are next due; a lease that is not held any more is left alone. */
export async function setDue(db: Database, leases: readonly Lease[], afterSeconds: number): Promise<void> {
  if (leases.length === 0) return;
  await db.execute(sql`
    with held as materialized (
      select c.id from contacts c join ${leaseRows(leases)} on lease.id = c.id
      where c.id = any(${idArray(leases.map(({ conversationId }) => conversationId))}::uuid[]) and c.lease_token = lease.token order by c.channel, c.address_hash for update of c)
    update contacts set due_at = now() + make_interval(secs => ${afterSeconds}) from held where contacts.id = held.id`);
}
