import { unmetDemand } from "./assistant/demand-store.ts";
import { createGapSource } from "./assistant/gaps.ts";
import type { LiveCatalogue } from "./catalogue/live-catalogue.ts";
import type { VectorSearch } from "./catalogue/vectors/vector-search.ts";
import type { ForwardConfig } from "./config.ts";
import type { Database } from "./database/database.ts";
import { type ClusterKeeper, createClusterKeeper } from "./review/clusters/keeper.ts";
import { createTermReader } from "./review/clusters/terms.ts";
import { createForwarder, type ForwarderParts } from "./review/forwards/worker.ts";

/** What sends forwarded questions to the system that takes them; undefined where there is none. */
export function openForwarder(forward: ForwardConfig | undefined, parts: Omit<ForwarderParts, "source" | "receiver">) {
  if (forward?.webhook === undefined) return undefined;
  return createForwarder({ ...parts, source: createGapSource(parts.db), receiver: forward.webhook });
}

/** Answers groups whose article was published, where that was cut off between the two. */
export async function settleClusters(operate: (name: string, input: unknown) => Promise<unknown>): Promise<false> {
  await operate("staff.clusters.settle", {});
  return false;
}

/** What groups questions that were not answered well; with the catalogue's lexicon, and its vectors where there are. */
export function openClusters(
  db: Database,
  catalogue: LiveCatalogue,
  vectors: VectorSearch | undefined,
  onGrouped: () => void,
): ClusterKeeper {
  return createClusterKeeper({
    db,
    source: createGapSource(db),
    demand: unmetDemand,
    readTerms: createTermReader((word) => catalogue.conceptFinder()(word)),
    embedder: () => vectors?.embedder(),
    onGrouped,
  });
}
