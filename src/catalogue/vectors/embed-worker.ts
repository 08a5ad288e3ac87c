import { parentPort, workerData } from "node:worker_threads";
import { AppError, messageOf } from "../../core/errors.ts";
import type { EmbedPost, EmbedRequest } from "./embedder-thread.ts";
import { loadModel, type ModelPlace } from "./load-model.ts";

const post = (message: EmbedPost, transfer: readonly ArrayBuffer[] = []) => parentPort?.postMessage(message, [...transfer]);

/** The worker's half of `startEmbedder`: loads the model, then embeds what it is sent, in that order. */
async function work(place: ModelPlace): Promise<void> {
  try {
    const model = await loadModel(place, (percent) => post({ type: "progress", percent }));
    let queue = Promise.resolve();
    const embed = async ({ id, role, texts }: EmbedRequest) => {
      try {
        const numbers = new Float32Array(await model.embed(role, texts));
        post({ type: "vectors", id, numbers }, [numbers.buffer]);
      } catch (error) {
        // A foreign message may repeat what somebody wrote, and reasons are logged.
        const reason = error instanceof AppError || !(error instanceof Error) ? messageOf(error) : error.name;
        post({ type: "refused", id, reason });
      }
    };
    parentPort?.on("message", (request: EmbedRequest) => {
      queue = queue.then(() => embed(request));
    });
    post({ type: "ready", key: model.key, dimensions: model.dimensions });
  } catch (error) {
    post({ type: "failed", reason: messageOf(error) });
  }
}

await work(workerData);
