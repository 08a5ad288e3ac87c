import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Inbox, IncomingMessage, MessageContent } from "../core/message.ts";
import { type Database, guarded } from "../database/database.ts";
import { contacts, inbox } from "../database/schema.ts";
import { cleanText, redact } from "../text/redact.ts";
import type { AddressVault } from "./address-vault.ts";

/** Buttons carry at most 60 bytes; a longer value is no button of ours. */
const longestButton = 60;

/** Takes personal data out before anything is written. */
function redactContent(content: MessageContent): MessageContent {
  if (content.kind === "text") return { kind: "text", text: redact(cleanText(content.text)) };
  if (content.kind === "button") return { kind: "button", value: cleanText(content.value).slice(0, longestButton) };
  return content;
}

/** Finds or makes the contact, counts one message more and locks its row, so that a conversation's messages commit in the order of their ids. */
async function lockContact(transaction: Database, message: IncomingMessage, vault: AddressVault): Promise<string> {
  const [row] = await transaction
    .insert(contacts)
    .values({
      id: randomUUID(),
      channel: message.channel,
      addressHash: vault.hash(message.channel, message.address),
      addressEncrypted: vault.encrypt(message.address),
      waiting: 1,
    })
    .onConflictDoUpdate({ target: [contacts.channel, contacts.addressHash], set: { waiting: sql`${contacts.waiting} + 1` } })
    .returning({ id: contacts.id });
  return row?.id ?? "";
}

/** The inbox: redacts, stores once per (channel, external id), and resolves after commit. `onAccepted` wakes the worker. */
export function createInbox(db: Database, vault: AddressVault, onAccepted: () => void): Inbox {
  async function store(message: IncomingMessage): ReturnType<Inbox["accept"]> {
    return await db.transaction(async (transaction) => {
      const conversationId = await lockContact(transaction, message, vault);
      const [added] = await transaction
        .insert(inbox)
        .values({
          conversationId,
          channel: message.channel,
          externalId: cleanText(message.externalId),
          clientId: message.clientId === undefined ? undefined : cleanText(message.clientId),
          content: redactContent(message.content),
          interfaceLang: message.interfaceLang,
        })
        .onConflictDoNothing()
        .returning({ id: inbox.id });
      if (added === undefined) {
        await transaction
          .update(contacts)
          .set({ waiting: sql`${contacts.waiting} - 1` })
          .where(eq(contacts.id, conversationId));
        const [known] = await transaction
          .select({ id: inbox.id })
          .from(inbox)
          .where(and(eq(inbox.channel, message.channel), eq(inbox.externalId, cleanText(message.externalId))));
        return { kind: "repeated", id: known?.id ?? 0, conversationId };
      }
      return { kind: "accepted", id: added.id, conversationId };
    });
  }

  return {
    accept: async (message) => {
      const accepted = await guarded("Storing a message", () => store(message));
      if (accepted.kind === "accepted") onAccepted();
      return accepted;
    },
  };
}
