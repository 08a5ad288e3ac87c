import { randomUUID } from "node:crypto";
import { defineCommand } from "citty";
import { measureTeaching, type TeachReport } from "../bench/teach.ts";
import { drawTraining } from "./progress.ts";
import { openSession } from "./session.ts";

function printReport({ liveSeconds, quietP50Ms, quietP99Ms, learningP50Ms, learningP99Ms, answers }: TeachReport): string {
  return [
    `a lesson is live after   ${liveSeconds.toFixed(1)} s`,
    `answers before           p50 ${quietP50Ms.toFixed(1)} ms, p99 ${quietP99Ms.toFixed(1)} ms`,
    `answers while it learns  p50 ${learningP50Ms.toFixed(1)} ms, p99 ${learningP99Ms.toFixed(1)} ms   (${answers} answers in all)`,
  ].join("\n");
}

/** `npm run bench -- teach`. */
export function createTeachBench(dataDir: () => string) {
  return defineCommand({
    meta: {
      name: "teach",
      description: `Teach one sentence, and measure how long it takes to be live and what it costs the answers meanwhile.

Examples:
  npm run -s bench -- teach
  npm run -s bench -- teach --json`,
    },
    args: { json: { type: "boolean", description: "print one JSON object" } },
    run: async ({ args }) => {
      const onProgress = drawTraining(process.stderr);
      const session = await openSession({ demo: false, dataDir: dataDir(), onProgress });
      try {
        const report = await measureTeaching({
          ask: async (text) => (await session.ask({ text, conversation: randomUUID() })).summary.needs,
          teach: (text, need) => session.teach("need", { text, label: need }),
        });
        process.stdout.write(`${args.json === true ? JSON.stringify(report) : printReport(report)}\n`);
      } finally {
        await session.close();
      }
    },
  });
}
