import { randomUUID } from "node:crypto";
import { eq, max, sql } from "drizzle-orm";
import { z } from "zod";
import type { Gap, GapNews, GapSource, UnmetDemand } from "../../core/clusters.ts";
import type { Embedder } from "../../core/embedder.ts";
import { runInSlices } from "../../core/slices.ts";
import { type Database, guarded, idArray } from "../../database/database.ts";
import { endLease, takeLease } from "../../database/lease.ts";
import { clusterGaps, clusterProgress, clusters } from "../../database/schema.ts";
import { createGrouping, type Grouping } from "./grouping.ts";
import { signatureOf } from "./signature.ts";
import {
  addClusters,
  addGaps,
  changeKind,
  keepSignature,
  type Placed,
  regroup,
  removeGaps,
  withoutOffer,
  withoutSignature,
} from "./store.ts";
import type { GapTerms, ReadableGap } from "./terms.ts";

/** What keeps the clusters up. */
export interface ClusterKeeperParts {
  readonly db: Database;
  readonly source: GapSource;
  readonly demand: UnmetDemand<Database>;
  readonly readTerms: (gap: ReadableGap) => GapTerms;
  /** The embedding model, where one is set and loaded. */
  readonly embedder?: (() => Pick<Embedder, "key" | "embedQuery"> | undefined) | undefined;
  /** Called after a commit that changed what clusters hold. */
  readonly onGrouped?: (() => void) | undefined;
}

/** Groups gaps in the background, in one process at a time. */
export interface ClusterKeeper {
  /** Takes what is new into clusters; true if more is left. */
  step(): Promise<boolean>;
  /** Lets another process do it. */
  stop(): Promise<void>;
}

const leaseName = "clusters";
const leaseSeconds = 300;
const mostNews = 500;
const mostLoaded = 200;
/** Questions that are read by a model in one step, so that new ones do not wait long behind it. */
const mostEmbedded = 50;
/** A transaction may be seen so much later than another that began after it. */
const overlapMs = 120_000;
const sliceMs = 10;
/** While there are few gaps all are grouped anew after each piece of news, then after so large a share of them. */
const few = 2000;
const refinedShare = 0.05;
/** How often it is looked for gaps that have gone by themselves. */
const syncMs = 3_600_000;

const Profile = z.object({ ids: z.array(z.number()), kinds: z.array(z.number()), counts: z.array(z.number()) });

interface Loaded {
  readonly grouping: Grouping;
  /** The model whose signatures were loaded. */
  readonly key: string | undefined;
  /** True if all are grouped anew in the next step. */
  refineDue: boolean;
  /** When staff last did something that is known here. */
  changedAt: number;
  syncedAt: number;
  newGaps: number;
}

/** Starts without anything loaded: the first step reads what is there. */
export function createClusterKeeper({ db, source, demand, readTerms, embedder, onGrouped }: ClusterKeeperParts): ClusterKeeper {
  const holder = randomUUID();
  let loaded: Loaded | undefined;

  async function embed({ question }: Pick<Gap, "question">, model = embedder?.()): Promise<Placed["signature"]> {
    if (model === undefined || question === undefined) return undefined;
    return { bytes: signatureOf(await model.embedQuery(question)), key: model.key };
  }

  async function lastChange(): Promise<number> {
    const [row] = await db
      .select({ at: max(clusters.changedAt) })
      .from(clusters)
      .where(eq(clusters.held, true));
    return row?.at?.getTime() ?? 0;
  }

  async function readHeld(grouping: Grouping): Promise<void> {
    const rows = await db
      .select({ id: clusters.id, gaps: clusters.gaps, profile: clusters.profile })
      .from(clusters)
      .where(sql`held and merged_into is null`);
    const held = new Set(rows.map(({ id }) => id));
    for (const cluster of grouping.heldClusters()) if (!held.has(cluster)) grouping.drop(cluster);
    for (const { id, gaps, profile } of rows) {
      // While all gaps are there they tell more than what is kept of them.
      const own = grouping.membersOf(id).length === gaps ? grouping.profileOf(id) : undefined;
      const known = own ?? (profile === null ? undefined : Profile.parse(profile));
      if (own !== undefined) await db.update(clusters).set({ profile: own }).where(eq(clusters.id, id));
      grouping.hold(id, known);
    }
  }

  async function load(): Promise<Loaded> {
    const changedAt = await lastChange();
    const grouping = createGrouping();
    const rows = await db
      .select({ id: clusterGaps.turnId, cluster: clusterGaps.clusterId, signature: clusterGaps.signature, key: clusterGaps.signatureKey })
      .from(clusterGaps);
    const key = embedder?.()?.key;
    for (let from = 0; from < rows.length; from += mostLoaded) {
      const some = rows.slice(from, from + mostLoaded);
      const gaps = new Map((await source.readGaps(some.map(({ id }) => id))).map((gap) => [gap.id, gap]));
      for (const { id, cluster, signature, key: made } of some) {
        const gap = gaps.get(id);
        if (gap === undefined) continue;
        grouping.restore(
          id,
          readTerms({ ...gap, signature: made !== null && made === key ? (signature ?? undefined) : undefined }),
          cluster,
        );
      }
    }
    const state = { grouping, key, refineDue: false, changedAt, syncedAt: performance.now(), newGaps: 0 };
    await readHeld(grouping);
    return state;
  }

  /** Takes over what staff did, and what has been erased. */
  async function sync(state: Loaded): Promise<void> {
    const changedAt = await lastChange();
    if (changedAt === state.changedAt && performance.now() - state.syncedAt < syncMs) return;
    const { grouping } = state;
    const rows = await db.select({ id: clusterGaps.turnId, cluster: clusterGaps.clusterId }).from(clusterGaps);
    const there = new Map(rows.map(({ id, cluster }) => [id, cluster]));
    for (const gap of grouping.gaps()) {
      const cluster = there.get(gap);
      if (cluster === undefined) grouping.remove(gap);
      else if (cluster !== grouping.clusterOf(gap)) grouping.move(gap, cluster);
    }
    await readHeld(grouping);
    Object.assign(state, { changedAt, syncedAt: performance.now() });
  }

  async function readUntil(): Promise<Date> {
    const [row] = await db.select({ until: clusterProgress.readUntil }).from(clusterProgress);
    return row === undefined ? new Date(0) : row.until;
  }

  /** Gives new clusters their numbers and those that got them. */
  async function number(transaction: Database, wanted: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const fresh = [...new Set(wanted.filter((id) => id < 0))].sort((a, b) => b - a);
    const made = await addClusters(transaction, fresh.length);
    return new Map(fresh.map((id, index) => [id, made[index] ?? id]));
  }

  async function takeNews({ grouping }: Loaded, news: readonly GapNews[]): Promise<number> {
    const known = new Map(
      (
        await db
          .select({ id: clusterGaps.turnId, gap: clusterGaps.gap })
          .from(clusterGaps)
          .where(sql`${clusterGaps.turnId} = any(${idArray(news.map(({ id }) => id))}::uuid[])`)
      ).map(({ id, gap }) => [id, gap]),
    );
    const gone = news.filter(({ id, gap }) => gap === undefined && known.has(id)).map(({ id }) => id);
    const gaps = news.flatMap(({ gap }) => gap ?? []);
    const placed: Placed[] = [];
    for (const gap of gaps) {
      if (known.has(gap.id)) continue;
      const signature = await embed(gap);
      // One that another process has lost in the middle of its work is here already, but not in the database.
      const clusterId = grouping.clusterOf(gap.id) ?? grouping.place(gap.id, readTerms({ ...gap, signature: signature?.bytes }));
      placed.push({ gap, clusterId, signature });
    }
    const numbers = await db.transaction(async (transaction) => {
      const made = await number(
        transaction,
        placed.map(({ clusterId }) => clusterId),
      );
      await addGaps(
        transaction,
        placed.map((each) => ({ ...each, clusterId: made.get(each.clusterId) ?? each.clusterId })),
      );
      for (const gap of gaps) {
        const kind = known.get(gap.id);
        if (kind !== undefined && kind !== gap.kind) await changeKind(transaction, gap.id, gap.kind);
      }
      await removeGaps(transaction, gone);
      await demand.mark(
        transaction,
        await withoutOffer(
          transaction,
          placed.map(({ gap }) => gap.id),
        ),
      );
      return made;
    });
    for (const gap of gone) grouping.remove(gap);
    for (const [from, to] of numbers) grouping.rename(from, to);
    if (placed.length + gone.length > 0) onGrouped?.();
    return placed.length;
  }

  async function refine(state: Loaded): Promise<void> {
    const { grouping } = state;
    const before = new Map(grouping.gaps().map((gap) => [gap, grouping.clusterOf(gap)]));
    const moves = await runInSlices(grouping.refine(), sliceMs);
    const numbers = await db.transaction(async (transaction) => {
      const made = await number(
        transaction,
        moves.map(({ to }) => to),
      );
      const known = moves.flatMap(({ gap, to }) => {
        const from = before.get(gap);
        return from === undefined ? [] : [{ gap, from, to: made.get(to) ?? to }];
      });
      await regroup(transaction, known);
      return made;
    });
    for (const [from, to] of numbers) grouping.rename(from, to);
    if (moves.length > 0) onGrouped?.();
    Object.assign(state, { newGaps: 0, refineDue: false });
    // What staff did meanwhile was kept in the database, and comes from there.
    if ((await lastChange()) !== state.changedAt) loaded = undefined;
  }

  /** Has the model read questions that came before it was there, or while there was another one; true if more are left. */
  async function catchUp(state: Loaded): Promise<boolean> {
    const model = embedder?.();
    if (model === undefined) return false;
    const ids = await withoutSignature(db, model.key, mostEmbedded);
    const gaps = new Map((await source.readGaps(ids)).map((gap) => [gap.id, gap]));
    for (const id of ids) {
      const gap = gaps.get(id);
      const signature = gap === undefined ? undefined : await embed(gap, model);
      await keepSignature(db, id, model.key, signature?.bytes);
      if (gap === undefined || signature === undefined) continue;
      state.grouping.learn(id, readTerms({ ...gap, signature: signature.bytes }));
      state.newGaps += 1;
    }
    return ids.length === mostEmbedded;
  }

  async function work(state: Loaded): Promise<boolean> {
    await sync(state);
    const from = new Date((await readUntil()).getTime() - overlapMs);
    let last: GapNews | undefined;
    for (;;) {
      const news = await source.readNews(from, mostNews, last);
      if (news.length > 0) state.newGaps += await takeNews(state, news);
      last = news.at(-1) ?? last;
      if (news.length < mostNews) break;
      await takeLease(db, leaseName, holder, leaseSeconds);
    }
    if (last !== undefined)
      await db
        .insert(clusterProgress)
        .values({ id: 1, readUntil: last.since })
        .onConflictDoUpdate({ target: clusterProgress.id, set: { readUntil: last.since } });
    if (state.refineDue) await refine(state);
    const left = await catchUp(state);
    // What is new is in its cluster by now: nobody waits for the grouping of all.
    const { size } = state.grouping;
    state.refineDue = state.newGaps > 0 && (size < few || state.newGaps >= refinedShare * size);
    return left || state.refineDue;
  }

  return {
    step: () =>
      guarded("Grouping gaps", async () => {
        if (!(await takeLease(db, leaseName, holder, leaseSeconds))) {
          loaded = undefined;
          return false;
        }
        // Signatures of another model than the one that is there now cannot be compared.
        if (loaded?.key !== embedder?.()?.key) loaded = undefined;
        loaded ??= await load();
        const state = loaded;
        try {
          return await work(state);
        } catch (error) {
          // What is in memory may be ahead of what was written.
          loaded = undefined;
          throw error;
        }
      }),
    stop: () => endLease(db, leaseName, holder),
  };
}
