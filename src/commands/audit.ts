import { defineCommand } from "citty";
import { z } from "zod";
import type { Config } from "../config.ts";
import type { AuditState } from "../core/audit.ts";
import { AppError } from "../core/errors.ts";
import { runOperation } from "./operations.ts";

const State = z.union([
  z.object({ kind: z.literal("whole"), head: z.object({ id: z.number(), hash: z.string() }) }),
  z.object({ kind: z.enum(["changed", "missing", "broken", "cut"]), row: z.number() }),
]);

const faults = {
  changed: "was changed",
  missing: "is missing",
  broken: "does not follow the row before it, or the end that was written down",
  cut: "and what came after it were cut off",
} as const satisfies Record<Exclude<AuditState["kind"], "whole">, string>;

function describe(state: AuditState): string {
  if (state.kind === "whole") return `The audit log is whole: ${state.head.id} rows. Its end: ${state.head.id}:${state.head.hash}`;
  return `The audit log is not whole: row ${state.row} ${faults[state.kind]}.`;
}

/** `npm run audit`: whether the log of who saw and changed what is whole, also while the server runs; exits with 1 where it is not. */
export function createAuditCommand(config: () => Config) {
  const verify = defineCommand({
    meta: {
      name: "verify",
      description:
        "Follow the log from its first row.\n\nExamples:\n  npm run -s audit -- verify\n  npm run -s audit -- verify --head 123:9f86d0… --json     that end, written down earlier, must lie in it",
    },
    args: { head: { type: "string", description: "an end that was written down" }, json: { type: "boolean", description: "print JSON" } },
    run: async ({ args }) => {
      if (args.head !== undefined && !/^\d{1,15}:[0-9a-f]{64}$/.test(args.head))
        throw new AppError("USAGE", "--head must look like 123:9f86d0…, as this command prints it.");
      const state = State.parse(await runOperation(config(), "audit.verify", { head: args.head }));
      process.stdout.write(`${args.json === true ? JSON.stringify(state) : describe(state)}\n`);
      if (state.kind !== "whole") process.exitCode = 1;
    },
  });
  return defineCommand({
    meta: { name: "audit", description: "The log of who saw and changed what. Example:\n  npm run -s audit -- verify" },
    subCommands: { verify },
  });
}
