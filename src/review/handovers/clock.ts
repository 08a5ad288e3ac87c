import { and, eq, lt, or } from "drizzle-orm";
import { AppError } from "../../core/errors.ts";
import { handoverHours } from "../../core/handover.ts";
import { type Database, guarded } from "../../database/database.ts";
import { handovers } from "../../database/schema.ts";
import { type HandoverParts, writeTo } from "./letters.ts";
import { endHandover, lockForStep } from "./store.ts";

const hourMs = 3_600_000;
/** Days after its end when nothing is left of a talk with a person. */
const keptDays = 30;

const endOf = { waiting: "nobody-came", "with-human": "human-silent" } as const;

const isBefore = (state: keyof typeof handoverHours, now: Date) =>
  and(eq(handovers.state, state), lt(handovers.since, new Date(now.getTime() - handoverHours[state] * hourMs)));

/** Ends one talk whose time is over and tells the person. Throws USAGE if another process, or staff, was faster. */
async function expire(id: number, state: keyof typeof endOf, parts: HandoverParts, now: Date): Promise<void> {
  await parts.db.transaction(async (transaction) => {
    await writeTo(transaction, id, { about: "ended", by: endOf[state] }, parts);
    await lockForStep(transaction, id, "expire");
    const due = await transaction
      .select({ id: handovers.id })
      .from(handovers)
      .where(and(eq(handovers.id, id), isBefore(state, now)));
    if (due.length === 0) throw new AppError("USAGE", `Handover ${id} has changed meanwhile.`);
    await endHandover(transaction, id, endOf[state]);
  });
}

function ignoreOvertaken(error: unknown): void {
  if (!(error instanceof AppError && error.code === "USAGE")) throw error;
}

async function expireAll(parts: HandoverParts, now: Date): Promise<void> {
  const due = await parts.db
    .select({ id: handovers.id, state: handovers.state })
    .from(handovers)
    .where(or(isBefore("waiting", now), isBefore("with-human", now)));
  for (const { id, state } of due) await expire(id, state === "waiting" ? "waiting" : "with-human", parts, now).catch(ignoreOvertaken);
  if (due.length > 0) parts.onTold();
}

/** An offer that nobody took up needs no farewell. */
async function dropOffers(db: Database, now: Date): Promise<void> {
  await db.delete(handovers).where(isBefore("offered", now));
}

async function dropOld(db: Database, now: Date): Promise<void> {
  await db.delete(handovers).where(lt(handovers.endedAt, new Date(now.getTime() - keptDays * 24 * hourMs)));
}

/** Ends talks whose time is over, with a letter to the person, and erases those that ended 30 days ago; false, since nothing more is due. */
export async function keepHandovers(parts: HandoverParts, now: Date): Promise<false> {
  await guarded("Ending handovers", async () => {
    await expireAll(parts, now);
    await dropOffers(parts.db, now);
    await dropOld(parts.db, now);
  });
  return false;
}
