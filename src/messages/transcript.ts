import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import type { Activity, Channel, Transcript } from "../core/message.ts";
import { type Database, guarded } from "../database/database.ts";
import { contacts, inbox, outbox } from "../database/schema.ts";
import type { AddressVault } from "./address-vault.ts";
import { StoredReply } from "./stored-reply.ts";

const Shown = z.object({ kind: z.literal("text"), text: z.string().min(1) });

/** What a conversation of one channel has shown, by the channel's own address. Erased messages and button presses are left out. */
export function createTranscript(db: Database, vault: AddressVault, channel: Channel): Transcript {
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
    const shown = messages.flatMap((row): Activity[] => {
      const content = Shown.safeParse(row.content);
      return content.success
        ? [{ kind: "message", id: row.id, at: row.receivedAt, text: content.data.text, clientId: row.clientId ?? undefined }]
        : [];
    });
    const answers = replies.map(
      (row): Activity => ({ kind: "reply", id: row.id, at: row.createdAt, reply: StoredReply.parse(row.reply), inReplyTo: row.inReplyTo }),
    );
    return [...shown, ...answers].sort((a, b) => a.id - b.id);
  }
  // One snapshot for messages and answers: an id that commits between two readings would stay behind the watermark for ever.
  const inSnapshot = (address: string, watermark: number) =>
    db.transaction((snapshot) => read(snapshot, address, watermark), { isolationLevel: "repeatable read", accessMode: "read only" });
  return { after: (address, watermark) => guarded("Reading a conversation", () => inSnapshot(address, watermark)) };
}
