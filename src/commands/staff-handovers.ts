import { defineCommand } from "citty";
import { z } from "zod";
import type { Config } from "../config.ts";
import { runOperation } from "./operations.ts";
import { print } from "./print.ts";

const json = { json: { type: "boolean", description: "print JSON" } } as const;
const id = { type: "positional", description: "the number that `handovers list` names" } as const;

const Done = z.object({ id: z.number(), state: z.string(), delivered: z.boolean() });

/** Says where a handover stands now, and if its person can no longer be written to. */
function tell(done: unknown, asJson: boolean): void {
  if (asJson) {
    print(done, true);
    return;
  }
  const { id, state, delivered } = Done.parse(done);
  process.stdout.write(`Handover ${id} is ${state} now.${delivered ? "" : " The person cannot be reached any more."}\n`);
}

/** The part of `npm run staff` about people who want to talk to a person. */
export function createHandoverCommands(config: () => Config) {
  const run = (name: string, input: unknown) => runOperation(config(), `staff.handovers.${name}`, input);
  const list = defineCommand({
    meta: {
      name: "list",
      description: "Who waits for a person, and who talks to one.\n\nExample:\n  npm run -s staff -- handovers list --all",
    },
    args: { all: { type: "boolean", description: "those that have ended as well" }, ...json },
    run: async ({ args }) => print(await run("list", { all: args.all === true }), args.json === true),
  });
  const show = defineCommand({
    meta: {
      name: "show",
      description: "What was asked before, and what was written since.\n\nExample:\n  npm run -s staff -- handovers show 12",
    },
    args: { id, ...json },
    run: async ({ args }) => print(await run("show", { id: args.id }), args.json === true),
  });
  const act = (name: "take" | "release" | "close", description: string) =>
    defineCommand({
      meta: { name, description: `${description}\n\nExample:\n  npm run -s staff -- handovers ${name} 12` },
      args: { id, ...json },
      run: async ({ args }) => tell(await run(name, { id: args.id }), args.json === true),
    });
  const say = defineCommand({
    meta: {
      name: "say",
      description: 'Write to the person.\n\nExample:\n  npm run -s staff -- handovers say 12 "Guten Tag! Ich helfe Ihnen gern."',
    },
    args: { id, text: { type: "positional", description: "what the person reads, up to 2,000 characters" }, ...json },
    run: async ({ args }) => tell(await run("say", { id: args.id, text: args.text }), args.json === true),
  });
  return defineCommand({
    meta: { name: "handovers", description: "Talk to people who want a person." },
    subCommands: {
      list,
      show,
      take: act("take", "Take it: the person is told, and the assistant is silent from now on."),
      say,
      release: act("release", "Give it back: the person is told that somebody will come, and colleagues see it as waiting."),
      close: act("close", "End it: the person is told, and the assistant answers again."),
    },
  });
}
