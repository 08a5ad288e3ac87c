import { parentPort, workerData } from "node:worker_threads";
import type { Content } from "../core/content.ts";
import { encodeModel } from "./classifier.ts";
import { trainModel } from "./training.ts";
import { collectExamples, conceptsFor, type ModelKind } from "./training-set.ts";

/** The worker's half of `trainInWorkers`: trains the models it was started for and posts each when it is done. */
function learn(content: Content, kinds: readonly ModelKind[]): void {
  for (const kind of kinds) {
    const model = trainModel(collectExamples(content, kind), {
      concepts: conceptsFor(content, kind),
      onEpoch: (done, all) => parentPort?.postMessage({ type: "progress", kind, done, all }),
    });
    const bytes = encodeModel(model);
    parentPort?.postMessage({ type: "model", kind, bytes }, [bytes.buffer as ArrayBuffer]);
  }
}

parentPort?.once("message", (content: Content) => learn(content, workerData.kinds));
