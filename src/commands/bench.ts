import { defineCommand } from "citty";
import { type AskReport, measureAsk, readQuestions } from "../bench/ask.ts";
import { type IntentReport, measureIntents, readExamples } from "../bench/intents.ts";
import { drawTraining } from "./progress.ts";
import { openSession } from "./session.ts";

function percent({ right, n }: { readonly right: number; readonly n: number }): string {
  return `${((100 * right) / Math.max(1, n)).toFixed(1)} % (${right}/${n})`;
}

function printReport(report: AskReport): string {
  const groups = (title: string, rows: AskReport["byLang"]) => [
    title,
    ...Object.entries(rows).map(([name, row]) => `  ${name.padEnd(14)} ${percent(row)}`),
  ];
  const wrong = report.wrong.map(
    ({ id, text, expected, got }) =>
      `  ${id} ${JSON.stringify(text)}\n     expected ${JSON.stringify(expected)}\n     got      ${JSON.stringify(got)}`,
  );
  return [`right ${percent(report)}`, ...groups("by language", report.byLang), ...groups("by kind", report.byKind), "wrong", ...wrong].join(
    "\n",
  );
}

function drawQuestions(stream: NodeJS.WriteStream, all: number): (done: number) => void {
  return (done) => {
    if (stream.isTTY) stream.write(done === all ? "\r\u001b[2K" : `\rAsking ${done}/${all}`);
  };
}

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

function drawEpochs(stream: NodeJS.WriteStream): (done: number, all: number) => void {
  return (done, all) => {
    if (stream.isTTY) stream.write(done === all ? "\r\u001b[2K" : `\rLearning ${done}/${all}`);
  };
}

const intents = defineCommand({
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
    const report = measureIntents(sets, drawEpochs(process.stderr));
    process.stdout.write(`${args.json === true ? JSON.stringify(report) : printIntents(report)}\n`);
  },
});

/** `npm run bench`: measurements that print one JSON object with --json. */
export function createBenchCommand(dataDir: () => string) {
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
          drawQuestions(process.stderr, questions.length),
        );
        process.stdout.write(`${args.json === true ? JSON.stringify(report) : printReport(report)}\n`);
      } finally {
        await session.close();
      }
    },
  });
  return defineCommand({
    meta: { name: "bench", description: "Measure the assistant. Example: npm run -s bench -- ask --json" },
    subCommands: { ask, intents },
  });
}
