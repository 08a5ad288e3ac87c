import { defineCommand } from "citty";
import { z } from "zod";
import type { Config } from "../config.ts";
import { AppError } from "../core/errors.ts";
import { runOperation } from "./operations.ts";

const Letters = z.array(
  z.object({
    ...{ id: z.number(), kind: z.string(), channel: z.string(), attempts: z.number() },
    ...{ error: z.string().nullable(), at: z.string(), conversationId: z.string() },
  }),
);

function describe(result: unknown): string {
  const letters = Letters.parse(result);
  const lines = letters.map(({ id, kind, channel, attempts, at, error }) =>
    [String(id).padStart(8), kind.padEnd(10), channel.padEnd(12), at, `${attempts} attempts`, error ?? ""].join("  "),
  );
  return [...lines, `${letters.length} in all.`].join("\n");
}

function readIds(given: readonly string[], all: boolean): { readonly ids?: readonly number[] } {
  if (all) return {};
  const ids = given.map(Number);
  if (ids.length === 0 || ids.some((id) => !Number.isSafeInteger(id) || id < 1))
    throw new AppError("USAGE", "Give ids of `npm run -s messages -- list`, or --all.");
  return { ids };
}

const json = { json: { type: "boolean", description: "print JSON" } } as const;

/** `npm run messages`: messages that could not be answered or sent, also while the server runs. */
export function createMessagesCommand(config: () => Config) {
  const run = (name: string, input: unknown) => runOperation(config(), name, input);
  const list = defineCommand({
    meta: {
      name: "list",
      description: `Messages that need you: unanswered (no answer could be made), unsent (the answer could not be sent), unsure (it may have arrived).

Examples:
  npm run -s messages -- list
  npm run -s messages -- list --json`,
    },
    args: json,
    run: async ({ args }) => {
      const letters = await run("messages.list", {});
      process.stdout.write(`${args.json === true ? JSON.stringify(letters) : describe(letters)}\n`);
    },
  });
  const change = (name: "retry" | "drop", description: string, done: string) =>
    defineCommand({
      meta: {
        name,
        description: `${description}\n\nExamples:\n  npm run -s messages -- ${name} 4711 4712\n  npm run -s messages -- ${name} --all`,
      },
      args: { all: { type: "boolean", description: "everything that is listed" }, ...json },
      run: async ({ args }) => {
        const count = z.number().parse(await run(`messages.${name}`, readIds(args._, args.all === true)));
        process.stdout.write(args.json === true ? `${JSON.stringify({ count })}\n` : `${count} ${done}.\n`);
      },
    });
  return defineCommand({
    meta: {
      name: "messages",
      description:
        "Work on messages that are stuck. Examples:\n  npm run -s messages -- list\n  npm run -s messages -- retry 4711\n  npm run -s messages -- drop --all",
    },
    subCommands: {
      list,
      retry: change("retry", "Answer or send them again.", "to be tried again"),
      drop: change("drop", "Give them up; nothing is sent any more.", "dropped"),
    },
  });
}
