import { defineCommand } from "citty";
import { type IntentReport, measureIntents, readExamples } from "../bench/intents.ts";
import { drawBar } from "./progress.ts";

function printIntents(report: IntentReport): string {
  const percentOf = (share: number | null) => (share === null ? "not measured" : `${(100 * share).toFixed(1)} %`);
  return [
    `accuracy            ${percentOf(report.accuracy)}`,
    `in scope, refusing  ${percentOf(report.inScopeAccuracy)}`,
    `out of scope found  ${percentOf(report.oosRecall)}`,
    `AUROC               ${report.auroc === null ? "not measured" : report.auroc.toFixed(3)}`,
    `training            ${report.trainSeconds.toFixed(1)} s, ${report.megabytes.toFixed(1)} MB`,
    `an answer           p50 ${report.p50Ms.toFixed(3)} ms, p99 ${report.p99Ms.toFixed(3)} ms`,
  ].join("\n");
}

/** `npm run bench -- intents`: the recogniser on any set of sentences. */
export const intentsBench = defineCommand({
  meta: {
    name: "intents",
    description: `Train the recogniser on a set of sentences and measure it on another; lines are {text,intent}.

The threshold for what is out of scope is chosen on --valid, without it by cross-validation on --train.

Examples:
  npm run -s bench -- intents --train train.jsonl --test test.jsonl
  npm run -s bench -- intents --train train.jsonl --valid valid.jsonl --test test.jsonl --oos-train oos_train.jsonl --oos-test oos_test.jsonl --json`,
  },
  args: {
    train: { type: "string", required: true, description: "sentences to learn from" },
    test: { type: "string", required: true, description: "sentences to measure on" },
    valid: { type: "string", description: "sentences to choose the threshold on" },
    "oos-train": { type: "string", description: "sentences out of scope to learn from" },
    "oos-valid": { type: "string", description: "read and checked; the threshold is chosen by what it costs in scope" },
    "oos-test": { type: "string", description: "sentences out of scope to measure on" },
    json: { type: "boolean", description: "print one JSON object" },
  },
  run: async ({ args }) => {
    const sets = {
      train: await readExamples(args.train),
      test: await readExamples(args.test),
      valid: await readExamples(args.valid),
      oosTrain: await readExamples(args["oos-train"]),
      oosValid: await readExamples(args["oos-valid"]),
      oosTest: await readExamples(args["oos-test"]),
    };
    const report = measureIntents(sets, (done, all) => drawBar(process.stderr, "Learning", all)(done));
    process.stdout.write(`${args.json === true ? JSON.stringify(report) : printIntents(report)}\n`);
  },
});
