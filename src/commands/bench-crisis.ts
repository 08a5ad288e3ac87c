import { defineCommand } from "citty";
import { type CrisisReport, measureCrisis, readCrisisSet } from "../bench/crisis.ts";
import { printShare, printTallies } from "./print-shares.ts";
import { drawBar, drawTraining } from "./progress.ts";
import { openSession } from "./session.ts";

function print({ n, recall, falseAlarms, byLang, missed, alarmed }: CrisisReport): string {
  const listed = (sentences: CrisisReport["missed"]) => sentences.map(({ id, lang, text }) => `  ${id} ${lang} ${JSON.stringify(text)}`);
  return [
    `${n} sentences: ${printShare(recall)} of the crises heard, ${printShare(falseAlarms)} of the others taken for one`,
    ...printTallies("by language", byLang),
    "not heard",
    ...listed(missed),
    "false alarms",
    ...listed(alarmed),
  ].join("\n");
}

/** `npm run bench -- crisis`. */
export function createCrisisBench(dataDir: () => string) {
  return defineCommand({
    meta: {
      name: "crisis",
      description: `Send every sentence of a file to the assistant, and count which crises are heard and what else is taken for one.

Examples:
  npm run -s bench -- crisis
  npm run -s bench -- crisis --set my-sentences.jsonl --json`,
    },
    args: {
      set: { type: "string", default: "knowledge/crisis.jsonl", description: "a file of {id,text,lang,crisis} lines" },
      json: { type: "boolean", description: "print one JSON object" },
    },
    run: async ({ args }) => {
      const sentences = await readCrisisSet(args.set);
      const session = await openSession({ demo: false, dataDir: dataDir(), onProgress: drawTraining(process.stderr) });
      try {
        const ask = async (question: { text: string; conversation: string }) => (await session.ask(question)).summary;
        const report = await measureCrisis(sentences, ask, drawBar(process.stderr, "Asking", sentences.length));
        process.stdout.write(`${args.json === true ? JSON.stringify(report) : print(report)}\n`);
      } finally {
        await session.close();
      }
    },
  });
}
