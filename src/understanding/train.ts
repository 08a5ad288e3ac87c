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

function trainSome(
  content: Content,
  kinds: readonly ModelKind[],
  onProgress: TrainingProgress,
): Promise<ReadonlyMap<ModelKind, Uint8Array>> {
  const worker = new Worker(new URL("./train-worker.ts", import.meta.url), {
    workerData: { content, kinds },
    execArgv: ["--import", "tsx"],
  });
  const models = new Map<ModelKind, Uint8Array>();
  return new Promise((resolve, reject) => {
    worker.on("message", (post: Post) => {
      if (post.type === "progress") onProgress(post.kind, post.done, post.all);
      else models.set(post.kind, post.bytes);
    });
    worker.once("error", (cause) => reject(new AppError("MODEL_INVALID", `Training failed: ${messageOf(cause)}`, { cause })));
    worker.once("exit", () => resolve(models));
  });
}

/** Trains all models in two worker threads, so that this thread goes on answering; under 10 s for the shipped content on two cores. */
export async function trainInWorker(content: Content, onProgress: TrainingProgress): Promise<EncodedModels> {
  const halves = await Promise.all([trainSome(content, ["need"], onProgress), trainSome(content, ["intent", "language"], onProgress)]);
  const models = new Map(halves.flatMap((half) => [...half]));
  const [intent, need, language] = [models.get("intent"), models.get("need"), models.get("language")];
  if (intent === undefined || need === undefined || language === undefined)
    throw new AppError("MODEL_INVALID", "Training ended before every model was done. Start again.");
  return { intent, need, language };
}
