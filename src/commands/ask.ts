import { createInterface } from "node:readline";
import { defineCommand } from "citty";
import { z } from "zod";
import { type Answer, replyText } from "../core/answer.ts";
import { AppError } from "../core/errors.ts";
import { isLang } from "../core/languages.ts";
import { askServer } from "./ask-server.ts";
import { drawTraining } from "./progress.ts";

const Line = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  conversation: z.string().optional(),
  lang: z.string().optional(),
});

function parseLine(line: string, number: number): z.output<typeof Line> {
  try {
    return Line.parse(JSON.parse(line));
  } catch (cause) {
    throw new AppError("USAGE", `Line ${number} of the input is not {"id","text","conversation"?,"lang"?} in JSON.`, { cause });
  }
}

/** The object of `ask --json`. */
function toJson(answer: Pick<Answer, "summary" | "reply">): object {
  return { ...answer.summary, text: replyText(answer.reply) };
}

function hint(lang: string | undefined) {
  return isLang(lang) ? { lang } : {};
}

async function askLines(ask: Asker, input: NodeJS.ReadableStream, write: (line: string) => void): Promise<void> {
  let number = 0;
  for await (const line of createInterface({ input })) {
    number += 1;
    if (line.trim() === "") continue;
    const { id, text, conversation, lang } = parseLine(line, number);
    const answer = await ask({ text, conversation: conversation ?? `line ${number}`, ...hint(lang) });
    write(JSON.stringify({ id, ...toJson(answer) }));
  }
}

type Asker = (question: {
  readonly text: string;
  readonly conversation: string;
  readonly lang?: Parameters<typeof isLang>[0];
}) => Promise<Pick<Answer, "summary" | "reply">>;

async function openAsker(at: string | undefined, demo: boolean, dataDir: string): Promise<{ readonly ask: Asker; close(): Promise<void> }> {
  if (at !== undefined) return askServer(at);
  // Loaded only here: asking a running server needs none of it and starts faster without.
  const { openSession } = await import("./session.ts");
  const session = await openSession({ demo, dataDir, onProgress: drawTraining(process.stderr) });
  return { ask: ({ lang, ...question }) => session.ask({ ...question, ...hint(lang) }), close: session.close };
}

/** `npm run ask`: one question, or many from the standard input. */
export function createAskCommand(dataDir: () => string) {
  return defineCommand({
    meta: {
      name: "ask",
      description: `Ask the assistant from the terminal.

Examples:
  npm run -s ask -- "Wo finde ich einen Kita-Platz in Sendling?"
  npm run -s ask -- --json "i hob koa wohnung mehr"
  echo '{"id":1,"text":"Mein Ausweis ist weg"}' | npm run -s ask -- --jsonl
  npm run -s ask -- --at http://127.0.0.1:8787 "Sprachkurs Deutsch kostenlos"`,
    },
    args: {
      question: { type: "positional", required: false, description: "the question" },
      json: { type: "boolean", description: "print one JSON object" },
      jsonl: { type: "boolean", description: "read a JSON object a line, write one a line" },
      demo: { type: "boolean", description: "add the made-up offers of knowledge/demo" },
      lang: { type: "string", description: "language of the interface: a hint, like a phone's setting" },
      at: { type: "string", description: "ask a running server at this address" },
    },
    run: async ({ args }) => {
      const text = args._.join(" ");
      if (args.jsonl !== true && args._.length === 0)
        throw new AppError("USAGE", 'Give a question: npm run -s ask -- "Wo finde ich einen Kita-Platz?"');
      const { ask, close } = await openAsker(args.at, args.demo === true, dataDir());
      try {
        if (args.jsonl === true) return await askLines(ask, process.stdin, (line) => process.stdout.write(`${line}\n`));
        const answer = await ask({ text, conversation: "terminal", ...hint(args.lang) });
        process.stdout.write(args.json === true ? `${JSON.stringify(toJson(answer))}\n` : `${replyText(answer.reply)}\n`);
      } finally {
        await close();
      }
    },
  });
}
