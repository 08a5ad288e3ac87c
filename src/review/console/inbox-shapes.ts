import { z } from "zod";
import { clusterStates } from "../../core/clusters.ts";

const Counts = z.record(z.string(), z.number());
const Nearest = z.object({ id: z.string(), score: z.number() });

export const Line = z.object({
  ...{
    id: z.number(),
    state: z.enum(clusterStates),
    title: z.string().optional(),
    example: z.string().optional(),
    assignee: z.string().optional(),
  },
  ...{ gaps: z.number(), week: z.number(), weekBefore: z.number(), last: z.string().optional(), nearest: Nearest.optional() },
  ...{ channels: Counts, langs: Counts, districts: Counts, kinds: Counts, needs: Counts },
});

/** A page of clusters as its operation gives it. */
export const InboxList = z.object({ page: z.number(), pages: z.number(), clusters: z.number(), singles: z.number(), lines: z.array(Line) });

/** A cluster with its questions and what staff did with it. */
export const Cluster = Line.extend({
  ...{ page: z.number(), pages: z.number() },
  questions: z.array(
    z.object({
      ...{ id: z.string(), at: z.string(), text: z.string().optional(), lang: z.string(), channel: z.string() },
      ...{ kind: z.string(), need: z.string().optional(), nearest: Nearest.optional() },
      ...{ needs: z.array(Nearest), offers: z.array(Nearest) },
    }),
  ),
  steps: z.array(z.object({ at: z.string(), step: z.string(), by: z.string(), text: z.string().optional() })),
});

export type Cluster = z.output<typeof Cluster>;

/** Something to choose from, by the name that people read. */
export interface InboxChoice {
  readonly id: string;
  readonly label: string;
}

/** A score as people read it. */
export const percent = (score: number): string => `${Math.round(100 * score)} %`;

/** What a cluster is called: by staff, else by its newest question; `personal` where no words are kept. */
export const nameOf = ({ title, example }: z.output<typeof Line>, personal: string): string => title ?? example ?? personal;
