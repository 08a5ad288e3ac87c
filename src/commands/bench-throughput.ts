import { defineCommand } from "citty";
import { readQuestions } from "../bench/ask.ts";
import { type MemoryReport, measureMemory } from "../bench/memory.ts";
import { pathModes, servePath } from "../bench/path-server.ts";
import { measureThroughput, type ThroughputReport } from "../bench/throughput.ts";
import { AppError } from "../core/errors.ts";
import { prepareModels } from "./bench-faults.ts";
import { drawBar } from "./progress.ts";

const questionsFile = "knowledge/questions.jsonl";
const steps = { server: 7, embedded: 6 };
const defaultRate = "500";

function print({ coreMs, ...figures }: ThroughputReport): string {
  const known = Object.entries(figures).filter(([, value]) => value !== undefined);
  const lines = known.map(([name, value]) => `${name.padEnd(22)} ${String(value).padStart(8)}`);
  const stages = Object.entries(coreMs).map(
    ([name, { process, database }]) => `  ${name.padEnd(16)} ${process.toFixed(3).padStart(8)} ${database.toFixed(3).padStart(8)}`,
  );
  return [...lines, "core-ms a message    process database", ...stages].join("\n");
}

const percent = (share: number) => `${share < 0 ? "" : "+"}${(100 * share).toFixed(1)} %`;

function printMemory({ samples, change, kilobytesPerThousand }: MemoryReport): string {
  const lines = samples.map(({ messages, megabytes }) => `${String(messages).padStart(8)} messages ${megabytes.toFixed(1).padStart(8)} MB`);
  return [...lines, `change ${percent(change)} after the first fifth, ${kilobytesPerThousand} KB a thousand messages`].join("\n");
}

function readMessages(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const messages = Number(given);
  if (!(Number.isInteger(messages) && messages >= 50)) throw new AppError("USAGE", `--memory ${given}: a whole number from 50 on.`);
  return messages;
}

/** `npm run bench -- throughput`. */
export function createThroughputBench(dataDir: () => string) {
  return defineCommand({
    meta: {
      name: "throughput",
      description: `How many messages a second are acknowledged and answered, beside a bare server with one INSERT, in one run.
Starts a PostgreSQL cluster of its own on a free port (Debian's programs). Answers go to a platform on loopback that takes them at once.

Examples:
  npm run -s bench -- throughput
  npm run -s bench -- throughput --rate 200 --json
  npm run -s bench -- throughput --embedded
  npm run -s bench -- throughput --memory 200000     only the memory of one process over so many messages`,
    },
    args: {
      embedded: { type: "boolean", description: "the embedded database" },
      rate: { type: "string", default: defaultRate, description: "messages a second at which acknowledging is timed" },
      memory: { type: "string", description: "messages over which the memory of one process is looked at, instead of all else" },
      json: { type: "boolean", description: "print one JSON object" },
    },
    run: async ({ args }) => {
      const rate = Number(args.rate);
      if (!(rate >= 1 && rate <= 10_000)) throw new AppError("USAGE", `--rate ${args.rate}: a number from 1 to 10000.`);
      const questions = (await readQuestions(questionsFile)).filter(({ expect }) => expect.kind === "offers");
      const messages = readMessages(args.memory);
      await prepareModels(dataDir());
      const common = { embedded: args.embedded === true, questions: questions.map(({ text }) => text), dataDir: dataDir() };
      if (messages !== undefined) {
        const memory = await measureMemory({ ...common, messages, onProgress: drawBar(process.stderr, "Answering", messages) });
        process.stdout.write(`${args.json === true ? JSON.stringify(memory) : printMemory(memory)}\n`);
        return;
      }
      const report = await measureThroughput({
        ...common,
        rate,
        onProgress: drawBar(process.stderr, "Measuring", common.embedded ? steps.embedded : steps.server),
      });
      process.stdout.write(`${args.json === true ? JSON.stringify(report) : print(report)}\n`);
    },
  });
}

/** What `throughput` starts: a server with a part of the message path. */
export const pathServer = defineCommand({
  meta: { name: "path-server", description: "A server with a part of the message path and a constant answer; started by throughput." },
  args: {
    mode: { type: "string", required: true, description: pathModes.join(", ") },
    port: { type: "string", required: true, description: "the port" },
    platform: { type: "string", required: true, description: "where answers are sent" },
    secret: { type: "string", required: true, description: "the webhook's secret" },
    database: { type: "string", description: "a PostgreSQL server; the embedded database in memory without" },
  },
  run: async ({ args }) => {
    const mode = pathModes.find((each) => each === args.mode);
    if (mode === undefined) throw new AppError("USAGE", `--mode ${args.mode} is none of ${pathModes.join(", ")}.`);
    await servePath({ mode, port: Number(args.port), databaseUrl: args.database, platformUrl: args.platform, secret: args.secret });
  },
});
