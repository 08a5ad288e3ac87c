import { z } from "zod";
import { type ClusterState, canBecome, type GapSource, type UnmetDemand } from "../../core/clusters.ts";
import { AppError } from "../../core/errors.ts";
import { type Database, guarded } from "../../database/database.ts";
import { Listing, listClusters, showCluster } from "./inbox.ts";
import { addClusters, gapsOf, hold, type LockedCluster, lockCluster, moveGaps, takeAll } from "./store.ts";

const mostSplit = 1000;
const longestTitle = 120;
const longestNote = 2000;
/** Messages that are shown before a gap. */
const mostBefore = 6;

const number = z.coerce.number().int().positive().max(2_147_483_647);
/** Who does it: the id of an account, or "command line". */
const by = z.string().trim().min(1).max(200);

const Chosen = z.object({ id: number });
const Shown = Chosen.extend({ page: z.coerce.number().int().min(1).max(100_000).default(1) });
const Step = z.object({ id: number, by });
const Merge = z.object({ id: number, with: number, by });
const Split = z.object({ id: number, gaps: z.array(z.uuid()).min(1).max(mostSplit), by });
const Assign = Step.extend({ to: z.string().trim().min(1).max(200).nullable() });
const Note = Step.extend({ text: z.string().trim().min(1).max(longestNote) });
const Title = Step.extend({ title: z.string().trim().min(1).max(longestTitle) });
const Move = Step.extend({ state: z.enum(["in-progress", "for-approval", "published", "forwarded"]) });
const Context = z.object({
  gap: z.uuid(),
  messages: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(mostBefore + 1),
});

/** What staff's work with clusters is made of. */
interface ClusterOperationParts {
  readonly db: Database;
  readonly source: GapSource;
  readonly demand: UnmetDemand<Database>;
  /** Called after each step that staff have taken. */
  readonly onChange?: (() => void) | undefined;
}

/** What staff do with clusters, by name; the same in a running server and in a command. */
export function createClusterOperations({
  db,
  source,
  demand,
  onChange,
}: ClusterOperationParts): Readonly<Record<string, (input: unknown) => Promise<unknown>>> {
  /** Carries out a step on a cluster, or on the one it was merged into, under its lock. */
  async function act<Result extends object>(id: number, change: (transaction: Database, cluster: LockedCluster) => Promise<Result>) {
    const done = await guarded("Changing a cluster", () =>
      db.transaction(async (transaction) => {
        const cluster = await lockCluster(transaction, id);
        return { id: cluster.id, ...(await change(transaction, cluster)) };
      }),
    );
    onChange?.();
    return done;
  }

  const become = (step: string, input: z.output<typeof Step>, to: ClusterState) =>
    act(input.id, async (transaction, { id, state }) => {
      if (!canBecome(state, to)) throw new AppError("USAGE", `Cluster ${id} is ${state}; it cannot become ${to}.`);
      await hold(transaction, id, { step, by: input.by }, { state: to });
      if (to === "no-offer") await demand.mark(transaction, await gapsOf(transaction, id));
      return { state: to };
    });

  async function mergeIn(transaction: Database, input: z.output<typeof Merge>) {
    // Locked by their order, as all others do.
    const older = await lockCluster(transaction, Math.min(input.id, input.with));
    const newer = await lockCluster(transaction, Math.max(input.id, input.with));
    if (older.id === newer.id) throw new AppError("USAGE", `Clusters ${input.id} and ${input.with} are one already.`);
    const [stays, goes] = older.id < newer.id ? [older, newer] : [newer, older];
    // What has been decided about one of them holds for both.
    const state = stays.state === "new" ? goes.state : stays.state;
    await takeAll(transaction, goes.id, stays.id);
    await hold(transaction, goes.id, { step: "merged", by: input.by }, { mergedInto: stays.id });
    await hold(transaction, stays.id, { step: "merge", by: input.by }, { state });
    if (state === "no-offer") await demand.mark(transaction, await gapsOf(transaction, stays.id));
    return { id: stays.id, merged: goes.id, state };
  }

  async function merge(input: z.output<typeof Merge>) {
    const done = await guarded("Merging clusters", () => db.transaction((transaction) => mergeIn(transaction, input)));
    onChange?.();
    return done;
  }

  const split = (input: z.output<typeof Split>) =>
    act(input.id, async (transaction, { id }) => {
      const chosen = await gapsOf(transaction, id, input.gaps);
      if (chosen.length !== new Set(input.gaps).size)
        throw new AppError("USAGE", `Some of these gaps are not in cluster ${id}. See: npm run -s staff -- clusters show ${id}`);
      const [made] = await addClusters(transaction, 1);
      if (made === undefined) throw new AppError("DATABASE_FAILED", "No cluster could be made.");
      await moveGaps(transaction, chosen, made, true);
      await hold(transaction, id, { step: "split", by: input.by });
      await hold(transaction, made, { step: "split", by: input.by });
      return { made, gaps: chosen.length };
    });

  const note = ({ id: wanted, by, text }: z.output<typeof Note>) =>
    act(wanted, async (transaction, { id }) => {
      await hold(transaction, id, { step: "note", by, text });
      return {};
    });

  const set = (step: string, input: z.output<typeof Step>, change: { readonly title: string } | { readonly assignee: string | null }) =>
    act(input.id, async (transaction, { id }) => {
      await hold(transaction, id, { step, by: input.by }, change);
      return change;
    });

  async function show({ id, page }: z.output<typeof Shown>) {
    const { id: known } = await db.transaction((transaction) => lockCluster(transaction, id));
    return await showCluster(db, source, known, page);
  }

  return {
    "staff.clusters.list": (input) => listClusters(db, source, Listing.parse(input)),
    "staff.clusters.show": (input) => show(Shown.parse(input)),
    "staff.clusters.turns": async (input) => {
      const { id } = await db.transaction((transaction) => lockCluster(transaction, Chosen.parse(input).id));
      return await gapsOf(db, id);
    },
    "staff.clusters.context": (input) => {
      const { gap, messages } = Context.parse(input);
      return source.readBefore(gap, messages);
    },
    "staff.clusters.merge": (input) => merge(Merge.parse(input)),
    "staff.clusters.split": (input) => split(Split.parse(input)),
    "staff.clusters.ignore": (input) => become("ignore", Step.parse(input), "ignored"),
    "staff.clusters.restore": (input) => become("restore", Step.parse(input), "new"),
    "staff.clusters.no-offer": (input) => become("no-offer", Step.parse(input), "no-offer"),
    "staff.clusters.move": (input) => {
      const step = Move.parse(input);
      return become("move", step, step.state);
    },
    "staff.clusters.assign": (input) => {
      const step = Assign.parse(input);
      return set("assign", step, { assignee: step.to });
    },
    "staff.clusters.note": (input) => note(Note.parse(input)),
    "staff.clusters.title": (input) => {
      const step = Title.parse(input);
      return set("title", step, { title: step.title });
    },
  };
}
