import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { Logger } from "pino";
import { z } from "zod";
import type { Answer } from "../core/answer.ts";
import { messageOf } from "../core/errors.ts";
import { languages } from "../core/languages.ts";
import { type Answered, type Assistant, type Channel, channels, type StoredMessage } from "../core/message.ts";
import { type Database, guarded, rowsOf } from "../database/database.ts";
import { contacts, inbox, outbox } from "../database/schema.ts";

/** What the answering worker needs. `pushes` are the channels whose answers are sent; on the others people fetch them. */
export interface AnsweringParts {
  readonly db: Database;
  readonly assistant: Assistant<Database>;
  readonly pushes: ReadonlySet<Channel>;
  /** Called after an answer is committed. */
  readonly onAnswered: (messageId: number, answer: Answer) => void;
  readonly log: Logger;
}

interface Claim {
  readonly conversationId: string;
  readonly token: number;
}

const leaseSeconds = 30;
const conversationsAtOnce = 16;
const mostAttempts = 5;

const StoredContent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string() }),
  z.object({ kind: z.literal("button"), value: z.string() }),
  z.object({ kind: z.literal("start") }),
  z.object({ kind: z.literal("attachment") }),
]);
const StoredRow = z.object({
  id: z.number(),
  channel: z.enum(channels),
  content: StoredContent,
  interfaceLang: z.enum(languages).nullable(),
});

const ClaimedRow = z.object({ id: z.string(), lease_token: z.coerce.number() });

/** Takes conversations with waiting messages under a lease, in one statement; other workers pass them over until it ends. */
async function claim(db: Database): Promise<readonly Claim[]> {
  const result = await db.execute(sql`
    with free as materialized (
      select id from contacts
      where waiting > 0 and (lease_until is null or lease_until < now())
      limit ${conversationsAtOnce} for update skip locked)
    update contacts set lease_until = now() + make_interval(secs => ${leaseSeconds}), lease_token = lease_token + 1
    from free where contacts.id = free.id
    returning contacts.id, contacts.lease_token`);
  return ClaimedRow.array()
    .parse(rowsOf(result))
    .map(({ id, lease_token }) => ({ conversationId: id, token: lease_token }));
}

async function findHead(db: Database, conversationId: string): Promise<StoredMessage | undefined> {
  const [row] = await db
    .select({ id: inbox.id, channel: inbox.channel, content: inbox.content, interfaceLang: inbox.interfaceLang })
    .from(inbox)
    .where(and(eq(inbox.conversationId, conversationId), eq(inbox.state, "waiting")))
    .orderBy(asc(inbox.id))
    .limit(1);
  if (row === undefined) return undefined;
  const { interfaceLang, ...message } = StoredRow.parse(row);
  return { ...message, conversationId, ...(interfaceLang === null ? {} : { interfaceLang }) };
}

/** Ends the lease if it is still this claim's; false if another worker has taken the conversation over. */
async function release(transaction: Database, { conversationId, token }: Claim, answered: number): Promise<boolean> {
  const rows = await transaction
    .update(contacts)
    .set({ leaseUntil: null, waiting: sql`greatest(0, ${contacts.waiting} - ${answered})` })
    .where(and(eq(contacts.id, conversationId), eq(contacts.leaseToken, token)))
    .returning({ id: contacts.id });
  return rows.length > 0;
}

/** Locks the conversation; false if another worker has taken it over. */
async function isStillMine(transaction: Database, { conversationId, token }: Claim): Promise<boolean> {
  const rows = await transaction
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.id, conversationId), eq(contacts.leaseToken, token)))
    .for("update");
  return rows.length > 0;
}

/** Takes away what must not be kept; messages of the conversation that still wait to be answered stay. */
async function eraseText(transaction: Database, message: StoredMessage, erase: Answered<Database>["erase"]): Promise<void> {
  if (erase === "nothing" || (erase === "message" && message.content.kind !== "text")) return;
  const scope =
    erase === "message" ? eq(inbox.id, message.id) : and(eq(inbox.conversationId, message.conversationId), lte(inbox.id, message.id));
  await transaction
    .update(inbox)
    .set({ content: { kind: "text", text: "" } })
    .where(scope);
  if (erase === "conversation") await transaction.delete(outbox).where(eq(outbox.conversationId, message.conversationId));
}

/** The answering worker: claim → answer outside any transaction → write turn, outbox and done in one, if the claim still holds. */
export function createAnswering({ db, assistant, pushes, onAnswered, log }: AnsweringParts): () => Promise<boolean> {
  async function finish(current: Claim, message: StoredMessage, answered: Answered<Database>): Promise<boolean> {
    return await db.transaction(async (transaction) => {
      if (!(await release(transaction, current, 1))) return false;
      await transaction.update(inbox).set({ state: "answered" }).where(eq(inbox.id, message.id));
      await eraseText(transaction, message, answered.erase);
      await transaction.insert(outbox).values({
        conversationId: message.conversationId,
        channel: message.channel,
        inReplyTo: message.id,
        reply: answered.answer.reply,
        state: pushes.has(message.channel) ? "waiting" : "sent",
      });
      await answered.save(transaction, [message.id]);
      return true;
    });
  }

  /** A message whose answer failed waits longer each time; after the last try it is a dead letter. A late failure changes nothing. */
  async function postpone(current: Claim, message: StoredMessage): Promise<void> {
    await db.transaction(async (transaction) => {
      if (!(await isStillMine(transaction, current))) return;
      const [row] = await transaction
        .update(inbox)
        .set({
          attempts: sql`${inbox.attempts} + 1`,
          state: sql`case when ${inbox.attempts} + 1 >= ${mostAttempts} then 'dead' else 'waiting' end`,
        })
        .where(and(eq(inbox.id, message.id), eq(inbox.state, "waiting")))
        .returning({ attempts: inbox.attempts, state: inbox.state });
      if (row?.state === "dead") await release(transaction, current, 1);
      else if (row !== undefined)
        await transaction
          .update(contacts)
          .set({ leaseUntil: sql`now() + make_interval(secs => ${2 ** row.attempts})` })
          .where(eq(contacts.id, current.conversationId));
    });
  }

  /** Nothing waits although the conversation says so: counts anew, under its lock. */
  async function recount(current: Claim): Promise<void> {
    const { conversationId } = current;
    await db.transaction(async (transaction) => {
      if (!(await release(transaction, current, 0))) return;
      const waiting = await transaction.$count(inbox, and(eq(inbox.conversationId, conversationId), eq(inbox.state, "waiting")));
      await transaction.update(contacts).set({ waiting }).where(eq(contacts.id, conversationId));
    });
  }

  /** Undefined if it failed and waits to be tried again. */
  async function tryToAnswer(
    current: Claim,
    message: StoredMessage,
  ): Promise<{ readonly answer: Answer; readonly kept: boolean } | undefined> {
    try {
      const answered = await guarded("Answering a message", () => assistant.answer(message));
      return { answer: answered.answer, kept: await guarded("Storing an answer", () => finish(current, message, answered)) };
    } catch (error) {
      log.error({ messageId: message.id, reason: messageOf(error) }, "not answered, will be tried again");
      await postpone(current, message);
      return undefined;
    }
  }

  async function answerNext(current: Claim): Promise<void> {
    const message = await findHead(db, current.conversationId);
    if (message === undefined) return await recount(current);
    const started = performance.now();
    const done = await tryToAnswer(current, message);
    if (done === undefined) return;
    const { kind, lang, intent, confidence, needs } = done.answer.summary;
    const tookMs = Math.round(performance.now() - started);
    log.info(
      { messageId: message.id, channel: message.channel, kind, lang, intent, confidence, needs, kept: done.kept, tookMs },
      "answered",
    );
    if (done.kept) onAnswered(message.id, done.answer);
  }

  return () =>
    guarded("Answering", async () => {
      const claims = await claim(db);
      const outcomes = await Promise.allSettled(claims.map(answerNext));
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      if (failed !== undefined) throw failed.reason;
      return claims.length > 0;
    });
}
