import { defineCommand } from "citty";
import { z } from "zod";
import type { Config } from "../config.ts";
import { runOperation } from "./operations.ts";

type Print = (result: unknown, json: boolean) => void;

const json = { json: { type: "boolean", description: "print JSON" } } as const;
const code = { type: "positional", description: "the receipt, as `contributions` lists it" } as const;

/** The part of `npm run staff` about what people say to projects and measures, and about volunteers. */
export function createParticipationCommands(config: () => Config, print: Print) {
  const run = (name: string, input: unknown) => runOperation(config(), `staff.${name}`, input);
  const contributions = defineCommand({
    meta: {
      name: "contributions",
      description:
        "What people said to projects and measures.\n\nExamples:\n  npm run -s staff -- contributions --state waiting\n  npm run -s staff -- contributions --json",
    },
    args: { state: { type: "string", description: "waiting, approved, rejected or withdrawn" }, ...json },
    run: async ({ args }) => print(await run("contributions", { state: args.state }), args.json === true),
  });
  const approve = defineCommand({
    meta: {
      name: "approve-contribution",
      description: "Let everybody read a contribution.\n\nExample:\n  npm run -s staff -- approve-contribution K7M2-9QXD",
    },
    args: { code, ...json },
    run: async ({ args }) => print(await run("approve-contribution", { code: args.code }), args.json === true),
  });
  const reject = defineCommand({
    meta: {
      name: "reject-contribution",
      description:
        'Do not show a contribution; whoever wrote it reads the reason.\n\nExample:\n  npm run -s staff -- reject-contribution K7M2-9QXD "Der Text nennt den Namen eines Nachbarn."',
    },
    args: { code, reason: { type: "positional", description: "why, in plain words" }, ...json },
    run: async ({ args }) => print(await run("reject-contribution", { code: args.code, reason: args.reason }), args.json === true),
  });
  const exporting = defineCommand({
    meta: {
      name: "export-contributions",
      description:
        "Print the approved contributions as open data.\n\nExamples:\n  npm run -s staff -- export-contributions > contributions.csv\n  npm run -s staff -- export-contributions --format json",
    },
    args: { format: { type: "string", description: "csv or json", default: "csv" } },
    run: async ({ args }) => {
      process.stdout.write(z.string().parse(await run("export-contributions", { format: args.format })));
    },
  });
  const votes = defineCommand({
    meta: { name: "votes", description: "How many people find each measure important or not." },
    args: json,
    run: async ({ args }) => print(await run("votes", {}), args.json === true),
  });
  const helpers = defineCommand({
    meta: {
      name: "helpers",
      description:
        'How many people help with each task of an organisation, and what they wrote to it.\n\nExample:\n  npm run -s staff -- helpers "Beispiel-Verein"',
    },
    args: { organization: { type: "positional", description: "the organisation's name, as it stands in its offers" }, ...json },
    run: async ({ args }) => print(await run("helpers", { organization: args.organization }), args.json === true),
  });
  return {
    contributions,
    "approve-contribution": approve,
    "reject-contribution": reject,
    "export-contributions": exporting,
    votes,
    helpers,
  };
}
