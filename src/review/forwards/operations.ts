import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { canBecome } from "../../core/clusters.ts";
import { AppError } from "../../core/errors.ts";
import { type Database, guarded } from "../../database/database.ts";
import { forwards } from "../../database/schema.ts";
import { hold, lockCluster } from "../clusters/store.ts";

const longestNote = 2000;

const Chosen = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) });
const Forward = Chosen.extend({
  by: z.string().trim().min(1).max(200),
  /** For whoever reads it there. */
  note: z.string().trim().max(longestNote).default(""),
});
const Again = z.object({ forward: z.uuid(), by: z.string() });

/** What forwarding needs. */
export interface ForwardParts {
  readonly db: Database;
  /** True where another system takes them; else a cluster is only marked. */
  readonly sends: boolean;
  /** Called after each step. */
  readonly onChange?: (() => void) | undefined;
}

/** What staff do to hand questions to others, by name. */
export function createForwardOperations({
  db,
  sends,
  onChange,
}: ForwardParts): Readonly<Record<string, (input: unknown) => Promise<unknown>>> {
  async function forward({ id: wanted, note, by }: z.output<typeof Forward>) {
    const done = await guarded("Forwarding a cluster", () =>
      db.transaction(async (transaction) => {
        const { id, state } = await lockCluster(transaction, wanted);
        if (!canBecome(state, "forwarded")) throw new AppError("USAGE", `Cluster ${id} is ${state}; it cannot become forwarded.`);
        await hold(transaction, id, { step: "forward", by, ...(note === "" ? {} : { text: note }) }, { state: "forwarded" });
        if (sends) await transaction.insert(forwards).values({ clusterId: id, by, note: note === "" ? null : note });
        return { id, sends };
      }),
    );
    onChange?.();
    return done;
  }

  /** Puts one that could not be sent among those that wait. */
  async function again({ forward: id }: z.output<typeof Again>) {
    const [row] = await db
      .update(forwards)
      .set({ state: "waiting", attempts: 0, nextAt: sql`now()`, fault: null })
      .where(and(eq(forwards.id, id), eq(forwards.state, "failed")))
      .returning({ id: forwards.clusterId });
    if (row === undefined) throw new AppError("USAGE", "This forwarding did not fail, or is not there.");
    onChange?.();
    return row;
  }

  return {
    "staff.clusters.forward": (input) => forward(Forward.parse(input)),
    "staff.clusters.forward-again": (input) => again(Again.parse(input)),
    "staff.clusters.forwards": async (input) => {
      const { id } = await db.transaction((transaction) => lockCluster(transaction, Chosen.parse(input).id));
      return await db.select().from(forwards).where(eq(forwards.clusterId, id)).orderBy(desc(forwards.at), desc(forwards.id));
    },
  };
}
