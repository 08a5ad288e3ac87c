import { asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { Database } from "../../database/database.ts";
import { importRuns, sources } from "../../database/schema.ts";
import { readOpenPairs } from "./duplicate-store.ts";
import { findDuplicates } from "./duplicates.ts";
import { compareRun, findRun, joinAsLarge } from "./import-store.ts";
import type { ImportReport } from "./report.ts";
import { endRun, switchRun } from "./switch-run.ts";

const StoredReport = z.custom<ImportReport>((value) => typeof value === "object" && value !== null);

/** Puts a held import in place. */
export async function approveHeld(db: Database, source: string): Promise<void> {
  await db.transaction(async (transaction) => {
    const run = await findRun(transaction, source, "held");
    if (run === undefined) throw new AppError("NOT_FOUND", `No import of ${source} waits. List what does: npm run staff -- waiting`);
    await joinAsLarge(transaction);
    const difference = await compareRun(transaction, run.id, source);
    const report: ImportReport = { ...StoredReport.parse(run.report), ...difference, state: "done" };
    await switchRun(transaction, { run: run.id, source, difference, report, soleAnswer: undefined });
  });
  await findDuplicates(db, source);
}

/** Drops a held import. */
export async function rejectHeld(db: Database, source: string): Promise<void> {
  const run = await findRun(db, source, "held");
  if (run === undefined) throw new AppError("NOT_FOUND", `No import of ${source} waits. List what does: npm run staff -- waiting`);
  await endRun(db, run.id, "rejected", "Staff rejected it.");
}

/** Sources with how their last import went. */
export async function listSources(db: Database) {
  return await db
    .select({
      source: sources.name,
      kind: sources.kind,
      location: sql<string>`split_part(${sources.location}, '?', 1)`,
      offers: sources.offers,
      checkedAt: sources.checkedAt,
      lastRun: sql<string | null>`(select r.state from import_runs r where r.source = ${sources.name} order by r.started_at desc limit 1)`,
      reason: sql<string | null>`(select r.reason from import_runs r where r.source = ${sources.name} order by r.started_at desc limit 1)`,
    })
    .from(sources)
    .orderBy(asc(sources.name));
}

/** Imports that were held, and offers that may be the same, each with the id to decide on it by. */
export async function listWaitingImports(db: Database) {
  const held = await db
    .select({ source: importRuns.source, reason: importRuns.reason, report: importRuns.report })
    .from(importRuns)
    .where(eq(importRuns.state, "held"));
  const pairs = await readOpenPairs(db);
  return [
    ...held.map(({ source, reason, report }) => {
      const { added, changed, withdrawn } = StoredReport.parse(report);
      return { id: `import:${source}`, reason, added, changed, withdrawn };
    }),
    ...pairs.map(({ id, first, second, score }) => ({ id: `duplicate:${id}`, first, second, score })),
  ];
}
