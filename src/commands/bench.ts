import { defineCommand } from "citty";
import { type AskReport, measureAsk, readQuestions } from "../bench/ask.ts";
import { intentsBench } from "./bench-intents.ts";
import { createScaleBench } from "./bench-scale.ts";
import { createSearchBench } from "./bench-search.ts";
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

/** `npm run bench`: measurements that print one JSON object with --json. */
export function createBenchCommand(dataDir: () => string, databaseUrl: () => string | undefined) {
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
    subCommands: { ask, intents: intentsBench, search: createSearchBench(databaseUrl), scale: createScaleBench(databaseUrl) },
  });
}
