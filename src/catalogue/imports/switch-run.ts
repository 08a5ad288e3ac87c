import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../../database/database.ts";
import { importRejections, importRuns, importStaging, sources } from "../../database/schema.ts";
import type { Difference, ImportReport } from "./report.ts";

/** What tells whether the only address of a source has changed since it was read. */
export interface SoleAnswer {
  readonly url: string;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** What a run ends with. */
export interface Switch {
  readonly run: string;
  readonly source: string;
  readonly difference: Difference;
  readonly report: ImportReport;
  readonly soleAnswer: SoleAnswer | undefined;
}

async function replaceOffers(db: Database, run: string, source: string): Promise<void> {
  const version = sql`(select version from sources where name = ${source})`;
  await db.execute(sql`update imported_offers p set hash = s.hash, body = s.body, position = s.position, version = ${version}, changed_at = now()
    from import_staging s where s.run = ${run} and s.id = p.id and s.hash <> p.hash`);
  await db.execute(sql`insert into imported_offers (id, source, position, hash, body, version)
    select s.id, ${source}, s.position, s.hash, s.body, ${version} from import_staging s
    where s.run = ${run} and not exists (select from imported_offers p where p.id = s.id)`);
  await db.execute(sql`delete from imported_offers p where p.source = ${source}
    and not exists (select from import_staging s where s.run = ${run} and s.id = p.id)`);
}

/** Forgets what a run staged; its report stays. */
async function clearRun(db: Database, run: string): Promise<void> {
  await db.delete(importStaging).where(eq(importStaging.run, run));
  await db.delete(importRejections).where(eq(importRejections.run, run));
}

/** Marks that a source was read as a whole now and is in place as it is. */
export async function markChecked(db: Database, source: string, soleAnswer: SoleAnswer | undefined | "as before"): Promise<void> {
  const answer = soleAnswer === "as before" ? {} : { soleAnswer: soleAnswer ?? sql`null` };
  await db
    .update(sources)
    .set({ checkedAt: sql`now()`, ...answer })
    .where(eq(sources.name, source));
}

/** Puts a run in place, in the transaction that it is called in: all of it becomes visible with the commit, or nothing. */
export async function switchRun(db: Database, { run, source, difference, report, soleAnswer }: Switch): Promise<void> {
  if (difference.added + difference.changed + difference.withdrawn > 0) {
    await db.execute(sql`update sources set version = nextval('import_version') where name = ${source}`);
    await replaceOffers(db, run, source);
  }
  await db.execute(sql`update sources set offers = (select count(*) from imported_offers where source = ${source}) where name = ${source}`);
  await markChecked(db, source, soleAnswer);
  await clearRun(db, run);
  await db.update(importRuns).set({ state: "done", report, endedAt: sql`now()` }).where(eq(importRuns.id, run));
}

/** Leaves a run for staff; an earlier one that waits is superseded by it. */
export async function holdRun(db: Database, run: string, report: ImportReport): Promise<void> {
  await db.delete(importRuns).where(and(eq(importRuns.source, report.source), eq(importRuns.state, "held")));
  await db.update(importRuns).set({ state: "held", report, reason: report.reason, endedAt: sql`now()` }).where(eq(importRuns.id, run));
}

/** Ends a run that changes nothing. */
export async function endRun(db: Database, run: string, state: "failed" | "rejected" | "unchanged", reason: string): Promise<void> {
  await clearRun(db, run);
  await db.update(importRuns).set({ state, reason, endedAt: sql`now()` }).where(eq(importRuns.id, run));
}
