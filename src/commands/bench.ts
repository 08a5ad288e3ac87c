import { defineCommand } from "citty";
import { type AskReport, measureAsk, readQuestions } from "../bench/ask.ts";
import { percent } from "../bench/tally.ts";
import type { Config } from "../config.ts";
import { clustersBench } from "./bench-clusters.ts";
import { createCrisisBench } from "./bench-crisis.ts";
import { createFaultsBench } from "./bench-faults.ts";
import { createImportBench } from "./bench-import.ts";
import { createIntentsBench } from "./bench-intents.ts";
import { createLoadBench } from "./bench-load.ts";
import { createOffersBench } from "./bench-offers.ts";
import { plainBench } from "./bench-plain.ts";
import { privacyBench } from "./bench-privacy.ts";
import { createScaleBench } from "./bench-scale.ts";
import { createSearchBench } from "./bench-search.ts";
import { createTeachBench } from "./bench-teach.ts";
import { createThroughputBench, pathServer } from "./bench-throughput.ts";
import { createTrialBench } from "./bench-trial.ts";
import { createWidgetBench } from "./bench-widget.ts";
import { printTallies } from "./print-shares.ts";
import { drawBar, drawTraining } from "./progress.ts";
import { openSession } from "./session.ts";

function printReport(report: AskReport): string {
  const wrong = report.wrong.map(
    ({ id, text, expected, got }) =>
      `  ${id} ${JSON.stringify(text)}\n     expected ${JSON.stringify(expected)}\n     got      ${JSON.stringify(got)}`,
  );
  return [
    `right ${percent(report)}`,
    ...printTallies("by language", report.byLang),
    ...printTallies("by style", report.byStyle),
    ...printTallies("by kind", report.byKind),
    "wrong",
    ...wrong,
  ].join("\n");
}

/** `npm run bench`: measurements that print one JSON object with --json. */
export function createBenchCommand(readConfig: () => Config) {
  const databaseUrl = () => readConfig().databaseUrl;
  const dataDir = () => readConfig().dataDir;
  const ask = defineCommand({
    meta: {
      name: "ask",
      description: `Ask every question of a file and count the right answers.

Examples:
  npm run -s bench -- ask
  npm run -s bench -- ask --questions my-questions.jsonl --json`,
    },
    args: {
      questions: { type: "string", default: "knowledge/questions.jsonl", description: "a file of {id,text,lang,expect} lines" },
      json: { type: "boolean", description: "print one JSON object" },
      demo: { type: "boolean", description: "add the made-up offers of knowledge/demo" },
    },
    run: async ({ args }) => {
      const questions = await readQuestions(args.questions);
      const session = await openSession({ demo: args.demo === true, dataDir: dataDir(), onProgress: drawTraining(process.stderr) });
      try {
        const report = await measureAsk(
          questions,
          async (question) => (await session.ask(question)).summary,
          drawBar(process.stderr, "Asking", questions.length),
        );
        process.stdout.write(`${args.json === true ? JSON.stringify(report) : printReport(report)}\n`);
      } finally {
        await session.close();
      }
    },
  });
  return defineCommand({
    meta: { name: "bench", description: "Measure the assistant. Example: npm run -s bench -- ask --json" },
    subCommands: {
      ask,
      intents: createIntentsBench(dataDir),
      search: createSearchBench(readConfig),
      scale: createScaleBench(databaseUrl),
      teach: createTeachBench(dataDir),
      offers: createOffersBench(dataDir),
      clusters: clustersBench,
      crisis: createCrisisBench(dataDir),
      privacy: privacyBench,
      plain: plainBench,
      faults: createFaultsBench(dataDir),
      import: createImportBench(),
      load: createLoadBench(dataDir),
      throughput: createThroughputBench(dataDir),
      trial: createTrialBench(dataDir),
      widget: createWidgetBench(dataDir),
      "path-server": pathServer,
    },
  });
}
