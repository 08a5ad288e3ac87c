import { join } from "node:path";
import { readStoredContent } from "./catalogue/content-store.ts";
import type { Config } from "./config.ts";
import type { Recogniser } from "./core/understanding.ts";
import type { OpenDatabase } from "./database/database.ts";
import { openContentSource, projectRoot } from "./node-content.ts";
import { openModels } from "./node-platform.ts";
import { createConceptFinder } from "./text/concepts.ts";
import { createRecogniser } from "./understanding/recogniser.ts";

/** The recogniser of a database for a command that runs by itself; its models are those of the database or of the cache, else trained. */
export async function loadRecogniser(database: OpenDatabase, { dataDir }: Pick<Config, "dataDir">): Promise<Recogniser> {
  const cacheDir = join(dataDir, "cache");
  const source = await openContentSource({ root: projectRoot, demo: false, cacheDir, onProgress: () => undefined });
  const [{ models }, { concepts, districts }] = await Promise.all([openModels(database, source).first, readStoredContent(database.db)]);
  return createRecogniser(models, { findConcepts: createConceptFinder(concepts), districts, now: () => new Date() });
}
