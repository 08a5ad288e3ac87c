import { join } from "node:path";
import type { Logger } from "pino";
import { startEmbedder } from "./catalogue/vectors/embedder-thread.ts";
import type { OpenEmbedder } from "./catalogue/vectors/vector-search.ts";
import type { Config } from "./config.ts";

/** Percents between two lines of the log. */
const percentStep = 10;

/** Logs each tenth of what is fetched; the library tells of every few kilobytes. */
function logFetching(log: Logger, model: string): (percent: number) => void {
  let logged = 0;
  return (percent) => {
    if (percent < logged + percentStep) return;
    logged = percentStep * Math.floor(percent / percentStep);
    log.info({ model, percent: logged }, "loading the embedding model");
  };
}

/** Where models that were fetched are kept. */
export function modelCache(dataDir: string): string {
  return join(dataDir, "models");
}

/** How the embedding model is loaded; undefined where none is set. */
export function embedderOf(config: Pick<Config, "embeddingModel" | "embeddingHub" | "dataDir">, log: Logger): OpenEmbedder | undefined {
  const { embeddingModel: model, embeddingHub: hub, dataDir } = config;
  if (model === undefined) return undefined;
  return (signal) => startEmbedder({ model, hub, cacheDir: modelCache(dataDir) }, { signal, onPercent: logFetching(log, model) });
}
