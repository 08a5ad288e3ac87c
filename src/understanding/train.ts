import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Content, Lesson } from "../core/content.ts";
import { AppError, messageOf } from "../core/errors.ts";
import type { EncodedModels } from "./models.ts";
import type { ModelKind } from "./training-set.ts";

/** Steps done of all, over every model. */
export type TrainingProgress = (kind: ModelKind, done: number, all: number) => void;

/** What a worker learns from. */
export interface Assignment {
  readonly content: Content;
  /** Staff's lessons for the one kind that it learns; none for the shipped models. */
  readonly lessons: readonly Lesson[];
}

type Post =
  | { readonly type: "progress"; readonly kind: ModelKind; readonly done: number; readonly all: number }
  | { readonly type: "model"; readonly kind: ModelKind; readonly bytes: Uint8Array };

/** A worker that learns some models once it is given its assignment; it boots meanwhile. */
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
  return { done, learn: (assignment: Assignment) => worker.postMessage(assignment), end: () => worker.terminate() };
}

function modelOf(models: ReadonlyMap<ModelKind, Uint8Array>, kind: ModelKind): Uint8Array {
  const bytes = models.get(kind);
  if (bytes === undefined) throw new AppError("MODEL_INVALID", `Training ended before the ${kind} model was done. Start again.`);
  return bytes;
}

/** Trains the shipped models in two worker threads, so that this thread goes on answering; under 10 s for the shipped content on two cores. `onLearning` is called once the threads have the content. */
export async function trainInWorkers(
  read: () => Promise<Content>,
  onProgress: TrainingProgress,
  onLearning: () => void,
): Promise<EncodedModels> {
  const halves: readonly (readonly ModelKind[])[] = [["need"], ["intent", "language", "crisis"]];
  const workers = halves.map((kinds) => startWorker(kinds, onProgress));
  try {
    const content = await read();
    for (const worker of workers) worker.learn({ content, lessons: [] });
    onLearning();
    const models = new Map((await Promise.all(workers.map(({ done }) => done))).flatMap((half) => [...half]));
    return {
      ...{ intent: modelOf(models, "intent"), need: modelOf(models, "need") },
      ...{ language: modelOf(models, "language"), crisis: modelOf(models, "crisis") },
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
  }
}

/** Trains one model with staff's lessons in one worker thread, which leaves the other cores to the answers; undefined if `signal` ended it. */
export async function trainWithLessons(
  kind: ModelKind,
  assignment: Assignment,
  onProgress: TrainingProgress,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  const worker = startWorker([kind], onProgress);
  const end = () => void worker.end();
  signal?.addEventListener("abort", end, { once: true });
  try {
    worker.learn(assignment);
    const models = await worker.done;
    return signal?.aborted === true ? undefined : modelOf(models, kind);
  } finally {
    signal?.removeEventListener("abort", end);
    await worker.end();
  }
}
