import { join } from "node:path";
import { type ContentFolders, hashContent, readContent } from "./catalogue/content-files.ts";
import type { Content } from "./core/content.ts";
import { readModelFiles, writeModelFiles } from "./understanding/model-files.ts";
import type { EncodedModels } from "./understanding/models.ts";
import { type TrainingProgress, trainInWorkers } from "./understanding/train.ts";
import { modelVersion } from "./understanding/training-set.ts";

/** The checkout: intents/, knowledge/ and dist/ lie in it. */
export const projectRoot = join(import.meta.dirname, "..");

/** Content that is read from the files at most once, and models that are trained at most once. */
export interface ContentSource {
  readonly hash: string;
  /** What the models are kept under: the content, and the way they are trained. */
  readonly modelKey: string;
  read(): Promise<Content>;
  /** From the cache folder, else trained in a worker thread and kept there. */
  models(): Promise<EncodedModels>;
  /** Resolves once `models` leaves this thread free for other heavy work: they were cached, or other threads have what they need. */
  learning(): Promise<void>;
}

export interface ContentSourceOptions extends ContentFolders {
  readonly cacheDir: string;
  readonly onProgress: TrainingProgress;
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined;
  return () => {
    running ??= work();
    return running;
  };
}

/** The shipped content with its trained models, cached by content hash in `cacheDir`. */
export async function openContentSource({ cacheDir, onProgress, ...folders }: ContentSourceOptions): Promise<ContentSource> {
  const hash = await hashContent(folders);
  const modelKey = `${hash}-${modelVersion}`;
  const folder = join(cacheDir, modelKey);
  const read = once(() => readContent(folders));
  const begun = Promise.withResolvers<void>();
  const models = once(async () => {
    try {
      const cached = await readModelFiles(folder);
      if (cached !== undefined) return cached;
      const trained = await trainInWorkers(read, onProgress, begun.resolve);
      await writeModelFiles(folder, trained);
      return trained;
    } finally {
      begun.resolve();
    }
  });
  return { hash, modelKey, read, models, learning: () => begun.promise };
}
