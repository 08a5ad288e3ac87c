import { type ArgsDef, defineCommand } from "citty";
import { z } from "zod";
import type { Config } from "../config.ts";
import { clusterStates } from "../core/clusters.ts";
import { runOperation } from "./operations.ts";
import { print } from "./print.ts";

const json = { json: { type: "boolean", description: "print JSON" } } as const;
const id = { type: "positional", description: "the number that `clusters list` names" } as const;
const by = "command line";

const Counts = z.record(z.string(), z.number());
const Line = z.object({
  ...{ id: z.number(), state: z.string(), gaps: z.number(), week: z.number(), weekBefore: z.number() },
  ...{ title: z.string().optional(), example: z.string().optional(), assignee: z.string().optional() },
  ...{ langs: Counts, channels: Counts, districts: Counts, kinds: Counts, needs: Counts },
  nearest: z.object({ id: z.string(), score: z.number() }).optional(),
});
const Page = z.object({ page: z.number(), pages: z.number(), clusters: z.number(), singles: z.number(), lines: z.array(Line) });
const Details = Line.extend({
  questions: z.array(
    z.object({ id: z.string(), at: z.string(), lang: z.string(), text: z.string().optional(), need: z.string().optional() }),
  ),
  steps: z.array(z.object({ at: z.string(), step: z.string(), by: z.string(), text: z.string().optional() })),
});

const tell = (text: string) => void process.stdout.write(`${text}\n`);

const counted = (counts: z.output<typeof Counts>) =>
  Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");

/** What is known of a cluster, in one line and those below it. */
function describe(line: z.output<typeof Line>): string {
  const title = line.title ?? line.example ?? "(words not kept)";
  const parts = [line.langs, line.channels, line.districts, line.kinds, line.needs].map(counted).filter((part) => part !== "");
  const nearest = line.nearest === undefined ? [] : [`nearest ${line.nearest.id} (${line.nearest.score.toFixed(2)})`];
  const assignee = line.assignee === undefined ? [] : [`with ${line.assignee}`];
  return [
    `${line.id}  ${line.state}  ${title}`,
    `    ${line.gaps} gaps, ${line.week} in 7 days, ${line.weekBefore} in the 7 before`,
    `    ${[...parts, ...nearest, ...assignee].join(" · ")}`,
  ].join("\n");
}

function describePage(result: unknown): string {
  const { page, pages, clusters, singles, lines } = Page.parse(result);
  return [...lines.map(describe), `Page ${page} of ${pages}, ${clusters} clusters; ${singles} questions are like no other.`].join("\n");
}

function describeDetails(result: unknown): string {
  const details = Details.parse(result);
  return [
    describe(details),
    ...details.questions.map(
      ({ id: gap, at, lang, text, need }) => `  ${gap}  ${at}  ${lang}  ${text ?? `(words not kept) ${need ?? ""}`}`,
    ),
    ...details.steps.map(({ at, step, by: who, text }) => `  ${at}  ${step} by ${who}${text === undefined ? "" : `: ${text}`}`),
  ].join("\n");
}

/** The part of `npm run staff` about questions that were not answered well. */
export function createClusterCommands(config: () => Config) {
  const run = (name: string, input: unknown) => runOperation(config(), `staff.clusters.${name}`, input);

  const list = defineCommand({
    meta: {
      name: "list",
      description:
        "The inbox: questions that were not answered well, grouped by what they mean.\n\nExamples:\n  npm run -s staff -- clusters list --sort trend\n  npm run -s staff -- clusters list --state ignored --lang ar",
    },
    args: {
      state: { type: "string", default: "new", description: clusterStates.join(", ") },
      sort: { type: "string", default: "count", description: "count, latest or trend" },
      page: { type: "string", default: "1", description: "the page, from 1" },
      lang: { type: "string", description: "asked in this language as well" },
      gap: { type: "string", description: "not-understood, nothing-in-catalogue, below-the-bar, rejected or out-of-scope" },
      singles: { type: "boolean", description: "also questions that are like no other" },
      ...json,
    },
    run: async ({ args }) => {
      const { state, sort, page, lang, gap } = args;
      const result = await run("list", { state, sort, page, lang, gap, singles: args.singles === true });
      if (args.json === true) print(result, true);
      else tell(describePage(result));
    },
  });

  const show = defineCommand({
    meta: {
      name: "show",
      description: "A cluster with its questions and what staff did with it.\n\nExample:\n  npm run -s staff -- clusters show 12",
    },
    args: { id, ...json },
    run: async ({ args }) => {
      const result = await run("show", { id: args.id });
      if (args.json === true) print(result, true);
      else tell(describeDetails(result));
    },
  });

  const context = defineCommand({
    meta: {
      name: "context",
      description:
        "What was said before a question, and the question.\n\nExample:\n  npm run -s staff -- clusters context 0b6ef3a2-5d0b-4a5c-9d0e-6f0f2c3f7a11",
    },
    args: { gap: { type: "positional", description: "the question's id, which `clusters show` names" }, ...json },
    run: async ({ args }) => print(await run("context", { gap: args.gap }), args.json === true),
  });

  /** A step whose outcome is printed as it is. */
  function step<Args extends ArgsDef>(
    name: string,
    description: string,
    example: string,
    args: Args,
    input: (given: Record<string, unknown>) => object,
  ) {
    return defineCommand({
      meta: { name, description: `${description}\n\nExample:\n  npm run -s staff -- clusters ${name} ${example}` },
      args: { id, ...args, ...json },
      run: async (given) => {
        const { id: cluster, json: asJson, ...rest }: Record<string, unknown> = given.args;
        const result = await run(name, { id: cluster, by, ...input(rest) });
        if (asJson === true) print(result, true);
        else tell(JSON.stringify(result));
      },
    });
  }

  const nothing = () => ({});
  return defineCommand({
    meta: { name: "clusters", description: "Questions that were not answered well, grouped by what they mean." },
    subCommands: {
      ...{ list, show, context },
      merge: step(
        ...(["merge", "Make two clusters one; the older number stays, the other leads to it.", "12 15"] as const),
        { with: { type: "positional", description: "the number of the other" } },
        (given) => ({ with: given["with"] }),
      ),
      split: step(
        ...([
          "split",
          "Put some questions of a cluster into a new one; they stay there.",
          "12 --gaps 0b6ef3a2-5d0b-4a5c-9d0e-6f0f2c3f7a11",
        ] as const),
        { gaps: { type: "string", required: true, description: "the questions' ids, with commas between" } },
        (given) => ({ gaps: String(given["gaps"]).split(",") }),
      ),
      ignore: step("ignore", "Hide it; what is asked in the same sense goes there silently from now on.", "12", {}, nothing),
      restore: step("restore", "Bring it back to the inbox.", "12", {}, nothing),
      "no-offer": step("no-offer", "Say that the city has nothing for it.", "12", {}, nothing),
      move: step(
        ...(["move", "Take it to the next state.", "12 in-progress"] as const),
        { state: { type: "positional", description: "in-progress, for-approval, published or forwarded" } },
        (given) => ({ state: given["state"] }),
      ),
      assign: step(
        ...(["assign", "Say who takes care of it; without a name nobody does.", "12 anna"] as const),
        { to: { type: "positional", required: false, description: "the account's id" } },
        (given) => ({ to: given["to"] ?? null }),
      ),
      link: step(
        ...(["link", "Say that an article is written for it; whoever asked is told when that is published.", "12 7"] as const),
        { article: { type: "positional", description: "the number of the article" } },
        (given) => ({ article: given["article"] }),
      ),
      answer: step(
        ...(["answer", "Tell everybody who asked and waits with an article that is published.", "12 7"] as const),
        { article: { type: "positional", description: "the number of the article" } },
        (given) => ({ article: given["article"] }),
      ),
      "answer-by-offer": step(
        ...(["answer-by-offer", "Tell everybody who asked and waits with an offer that is there already.", "12 wertstoffhof"] as const),
        { offer: { type: "positional", description: "the id of the offer" } },
        (given) => ({ offer: given["offer"] }),
      ),
      note: step(
        ...(["note", "Write something down for others on the staff.", '12 "Das Sozialreferat klärt das."'] as const),
        { text: { type: "positional", description: "up to 2,000 characters" } },
        (given) => ({ text: given["text"] }),
      ),
      title: step(
        ...(["title", "Name it.", '12 "Hunde im Freibad"'] as const),
        { title: { type: "positional", description: "up to 120 characters" } },
        (given) => ({ title: given["title"] }),
      ),
    },
  });
}
