import { asc, eq, sql } from "drizzle-orm";
import type { Offer } from "../../core/offer.ts";
import { runInSlices } from "../../core/slices.ts";
import type { Database } from "../../database/database.ts";
import { importedOffers, sources } from "../../database/schema.ts";
import { OfferEntry } from "../content-schema.ts";

/** The offers of a source as they are in place, in the source's order. */
export interface ImportedSource {
  readonly name: string;
  readonly version: number;
  /** The day on which the source was last read as a whole, ISO date. */
  readonly checkedAt: string | undefined;
  readonly offers: readonly Offer[];
  /** When each offer last said something else, in milliseconds since 1970. */
  readonly changedAt: ReadonlyMap<string, number>;
}

const sliceMs = 10;

interface Row {
  readonly id: string;
  readonly body: unknown;
}

function* parseRows(rows: readonly Row[], known: ReadonlyMap<string, Offer>, state: object): Generator<void, readonly Offer[]> {
  const offers: Offer[] = [];
  for (const { id, body } of rows) {
    const same = body === null ? known.get(id) : undefined;
    offers.push(same === undefined ? OfferEntry.parse({ ...Object(body), ...state }) : { ...same, ...state });
    yield;
  }
  return offers;
}

async function readOne(db: Database, source: typeof sources.$inferSelect, before: ImportedSource | undefined): Promise<ImportedSource> {
  const { name, version } = source;
  const checkedAt = source.checkedAt?.toISOString().slice(0, 10);
  if (before?.version === version && before.checkedAt === checkedAt) return before;
  const known = new Map(before?.offers.map((offer) => [offer.id, offer]));
  const body =
    before === undefined
      ? importedOffers.body
      : sql`case when ${importedOffers.version} > ${before.version} then ${importedOffers.body} end`;
  const rows = await db
    .select({ id: importedOffers.id, changedAt: importedOffers.changedAt, body })
    .from(importedOffers)
    .where(eq(importedOffers.source, name))
    .orderBy(asc(importedOffers.position));
  const state = checkedAt === undefined ? { status: "unchecked" } : { status: "checked", checkedAt };
  const changedAt = new Map(rows.map((row) => [row.id, row.changedAt.getTime()]));
  return { name, version, checkedAt, changedAt, offers: await runInSlices(parseRows(rows, known, state), sliceMs) };
}

/** Reads what is imported; of what `before` holds only rows that have changed since are read and checked again. */
export async function readImported(db: Database, before: readonly ImportedSource[] = []): Promise<readonly ImportedSource[]> {
  const all = await db.select().from(sources).orderBy(asc(sources.name));
  const read: ImportedSource[] = [];
  for (const source of all)
    read.push(
      await readOne(
        db,
        source,
        before.find(({ name }) => name === source.name),
      ),
    );
  return read;
}

/** Marks an imported offer as changed, where it is one: what lay over it was taken away. */
export async function touchImported(db: Database, id: string): Promise<void> {
  const touched = await db
    .update(importedOffers)
    .set({ changedAt: sql`now()`, version: sql`nextval('import_version')` })
    .where(eq(importedOffers.id, id))
    .returning({ source: importedOffers.source, version: importedOffers.version });
  for (const { source, version } of touched) await db.update(sources).set({ version }).where(eq(sources.name, source));
}
