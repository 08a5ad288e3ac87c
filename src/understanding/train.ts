import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Content } from "../core/content.ts";
import { AppError, messageOf } from "../core/errors.ts";
import type { EncodedModels } from "./models.ts";
import type { ModelKind } from "./training-set.ts";

/** Steps done of all, over every model. */
export type TrainingProgress = (kind: ModelKind, done: number, all: number) => void;

type Post =
  | { readonly type: "progress"; readonly kind: ModelKind; readonly done: number; readonly all: number }
  | { readonly type: "model"; readonly kind: ModelKind; readonly bytes: Uint8Array };

/** A worker that learns some models once it is given content; it boots meanwhile. */
function startWorker(kinds: readonly ModelKind[], onProgress: TrainingProgress) {
  const worker = new Worker(new URL(`./train-worker${extname(import.meta.url)}`, import.meta.url), { workerData: { kinds } });
  const models = new Map<ModelKind, Uint8Array>();
  const done = new Promise<ReadonlyMap<ModelKind, Uint8Array>>((resolve, reject) => {
    worker.on("message", (post: Post) => {
      if (post.type === "progress") onProgress(post.kind, post.done, post.all);
      else models.set(post.kind, post.bytes);
    });
    worker.once("error", (cause) => reject(new AppError("MODEL_INVALID", `Training failed: ${messageOf(cause)}`, { cause })));
    worker.once("exit", () => resolve(models));
  });
  done.catch(() => undefined);
  return { done, learn: (content: Content) => worker.postMessage(content), end: () => worker.terminate() };
}

/** Trains all models in two worker threads, so that this thread goes on answering; under 10 s for the shipped content on two cores. `onLearning` is called once the threads have the content. */
export async function trainInWorkers(
  read: () => Promise<Content>,
  onProgress: TrainingProgress,
  onLearning: () => void,
): Promise<EncodedModels> {
  const workers = [startWorker(["need"], onProgress), startWorker(["intent", "language"], onProgress)];
  try {
    const content = await read();
    for (const worker of workers) worker.learn(content);
    onLearning();
    const models = new Map((await Promise.all(workers.map(({ done }) => done))).flatMap((half) => [...half]));
    const [intent, need, language] = [models.get("intent"), models.get("need"), models.get("language")];
    if (intent === undefined || need === undefined || language === undefined)
      throw new AppError("MODEL_INVALID", "Training ended before every model was done. Start again.");
    return { intent, need, language };
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
  }
}
