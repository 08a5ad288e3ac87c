import { resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { defineCommand } from "citty";
import { z } from "zod";
import { importers } from "../catalogue/importers/importers.ts";
import type { ImportProgress } from "../catalogue/imports/import-operations.ts";
import type { ImportReport } from "../catalogue/imports/report.ts";
import type { Config } from "../config.ts";
import { AppError } from "../core/errors.ts";
import { openOperations } from "./operations.ts";
import { drawBar } from "./progress.ts";

const Report = z.custom<ImportReport>((value) => typeof value === "object" && value !== null && "state" in value);
const Progress = z.object({ done: z.number(), total: z.number().optional() }).optional().catch(undefined);
const askEveryMs = 500;

const help = `Import offers from a source: ${importers.map(({ id }) => id).join(", ")}. Works while the server runs; what has changed is shown within seconds.

Examples:
  npm run import -- zms https://example.org/feed/services_de.json
  npm run import -- zms data/services.jsonl                       with offices.jsonl beside it
  npm run import -- befi https://stadt.muenchen.de
  npm run import -- zms-citizen https://www48.muenchen.de/buergeransicht/api/citizen --source termine
  npm run import -- zms data/services.jsonl --dry-run             says what would change, and changes nothing
  npm run -s import -- zms data/services.jsonl --json

Kinds of sources:
${importers.map(({ id, description }) => `  ${id.padEnd(12)}${description}`).join("\n")}`;

const headlines: Record<ImportReport["state"], string> = {
  done: "In place",
  unchanged: "Nothing has changed",
  held: "Held for staff",
  "dry-run": "Would change",
};

/** The report as a person reads it. */
function renderReport(report: ImportReport): string {
  const { source, state, added, changed, unchanged, withdrawn, rejected, rejections, duplicates } = report;
  const counts = `${added} added, ${changed} changed, ${unchanged} unchanged, ${withdrawn} withdrawn, ${rejected} rejected`;
  return [
    `${headlines[state]}: ${source}: ${counts} (${(report.tookMs / 1000).toFixed(1)} s${report.resumed ? ", went on where the last run broke off" : ""}).`,
    ...(report.reason === undefined ? [] : [report.reason]),
    ...(report.sample ?? []).map((line) => `  ${line}`),
    ...rejections.map(({ place, reason }) => `  rejected ${place}: ${reason}`),
    ...(rejected > rejections.length ? [`  and ${rejected - rejections.length} more`] : []),
    ...(duplicates > 0 ? [`${duplicates} may be the same as other offers: npm run staff -- waiting`] : []),
  ].join("\n");
}

/** Options that may be given several times, which the parser of commands keeps the last of only. */
function repeated(rawArgs: readonly string[], name: string): readonly string[] {
  return rawArgs.flatMap((arg, at) => {
    if (arg === name) return rawArgs[at + 1] ?? [];
    return arg.startsWith(`${name}=`) ? arg.slice(name.length + 1) : [];
  });
}

function parseOptions(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((option) => {
      const [, name, value] = /^([\w-]+)=(.*)$/s.exec(option) ?? [];
      if (name === undefined || value === undefined)
        throw new AppError("USAGE", `--option is name=value, such as --option lang=de; not ${option}`);
      return [name, value];
    }),
  );
}

/** Draws the progress of an import that another process runs, as far as it tells. */
function follow(run: (name: string, input: unknown) => Promise<unknown>, source: string, draw: (progress: ImportProgress) => void) {
  const timer = setInterval(async () => {
    // Where nobody answers, the import itself says why.
    const progress = Progress.parse(await run("import.progress", { source }).catch(() => undefined));
    if (progress !== undefined) draw(progress);
  }, askEveryMs);
  return () => clearInterval(timer);
}

/**
 * Keeps V8's space for young objects as it is, instead of letting it grow to 48 MB: what an import makes of a row lives until its batch is written, and of a larger space more of it would be taken for old
 * and held far longer. 100 MB less for 100,000 rows, at no more processor time.
 */
function keepYoungSpaceSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/** `npm run import`. */
export function createImportCommand(config: () => Config) {
  return defineCommand({
    meta: { name: "import", description: help },
    args: {
      kind: { type: "positional", description: "the kind of source" },
      from: { type: "positional", description: "an address or a file" },
      source: { type: "string", description: "the source's name, the beginning of its offers' ids; the kind otherwise" },
      option: { type: "string", description: "name=value, for the kind of source; may be given several times" },
      "allow-host": { type: "string", description: "a host of a private network that may be read; may be given several times" },
      "dry-run": { type: "boolean", description: "say what would change, change nothing" },
      fresh: { type: "boolean", description: "read everything, also what the source says has not changed" },
      json: { type: "boolean", description: "print the report as JSON" },
    },
    run: async ({ args, rawArgs }) => {
      keepYoungSpaceSmall();
      const { kind = "", from = "" } = args;
      const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(from);
      const call = {
        kind,
        from: isAddress ? { url: from } : { file: resolve(from) },
        source: args.source,
        options: parseOptions(repeated(rawArgs, "--option")),
        allowHosts: repeated(rawArgs, "--allow-host"),
        dryRun: args["dry-run"] === true,
        fresh: args.fresh === true,
      };
      const draw = ({ done, total }: ImportProgress) => drawBar(process.stderr, `Importing ${kind}`, total ?? done + 1)(done);
      const operations = await openOperations(config(), (_source, progress) => draw(progress));
      const stop = operations.elsewhere ? follow(operations.run, args.source ?? kind, draw) : () => undefined;
      try {
        const report = Report.parse(await operations.run("import.run", call));
        process.stdout.write(`${args.json === true ? JSON.stringify(report) : renderReport(report)}\n`);
      } finally {
        stop();
        drawBar(process.stderr, "", 0)(0);
        await operations.close();
      }
    },
  });
}
