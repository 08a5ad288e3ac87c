import { and, eq, inArray, sql } from "drizzle-orm";
import type { Logger } from "pino";
import { z } from "zod";
import { messageOf } from "../core/errors.ts";
import { type Channel, channels, type Sender } from "../core/message.ts";
import { type Database, guarded, rowsOf } from "../database/database.ts";
import { outbox } from "../database/schema.ts";
import type { AddressVault } from "./address-vault.ts";
import { StoredReply } from "./stored-reply.ts";

/** What the sending worker needs; a channel without a sender here is not sent to. */
export interface SendingParts {
  readonly db: Database;
  readonly vault: AddressVault;
  readonly senders: ReadonlyMap<Channel, Sender>;
  readonly log: Logger;
}

interface Letter {
  readonly id: number;
  readonly token: number;
  readonly channel: Channel;
  readonly attempts: number;
  readonly reply: unknown;
  readonly addressEncrypted: string;
}

const leaseSeconds = 60;
const lettersAtOnce = 16;
const mostAttempts = 8;
const longestBackoffSeconds = 300;

const Claimed = z
  .object({
    id: z.coerce.number(),
    lease_token: z.coerce.number(),
    channel: z.enum(channels),
    attempts: z.number(),
    reply: z.unknown(),
    address_encrypted: z.string(),
  })
  .transform(({ address_encrypted, lease_token, ...letter }) => ({ ...letter, token: lease_token, addressEncrypted: address_encrypted }));

/** Takes the oldest unsent answer of each conversation under a lease, so that one conversation's answers leave in order. */
async function claimLetters(db: Database, from: readonly Channel[]): Promise<readonly Letter[]> {
  // Materialized: the rows are picked and locked exactly once, whatever the planner does with the join.
  const result = await db.execute(sql`
    with next as materialized (
      select o.id from outbox o
      where o.state = 'waiting' and o.next_attempt_at <= now() and (o.lease_until is null or o.lease_until < now()) and ${inArray(sql`o.channel`, [...from])}
        and not exists (select 1 from outbox earlier where earlier.conversation_id = o.conversation_id and earlier.id < o.id and earlier.state = 'waiting')
      order by o.id limit ${lettersAtOnce} for update skip locked)
    update outbox set lease_until = now() + make_interval(secs => ${leaseSeconds}), lease_token = outbox.lease_token + 1, attempts = outbox.attempts + 1
    from next, contacts
    where outbox.id = next.id and contacts.id = outbox.conversation_id
    returning outbox.id, outbox.lease_token, outbox.channel, outbox.attempts, outbox.reply, contacts.address_encrypted`);
  return Claimed.array().parse(rowsOf(result));
}

/** The sending worker: lease → send → sent; a failure waits longer each time and ends as a dead letter. */
export function createSending({ db, vault, senders, log }: SendingParts): () => Promise<boolean> {
  const stillMine = (letter: Letter) => and(eq(outbox.id, letter.id), eq(outbox.leaseToken, letter.token));

  async function fail(letter: Letter, error: unknown): Promise<void> {
    const reason = messageOf(error);
    const dead = letter.attempts >= mostAttempts;
    const waitSeconds = Math.min(longestBackoffSeconds, 2 ** letter.attempts) * (0.5 + Math.random() / 2);
    await db
      .update(outbox)
      .set({
        state: dead ? "dead" : "waiting",
        error: reason,
        leaseUntil: null,
        nextAttemptAt: sql`now() + make_interval(secs => ${waitSeconds})`,
      })
      .where(stillMine(letter));
    log.warn({ outboxId: letter.id, channel: letter.channel, attempts: letter.attempts, dead, reason }, "not sent");
  }

  async function send(letter: Letter): Promise<void> {
    const started = performance.now();
    try {
      const reply = StoredReply.parse(letter.reply);
      const sent = await senders.get(letter.channel)?.send(vault.decrypt(letter.addressEncrypted), reply, letter.id);
      await db
        .update(outbox)
        .set({ state: "sent", platformId: sent?.platformId, leaseUntil: null, error: null, sentAt: sql`now()` })
        .where(stillMine(letter));
      log.info({ outboxId: letter.id, channel: letter.channel, tookMs: Math.round(performance.now() - started) }, "sent");
    } catch (error) {
      await fail(letter, error);
    }
  }

  return () =>
    guarded("Sending", async () => {
      const letters = await claimLetters(db, [...senders.keys()]);
      const outcomes = await Promise.allSettled(letters.map(send));
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      if (failed !== undefined) throw failed.reason;
      return letters.length > 0;
    });
}
