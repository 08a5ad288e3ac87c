import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { and, asc, count, eq, gt, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { type Database, readPages, rowsOf } from "../../database/database.ts";
import { importedOffers, importRejections, importRuns, importStaging, sources } from "../../database/schema.ts";
import type { SourceLocation } from "../importers/importer.ts";
import type { ImportedBody } from "./make-offer.ts";
import { type Difference, mostRejections, type Rejection } from "./report.ts";

/** Where a source is read from. */
export interface SourceSettings {
  readonly name: string;
  readonly kind: string;
  readonly location: SourceLocation;
}

/** A run that is open: where it stands. */
export interface OpenRun {
  readonly id: string;
  readonly source: string;
  readonly holder: string;
  readonly cursor: unknown;
  /** Items that are complete; the next one has the position after it. */
  readonly position: number;
  readonly resumed: boolean;
}

/** A staged record; without a body it is the same as what is in place. */
export interface StagedRow {
  readonly position: number;
  readonly id: string;
  readonly hash: string;
  readonly body: ImportedBody | undefined;
}

/** What is written at once. `complete` closes it with a checkpoint. */
export interface Batch {
  readonly rows: readonly StagedRow[];
  readonly rejections: readonly (Rejection & { readonly position: number })[];
  readonly complete?: { readonly position: number; readonly cursor: unknown } | undefined;
}

/** A broken run is not gone on with after this: the source is another by then. */
const longestBreakHours = 24;

async function saveSource(db: Database, { name, kind, location }: SourceSettings): Promise<boolean> {
  const from = "url" in location.from ? location.from.url : location.from.file;
  const all = await db.select().from(sources);
  const known = all.find((source) => source.name === name);
  if (known !== undefined && known.kind !== kind)
    throw new AppError("USAGE", `The source ${name} is read as ${known.kind}, not as ${kind}. Give another name: --source …`);
  const near = all.find((other) => other.name !== name && (other.name.startsWith(`${name}-`) || name.startsWith(`${other.name}-`)));
  if (near !== undefined && known === undefined)
    throw new AppError(
      "USAGE",
      `The name ${name} is too near to the source ${near.name}: ids of their offers could meet. Give another: --source …`,
    );
  const row = { kind, location: from, options: location.options };
  await db
    .insert(sources)
    .values({ name, ...row })
    .onConflictDoUpdate({ target: sources.name, set: row });
  return known !== undefined && known.location === from && isDeepStrictEqual(known.options, location.options);
}

/** Begins a run of a source, or goes on with the one that broke off; what it had read behind its last checkpoint is dropped. */
export function beginRun(db: Database, settings: SourceSettings, holder: string): Promise<OpenRun> {
  return db.transaction(async (transaction) => {
    const same = await saveSource(transaction, settings);
    const source = settings.name;
    const [broken] = await transaction
      .select()
      .from(importRuns)
      .where(and(eq(importRuns.source, source), eq(importRuns.state, "running")));
    const old = Date.now() - longestBreakHours * 3_600_000;
    if (broken !== undefined && same && broken.cursor !== null && broken.startedAt.getTime() > old) {
      const { id, cursor, safePosition: position } = broken;
      await transaction.delete(importStaging).where(and(eq(importStaging.run, id), gt(importStaging.position, position)));
      await transaction.delete(importRejections).where(and(eq(importRejections.run, id), gt(importRejections.position, position)));
      await transaction.update(importRuns).set({ holder }).where(eq(importRuns.id, id));
      return { id, source, holder, cursor, position, resumed: true };
    }
    if (broken !== undefined) await transaction.delete(importRuns).where(eq(importRuns.id, broken.id));
    const id = randomUUID();
    await transaction.insert(importRuns).values({ id, source, holder, state: "running" });
    return { id, source, holder, cursor: undefined, position: 0, resumed: false };
  });
}

/** Writes to a run that is still this holder's; throws DATABASE_HELD if another process went on with it. */
export async function assertHeld(db: Database, { id, holder }: OpenRun): Promise<void> {
  const [run] = await db
    .select({ id: importRuns.id })
    .from(importRuns)
    .where(and(eq(importRuns.id, id), eq(importRuns.holder, holder), eq(importRuns.state, "running")))
    .for("update");
  if (run === undefined) throw new AppError("DATABASE_HELD", "Another process has taken this import over.");
}

/** Stages a batch beside the catalogue; nobody sees it yet. */
export function stageBatch(db: Database, run: OpenRun, { rows, rejections, complete }: Batch): Promise<void> {
  return db.transaction(async (transaction) => {
    await assertHeld(transaction, run);
    if (rows.length > 0)
      await transaction.execute(sql`insert into import_staging (run, position, id, hash, body)
        select ${run.id}::uuid, g.position, g.id, g.hash, g.body
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(position integer, id text, hash text, body jsonb)`);
    if (rejections.length > 0) await transaction.insert(importRejections).values(rejections.map((row) => ({ ...row, run: run.id })));
    if (complete !== undefined)
      await transaction
        .update(importRuns)
        .set({ safePosition: complete.position, cursor: complete.cursor ?? sql`'null'::jsonb` })
        .where(eq(importRuns.id, run.id));
  });
}

/** The hashes of a source's offers in place, by id. */
export async function readHashes(db: Database, source: string): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  const rows = readPages((after, most) =>
    db
      .select({ id: importedOffers.id, hash: importedOffers.hash })
      .from(importedOffers)
      .where(and(eq(importedOffers.source, source), gt(importedOffers.id, after)))
      .orderBy(asc(importedOffers.id))
      .limit(most),
  );
  for await (const { id, hash } of rows) hashes.set(id, hash);
  return hashes;
}

/** The ids that a run has staged. */
export async function readStagedIds(db: Database, run: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const rows = readPages((after, most) =>
    db
      .select({ id: importStaging.id })
      .from(importStaging)
      .where(and(eq(importStaging.run, run), gt(importStaging.id, after)))
      .orderBy(asc(importStaging.id))
      .limit(most),
  );
  for await (const { id } of rows) ids.add(id);
  return ids;
}

const Counts = z.object({
  added: z.coerce.number(),
  changed: z.coerce.number(),
  unchanged: z.coerce.number(),
  withdrawn: z.coerce.number(),
});

/**
 * Has the rest of a transaction join tables by hash or by order. The planner takes those that were just filled for empty ones, and would compare each row with each: 8 minutes
 * for 100,000 rows.
 */
export async function joinAsLarge(transaction: Database): Promise<void> {
  await transaction.execute(sql`set local enable_nestloop = off`);
}

/** What putting a run in place would change. */
export async function compareRun(db: Database, run: string, source: string): Promise<Difference> {
  const [row] = rowsOf(
    await db.execute(sql`select count(*) filter (where p.id is null) as added, count(*) filter (where p.hash <> s.hash) as changed,
        count(*) filter (where p.hash = s.hash) as unchanged,
        (select count(*) from imported_offers o where o.source = ${source} and not exists (select from import_staging t where t.run = ${run} and t.id = o.id)) as withdrawn
      from import_staging s left join imported_offers p on p.id = s.id where s.run = ${run}`),
  );
  return Counts.parse(row);
}

/** Rows that a run could not take: how many, and the first. */
export async function readRejections(
  db: Database,
  run: string,
): Promise<{ readonly rejected: number; readonly rejections: readonly Rejection[] }> {
  const [all] = await db.select({ rejected: count() }).from(importRejections).where(eq(importRejections.run, run));
  const rejections = await db
    .select({ place: importRejections.place, reason: importRejections.reason })
    .from(importRejections)
    .where(eq(importRejections.run, run))
    .orderBy(asc(importRejections.position))
    .limit(mostRejections);
  return { rejected: all?.rejected ?? 0, rejections };
}

/** The open or held run of a source, if there is one. */
export async function findRun(db: Database, source: string, state: "running" | "held") {
  const [run] = await db
    .select()
    .from(importRuns)
    .where(and(eq(importRuns.source, source), inArray(importRuns.state, [state])));
  return run;
}
