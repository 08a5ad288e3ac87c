import { and, asc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { canBecome } from "../../core/clusters.ts";
import { type Database, guarded } from "../../database/database.ts";
import { clusterArticles, clusters } from "../../database/schema.ts";
import { gapsOf, hold, lockCluster } from "./store.ts";

const number = z.coerce.number().int().positive().max(2_147_483_647);
/** Turns that go into one publication. */
const mostTurns = 5000;
const by = z.string().trim().min(1).max(200);
const Chosen = z.object({ id: number });
const Link = z.object({ id: number, article: number, by });
const LinkOffer = z.object({ id: number, offer: z.string().min(1).max(200), by });

type Operation = (input: unknown) => Promise<unknown>;

/** What answering needs: `publishTo` has an article told to those who asked in these turns. */
export interface ClusterArticleParts {
  readonly db: Database;
  readonly publishTo: Operation;
  /** Has an offer told to those who asked in these turns. */
  readonly publishOffer: Operation;
  /** Who published an article that is published as it was written last and has not expired; undefined for any other. */
  readonly publisherOf: (article: number) => Promise<string | undefined>;
  /** Called after each change of a cluster. */
  readonly onChange?: (() => void) | undefined;
}

/** The clusters that an article was written for. */
async function clustersFor(db: Database, article: number): Promise<readonly number[]> {
  const rows = await db
    .select({ id: clusterArticles.clusterId })
    .from(clusterArticles)
    .where(eq(clusterArticles.articleId, article))
    .orderBy(asc(clusterArticles.clusterId));
  return rows.map(({ id }) => id);
}

/** Articles for clusters, by name: which were written for which, and their way to everybody who asked. */
export function createClusterArticleOperations({
  db,
  publishTo,
  publishOffer,
  publisherOf,
  onChange,
}: ClusterArticleParts): Readonly<Record<string, Operation>> {
  async function link({ id: wanted, article, by: who }: z.output<typeof Link>) {
    const done = await guarded("Linking an article to a cluster", () =>
      db.transaction(async (transaction) => {
        const { id, state } = await lockCluster(transaction, wanted);
        await transaction.insert(clusterArticles).values({ clusterId: id, articleId: article, linkedBy: who }).onConflictDoNothing();
        const next = state === "new" ? "in-progress" : state;
        await hold(transaction, id, { step: "link", by: who, text: String(article) }, { state: next });
        return { id, article, state: next };
      }),
    );
    onChange?.();
    return done;
  }

  /** Has everybody told who asked in a cluster, then counts it as answered; done again, it tells only those who were not told yet. */
  async function answer(wanted: number, who: string, answerName: string, publish: (turns: readonly string[]) => Promise<unknown>) {
    const { id } = await db.transaction((transaction) => lockCluster(transaction, wanted));
    const turns = await gapsOf(db, id);
    for (let from = 0; from < turns.length; from += mostTurns) await publish(turns.slice(from, from + mostTurns));
    await db.transaction(async (transaction) => {
      const { state } = await lockCluster(transaction, id);
      if (state !== "published") await hold(transaction, id, { step: "answer", by: who, text: answerName }, { state: "published" });
    });
    onChange?.();
    return { id, questions: turns.length };
  }

  async function answerByArticle({ id, article, by: who }: z.output<typeof Link>) {
    return { ...(await answer(id, who, String(article), (turns) => publishTo({ id: article, turns, by: who }))), article };
  }

  async function answerByOffer({ id, offer, by: who }: z.output<typeof LinkOffer>) {
    return { ...(await answer(id, who, offer, (turns) => publishOffer({ id: offer, turns, by: who }))), offer };
  }

  /** Answers those clusters whose article is published and who were not answered with it: a process ended, or a step failed, between the two. */
  async function settle(): Promise<number> {
    const rows = await db
      .select({ id: clusterArticles.clusterId, article: clusterArticles.articleId })
      .from(clusterArticles)
      .innerJoin(clusters, eq(clusters.id, clusterArticles.clusterId))
      .where(and(eq(clusters.state, "for-approval"), isNull(clusters.mergedInto)));
    let settled = 0;
    for (const { id, article } of rows) {
      const who = await publisherOf(article);
      if (who === undefined) continue;
      await answerByArticle({ id, article, by: who });
      settled += 1;
    }
    return settled;
  }

  /** Moves an article's clusters along with it, those that can go there. */
  async function follow(article: number, to: "in-progress" | "for-approval", who: string): Promise<void> {
    for (const id of await clustersFor(db, article))
      await db.transaction(async (transaction) => {
        const cluster = await lockCluster(transaction, id);
        if (canBecome(cluster.state, to)) await hold(transaction, cluster.id, { step: "move", by: who }, { state: to });
      });
    onChange?.();
  }

  return {
    "staff.clusters.link": (input) => link(Link.parse(input)),
    "staff.clusters.answer": (input) => answerByArticle(Link.parse(input)),
    "staff.clusters.answer-by-offer": (input) => answerByOffer(LinkOffer.parse(input)),
    "staff.clusters.settle": async () => ({ settled: await settle() }),
    "staff.clusters.for-article": (input) => clustersFor(db, Chosen.parse(input).id),
    "staff.clusters.articles": async (input) => {
      const { id } = await db.transaction((transaction) => lockCluster(transaction, Chosen.parse(input).id));
      const rows = await db
        .select({ article: clusterArticles.articleId })
        .from(clusterArticles)
        .where(eq(clusterArticles.clusterId, id))
        .orderBy(asc(clusterArticles.articleId));
      return rows.map(({ article }) => article);
    },
    "staff.clusters.follow": async (input) => {
      const { article, to, by: who } = z.object({ article: number, to: z.enum(["in-progress", "for-approval"]), by }).parse(input);
      await follow(article, to, who);
      return { article };
    },
  };
}
