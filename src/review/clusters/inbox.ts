import { asc, count, desc, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type ClusterState, clusterStates, type Gap, type GapSource } from "../../core/clusters.ts";
import { AppError } from "../../core/errors.ts";
import { languages } from "../../core/languages.ts";
import type { Scored } from "../../core/understanding.ts";
import { type Database, guarded, idArray, rowsOf } from "../../database/database.ts";
import { clusterGaps, clusterSteps } from "../../database/schema.ts";

/** Clusters on a page of the inbox. */
const pageSize = 20;
/** What nobody has asked for so long, and staff never took in hand, is not shown. */
const freshDays = 60;
/** Questions on a page of one cluster. */
const questionsOfPage = 200;
/** A page shows one question of each cluster; this many are looked at for one whose words are kept. */
const mostExamples = 3;

const clusterSorts = ["count", "latest", "trend"] as const;

export const Listing = z.object({
  state: z.enum(clusterStates).default("new"),
  sort: z.enum(clusterSorts).default("count"),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  lang: z.enum(languages).optional(),
  gap: z.enum(["not-understood", "nothing-in-catalogue", "below-the-bar", "rejected", "out-of-scope"]).optional(),
  /** Also what only one person has asked. */
  singles: z.boolean().default(false),
});

const Counts = z.record(z.string(), z.number()).nullable();

const Nearest = z.object({ id: z.string(), score: z.number() });

const Row = z.object({
  id: z.number(),
  state: z.enum(clusterStates),
  title: z.string().nullable(),
  assignee: z.string().nullable(),
  gaps: z.coerce.number(),
  week: z.coerce.number(),
  weekBefore: z.coerce.number(),
  firstAt: z.coerce.date().nullable(),
  lastAt: z.coerce.date().nullable(),
  nearest: Nearest.nullable(),
  channels: Counts,
  langs: Counts,
  districts: Counts,
  kinds: Counts,
  needs: Counts,
});

/** One line of the inbox; `week` and `weekBefore` count the last seven days and the seven before, the records how many gaps have which value. */
export interface ClusterLine {
  readonly id: number;
  readonly state: ClusterState;
  /** Confirmed by staff; without one the newest question stands for the cluster. */
  readonly title: string | undefined;
  readonly example: string | undefined;
  readonly assignee: string | undefined;
  readonly gaps: number;
  readonly week: number;
  readonly weekBefore: number;
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** The best answer that was there, and its score. */
  readonly nearest: z.output<typeof Nearest> | undefined;
  readonly channels: Readonly<Record<string, number>>;
  readonly langs: Readonly<Record<string, number>>;
  readonly districts: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  readonly needs: Readonly<Record<string, number>>;
}

/** One page of the inbox; `clusters` counts all of its pages, `singles` what only one person asked and is not among them. */
export interface ClusterPage {
  readonly page: number;
  readonly pages: number;
  readonly clusters: number;
  readonly singles: number;
  readonly lines: readonly ClusterLine[];
}

const lineOf = (row: z.output<typeof Row>, example: string | undefined): ClusterLine => ({
  ...{ id: row.id, state: row.state, title: row.title ?? undefined, example, assignee: row.assignee ?? undefined },
  ...{ gaps: row.gaps, week: row.week, weekBefore: row.weekBefore },
  ...{ first: row.firstAt?.toISOString(), last: row.lastAt?.toISOString(), nearest: row.nearest ?? undefined },
  ...{
    channels: row.channels ?? {},
    langs: row.langs ?? {},
    districts: row.districts ?? {},
    kinds: row.kinds ?? {},
    needs: row.needs ?? {},
  },
});

/** How many gaps of a cluster have which value of a column, as JSON; only values that are known. */
const tally = (column: "channel" | "lang" | "district" | "gap" | "need") => sql`
  (select jsonb_object_agg(value, gaps) from (
    select ${sql.raw(column)} as value, sum(gaps)::integer as gaps from cluster_days
    where cluster_id = page.id and ${sql.raw(column)} <> '' group by 1 having sum(gaps) > 0) each)`;

/** Days are counted as people here count them. */
const today = sql`(now() at time zone 'Europe/Berlin')::date`;

/** How many gaps more a cluster had in the last seven days than in the seven before. */
const growth = sql`
  (select cluster_id, sum(case when day > ${today} - 7 then gaps else -gaps end) as more from cluster_days
    where day > ${today} - 14 group by cluster_id)`;

const orders = {
  count: sql`order by c.gaps desc, c.id`,
  latest: sql`order by c.last_at desc, c.id`,
  trend: sql`order by coalesce(growth.more, 0) desc, c.gaps desc, c.id`,
};

/** Lines of the clusters that `wanted` and `order` choose, without their examples. */
async function readRows(db: Database, wanted: SQL, rest: SQL, joined: SQL = sql``) {
  const result = await db.execute(sql`
    with page as materialized (select c.*, row_number() over () as place from (select c.* from clusters c ${joined} where ${wanted} ${rest}) c)
    select page.id, state, title, assignee, page.gaps, first_at as "firstAt", last_at as "lastAt", nearest,
      (select coalesce(sum(gaps), 0) from cluster_days d where d.cluster_id = page.id and d.day > ${today} - 7) as week,
      (select coalesce(sum(gaps), 0) from cluster_days d where d.cluster_id = page.id and d.day > ${today} - 14 and d.day <= ${today} - 7) as "weekBefore",
      ${tally("channel")} as channels, ${tally("lang")} as langs, ${tally("district")} as districts, ${tally("gap")} as kinds, ${tally("need")} as needs
    from page order by place`);
  return Row.array().parse(rowsOf(result));
}

const Example = z.object({ cluster: z.number(), id: z.string() });

/** The newest question of each cluster whose words are kept. */
async function readExamples(db: Database, source: GapSource, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const result = await db.execute(sql`
    select wanted.id as cluster, newest.turn_id as id from unnest(${idArray(ids)}::integer[]) as wanted(id)
    cross join lateral (select turn_id, at from cluster_gaps where cluster_id = wanted.id order by at desc limit ${mostExamples}) newest
    order by wanted.id, newest.at desc`);
  const rows = Example.array().parse(rowsOf(result));
  const gaps = new Map((await source.readGaps(rows.map(({ id }) => id))).map((gap) => [gap.id, gap.question]));
  const examples = new Map<number, string>();
  for (const { cluster, id } of rows) {
    const question = gaps.get(id);
    if (question !== undefined && !examples.has(cluster)) examples.set(cluster, question);
  }
  return examples;
}

const Total = z.object({ clusters: z.coerce.number(), singles: z.coerce.number() });

/** Reads one page of the inbox. */
export async function listClusters(
  db: Database,
  source: GapSource,
  { state, sort, page, lang, gap, singles }: z.output<typeof Listing>,
): Promise<ClusterPage> {
  return await guarded("Reading clusters", async () => {
    const has = (column: "lang" | "gap", value: string | undefined) =>
      value === undefined
        ? sql`true`
        : sql`exists (select 1 from cluster_days d where d.cluster_id = c.id and d.${sql.raw(column)} = ${value} and d.gaps > 0)`;
    const open = sql`c.merged_into is null and c.state = ${state} and ${has("lang", lang)} and ${has("gap", gap)}`;
    // What staff took in hand is shown however few asked it.
    const least = sql`((c.held or c.last_at > now() - make_interval(days => ${freshDays})) and c.gaps >= ${singles ? 1 : 2} or (c.held and c.state <> 'new'))`;
    const [row] = rowsOf(
      await db.execute(sql`
        select count(*) filter (where ${least}) as clusters, count(*) filter (where not ${least} and c.gaps = 1) as singles from clusters c where ${open}`),
    );
    const total = Total.parse(row);
    const rest = sql`${orders[sort]} limit ${pageSize} offset ${(page - 1) * pageSize}`;
    const joined = sort === "trend" ? sql`left join ${growth} growth on growth.cluster_id = c.id` : sql``;
    const rows = await readRows(db, sql`${open} and ${least}`, rest, joined);
    const examples = await readExamples(
      db,
      source,
      rows.map(({ id }) => id),
    );
    return {
      ...{ page, pages: Math.max(1, Math.ceil(total.clusters / pageSize)), ...total },
      lines: rows.map((each) => lineOf(each, examples.get(each.id))),
    };
  });
}

/** One cluster with a page of its questions, and what staff did with it, in order. */
export interface ClusterDetails extends ClusterLine {
  readonly page: number;
  readonly pages: number;
  readonly questions: readonly {
    readonly id: string;
    readonly at: string;
    /** Absent where the topic is too personal to keep the words. */
    readonly text: string | undefined;
    readonly lang: string;
    readonly channel: string;
    readonly district: string | undefined;
    readonly kind: string;
    readonly need: string | undefined;
    readonly nearest: z.output<typeof Nearest> | undefined;
    /** What was understood, and the offers that came up, best first; empty where nothing is kept of a question. */
    readonly needs: readonly Scored[];
    readonly offers: readonly Scored[];
  }[];
  readonly steps: readonly { readonly at: string; readonly step: string; readonly by: string; readonly text: string | undefined }[];
}

const orUndefined = (text: string) => (text === "" ? undefined : text);

/** What one question led to; nothing where its topic is too personal to keep its words. */
function understoodIn(gap: Gap | undefined): { readonly needs: readonly Scored[]; readonly offers: readonly Scored[] } {
  return gap?.question === undefined ? { needs: [], offers: [] } : { needs: gap.needs, offers: gap.offers };
}

/** Reads one cluster with a page of its questions, the newest first; `id` is one that has not been merged into another. Throws USAGE if there is none. */
export async function showCluster(db: Database, source: GapSource, id: number, page = 1): Promise<ClusterDetails> {
  return await guarded("Reading a cluster", async () => {
    const [row] = await readRows(db, sql`c.id = ${id}`, sql``);
    if (row === undefined) throw new AppError("USAGE", `There is no cluster ${id}. See: npm run -s staff -- clusters list`);
    const gaps = await db
      .select()
      .from(clusterGaps)
      .where(eq(clusterGaps.clusterId, id))
      .orderBy(desc(clusterGaps.at), asc(clusterGaps.turnId))
      .offset((page - 1) * questionsOfPage)
      .limit(questionsOfPage);
    const [there] = await db.select({ count: count() }).from(clusterGaps).where(eq(clusterGaps.clusterId, id));
    const kept = new Map((await source.readGaps(gaps.map(({ turnId }) => turnId))).map((gap) => [gap.id, gap]));
    const steps = await db.select().from(clusterSteps).where(eq(clusterSteps.clusterId, id)).orderBy(asc(clusterSteps.id));
    const questions = gaps.map(({ turnId, at, lang, channel, district, gap, need, nearest }) => ({
      ...{ id: turnId, at: at.toISOString(), text: kept.get(turnId)?.question, lang, channel, district: orUndefined(district), kind: gap },
      ...{ need: orUndefined(need), nearest: Nearest.nullable().parse(nearest) ?? undefined, ...understoodIn(kept.get(turnId)) },
    }));
    return {
      ...lineOf(row, (await readExamples(db, source, [id])).get(id)),
      ...{ page, pages: Math.max(1, Math.ceil((there?.count ?? 0) / questionsOfPage)) },
      questions,
      steps: steps.map(({ at, step, by, text }) => ({ at: at.toISOString(), step, by, text: text ?? undefined })),
    };
  });
}
