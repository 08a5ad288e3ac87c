import { join } from "node:path";
import { type ContentFolders, hashContent, hashOfDay, readContent } from "./catalogue/content-files.ts";
import type { Content } from "./core/content.ts";
import type { Learner } from "./understanding/live-models.ts";
import { createModelFiles } from "./understanding/model-files.ts";
import { type EncodedModels, findModels, keepModels, keysOf, type ModelStore } from "./understanding/models.ts";
import { type TrainingProgress, trainInWorkers, trainWithLessons } from "./understanding/train.ts";
import { modelVersion } from "./understanding/training-set.ts";

/** The checkout: intents/, knowledge/ and dist/ lie in it. */
export const projectRoot = join(import.meta.dirname, "..");

/** Content that is read from the files at most once, and models that are trained at most once. */
export interface ContentSource {
  /** What the database holds once the content is loaded. */
  readonly hash: string;
  /** What the models are kept under: the content's files, and the way they are trained. */
  readonly modelKey: string;
  read(): Promise<Content>;
  /** The cache folder's models. */
  readonly store: ModelStore;
  /** From the cache folder, else trained in a worker thread and kept there. */
  models(): Promise<EncodedModels>;
  /** Resolves once `models` leaves this thread free for other heavy work: they were cached, or other threads have what they need. */
  learning(): Promise<void>;
  /** Trains a model with staff's lessons. */
  readonly learn: Learner;
  /** Ends such a training, for good: the process ends. */
  endLearning(): void;
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
  const now = new Date();
  const files = await hashContent(folders);
  const modelKey = `${files}-${modelVersion}`;
  const store = createModelFiles(cacheDir);
  const ending = new AbortController();
  const read = once(() => readContent(folders, now));
  const begun = Promise.withResolvers<void>();
  const models = once(async () => {
    try {
      const cached = await findModels(store, keysOf(modelKey));
      if (cached !== undefined) return cached;
      const trained = await trainInWorkers(read, onProgress, begun.resolve);
      await keepModels(store, keysOf(modelKey), trained);
      return trained;
    } finally {
      begun.resolve();
    }
  });
  return {
    hash: hashOfDay(files, folders, now),
    modelKey,
    read,
    store,
    models,
    learning: () => begun.promise,
    learn: async (kind, lessons) => trainWithLessons(kind, { content: await read(), lessons }, onProgress, ending.signal),
    endLearning: () => ending.abort(),
  };
}
