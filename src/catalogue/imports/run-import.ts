import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../core/errors.ts";
import type { Database } from "../../database/database.ts";
import { endLease, takeLease } from "../../database/lease.ts";
import { createConceptNamer } from "../../text/concepts.ts";
import { readKnowledge } from "../content-store.ts";
import type { Importer, SourceLocation } from "../importers/importer.ts";
import { countOpenPairs } from "./duplicate-store.ts";
import { findDuplicates } from "./duplicates.ts";
import type { GuardedFetch } from "./guarded-fetch.ts";
import {
  assertHeld,
  beginRun,
  compareRun,
  joinAsLarge,
  type OpenRun,
  readHashes,
  readRejections,
  readStagedIds,
  type SourceSettings,
  stageBatch,
} from "./import-store.ts";
import { createOfferMaker, type OfferMaker } from "./make-offer.ts";
import { readSource } from "./read-source.ts";
import { type ImportReport, shrinksTooMuch } from "./report.ts";
import { createSourceAccess, SourceUnchanged } from "./source-access.ts";
import { endRun, holdRun, markChecked, type SoleAnswer, switchRun } from "./switch-run.ts";
import { tryRun } from "./try-run.ts";

/** What to import. */
export interface ImportRequest {
  readonly importer: Importer;
  readonly location: SourceLocation;
  /** The source's name, the beginning of its offers' ids. */
  readonly source: string;
  readonly dryRun: boolean;
  /** Reads everything anew, also what the source says is unchanged. */
  readonly fresh: boolean;
}

/** What imports need of their process. */
export interface ImportParts {
  readonly db: Database;
  readonly fetch: GuardedFetch;
  readonly now: () => Date;
  readonly onProgress: (done: number, total: number | undefined) => void;
}

const leaseSeconds = 10;
const renewMs = 3000;
/** A process that was killed holds its lease for so long; whoever comes next waits for it. */
const waitForLeaseMs = (leaseSeconds + 2) * 1000;
const againMs = 500;
/** Faults after which the next run may go on: the source or the way to it was away. */
const passing = new Set(["SOURCE_UNREACHABLE", "TIMED_OUT", "DATABASE_UNAVAILABLE", "DATABASE_HELD"]);

async function holdLease(db: Database, source: string, holder: string, waitMs: number): Promise<() => Promise<void>> {
  const name = `import:${source}`;
  const until = Date.now() + waitMs;
  while (!(await takeLease(db, name, holder, leaseSeconds))) {
    if (Date.now() >= until)
      throw new AppError("DATABASE_HELD", `The source ${source} is being imported already. Try again when it is done.`);
    await sleep(againMs);
  }
  // A renewal that fails is met by the next write of the run, which finds another holder or no database.
  const renewal = setInterval(() => void takeLease(db, name, holder, leaseSeconds).catch(() => undefined), renewMs);
  return async () => {
    clearInterval(renewal);
    await endLease(db, name, holder);
  };
}

async function makerFor(db: Database, { source, importer }: ImportRequest): Promise<OfferMaker> {
  const { needs, districts, concepts } = await readKnowledge(db);
  return await createOfferMaker({ needs, districts, nameConcepts: createConceptNamer(concepts) }, { name: source, importer });
}

const nothing = { added: 0, changed: 0, withdrawn: 0, rejected: 0, rejections: [], duplicates: 0, resumed: false };

/** Ends a run that read everything: compares, then puts in place or holds, in one transaction. */
async function finish(
  db: Database,
  run: OpenRun,
  request: ImportRequest,
  soleAnswer: SoleAnswer | undefined,
  began: number,
): Promise<ImportReport> {
  const { source, importer } = request;
  return await db.transaction(async (transaction) => {
    await assertHeld(transaction, run);
    await joinAsLarge(transaction);
    const difference = await compareRun(transaction, run.id, source);
    const { added, changed, unchanged, withdrawn } = difference;
    const rejections = await readRejections(transaction, run.id);
    const before = unchanged + changed + withdrawn;
    const now = added + changed + unchanged;
    const report = {
      source,
      kind: importer.id,
      ...difference,
      ...rejections,
      duplicates: 0,
      resumed: run.resumed,
      tookMs: Date.now() - began,
    };
    if (before === 0 && now === 0) throw new AppError("SOURCE_INVALID", emptyReason(rejections.rejected, rejections.rejections[0]));
    if (shrinksTooMuch(before, now)) {
      const held: ImportReport = {
        ...report,
        state: "held",
        reason: `The source brings ${now} offers instead of ${before}. Look, then: npm run staff -- approve import:${source} (or reject)`,
      };
      await holdRun(transaction, run.id, held);
      return held;
    }
    const done: ImportReport = { ...report, state: "done" };
    await switchRun(transaction, { run: run.id, source, difference, report: done, soleAnswer });
    return done;
  });
}

function emptyReason(rejected: number, first: { readonly place: string; readonly reason: string } | undefined): string {
  if (first === undefined) return "The source holds no records.";
  return `None of the ${rejected} records could be taken. The first: ${first.place}: ${first.reason}`;
}

/** Keeps a run for the next time where that may go better, else ends it; nothing of what is in place has changed. */
async function breakOff(db: Database, run: OpenRun, error: unknown): Promise<never> {
  if (!(error instanceof AppError)) throw error;
  const passes = passing.has(error.code);
  if (!passes) await endRun(db, run.id, "failed", error.message);
  const next = passes ? " The next run goes on where this one broke off, if it had come to a checkpoint." : "";
  throw new AppError(error.code, `${error.message} Nothing was changed.${next}`, { cause: error });
}

async function runHeld(request: ImportRequest, parts: ImportParts, holder: string): Promise<ImportReport> {
  const { db, fetch, now, onProgress } = parts;
  const { source, importer, location, fresh } = request;
  const began = Date.now();
  const settings: SourceSettings = { name: source, kind: importer.id, location };
  const maker = await makerFor(db, request);
  const run = await beginRun(db, settings, holder);
  const watched = createSourceAccess(db, fetch, { source, fresh, keep: true, cursor: run.cursor, now: now(), onProgress });
  const inPlace = await readHashes(db, source);
  try {
    const state = { position: run.position, staged: await readStagedIds(db, run.id), inPlace };
    await readSource(importer, location, watched.access, maker, state, { write: (batch) => stageBatch(db, run, batch) });
    return await finish(db, run, request, watched.soleAnswer(), began);
  } catch (error) {
    if (!(error instanceof SourceUnchanged)) return await breakOff(db, run, error);
    await db.transaction(async (transaction) => {
      await endRun(transaction, run.id, "unchanged", "The source says that nothing has changed.");
      await markChecked(transaction, source, "as before");
    });
    return { ...nothing, source, kind: importer.id, state: "unchanged", unchanged: inPlace.size, tookMs: Date.now() - began };
  }
}

/**
 * Imports a source: stages what it brings beside the catalogue and puts all of it in place in one transaction, so that nothing is ever half-imported.
 * Throws SOURCE_INVALID, SOURCE_UNREACHABLE and the like with the reason where the source is broken; then nothing has changed.
 */
export async function runImport(request: ImportRequest, parts: ImportParts, waitMs: number = waitForLeaseMs): Promise<ImportReport> {
  const { db } = parts;
  if (request.dryRun) return await tryRun(request, parts, await makerFor(db, request));
  const holder = randomUUID();
  const release = await holdLease(db, request.source, holder, waitMs);
  try {
    const report = await runHeld(request, parts, holder);
    if (report.state !== "done") return report;
    const same = report.added + report.changed + report.withdrawn === 0;
    return { ...report, duplicates: same ? await countOpenPairs(db, request.source) : await findDuplicates(db, request.source) };
  } finally {
    await release();
  }
}
