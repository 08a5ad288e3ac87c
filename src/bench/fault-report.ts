import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowsOf } from "../database/database.ts";
import type { Delivery } from "./fake-platform.ts";

/** What `bench -- faults` prints. */
export interface FaultReport {
  readonly messages: number;
  readonly kills: number;
  readonly restarts: number;
  /** Accepted messages without an answer, or whose answer was given up. */
  readonly lost: number;
  /** Messages with more than one answer. */
  readonly doubledInDatabase: number;
  /** Messages or answers that a web chat shows more than once. */
  readonly doubledInWebChat: number;
  /** Messages that the platform took more than once. */
  readonly doubledAtPlatform: number;
  /** Sends that were broken off by a kill, or by the platform after it had taken the message: the most that may be doubled. */
  readonly inFlightAtKills: number;
  /** Answers left to staff since they may have arrived. */
  readonly flagged: number;
  /** Answers that came before an earlier one of their conversation. */
  readonly outOfOrder: number;
  /** From the last fault until the last answer was written and sent. */
  readonly drainSeconds: number;
}

const Answer = z.object({
  conversation_id: z.string(),
  channel: z.string(),
  state: z.string(),
  inbox_ids: z.array(z.coerce.number()),
  platform_id: z.string().nullable(),
  done_at: z.coerce.number(),
});
export type StoredAnswer = z.output<typeof Answer>;

/** What the database holds after a run. */
export interface Stored {
  /** Inbox ids by external id. */
  readonly messages: ReadonlyMap<string, number>;
  /** In the order of their ids. */
  readonly answers: readonly StoredAnswer[];
}

export async function readStored(db: Database): Promise<Stored> {
  const messages = z
    .array(z.object({ id: z.coerce.number(), external_id: z.string() }))
    .parse(rowsOf(await db.execute(sql`select id, external_id from inbox`)));
  const answers = await db.execute(sql`
    select conversation_id, channel, state, to_jsonb(inbox_ids) as inbox_ids, platform_id,
      extract(epoch from coalesce(sent_at, created_at)) as done_at
    from outbox order by id`);
  return { messages: new Map(messages.map(({ id, external_id }) => [external_id, id])), answers: Answer.array().parse(rowsOf(answers)) };
}

const kept = new Set(["sent", "flagged"]);

/** How often each message is in an answer. */
function countAnswers(answers: readonly StoredAnswer[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const id of answers.flatMap(({ inbox_ids }) => inbox_ids)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Neighbours of a list that are not in rising order. */
function countFalls(numbers: readonly number[]): number {
  return numbers.filter((number, index) => index > 0 && number < (numbers[index - 1] ?? 0)).length;
}

const platformIds = ({ platform_id }: StoredAnswer) => (platform_id ?? "").split(",").flatMap((id) => (id === "" ? [] : [Number(id)]));

function countOutOfOrder(answers: readonly StoredAnswer[]): number {
  const conversations = [...Map.groupBy(answers, ({ conversation_id }) => conversation_id).values()];
  return conversations.reduce(
    (sum, own) => sum + countFalls(own.flatMap(({ inbox_ids }) => inbox_ids)) + countFalls(own.flatMap(platformIds)),
    0,
  );
}

/** Deliveries that no stored answer knows of are doubles, but for one of each flagged answer of that chat, which may be its only one. */
function countDoubledAtPlatform(answers: readonly StoredAnswer[], deliveries: readonly Delivery[]): number {
  const known = new Set(answers.flatMap(platformIds));
  const chatOf = new Map(deliveries.map(({ id, chat }) => [id, chat]));
  const unknown = Map.groupBy(
    deliveries.filter(({ id }) => !known.has(id)),
    ({ chat }) => chat,
  );
  const flagged = new Map<string, number>();
  for (const own of Map.groupBy(answers, ({ conversation_id }) => conversation_id).values()) {
    const chat = own.flatMap(platformIds).map((id) => chatOf.get(id))[0];
    if (chat !== undefined) flagged.set(chat, own.filter(({ state }) => state === "flagged").length);
  }
  return [...unknown].reduce((sum, [chat, own]) => sum + Math.max(0, own.length - (flagged.get(chat) ?? 0)), 0);
}

/** What the stored answers and the platform's deliveries say about a run; `accepted` are the external ids that were acknowledged. */
export function judge(stored: Stored, accepted: ReadonlySet<string>, deliveries: readonly Delivery[]) {
  const counts = countAnswers(stored.answers);
  const keptCounts = countAnswers(stored.answers.filter(({ state }) => kept.has(state)));
  const lost = [...accepted].filter((externalId) => !keptCounts.has(stored.messages.get(externalId) ?? 0));
  return {
    lost: lost.length,
    doubledInDatabase: [...counts.values()].filter((count) => count > 1).length,
    doubledAtPlatform: countDoubledAtPlatform(stored.answers, deliveries),
    flagged: stored.answers.filter(({ state }) => state === "flagged").length,
    outOfOrder: countOutOfOrder(stored.answers),
    lastDoneAt: Math.max(0, ...stored.answers.map(({ done_at }) => done_at)),
  };
}
