import { defineCommand } from "citty";
import { type IntentReport, measureIntents, readExamples } from "../bench/intents.ts";
import { measureOwnIntents, type OwnIntentsReport } from "../bench/own-intents.ts";
import { percent, type Tally } from "../bench/tally.ts";
import { readContent } from "../catalogue/content-files.ts";
import { AppError } from "../core/errors.ts";
import { projectRoot } from "../node-content.ts";
import { drawBar, drawTraining } from "./progress.ts";
import { openSession } from "./session.ts";

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

function printOwnIntents({ n, right, rightAnswer, byLang, byIntent, confusion, wrong }: OwnIntentsReport): string {
  const rows = (groups: Readonly<Record<string, Tally>>) =>
    Object.entries(groups).map(([name, row]) => `  ${name.padEnd(18)} ${percent(row)}`);
  return [
    `right intent  ${percent({ right, n })}`,
    `right answer  ${percent({ right: rightAnswer, n })}`,
    "by language",
    ...rows(byLang),
    "by intent",
    ...rows(byIntent),
    "taken for another",
    ...confusion.map((pair) => `  ${pair.expected.padEnd(18)} → ${pair.got.padEnd(18)} ${pair.n}`),
    "wrong",
    ...wrong.map(({ lang, text, expected, got }) => `  ${lang} ${JSON.stringify(text)} ${expected} → ${got}`),
  ].join("\n");
}

async function measureShipped(dataDir: string): Promise<OwnIntentsReport> {
  const { intents } = await readContent({ root: projectRoot, demo: false });
  const all = intents.reduce((sum, { tests }) => sum + tests.length, 0);
  const session = await openSession({ demo: false, dataDir, onProgress: drawTraining(process.stderr) });
  try {
    return await measureOwnIntents(
      intents,
      async (question) => (await session.ask(question)).summary,
      drawBar(process.stderr, "Asking", all),
    );
  } finally {
    await session.close();
  }
}

/** `npm run bench -- intents`: the shipped intents' own test sentences through the whole turn, or the recogniser on any set of sentences. */
export function createIntentsBench(dataDir: () => string) {
  return defineCommand({
    meta: {
      name: "intents",
      description: `Ask the intents' own test sentences, or train the recogniser on a set of sentences and measure it on another; lines are {text,intent}.

The threshold for what is out of scope is chosen on --valid, without it by cross-validation on --train.

Examples:
  npm run -s bench -- intents
  npm run -s bench -- intents --train train.jsonl --test test.jsonl
  npm run -s bench -- intents --train train.jsonl --valid valid.jsonl --test test.jsonl --oos-train oos_train.jsonl --oos-test oos_test.jsonl --json`,
    },
    args: {
      train: { type: "string", description: "sentences to learn from; without --train and --test the shipped intents are measured" },
      test: { type: "string", description: "sentences to measure on" },
      valid: { type: "string", description: "sentences to choose the threshold on" },
      "oos-train": { type: "string", description: "sentences out of scope to learn from" },
      "oos-valid": { type: "string", description: "sentences out of scope to choose with how much that label counts" },
      "oos-test": { type: "string", description: "sentences out of scope to measure on" },
      json: { type: "boolean", description: "print one JSON object" },
    },
    run: async ({ args }) => {
      if (args.train === undefined && args.test === undefined) {
        const own = await measureShipped(dataDir());
        process.stdout.write(`${args.json === true ? JSON.stringify(own) : printOwnIntents(own)}\n`);
        return;
      }
      if (args.train === undefined || args.test === undefined)
        throw new AppError("USAGE", "bench -- intents takes --train and --test together, or neither.");
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
}
