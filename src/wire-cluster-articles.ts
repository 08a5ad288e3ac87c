import { z } from "zod";
import { findLiveVersion } from "./catalogue/articles/store.ts";
import type { Database } from "./database/database.ts";
import { createClusterArticleOperations } from "./review/clusters/articles.ts";

type Operation = (input: unknown) => Promise<unknown>;
type Operations = Readonly<Record<string, Operation>>;

const Done = z.object({ id: z.number() });
const Shown = z.object({ state: z.string(), events: z.array(z.object({ event: z.string(), by: z.string() })) });
const Who = z.object({ by: z.string() });

/** A step of an article, with what its clusters do after it. */
function followedBy(step: Operation | undefined, then: (article: number, by: string) => Promise<unknown>): Operation {
  return async (input) => {
    const done = await step?.(input);
    await then(Done.parse(done).id, Who.parse(input).by);
    return done;
  };
}

/** Joins articles and clusters: a cluster goes along with the article that was written for it, and whoever asked is told when it is published. */
export function joinClustersAndArticles(db: Database, articles: Operations, onChange: (() => void) | undefined): Operations {
  const joined = createClusterArticleOperations({
    db,
    onChange,
    publishTo: async (input) => await articles["staff.articles.publish-to"]?.(input),
    publisherOf: async (id) => {
      if ((await findLiveVersion(db, id)) === undefined) return undefined;
      const { state, events } = Shown.parse(await articles["staff.articles.show"]?.({ id }));
      return state === "published" ? events.findLast(({ event }) => event === "approved")?.by : undefined;
    },
    publishOffer: async (input) => await articles["staff.offers.publish-to"]?.(input),
  });
  const follow = (to: string) => async (article: number, by: string) => await joined["staff.clusters.follow"]?.({ article, to, by });
  const answerAll = async (article: number, by: string) => {
    const clusters = z.array(z.number()).parse(await joined["staff.clusters.for-article"]?.({ id: article }));
    for (const id of clusters) await joined["staff.clusters.answer"]?.({ id, article, by });
  };
  const { "staff.articles.submit": submit, "staff.articles.approve": approve, "staff.articles.reject": reject } = articles;
  return {
    ...articles,
    ...joined,
    "staff.articles.submit": followedBy(submit, follow("for-approval")),
    "staff.articles.approve": followedBy(approve, answerAll),
    "staff.articles.reject": followedBy(reject, follow("in-progress")),
  };
}
