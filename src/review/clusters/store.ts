import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { GapKind } from "../../core/answer.ts";
import { type ClusterForgetting, type ClusterState, clusterStates, type Gap } from "../../core/clusters.ts";
import { AppError } from "../../core/errors.ts";
import { noNeed } from "../../core/intents.ts";
import type { Scored } from "../../core/understanding.ts";
import { type Database, idArray, rowsOf } from "../../database/database.ts";
import { clusterArticles, clusterDays, clusterGaps, clusterSteps, clusters, forwards } from "../../database/schema.ts";

/** A need that is less likely than this says nothing about a gap. */
const leastNeed = 0.3;

/** A gap with the cluster that it goes into. */
export interface Placed {
  readonly gap: Gap;
  readonly clusterId: number;
  /** What is kept of the vector of its question, and the key of the model. */
  readonly signature?: { readonly bytes: Uint8Array; readonly key: string } | undefined;
}

/** The need that a gap is counted by; empty where none was understood. */
function needOf({ needs }: Pick<Gap, "needs">): string {
  const [best] = needs;
  return best === undefined || best.id === noNeed || best.score < leastNeed ? "" : best.id;
}

/** The best answer that there was; of a personal topic nothing is kept but its need. */
function nearestOf({ question, offers }: Gap): Scored | undefined {
  return question === undefined ? undefined : offers[0];
}

/** Adds (or takes off) gaps to what is counted of their clusters. */
async function count(transaction: Database, turnIds: readonly string[], sign: 1 | -1): Promise<void> {
  await transaction.execute(sql`
    insert into cluster_days (cluster_id, day, channel, lang, district, gap, need, gaps)
    select cluster_id, day, channel, lang, district, gap, need, ${sign}::integer * count(*)::integer from cluster_gaps
    where turn_id = any(${idArray(turnIds)}::uuid[]) group by cluster_id, day, channel, lang, district, gap, need
    on conflict (cluster_id, day, channel, lang, district, gap, need) do update set gaps = cluster_days.gaps + excluded.gaps`);
  await transaction.execute(sql`
    update clusters set gaps = clusters.gaps + ${sign}::integer * changed.gaps,
      first_at = least(clusters.first_at, changed.first_at), last_at = greatest(clusters.last_at, changed.last_at),
      nearest = coalesce(changed.nearest, clusters.nearest)
    from (select cluster_id, count(*)::integer as gaps, min(at) as first_at, max(at) as last_at,
        (array_agg(nearest order by at desc) filter (where nearest is not null))[1] as nearest
      from cluster_gaps where turn_id = any(${idArray(turnIds)}::uuid[]) group by cluster_id) changed
    where clusters.id = changed.cluster_id`);
}

/** Locks clusters in one order for all, so that two works never wait for each other. */
async function lockClusters(transaction: Database, ids: readonly number[]): Promise<void> {
  await transaction
    .select({ id: clusters.id })
    .from(clusters)
    .where(inArray(clusters.id, [...ids]))
    .orderBy(asc(clusters.id))
    .for("update");
}

async function clustersOf(transaction: Database, turnIds: readonly string[]): Promise<readonly number[]> {
  const rows = await transaction
    .selectDistinct({ id: clusterGaps.clusterId })
    .from(clusterGaps)
    .where(sql`${clusterGaps.turnId} = any(${idArray(turnIds)}::uuid[])`);
  return rows.map(({ id }) => id);
}

/** Gaps that nobody looked at with this model, the newest first. */
export async function withoutSignature(db: Database, key: string, most: number): Promise<readonly string[]> {
  const rows = await db
    .select({ id: clusterGaps.turnId })
    .from(clusterGaps)
    .where(sql`${clusterGaps.signatureKey} is distinct from ${key}`)
    .orderBy(desc(clusterGaps.at))
    .limit(most);
  return rows.map(({ id }) => id);
}

/** Keeps what a model made of a gap's question; without bytes, that it made nothing of it. */
export async function keepSignature(db: Database, id: string, key: string, bytes: Uint8Array | undefined): Promise<void> {
  await db
    .update(clusterGaps)
    .set({ signature: bytes ?? null, signatureKey: key })
    .where(eq(clusterGaps.turnId, id));
}

/** Makes a cluster without gaps; its number is never given again. */
export async function addClusters(transaction: Database, most: number): Promise<readonly number[]> {
  if (most === 0) return [];
  const made = await transaction
    .insert(clusters)
    .values(Array.from({ length: most }, () => ({})))
    .returning({ id: clusters.id });
  return made.map(({ id }) => id).sort((a, b) => a - b);
}

/** Puts new gaps into their clusters; one that is there already, or whose turn has been erased meanwhile, is left out. */
export async function addGaps(transaction: Database, placed: readonly Placed[]): Promise<void> {
  if (placed.length === 0) return;
  await lockClusters(
    transaction,
    placed.map(({ clusterId }) => clusterId),
  );
  const rows = placed.map(({ gap, clusterId, signature }) => ({
    ...{ turn_id: gap.id, cluster_id: clusterId, channel: gap.channel, lang: gap.lang, district: gap.district ?? "", gap: gap.kind },
    ...{ need: needOf(gap), nearest: nearestOf(gap) ?? null, at: gap.at.toISOString(), signature_key: signature?.key ?? null },
    signature: signature === undefined ? null : Buffer.from(signature.bytes).toString("base64"),
  }));
  const added = await transaction.execute(sql`
    insert into cluster_gaps (turn_id, cluster_id, day, channel, lang, district, gap, need, nearest, at, signature, signature_key)
    select turn_id, coalesce(c.merged_into, c.id), (g.at at time zone 'Europe/Berlin')::date, g.channel, g.lang, district, g.gap, need, g.nearest, g.at,
      decode(g.signature, 'base64'), g.signature_key
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(turn_id uuid, cluster_id integer, channel text, lang text, district text, gap text,
      need text, nearest jsonb, at timestamptz, signature text, signature_key text)
    join turns on turns.id = turn_id join clusters c on c.id = cluster_id
    on conflict (turn_id) do nothing returning turn_id as id`);
  await count(
    transaction,
    Added.array()
      .parse(rowsOf(added))
      .map(({ id }) => id),
    1,
  );
}

const Added = z.object({ id: z.string() });

/** Writes that gaps are of another kind by now: an answer was called wrong, or no longer is. */
export async function changeKind(transaction: Database, turnId: string, kind: GapKind): Promise<void> {
  await lockClusters(transaction, await clustersOf(transaction, [turnId]));
  await count(transaction, [turnId], -1);
  await transaction.update(clusterGaps).set({ gap: kind }).where(eq(clusterGaps.turnId, turnId));
  await count(transaction, [turnId], 1);
}

/** Moves gaps to a cluster; `byHand` keeps them there. */
export async function moveGaps(transaction: Database, turnIds: readonly string[], to: number, byHand: boolean): Promise<void> {
  if (turnIds.length === 0) return;
  await lockClusters(transaction, [...(await clustersOf(transaction, turnIds)), to]);
  await count(transaction, turnIds, -1);
  await transaction
    .update(clusterGaps)
    .set({ clusterId: to, ...(byHand ? { byHand } : {}) })
    .where(sql`${clusterGaps.turnId} = any(${idArray(turnIds)}::uuid[])`);
  await count(transaction, turnIds, 1);
}

/** A gap that the grouping found a better place for. */
export interface Regrouped {
  readonly gap: string;
  readonly from: number;
  readonly to: number;
}

/** Moves gaps as the grouping wants it, but for those that staff moved or took in hand meanwhile. Clusters that lose all of theirs lead to where most went. */
export async function regroup(transaction: Database, moves: readonly Regrouped[]): Promise<void> {
  if (moves.length === 0) return;
  await lockClusters(transaction, [...new Set(moves.flatMap(({ from, to }) => [from, to]))]);
  const given = sql`jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as m(gap uuid, "from" integer, "to" integer)`;
  const movable = await transaction.execute(sql`
    select g.turn_id as id from cluster_gaps g join ${given} on m.gap = g.turn_id and m."from" = g.cluster_id
    join clusters one on one.id = m."from" join clusters other on other.id = m."to"
    where not one.held and not g.by_hand and other.merged_into is null`);
  const ids = Added.array()
    .parse(rowsOf(movable))
    .map(({ id }) => id);
  await count(transaction, ids, -1);
  await transaction.execute(sql`
    update cluster_gaps set cluster_id = m."to" from ${given} where m.gap = cluster_gaps.turn_id and cluster_gaps.turn_id = any(${idArray(ids)}::uuid[])`);
  await count(transaction, ids, 1);
  await transaction.execute(sql`
    update clusters set merged_into = emptied."to"
    from (select distinct on (m."from") m."from", m."to" from ${given} group by m."from", m."to" order by m."from", count(*) desc, m."to") emptied
    where clusters.id = emptied."from" and not clusters.held and clusters.gaps = 0 and emptied."to" < clusters.id`);
}

/** Takes gaps away, and what was counted of them: they are none any more, or their person wants to be forgotten. */
export async function removeGaps(transaction: Database, turnIds: readonly string[]): Promise<void> {
  if (turnIds.length === 0) return;
  await lockClusters(transaction, await clustersOf(transaction, turnIds));
  await count(transaction, turnIds, -1);
  await transaction.delete(clusterGaps).where(sql`${clusterGaps.turnId} = any(${idArray(turnIds)}::uuid[])`);
}

/** A cluster as steps of staff find it, under its lock. */
export interface LockedCluster {
  readonly id: number;
  readonly state: ClusterState;
}

const LockedRow = z.object({ id: z.number(), state: z.enum(clusterStates), mergedInto: z.number().nullable() });

/** Merges are followed as often as this; a cycle cannot come about, since the older number stays. */
const mostMerges = 100;

/** Locks a cluster, or the one that it was merged into. Throws USAGE if there is none. */
export async function lockCluster(transaction: Database, id: number): Promise<LockedCluster> {
  let wanted = id;
  for (let step = 0; step < mostMerges; step += 1) {
    const [found] = await transaction
      .select({ id: clusters.id, state: clusters.state, mergedInto: clusters.mergedInto })
      .from(clusters)
      .where(eq(clusters.id, wanted))
      .for("update");
    if (found === undefined) break;
    const row = LockedRow.parse(found);
    if (row.mergedInto === null) return row;
    wanted = row.mergedInto;
  }
  throw new AppError("USAGE", `There is no cluster ${id}. See: npm run -s staff -- clusters list`);
}

/** A step of staff: what it is called, who took it, and the words of a note. */
export interface StaffStep {
  readonly step: string;
  readonly by: string;
  readonly text?: string;
}

/** Writes what staff decided about a cluster: from now on it is theirs, and the grouping takes nothing out of it. */
export async function hold(
  transaction: Database,
  id: number,
  { step, by, text }: StaffStep,
  change: Partial<Pick<typeof clusters.$inferInsert, "state" | "title" | "assignee" | "mergedInto">> = {},
): Promise<void> {
  await transaction.insert(clusterSteps).values({ clusterId: id, step, by, text: text ?? null });
  await transaction
    .update(clusters)
    .set({ ...change, held: true, changedAt: sql`clock_timestamp()` })
    .where(eq(clusters.id, id));
}

/** Gives a cluster all that another one has: its gaps, what was counted of those that are gone, and its steps. */
export async function takeAll(transaction: Database, from: number, to: number): Promise<void> {
  await moveGaps(transaction, await gapsOf(transaction, from), to, true);
  await transaction.execute(sql`
    insert into cluster_days (cluster_id, day, channel, lang, district, gap, need, gaps)
    select ${to}::integer, day, channel, lang, district, gap, need, gaps from cluster_days where cluster_id = ${from}
    on conflict (cluster_id, day, channel, lang, district, gap, need) do update set gaps = cluster_days.gaps + excluded.gaps`);
  await transaction.delete(clusterDays).where(eq(clusterDays.clusterId, from));
  await transaction.execute(sql`
    insert into cluster_articles (cluster_id, article_id, linked_by, linked_at)
    select ${to}::integer, article_id, linked_by, linked_at from cluster_articles where cluster_id = ${from}
    on conflict do nothing`);
  await transaction.delete(clusterArticles).where(eq(clusterArticles.clusterId, from));
  await transaction.update(forwards).set({ clusterId: to }).where(eq(forwards.clusterId, from));
  await transaction.execute(sql`
    update clusters set gaps = clusters.gaps + gone.gaps, first_at = least(clusters.first_at, gone.first_at), last_at = greatest(clusters.last_at, gone.last_at),
      title = coalesce(clusters.title, gone.title), profile = coalesce(clusters.profile, gone.profile), assignee = coalesce(clusters.assignee, gone.assignee)
    from clusters gone where gone.id = ${from} and clusters.id = ${to}`);
  await transaction.update(clusters).set({ gaps: 0, profile: null }).where(eq(clusters.id, from));
  await transaction.update(clusterSteps).set({ clusterId: to }).where(eq(clusterSteps.clusterId, from));
}

/** The ids among these that are gaps of that cluster. */
export async function gapsOf(transaction: Database, clusterId: number, among?: readonly string[]): Promise<readonly string[]> {
  const chosen = among === undefined ? undefined : sql`${clusterGaps.turnId} = any(${idArray(among)}::uuid[])`;
  const rows = await transaction
    .select({ id: clusterGaps.turnId })
    .from(clusterGaps)
    .where(and(eq(clusterGaps.clusterId, clusterId), chosen));
  return rows.map(({ id }) => id);
}

/** The gaps among these that came into a cluster that the city has nothing for. */
export async function withoutOffer(transaction: Database, turnIds: readonly string[]): Promise<readonly string[]> {
  const rows = await transaction
    .select({ id: clusterGaps.turnId })
    .from(clusterGaps)
    .innerJoin(clusters, eq(clusters.id, clusterGaps.clusterId))
    .where(and(sql`${clusterGaps.turnId} = any(${idArray(turnIds)}::uuid[])`, eq(clusters.state, "no-offer")));
  return rows.map(({ id }) => id);
}

/** What clusters forget where a conversation is erased. */
export const clusterForgetting: ClusterForgetting<Database> = { forget: removeGaps };
