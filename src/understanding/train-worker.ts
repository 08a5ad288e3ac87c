import { parentPort, workerData } from "node:worker_threads";
import { createConceptFinder } from "../text/concepts.ts";
import { encodeModel } from "./classifier.ts";
import { createCrisisExtractor } from "./crisis-features.ts";
import { createFeatureExtractor, type FeatureExtractor } from "./features.ts";
import type { Assignment } from "./train.ts";
import { trainModel } from "./training.ts";
import { collectExamples, type ModelKind } from "./training-set.ts";

/** The worker's half of `startWorker`: trains the models it was started for and posts each when it is done. */
function learn({ content, lessons }: Assignment, kinds: readonly ModelKind[]): void {
  const findConcepts = createConceptFinder(content.concepts);
  const reading = createFeatureExtractor({ findConcepts, remember: true });
  const readers = {
    ...{ intent: reading, need: reading, language: undefined },
    crisis: createCrisisExtractor({ findConcepts, crisisConcepts: content.crises.concepts, remember: true }),
  } satisfies Record<ModelKind, FeatureExtractor | undefined>;
  for (const kind of kinds) {
    const model = trainModel(collectExamples(content, kind, lessons), {
      ...(readers[kind] === undefined ? {} : { extract: readers[kind] }),
      onEpoch: (done, all) => parentPort?.postMessage({ type: "progress", kind, done, all }),
    });
    const bytes = encodeModel(model);
    parentPort?.postMessage({ type: "model", kind, bytes }, [bytes.buffer as ArrayBuffer]);
  }
}

parentPort?.once("message", (assignment: Assignment) => learn(assignment, workerData.kinds));
