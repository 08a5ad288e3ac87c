import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { defineCommand } from "citty";
import { z } from "zod";
import type { Config } from "../config.ts";
import { AppError, messageOf } from "../core/errors.ts";
import { runOperation } from "./operations.ts";
import { print } from "./print.ts";

const json = { json: { type: "boolean", description: "print JSON" } } as const;
const id = { type: "positional", description: "the number that `articles list` names" } as const;
const by = { type: "string", description: "who does it: the id of an account", required: true } as const;
const file = { type: "positional", description: "a JSON file with the article, or - for standard input" } as const;

/** Reads JSON from a file or from standard input. */
async function readJson(path = "-"): Promise<unknown> {
  try {
    return JSON.parse(path === "-" ? await readAll(process.stdin) : await readFile(path, "utf8"));
  } catch (error) {
    throw new AppError("USAGE", `${path}: ${messageOf(error)}. Give a file with an article as JSON; see docs/articles.md.`);
  }
}

const Done = z.object({ id: z.number(), version: z.number(), state: z.string() });

/** Says where an article stands now. */
function tell(done: unknown, asJson: boolean): void {
  if (asJson) {
    print(done, true);
    return;
  }
  const { id, version, state } = Done.parse(done);
  process.stdout.write(`Article ${id}, version ${version}: ${state}.\n`);
}

/** Prints one thing, all of it. */
function printWhole(result: unknown, asJson: boolean): void {
  process.stdout.write(`${asJson ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);
}

/** The part of `npm run staff` about knowledge that staff write. */
export function createArticleCommands(config: () => Config) {
  const run = (name: string, input: unknown) => runOperation(config(), `staff.articles.${name}`, input);
  const describe = (name: string, description: string, ...examples: readonly string[]) => ({
    name,
    description: `${description}\n\nExample:\n${examples.map((example) => `  npm run -s staff -- articles ${example}`).join("\n")}`,
  });
  const act = (name: "submit" | "approve" | "retire", description: string, example: string) =>
    defineCommand({
      meta: describe(name, description, example),
      args: { id, by, reason: { type: "string", description: "why" }, ...json },
      run: async ({ args }) => tell(await run(name, { id: args.id, by: args.by, reason: args.reason }), args.json === true),
    });
  const list = defineCommand({
    meta: describe("list", "All articles with their newest version.", "list --state for-approval"),
    args: { state: { type: "string", description: "draft, for-approval, published or retired" }, ...json },
    run: async ({ args }) => print(await run("list", { state: args.state }), args.json === true),
  });
  const show = defineCommand({
    meta: describe("show", "One article: its newest version, the one that people read, and what happened to it.", "show 12"),
    args: { id, ...json },
    run: async ({ args }) => printWhole(await run("show", { id: args.id }), args.json === true),
  });
  const versions = defineCommand({
    meta: describe("versions", "All versions of an article, the newest first.", "versions 12 --json"),
    args: { id, ...json },
    run: async ({ args }) => print(await run("versions", { id: args.id }), args.json === true),
  });
  const write = defineCommand({
    meta: describe(
      "write",
      "Write a new article, or with --id a new version of one.",
      "write artikel.json --by anna",
      "write - --id 12 --by anna < artikel.json",
    ),
    args: { file, by, id: { type: "string", description: "the article that it is a version of" }, ...json },
    run: async ({ args }) => tell(await run("write", { id: args.id, by: args.by, article: await readJson(args.file) }), args.json === true),
  });
  const correct = defineCommand({
    meta: describe(
      "correct",
      "Write a version that corrects what people were told; once approved, everybody who got the wrong one is told.",
      "correct 12 artikel.json --by anna",
    ),
    args: { id, file, by, ...json },
    run: async ({ args }) =>
      tell(await run("correct", { id: args.id, by: args.by, article: await readJson(args.file) }), args.json === true),
  });
  const reject = defineCommand({
    meta: describe("reject", "Give a version back to whoever wrote it.", 'reject 12 "Die Gebühr fehlt." --by ben'),
    args: { id, reason: { type: "positional", description: "why" }, by, ...json },
    run: async ({ args }) => tell(await run("reject", { id: args.id, reason: args.reason, by: args.by }), args.json === true),
  });
  const rollback = defineCommand({
    meta: describe("rollback", "Bring back an older version that was published, at once.", "rollback 12 3 --by ben"),
    args: {
      id,
      version: { type: "positional", description: "the version whose text comes back" },
      by,
      reason: { type: "string", description: "why" },
      ...json,
    },
    run: async ({ args }) =>
      tell(await run("rollback", { id: args.id, version: args.version, by: args.by, reason: args.reason }), args.json === true),
  });
  const publishTo = defineCommand({
    meta: describe("publish-to", "Answer everybody who asked in these turns and wants to be told.", "publish-to 12 4b4c…,9d1e… --by ben"),
    args: { id, turns: { type: "positional", description: "ids of turns, with commas between" }, by, ...json },
    run: async ({ args }) =>
      printWhole(
        await run("publish-to", { id: args.id, turns: (args.turns ?? "").split(",").map((turn) => turn.trim()), by: args.by }),
        args.json === true,
      ),
  });
  const waiting = defineCommand({
    meta: describe("waiting", "The turns whose people want to be told once there is an answer.", "waiting --json"),
    args: json,
    run: async ({ args }) => print(await run("waiting", {}), args.json === true),
  });
  const publications = defineCommand({
    meta: describe("publications", "What was told to whom asked, and how many letters that were.", "publications"),
    args: json,
    run: async ({ args }) => print(await run("publications", {}), args.json === true),
  });
  const similar = defineCommand({
    meta: describe(
      "similar",
      "Articles and offers that are about the same as a text, before you write it again.",
      'similar "Wo gibt es Trinkbrunnen?" --lang de',
    ),
    args: {
      text: { type: "positional", description: "the text" },
      lang: { type: "string", description: "its language", default: "de" },
      ...json,
    },
    run: async ({ args }) => print(await run("similar", { text: args.text, lang: args.lang }), args.json === true),
  });
  const trial = defineCommand({
    meta: describe(
      "trial",
      "Try the newest version of an article, or one from a file, with questions that were asked and those whose right answer is known.",
      "trial 12 --by ben",
      "trial artikel.json --by anna",
    ),
    args: { what: { type: "positional", description: "the number of an article, or a JSON file" }, by, ...json },
    run: async ({ args }) => {
      const isNumber = /^\d+$/.test(args.what ?? "");
      printWhole(
        await run("trial", isNumber ? { id: args.what, by: args.by } : { article: await readJson(args.what), by: args.by }),
        args.json === true,
      );
    },
  });
  const reminders = defineCommand({
    meta: describe("reminders", "Articles that end within 14 days or have ended, with their owners.", "reminders"),
    args: json,
    run: async ({ args }) => print(await run("reminders", {}), args.json === true),
  });
  return defineCommand({
    meta: { name: "articles", description: "Knowledge that staff write: what the catalogue does not answer." },
    subCommands: {
      ...{ list, show, versions, write, correct },
      submit: act("submit", "Hand a draft in for approval.", "submit 12 --by anna"),
      approve: act("approve", "Publish what was handed in; whoever wrote it cannot.", "approve 12 --by ben"),
      reject,
      retire: act("retire", "Use an article no more.", 'retire 12 --by ben --reason "Das Amt ist umgezogen."'),
      ...{ rollback, "publish-to": publishTo, waiting, publications, similar, trial, reminders },
    },
  });
}
