import { defineCommand } from "citty";
import { readQuestions } from "../bench/ask.ts";
import type { FaultReport } from "../bench/fault-report.ts";
import { measureFaults } from "../bench/faults.ts";
import { AppError } from "../core/errors.ts";
import { openContentSource, projectRoot } from "../node-content.ts";
import { drawBar, drawTraining } from "./progress.ts";

/** Kinds of questions whose answers erase nothing but their own words. */
const harmlessKinds = new Set(["offers", "smalltalk", "capacity", "out-of-scope"]);
const defaults = { server: { messages: 10_000, kills: 50, restarts: 3 }, embedded: { messages: 2000, kills: 20, restarts: 0 } };
const conversationSize = 50;
const processes = 3;
const questionsFile = "knowledge/questions.jsonl";

function readNumber(name: string, given: string | undefined, otherwise: number): number {
  const number = given === undefined ? otherwise : Number(given);
  if (!Number.isInteger(number) || number < 0 || number > 1_000_000)
    throw new AppError("USAGE", `--${name} ${given}: a number up to 1000000.`);
  return number;
}

function print(report: FaultReport): string {
  return Object.entries(report)
    .map(([name, value]) => `${name.padEnd(18)} ${String(value).padStart(8)}`)
    .join("\n");
}

/** Trains now if need be: three processes that start at once would each do it. */
export async function prepareModels(dataDir: string): Promise<void> {
  const source = await openContentSource({
    root: projectRoot,
    demo: false,
    cacheDir: `${dataDir}/cache`,
    onProgress: drawTraining(process.stderr),
  });
  await source.models();
}

/** `npm run bench -- faults`. */
export function createFaultsBench(dataDir: () => string) {
  return defineCommand({
    meta: {
      name: "faults",
      description: `Post messages, a tenth of them twice, to processes that are killed, over a database that crashes, with a platform that misbehaves.
Starts a PostgreSQL cluster of its own on a free port (Debian's programs). Half of the conversations are Telegram chats, half web chats.
inFlightAtKills counts sends that a kill broke off, and those that the platform took and then cut off: the most that may arrive twice.

Examples:
  npm run -s bench -- faults
  npm run -s bench -- faults --messages 1000 --kills 5 --restarts 1 --json
  npm run -s bench -- faults --policy flag
  npm run -s bench -- faults --embedded`,
    },
    args: {
      messages: { type: "string", description: "how many; 10000, embedded 2000" },
      kills: { type: "string", description: "SIGKILLs of processes; 50, embedded 20" },
      restarts: { type: "string", description: "crashes of the database; 3, embedded none" },
      policy: { type: "string", default: "resend", description: "TELEGRAM_AMBIGUOUS_SEND: resend or flag" },
      embedded: { type: "boolean", description: "one process on the embedded database" },
      json: { type: "boolean", description: "print one JSON object" },
    },
    run: async ({ args }) => {
      const { policy } = args;
      if (policy !== "resend" && policy !== "flag") throw new AppError("USAGE", `--policy ${policy} is neither resend nor flag.`);
      const embedded = args.embedded === true;
      const otherwise = embedded ? defaults.embedded : defaults.server;
      const messages = readNumber("messages", args.messages, otherwise.messages);
      const questions = (await readQuestions(questionsFile)).filter(({ expect }) => harmlessKinds.has(expect.kind));
      await prepareModels(dataDir());
      const report = await measureFaults({
        messages,
        conversations: Math.max(2, 2 * Math.ceil(messages / conversationSize / 2)),
        kills: readNumber("kills", args.kills, otherwise.kills),
        restarts: readNumber("restarts", args.restarts, otherwise.restarts),
        processes,
        embedded,
        policy,
        questions: questions.map(({ text }) => text),
        dataDir: dataDir(),
        onProgress: drawBar(process.stderr, "Posting", Math.round(messages * 1.1)),
      });
      process.stdout.write(`${args.json === true ? JSON.stringify(report) : print(report)}\n`);
    },
  });
}
