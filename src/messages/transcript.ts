import { and, asc, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import type { Activity, Channel, WatchedTranscript } from "../core/message.ts";
import { type Database, guarded, rowsOf } from "../database/database.ts";
import { contacts, inbox, outbox } from "../database/schema.ts";
import type { AddressVault } from "./address-vault.ts";
import { StoredReply } from "./stored-reply.ts";

const Words = z.object({ kind: z.literal("text"), text: z.string() });
const Press = z.object({ kind: z.literal("button"), value: z.string() });
const Latest = z.object({ hash: z.string(), id: z.coerce.number() });

/** A keyed hash costs 20 µs, and open conversations are looked at twice a second. */
const mostHashesKept = 10_000;

/** What a person sent as others see it: no words for what was erased or never had any. */
function shownMessage(row: typeof inbox.$inferSelect): Activity {
  const common = { id: row.id, at: row.receivedAt, clientId: row.clientId ?? undefined };
  const press = Press.safeParse(row.content);
  if (press.success) return { kind: "press", ...common, value: press.data.value };
  const words = Words.safeParse(row.content);
  return { kind: "message", ...common, text: words.success ? words.data.text : "" };
}

/** What a conversation of one channel has shown, by the channel's own address. */
export function createTranscript(db: Database, vault: AddressVault, channel: Channel): WatchedTranscript {
  async function read(snapshot: Database, address: string, watermark: number): Promise<readonly Activity[]> {
    const [contact] = await snapshot
      .select({ id: contacts.id })
      .from(contacts)
      .where(and(eq(contacts.channel, channel), eq(contacts.addressHash, vault.hash(channel, address))));
    if (contact === undefined) return [];
    const messages = await snapshot
      .select()
      .from(inbox)
      .where(and(eq(inbox.conversationId, contact.id), gt(inbox.id, watermark)))
      .orderBy(asc(inbox.id));
    const replies = await snapshot
      .select()
      .from(outbox)
      .where(and(eq(outbox.conversationId, contact.id), gt(outbox.id, watermark)))
      .orderBy(asc(outbox.id));
    const answers = replies.map(
      (row): Activity => ({
        kind: "reply",
        id: row.id,
        at: row.createdAt,
        reply: StoredReply.parse(row.reply),
        inReplyTo: row.inReplyTo ?? undefined,
      }),
    );
    return [...messages.map(shownMessage), ...answers].sort((a, b) => a.id - b.id);
  }
  // One snapshot for messages and answers: an id that commits between two readings would stay behind the watermark for ever.
  const inSnapshot = (address: string, watermark: number) =>
    db.transaction((snapshot) => read(snapshot, address, watermark), { isolationLevel: "repeatable read", accessMode: "read only" });

  const hashes = new Map<string, string>();
  function hashOf(address: string): string {
    const hash = hashes.get(address) ?? vault.hash(channel, address);
    if (hashes.size >= mostHashesKept) hashes.clear();
    hashes.set(address, hash);
    return hash;
  }

  async function latestOf(addresses: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const addressOf = new Map(addresses.map((address) => [hashOf(address), address]));
    // One parameter for all of them: thousands would cost more to send than to look up.
    const rows = await db.execute(sql`
      select address_hash as hash, coalesce(greatest(
        (select max(id) from inbox where conversation_id = contacts.id),
        (select max(id) from outbox where conversation_id = contacts.id)), 0) as id
      from contacts
      where channel = ${channel} and address_hash = any(array(select jsonb_array_elements_text(${JSON.stringify([...addressOf.keys()])}::jsonb)))`);
    return new Map(
      Latest.array()
        .parse(rowsOf(rows))
        .map(({ hash, id }) => [addressOf.get(hash) ?? "", id]),
    );
  }

  return {
    after: (address, watermark) => guarded("Reading a conversation", () => inSnapshot(address, watermark)),
    latest: async (addresses) =>
      addresses.length === 0 ? new Map() : await guarded("Looking for news of conversations", () => latestOf(addresses)),
  };
}
