import { defineCommand } from "citty";
import { measureTrial, type TrialReport } from "../bench/article-trial.ts";
import { readQuestions } from "../bench/ask.ts";
import { AppError } from "../core/errors.ts";
import { prepareModels } from "./bench-faults.ts";
import { drawBar } from "./progress.ts";

const questionsFile = "knowledge/questions.jsonl";

function print({ questions, trialSeconds, quiet, during, p50Ratio, p99Ratio }: TrialReport): string {
  const line = (name: string, { answers, p50Ms, p99Ms }: TrialReport["quiet"]) =>
    `${name.padEnd(18)} ${String(answers).padStart(8)} ${p50Ms.toFixed(1).padStart(10)} ${p99Ms.toFixed(1).padStart(10)}`;
  return [
    `An article was tried with ${questions} questions, in ${trialSeconds} s at most.`,
    `${"".padEnd(18)} ${"answers".padStart(8)} ${"median ms".padStart(10)} ${"p99 ms".padStart(10)}`,
    line("without a trial", quiet),
    line("during a trial", during),
    `${"ratio".padEnd(27)} ${p50Ratio.toFixed(2).padStart(10)} ${p99Ratio.toFixed(2).padStart(10)}`,
  ].join("\n");
}

function readWhole(name: string, given: string, most: number): number {
  const value = Number(given);
  if (!(Number.isInteger(value) && value >= 1 && value <= most))
    throw new AppError("USAGE", `--${name} ${given}: a whole number from 1 to ${most}.`);
  return value;
}

/** `npm run bench -- trial`. */
export function createTrialBench(dataDir: () => string) {
  return defineCommand({
    meta: {
      name: "trial",
      description: `How long answers take while an article is tried with the last 1,000 questions, beside answers without a trial, in turn and in one run.
One process with the embedded database; answers go to a platform on loopback that takes them at once.

Examples:
  npm run -s bench -- trial
  npm run -s bench -- trial --rate 5 --rounds 5 --json`,
    },
    args: {
      rate: { type: "string", default: "10", description: "messages a second" },
      rounds: { type: "string", default: "3", description: "trials" },
      json: { type: "boolean", description: "print one JSON object" },
    },
    run: async ({ args }) => {
      const [rate, rounds] = [readWhole("rate", args.rate, 1000), readWhole("rounds", args.rounds, 100)];
      const questions = (await readQuestions(questionsFile)).filter(({ expect }) => expect.kind === "offers").map(({ text }) => text);
      await prepareModels(dataDir());
      const onProgress = drawBar(process.stderr, "Trying", rounds);
      const report = await measureTrial({ rate, rounds, questions, dataDir: dataDir(), onProgress });
      process.stdout.write(`${args.json === true ? JSON.stringify(report) : print(report)}\n`);
    },
  });
}
