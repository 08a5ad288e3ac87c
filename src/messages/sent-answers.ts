import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Channel, SentAnswers } from "../core/message.ts";
import { type Database, guarded } from "../database/database.ts";
import { contacts, outbox } from "../database/schema.ts";
import type { AddressVault } from "./address-vault.ts";

/** An answer that cannot be read is reported where it is sent and shown; a new message must not fail on it, and here it only has no buttons. */
const Shown = z.object({ buttons: z.array(z.object({ label: z.string(), value: z.string() })) });

/** The answers of one channel's conversations, found by what the platform gave back when they were sent. */
export function createSentAnswers(db: Database, vault: AddressVault, channel: Channel): SentAnswers {
  const isOf = (addressKey: string) => and(eq(contacts.channel, channel), eq(contacts.addressHash, vault.hash(channel, addressKey)));

  async function findQuestion(addressKey: string, platformId: string): Promise<number | undefined> {
    const [row] = await db
      .select({ inReplyTo: outbox.inReplyTo })
      .from(outbox)
      .innerJoin(contacts, eq(contacts.id, outbox.conversationId))
      // An answer of several parts has the ids of all of them, and one that took the place of another has its id.
      .where(and(isOf(addressKey), sql`${platformId} = any(string_to_array(${outbox.platformId}, ','))`))
      .orderBy(desc(outbox.id))
      .limit(1);
    return row?.inReplyTo ?? undefined;
  }

  async function findButton(addressKey: string, label: string): Promise<string | undefined> {
    const [row] = await db
      .select({ reply: outbox.reply })
      .from(outbox)
      .innerJoin(contacts, eq(contacts.id, outbox.conversationId))
      .where(isOf(addressKey))
      .orderBy(desc(outbox.id))
      .limit(1);
    const last = Shown.safeParse(row?.reply);
    return last.success ? last.data.buttons.find((button) => button.label === label)?.value : undefined;
  }

  return {
    questionOf: (addressKey, platformId) => guarded("Finding a sent answer", () => findQuestion(addressKey, platformId)),
    buttonOf: (addressKey, label) => guarded("Finding a pressed button", () => findButton(addressKey, label)),
  };
}
