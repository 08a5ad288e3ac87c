import { randomUUID } from "node:crypto";
import { type AnyColumn, and, count, desc, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { type Answer, answerKinds, type FeedbackReason } from "../core/answer.ts";
import type { Wish } from "../core/demand.ts";
import type { AskedBefore } from "../core/handover.ts";
import type { Channel } from "../core/message.ts";
import type { Scored, Understanding } from "../core/understanding.ts";
import { createBatches } from "../database/batches.ts";
import { type Database, guarded, idArray, rowsOf } from "../database/database.ts";
import { createGathering } from "../database/gather.ts";
import { conversations, feedback, turns } from "../database/schema.ts";
import { ConversationContext, contextHours, freshContext } from "./context.ts";

/** What is kept of a turn. `question` is the redacted text, absent where the topic is too personal. */
export interface Turn {
  readonly id: string;
  readonly conversationId: string;
  readonly answer: Answer;
  readonly understanding: Understanding | undefined;
  readonly question: string | undefined;
  /** What it counts as in the demand; undefined where nothing was looked for. */
  readonly wish: Wish | undefined;
  /** The article that it was answered with. */
  readonly article?: { readonly id: number; readonly version: number; readonly personal: boolean } | undefined;
  readonly channel: Channel;
  /** True for words that mean something without what was said before. */
  readonly standsAlone: boolean;
}

/** What somebody says about an answer: the one to the message with the id `on`, the last one if not given. The comment is redacted. */
export interface Rating {
  readonly value: "right" | "wrong";
  readonly on?: number | undefined;
  readonly reason?: FeedbackReason | undefined;
  readonly comment?: string | undefined;
}

/** A turn that somebody may wait for a better answer to; `personal` where its words were not kept, which may be for its topic. */
export interface AskableTurn {
  readonly id: string;
  readonly personal: boolean;
}

/** Somebody who was answered with an article. */
export interface AnsweredBy {
  readonly conversationId: string;
  readonly lang: string;
  readonly version: number;
  readonly personal: boolean;
}

/** Conversations, turns and feedback in the database. */
export interface ConversationStore {
  load(conversationId: string): Promise<ConversationContext>;
  save(transaction: Database, turn: Turn, context: ConversationContext, inboxIds: readonly number[]): Promise<void>;
  /** The turn of a conversation that answered the message with that id; undefined if it has been erased. */
  findTurn(conversationId: string, inboxId: number): Promise<string | undefined>;
  /** A turn of a conversation by its id, or by the message that it answered. */
  findAskable(conversationId: string, which: { readonly turnId: string } | { readonly inboxId: number }): Promise<AskableTurn | undefined>;
  /** The turns of a conversation that were called wrong in the last 24 hours. */
  findRejected(conversationId: string): Promise<readonly string[]>;
  /** Keeps the one rating that an answer has; a turn that is gone is left alone. A wrong one makes the turn a gap, and a right one takes that back. */
  rate(transaction: Database, turnId: string, rating: Rating): Promise<void>;
  /** The last questions of a conversation with what was shown to them, the oldest first; without those that are not kept, and commands. */
  findAsked(transaction: Database, conversationId: string, most: number): Promise<readonly AskedBefore[]>;
  /** How often the person has rated an answer of this conversation. */
  countRatings(conversationId: string): Promise<number>;
  /** Erases what was kept of a conversation's turns and its context. `before` is told which turns go, while they are still there. */
  erase(transaction: Database, conversationId: string, before: (turnIds: readonly string[]) => Promise<void>): Promise<void>;
}

/** Conversations whose contexts are loaded in one statement. */
const mostLoaded = 100;

const LoadedRow = z.object({ id: z.string(), context: z.unknown() });

/** Labels of a ranking that are kept: those that a person who reviews the turn may choose from. */
const mostKept = 10;

/** The best of a ranking with four digits: the whole of it is most of what a turn takes to write. */
function bestOf(ranking: readonly Scored[] = []): readonly Scored[] {
  return ranking.slice(0, mostKept).map(({ id, score }) => ({ id, score: Math.round(10_000 * score) / 10_000 }));
}

/** What is written down of a turn: its row, and the context of its conversation. */
function rowOf(turn: Turn, context: ConversationContext, inboxIds: readonly number[]) {
  const { summary, offers, gap } = turn.answer;
  return {
    id: turn.id,
    conversation_id: turn.conversationId,
    context,
    inbox_ids: inboxIds,
    kind: summary.kind,
    lang: summary.lang,
    intent: summary.intent,
    confidence: summary.confidence,
    intents: bestOf(turn.understanding?.intents),
    needs: bestOf(turn.understanding?.needs),
    slots: summary.slots,
    offers: offers.map(({ offer, score }) => ({ id: offer.id, score })),
    gap,
    question: turn.question,
    asked_need: turn.wish?.need,
    asked_district: turn.wish?.district,
    outcome: turn.wish?.outcome,
    article: turn.article,
    channel: turn.channel,
    stands_alone: turn.standsAlone,
  };
}

async function insertTurns(transaction: Database, rows: readonly ReturnType<typeof rowOf>[]): Promise<void> {
  await transaction.execute(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, conversation_id uuid, context jsonb, inbox_ids jsonb, kind text, lang text,
        intent text, confidence double precision, intents jsonb, needs jsonb, slots jsonb, offers jsonb, gap text, question text,
        asked_need text, asked_district text, outcome text, article jsonb, channel text, stands_alone boolean)),
    state as (
      insert into conversations (id, context) select conversation_id, context from given
      on conflict (id) do update set context = excluded.context, updated_at = now())
    insert into turns (id, conversation_id, inbox_ids, kind, lang, intent, confidence, intents, needs, slots, offers, gap, question, asked_need, asked_district,
      outcome, article, channel, stands_alone, gap_at)
    select id, conversation_id, inbox_ids, kind, lang, intent, confidence, intents, needs, slots, offers, gap, question, asked_need, asked_district, outcome,
      article, channel, stands_alone, case when gap is not null then now() end
    from given`);
}

async function loadContexts(db: Database, ids: readonly string[]): Promise<readonly ConversationContext[]> {
  const result = await db.execute(sql`
    select id, context from conversations
    where id = any(${idArray(ids)}::uuid[]) and updated_at > now() - make_interval(hours => ${contextHours})`);
  const rows = LoadedRow.array().parse(rowsOf(result));
  const contexts = new Map(rows.map(({ id, context }) => [id, context]));
  return ids.map((id) => (contexts.has(id) ? ConversationContext.parse(contexts.get(id)) : freshContext));
}

const isRecent = (at: AnyColumn) => gt(at, sql`now() - make_interval(hours => ${contextHours})`);

const AskedRow = z.object({
  at: z.date().transform((at) => at.toISOString()),
  text: z.string(),
  kind: z.enum(answerKinds),
  offers: z.array(z.object({ id: z.string() })).transform((offers) => offers.map(({ id }) => id)),
});

async function rateTurn(transaction: Database, turnId: string, { value, reason, comment }: Rating): Promise<void> {
  await transaction.execute(sql`
    insert into feedback (id, turn_id, rating, reason, comment, gap_before)
    select ${randomUUID()}::uuid, id, ${value}, ${reason ?? null}, ${comment ?? null}, gap from turns where id = ${turnId}
    on conflict (turn_id) do update set rating = excluded.rating,
      reason = case when excluded.rating = 'wrong' then coalesce(excluded.reason, feedback.reason) end,
      comment = case when excluded.rating = 'wrong' then coalesce(excluded.comment, feedback.comment) end`);
  await transaction.execute(sql`
    update turns set gap = case when f.rating = 'wrong' then 'rejected' else f.gap_before end,
      gap_at = case when f.rating = 'wrong' or turns.gap_at is not null then now() end
    from feedback f where f.turn_id = turns.id and turns.id = ${turnId}`);
}

/** The store over a database; what is loaded or saved at the same time takes one statement. */
export function createConversationStore(db: Database): ConversationStore {
  const load = createBatches((ids: readonly string[]) => guarded("Loading conversations", () => loadContexts(db, ids)), mostLoaded);
  const save = createGathering(insertTurns);
  return {
    load,
    save: (transaction, turn, context, inboxIds) => save(transaction, rowOf(turn, context, inboxIds)),
    findTurn: (conversationId, inboxId) =>
      guarded("Finding a rated answer", async () => {
        const [row] = await db
          .select({ id: turns.id })
          .from(turns)
          .where(and(eq(turns.conversationId, conversationId), sql`${turns.inboxIds} @> to_jsonb(${inboxId}::bigint)`));
        return row?.id;
      }),
    findAskable: (conversationId, which) =>
      guarded("Finding a question to wait for", async () => {
        const isIt = "turnId" in which ? eq(turns.id, which.turnId) : sql`${turns.inboxIds} @> to_jsonb(${which.inboxId}::bigint)`;
        const [row] = await db
          .select({ id: turns.id, question: turns.question })
          .from(turns)
          .where(and(eq(turns.conversationId, conversationId), isIt));
        return row === undefined ? undefined : { id: row.id, personal: row.question === null };
      }),
    findRejected: (conversationId) =>
      guarded("Finding rejected answers", async () => {
        const rows = await db
          .select({ id: turns.id })
          .from(feedback)
          .innerJoin(turns, eq(turns.id, feedback.turnId))
          .where(and(eq(turns.conversationId, conversationId), eq(feedback.rating, "wrong"), isRecent(feedback.createdAt)));
        return rows.map(({ id }) => id);
      }),
    rate: rateTurn,
    findAsked: async (transaction, conversationId, most) => {
      const rows = await transaction
        .select({ at: turns.createdAt, text: turns.question, kind: turns.kind, offers: turns.offers })
        .from(turns)
        .where(and(eq(turns.conversationId, conversationId), isRecent(turns.createdAt), sql`${turns.question} !~ '^[[:space:]]*/'`))
        .orderBy(desc(turns.createdAt))
        .limit(most);
      return AskedRow.array().parse(rows).reverse();
    },
    countRatings: async (conversationId) => {
      const [row] = await db
        .select({ count: count() })
        .from(feedback)
        .innerJoin(turns, eq(turns.id, feedback.turnId))
        .where(eq(turns.conversationId, conversationId));
      return row?.count ?? 0;
    },
    erase: async (transaction, conversationId, before) => {
      const going = await transaction.select({ id: turns.id }).from(turns).where(eq(turns.conversationId, conversationId));
      await before(going.map(({ id }) => id));
      await transaction.delete(turns).where(eq(turns.conversationId, conversationId));
      await transaction.delete(conversations).where(eq(conversations.id, conversationId));
    },
  };
}

const AnsweredRow = z.object({ conversationId: z.string(), lang: z.string(), version: z.number(), personal: z.boolean() });

/** Who was answered with a version of an article below the given one, in the time for which turns are kept; each conversation once, as it last was. */
export async function findAnsweredBy(transaction: Database, articleId: number, below: number): Promise<readonly AnsweredBy[]> {
  const rows = await transaction.execute(sql`
    select distinct on (conversation_id) conversation_id as "conversationId", lang, (article ->> 'version')::integer as version,
      (article ->> 'personal')::boolean as personal
    from turns where article is not null and (article ->> 'id')::integer = ${articleId} and (article ->> 'version')::integer < ${below}
    order by conversation_id, created_at desc`);
  return AnsweredRow.array().parse(rowsOf(rows));
}

/** Takes away what somebody began to write in conversations that have started anew since; false, since nothing more is due. */
export async function dropOldWriting(db: Database): Promise<false> {
  await db.execute(sql`
    update conversations set context = context - 'writing' - 'asksWriting'
    where context -> 'writing' is not null and updated_at < now() - make_interval(hours => ${contextHours})`);
  return false;
}
