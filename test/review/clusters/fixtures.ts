import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { createConversationStore } from "../../../src/assistant/conversation-store.ts";
import { unmetDemand } from "../../../src/assistant/demand-store.ts";
import { createGapSource } from "../../../src/assistant/gaps.ts";
import type { Lang } from "../../../src/core/languages.ts";
import type { Scored } from "../../../src/core/understanding.ts";
import type { Database } from "../../../src/database/database.ts";
import { clusterGaps, contacts, turns } from "../../../src/database/schema.ts";
import { createClusterKeeper } from "../../../src/review/clusters/keeper.ts";
import { createClusterOperations } from "../../../src/review/clusters/operations.ts";
import { clusterForgetting } from "../../../src/review/clusters/store.ts";
import { createTermReader } from "../../../src/review/clusters/terms.ts";
import { createConceptFinder } from "../../../src/text/concepts.ts";

// A lexicon that links German and English.
const concepts = [
  { id: "dog", patterns: ["hund*", "dog*"] },
  { id: "bathing", patterns: ["freibad", "baden", "schwimm*", "swim*", "pool*", "*bad"] },
  { id: "allowed", patterns: ["darf", "dürfen", "erlaubt", "allowed"] },
];

interface Asked {
  readonly lang?: Lang;
  readonly gap?: string | null;
  readonly needs?: readonly Scored[];
  readonly offers?: readonly Scored[];
  readonly channel?: string;
  readonly district?: string;
  readonly standsAlone?: boolean;
  readonly conversation?: string;
  readonly daysAgo?: number;
}

/** What the tests of clusters do with a database. */
export function openClusterTest(db: Database) {
  const source = createGapSource(db);
  const findConcepts = createConceptFinder(concepts);
  const openKeeper = (onGrouped?: () => void, embedder?: Parameters<typeof createClusterKeeper>[0]["embedder"]) => {
    const opened = createClusterKeeper({ db, source, demand: unmetDemand, readTerms: createTermReader(findConcepts), onGrouped, embedder });
    return {
      ...opened,
      /** Steps until there is nothing left to do. */
      step: async () => {
        while (await opened.step());
        return false;
      },
      stepOnce: opened.step,
    };
  };
  let steps = 0;
  const onChange = () => {
    steps += 1;
  };
  const operations = createClusterOperations({ db, source, demand: unmetDemand, onChange });

  async function talk(): Promise<string> {
    const id = randomUUID();
    await db.insert(contacts).values({ id, channel: "telegram", addressHash: id, addressEncrypted: "x" });
    return id;
  }

  /** A turn that is a gap, in a conversation of its own; `question` undefined as with personal topics. */
  async function ask(question: string | undefined, asked: Asked = {}): Promise<string> {
    const { lang = "de", gap = "not-understood", needs = [], offers = [], channel = "telegram", district, standsAlone = true } = asked;
    const id = randomUUID();
    const conversationId = asked.conversation ?? (await talk());
    const createdAt = new Date(Date.now() - (asked.daysAgo ?? 0) * 86_400_000);
    await db.insert(turns).values({
      ...{ id, conversationId, inboxIds: [], kind: "no-answer", lang, intent: "find-offer", confidence: 0.4, intents: [], needs },
      ...{ slots: district === undefined ? {} : { district }, offers, gap, question: question ?? null, channel, standsAlone },
      ...{ gapAt: gap === null ? null : sql`clock_timestamp()`, createdAt },
    });
    return id;
  }

  async function run(name: string, input: object = {}): Promise<unknown> {
    const operation = operations[`staff.clusters.${name}`];
    if (operation === undefined) throw new Error(`no operation ${name}`);
    return await operation({ by: "anna", ...input });
  }

  const Line = z.looseObject({
    ...{ id: z.number(), state: z.string(), gaps: z.number(), week: z.number(), weekBefore: z.number(), title: z.string().optional() },
    ...{ example: z.string().optional(), langs: z.record(z.string(), z.number()), channels: z.record(z.string(), z.number()) },
    ...{ districts: z.record(z.string(), z.number()), kinds: z.record(z.string(), z.number()), needs: z.record(z.string(), z.number()) },
    nearest: z.object({ id: z.string(), score: z.number() }).optional(),
  });
  const Page = z.object({ clusters: z.number(), singles: z.number(), pages: z.number(), lines: z.array(Line) });
  const Details = Line.extend({
    questions: z.array(z.object({ id: z.string(), text: z.string().optional(), need: z.string().optional() })),
    steps: z.array(z.object({ step: z.string(), by: z.string(), text: z.string().optional() })),
  });

  const list = async (input: object = {}) => Page.parse(await run("list", input));
  const show = async (id: number) => Details.parse(await run("show", { id }));

  return {
    ...{ source, openKeeper, talk, ask, run, list, show },
    /** How often it was told that staff have taken a step. */
    countSteps: () => steps,
    /** Questions, each by one person. */
    askAll: async (questions: readonly string[], asked: Asked = {}) => {
      const ids: string[] = [];
      for (const question of questions) ids.push(await ask(question, asked));
      return ids;
    },
    /** The cluster that a gap is in. */
    clusterOf: async (gap: string) => {
      const rows = await db.select({ id: clusterGaps.clusterId }).from(clusterGaps).where(eq(clusterGaps.turnId, gap));
      return rows[0]?.id;
    },
    empty: async () => {
      await db.delete(contacts);
      await db.execute(
        sql`truncate clusters, forwards, cluster_articles, cluster_gaps, cluster_days, cluster_steps, cluster_progress, leases`,
      );
    },
    rate: (turnId: string, value: "right" | "wrong") =>
      db.transaction((transaction) => createConversationStore(db).rate(transaction, turnId, { value })),
    forget: (conversationId: string) =>
      db.transaction((transaction) =>
        createConversationStore(db).erase(transaction, conversationId, (ids) => clusterForgetting.forget(transaction, ids)),
      ),
  };
}
