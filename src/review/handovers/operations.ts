import { and, asc, count, eq, inArray, max, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { HandoverFinding } from "../../core/handover.ts";
import type { Database } from "../../database/database.ts";
import { handoverMessages, handovers } from "../../database/schema.ts";
import { type HandoverParts, writeTo } from "./letters.ts";
import { endHandover, lockForStep } from "./store.ts";

const longestText = 2000;

const Listing = z.object({ all: z.boolean().default(false) });
const Chosen = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });
/** Who does it: an account's id. All that is done from the command line is done by one. */
const Acting = Chosen.extend({ by: z.string().min(1).max(100).default("command line") });
const Said = Acting.extend({ text: z.string().trim().min(1).max(longestText) });

/** What staff do with talks that people want with them, by name; the same in a running server and in a command. */
export function createHandoverOperations(parts: HandoverParts): Readonly<Record<string, (input: unknown) => Promise<unknown>>> {
  const { db, onTold } = parts;

  async function list({ all }: z.output<typeof Listing>) {
    const states = all ? ["waiting", "with-human", "closed"] : ["waiting", "with-human"];
    return await db
      .select({
        ...{ id: handovers.id, state: handovers.state, lang: handovers.lang, asked: handovers.askedAt, ended: handovers.endReason },
        by: handovers.takenBy,
        ...{ messages: count(handoverMessages.id), last: max(handoverMessages.at) },
      })
      .from(handovers)
      .leftJoin(handoverMessages, eq(handoverMessages.handoverId, handovers.id))
      .where(and(inArray(handovers.state, states), sql`${handovers.askedAt} is not null`))
      .groupBy(handovers.id)
      .orderBy(asc(handovers.askedAt));
  }

  async function show({ id }: z.output<typeof Chosen>) {
    const [known] = await db
      .select({ id: handovers.id })
      .from(handovers)
      .where(and(eq(handovers.id, id), ne(handovers.state, "offered")));
    if (known === undefined) throw new AppError("USAGE", `There is no handover ${id}. See: npm run -s staff -- handovers list`);
    const rows = await db.select().from(handoverMessages).where(eq(handoverMessages.handoverId, id)).orderBy(asc(handoverMessages.id));
    return rows.map(({ at, writer, text, crisis, kind, offers }) => ({
      ...{ at, writer, text, crisis },
      ...(writer === "before" ? { answered: kind, offers } : {}),
    }));
  }

  /** Writes to the person and carries out what staff do, if it is possible in the present state and nobody else has the talk. */
  async function carryOut(
    { id, by }: z.output<typeof Acting>,
    event: "take" | "say" | "release" | "close",
    finding: HandoverFinding,
    change: (db: Database) => Promise<void>,
  ) {
    const done = await db.transaction(async (transaction) => {
      const delivered = await writeTo(transaction, id, finding, parts);
      const { to, holder } = await lockForStep(transaction, id, event);
      if (event === "say" && holder !== undefined && holder !== by)
        throw new AppError("USAGE", `Somebody else talks to the person of handover ${id}. They can give it back; nothing was sent.`);
      await change(transaction);
      return { id, state: to, delivered };
    });
    onTold();
    return done;
  }

  async function markPresent(transaction: Database, { id, by }: z.output<typeof Acting>): Promise<void> {
    await transaction
      .update(handovers)
      .set({ state: "with-human", since: sql`now()`, takenAt: sql`coalesce(${handovers.takenAt}, now())`, takenBy: by })
      .where(eq(handovers.id, id));
  }

  const take = (acting: z.output<typeof Acting>) =>
    carryOut(acting, "take", { about: "taken" }, (transaction) => markPresent(transaction, acting));

  const say = ({ text, ...acting }: z.output<typeof Said>) =>
    carryOut(acting, "say", { about: "said", text }, async (transaction) => {
      await markPresent(transaction, acting);
      await transaction.insert(handoverMessages).values({ handoverId: acting.id, writer: "human", text });
    });

  /** Not only by who has it: somebody may have gone home. */
  const release = (acting: z.output<typeof Acting>) =>
    carryOut(acting, "release", { about: "still-waiting" }, async (transaction) => {
      await transaction.update(handovers).set({ state: "waiting", since: sql`now()`, takenBy: null }).where(eq(handovers.id, acting.id));
    });

  const close = (acting: z.output<typeof Acting>) =>
    carryOut(acting, "close", { about: "ended", by: "staff" }, (transaction) => endHandover(transaction, acting.id, "staff"));

  return {
    "staff.handovers.list": (input) => list(Listing.parse(input)),
    "staff.handovers.show": (input) => show(Chosen.parse(input)),
    "staff.handovers.take": (input) => take(Acting.parse(input)),
    "staff.handovers.say": (input) => say(Said.parse(input)),
    "staff.handovers.release": (input) => release(Acting.parse(input)),
    "staff.handovers.close": (input) => close(Acting.parse(input)),
  };
}
