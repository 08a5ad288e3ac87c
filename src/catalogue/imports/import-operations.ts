import { isAbsolute } from "node:path";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { Database } from "../../database/database.ts";
import type { Importer } from "../importers/importer.ts";
import { importers } from "../importers/importers.ts";
import { createGuardedFetch, defaultFetchSettings, type FetchSettings } from "./guarded-fetch.ts";
import type { ImportReport } from "./report.ts";
import { runImport } from "./run-import.ts";

/** What a command asks for: see `npm run import -- --help`. */
const ImportCall = z.object({
  kind: z.string(),
  from: z.union([z.object({ url: z.string() }), z.object({ file: z.string() })]),
  source: z.string().optional(),
  options: z.record(z.string(), z.string()).default({}),
  allowHosts: z.array(z.string()).default([]),
  dryRun: z.boolean().default(false),
  fresh: z.boolean().default(false),
});

/** How far an import is; `total` where the source says it. */
export interface ImportProgress {
  readonly done: number;
  readonly total?: number | undefined;
}

const Named = z.object({ source: z.string() });
const SourceName = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(40);

/** What imports need of their process beside the database. */
export interface ImportSettings {
  readonly fetch?: Partial<FetchSettings> | undefined;
  /** Kinds of sources beside those that ship; they go before one of the same name. */
  readonly importers?: readonly Importer[] | undefined;
  /** Called as records are read. */
  readonly onProgress?: ((source: string, progress: ImportProgress) => void) | undefined;
}

function findImporter(all: readonly Importer[], kind: string): Importer {
  const found = all.find(({ id }) => id === kind);
  if (found === undefined)
    throw new AppError("USAGE", `There is no kind of source ${kind}. There are: ${all.map(({ id }) => id).join(", ")}.`);
  return found;
}

/** Imports and how far they are, by name. `onChange` is called after each change is committed. */
export function createImportOperations(db: Database, onChange: () => Promise<unknown>, settings: ImportSettings = {}) {
  const progress = new Map<string, ImportProgress>();
  const all = [...(settings.importers ?? []), ...importers];

  async function run(input: unknown): Promise<ImportReport> {
    const call = ImportCall.parse(input);
    const importer = findImporter(all, call.kind);
    const source = call.source ?? call.kind;
    if (!SourceName.safeParse(source).success)
      throw new AppError("USAGE", `A source's name has small letters, digits and hyphens, at most 40: ${source} does not fit.`);
    if ("file" in call.from && !isAbsolute(call.from.file)) throw new AppError("USAGE", "A file is given by its whole path.");
    const base = { ...defaultFetchSettings, ...settings.fetch };
    const fetch = createGuardedFetch({ ...base, allowedHosts: [...base.allowedHosts, ...call.allowHosts] });
    const onProgress = (done: number, total: number | undefined) => {
      progress.set(source, { done, total });
      settings.onProgress?.(source, { done, total });
    };
    const request = { importer, location: { from: call.from, options: call.options }, source, dryRun: call.dryRun, fresh: call.fresh };
    try {
      const report = await runImport(request, { db, fetch, now: () => new Date(), onProgress });
      if (report.state === "done" || report.state === "unchanged") await onChange();
      return report;
    } finally {
      progress.delete(source);
    }
  }

  return {
    "import.run": run,
    "import.progress": async (input: unknown): Promise<ImportProgress | undefined> => progress.get(Named.parse(input).source),
  };
}
