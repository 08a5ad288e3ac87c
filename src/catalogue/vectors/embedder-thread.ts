import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Embedder } from "../../core/embedder.ts";
import { AppError, messageOf } from "../../core/errors.ts";
import type { ModelPlace, TextRole } from "./load-model.ts";

/** What the thread is asked. */
export interface EmbedRequest {
  readonly id: number;
  readonly role: TextRole;
  readonly texts: readonly string[];
}

/** What the thread answers; `numbers` are the vectors one after the other. */
export type EmbedPost =
  | { readonly type: "progress"; readonly percent: number }
  | { readonly type: "ready"; readonly key: string; readonly dimensions: number }
  | { readonly type: "failed"; readonly reason: string }
  | { readonly type: "vectors"; readonly id: number; readonly numbers: Float32Array }
  | { readonly type: "refused"; readonly id: number; readonly reason: string };

type Ready = Extract<EmbedPost, { type: "ready" }>;

export interface EmbedderOptions {
  /** How much of the model's files is read or fetched, 0 to 100; called often. */
  readonly onPercent: (percent: number) => void;
  /** Gives up loading; the model that is loaded is ended by `close`. */
  readonly signal?: AbortSignal;
}

/** Loads a model in a worker thread, since the library computes in the thread that calls it. Rejects with MODEL_INVALID where the model cannot be had. */
export async function startEmbedder(place: ModelPlace, { onPercent, signal }: EmbedderOptions): Promise<Embedder> {
  const worker = new Worker(new URL(`./embed-worker${extname(import.meta.url)}`, import.meta.url), { workerData: place });
  const waiting = new Map<number, PromiseWithResolvers<Float32Array>>();
  const ready = Promise.withResolvers<Ready>();
  let last = 0;
  let gone: AppError | undefined;

  function end(reason: string, cause?: unknown): void {
    gone ??= new AppError("MODEL_INVALID", `The model ${place.model} is gone: ${reason}. Start again to load it.`, { cause });
    ready.reject(gone);
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  }

  function take(id: number): PromiseWithResolvers<Float32Array> | undefined {
    const one = waiting.get(id);
    waiting.delete(id);
    return one;
  }

  worker.on("message", (post: EmbedPost) => {
    switch (post.type) {
      case "progress":
        return onPercent(post.percent);
      case "ready":
        return ready.resolve(post);
      case "failed":
        return ready.reject(new AppError("MODEL_INVALID", `The model ${place.model} could not be loaded: ${post.reason}`));
      case "vectors":
        return take(post.id)?.resolve(post.numbers);
      case "refused":
        return take(post.id)?.reject(new AppError("MODEL_INVALID", `The model ${place.model} could not embed a text: ${post.reason}`));
      default:
        return post satisfies never;
    }
  });
  worker.once("error", (cause) => end(messageOf(cause), cause));
  worker.once("exit", (code) => end(`its thread ended with ${code}`));
  signal?.addEventListener("abort", () => end("loading was given up"), { once: true });

  const { key, dimensions } = await ready.promise.catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });

  function embed(role: TextRole, texts: readonly string[]): Promise<Float32Array> {
    if (gone !== undefined) return Promise.reject(gone);
    last += 1;
    const answer = Promise.withResolvers<Float32Array>();
    waiting.set(last, answer);
    worker.postMessage({ id: last, role, texts } satisfies EmbedRequest);
    return answer.promise;
  }

  return {
    key,
    dimensions,
    embedQuery: (text) => embed("query", [text]),
    embedPassages: async (texts) => {
      const numbers = await embed("passage", texts);
      return texts.map((_, index) => numbers.subarray(index * dimensions, (index + 1) * dimensions));
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
