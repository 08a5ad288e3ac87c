import { and, count, eq, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import {
  type HandoverEnd,
  type HandoverEvent,
  type HandoverState,
  type HandoverStep,
  type Handovers,
  handoverStates,
  next,
} from "../../core/handover.ts";
import { createBatches } from "../../database/batches.ts";
import { type Database, guarded, idArray } from "../../database/database.ts";
import { handoverMessages, handovers } from "../../database/schema.ts";

const OpenRow = z.object({
  id: z.number(),
  conversationId: z.string(),
  state: z.enum(["offered", "waiting", "with-human"]),
});

const State = z.enum(handoverStates);

/** Conversations that are looked up in one statement. */
const mostFound = 100;

interface Locked {
  readonly id: number | undefined;
  readonly state: HandoverState;
}

async function lockOpen(transaction: Database, conversationId: string): Promise<Locked> {
  const [row] = await transaction
    .select({ id: handovers.id, state: handovers.state })
    .from(handovers)
    .where(and(eq(handovers.conversationId, conversationId), ne(handovers.state, "closed")))
    .for("update");
  return { id: row?.id, state: State.parse(row?.state ?? "idle") };
}

/** Begins a talk with a person, or takes up one that was offered. */
async function begin(
  transaction: Database,
  conversationId: string,
  { id, state }: Locked,
  step: Extract<HandoverStep, { event: "reject" | "ask" }>,
): Promise<void> {
  const to = next(state, step.event);
  if (to === undefined || to === state) return;
  const row = { state: to, lang: step.lang, since: sql`now()`, ...(to === "waiting" ? { askedAt: sql`now()` } : {}) };
  const [begun] =
    id === undefined
      ? await transaction
          .insert(handovers)
          .values({ conversationId, ...row })
          .returning({ id: handovers.id })
      : await transaction.update(handovers).set(row).where(eq(handovers.id, id)).returning({ id: handovers.id });
  if (begun === undefined || step.event === "reject" || step.before.length === 0) return;
  await transaction.insert(handoverMessages).values(
    step.before.map(({ at, text, kind, offers }) => ({
      ...{ handoverId: begun.id, writer: "before", text, kind, offers, at: new Date(at) },
    })),
  );
}

async function keepMessage(transaction: Database, { id, state }: Locked, step: Extract<HandoverStep, { event: "write" }>): Promise<void> {
  const kept = id !== undefined && next(state, "write") !== undefined;
  if (!kept && step.unanswered)
    throw new AppError("DATABASE_FAILED", "A handover ended while a message was passed on; the message is answered anew.");
  if (!kept) return;
  const { text, personal, lang } = step;
  await transaction.insert(handoverMessages).values({ handoverId: id, writer: "person", text, personal, crisis: text === undefined });
  await transaction.update(handovers).set({ lang }).where(eq(handovers.id, id));
}

/** Ends a talk; the words of protected topics go with its end. */
export async function endHandover(transaction: Database, id: number, reason: HandoverEnd): Promise<void> {
  await transaction
    .update(handovers)
    .set({ state: "closed", endedAt: sql`now()`, endReason: reason, takenBy: null })
    .where(eq(handovers.id, id));
  await transaction
    .update(handoverMessages)
    .set({ text: null })
    .where(and(eq(handoverMessages.handoverId, id), eq(handoverMessages.personal, true)));
}

/** The state that a talk comes to by an event, and who holds it, under its lock. Throws USAGE if there is no such talk or the event means nothing in its state. */
export async function lockForStep(
  transaction: Database,
  id: number,
  event: HandoverEvent,
): Promise<{ readonly to: HandoverState; readonly holder: string | undefined }> {
  const [row] = await transaction
    .select({ state: handovers.state, holder: handovers.takenBy })
    .from(handovers)
    .where(eq(handovers.id, id))
    .for("update");
  if (row === undefined) throw new AppError("USAGE", `There is no handover ${id}. See: npm run -s staff -- handovers list`);
  const from = State.parse(row.state);
  const to = next(from, event);
  if (to === undefined) throw new AppError("USAGE", `Handover ${id} is ${from}; "${event}" is not possible then.`);
  return { to, holder: row.holder ?? undefined };
}

async function findOpen(db: Database, conversationIds: readonly string[]) {
  const rows = OpenRow.array().parse(
    await db
      .select()
      .from(handovers)
      .where(and(sql`${handovers.conversationId} = any(${idArray(conversationIds)}::uuid[])`, ne(handovers.state, "closed"))),
  );
  const found = new Map(rows.map(({ conversationId, id, state }) => [conversationId, { id, state }]));
  return conversationIds.map((conversationId) => ({ open: found.get(conversationId) }));
}

/** Talks with people of the city in the database. */
export function createHandovers(db: Database): Handovers<Database> {
  const find = createBatches((ids: readonly string[]) => guarded("Finding handovers", () => findOpen(db, ids)), mostFound);
  return {
    find: async (conversationId) => (await find(conversationId)).open,
    step: async (transaction, conversationId, step) => {
      const locked = await lockOpen(transaction, conversationId);
      switch (step.event) {
        case "reject":
        case "ask":
          return await begin(transaction, conversationId, locked, step);
        case "write":
          return await keepMessage(transaction, locked, step);
        case "return": {
          if (locked.id === undefined || next(locked.state, "return") === undefined) return;
          return await endHandover(transaction, locked.id, locked.state === "offered" ? "not-wanted" : "person");
        }
        default:
          return step satisfies never;
      }
    },
    count: (conversationId) =>
      guarded("Counting what is kept for staff", async () => {
        const [row] = await db
          .select({ count: count() })
          .from(handoverMessages)
          .innerJoin(handovers, eq(handovers.id, handoverMessages.handoverId))
          .where(and(eq(handovers.conversationId, conversationId), ne(handoverMessages.writer, "human")));
        return row?.count ?? 0;
      }),
    forget: async (transaction, conversationId) => {
      await transaction.delete(handovers).where(eq(handovers.conversationId, conversationId));
    },
  };
}
