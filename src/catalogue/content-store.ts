import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Concept, Content } from "../core/content.ts";
import { AppError } from "../core/errors.ts";
import type { District, Need, Offer } from "../core/offer.ts";
import type { Database } from "../database/database.ts";
import { contentState, content as contentTable } from "../database/schema.ts";
import { DistrictFile, NeedFile, OfferEntry, StoredConcepts } from "./content-schema.ts";

/** What a running process needs of the content: everything but the sentences to learn from. */
export interface StoredContent {
  readonly hash: string;
  readonly needs: readonly Need[];
  readonly districts: readonly District[];
  /** The lowest layer of each offer, as the files say it. */
  readonly offers: readonly Offer[];
  readonly concepts: readonly Concept[];
  readonly crisisConcepts: readonly Concept[];
  /** When each offer's file entry last changed, in milliseconds since 1970. */
  readonly changedAt: ReadonlyMap<string, number>;
}

/** What offers are sorted by: needs, districts and concepts, without the offers. */
export type StoredKnowledge = Pick<StoredContent, "hash" | "needs" | "districts" | "concepts" | "crisisConcepts">;

const rowsAtOnce = 200;

/** The hash of the content that this database holds, undefined before the first load. */
export async function storedHash(db: Database): Promise<string | undefined> {
  const [row] = await db.select().from(contentState).where(eq(contentState.id, 1));
  return row?.hash;
}

interface ContentRow {
  readonly kind: string;
  readonly id: string;
  readonly position: number;
  readonly body: unknown;
}

/** Takes away what the files no longer say. */
async function dropGone(db: Database, rows: readonly ContentRow[]): Promise<void> {
  const kept = new Set(rows.map(({ kind, id }) => `${kind} ${id}`));
  const stored = await db.select({ kind: contentTable.kind, id: contentTable.id }).from(contentTable);
  const gone = Map.groupBy(
    stored.filter(({ kind, id }) => !kept.has(`${kind} ${id}`)),
    ({ kind }) => kind,
  );
  for (const [kind, list] of gone) {
    const ids = list.map(({ id }) => id);
    for (let from = 0; from < ids.length; from += rowsAtOnce)
      await db.delete(contentTable).where(and(eq(contentTable.kind, kind), inArray(contentTable.id, ids.slice(from, from + rowsAtOnce))));
  }
}

/** Writes the rows that differ; only what says something else gets a new time. */
async function writeChanged(db: Database, rows: readonly ContentRow[]): Promise<void> {
  const says = sql`${contentTable.body} is distinct from excluded.body`;
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await db
      .insert(contentTable)
      .values(rows.slice(from, from + rowsAtOnce))
      .onConflictDoUpdate({
        target: [contentTable.kind, contentTable.id],
        set: {
          position: sql`excluded.position`,
          body: sql`excluded.body`,
          changedAt: sql`case when ${says} then now() else ${contentTable.changedAt} end`,
        },
        setWhere: sql`${says} or ${contentTable.position} <> excluded.position`,
      });
}

/** Makes the file layer say what `content` says, in one transaction; rows that say so already are not written. Higher layers are not touched. */
export async function loadContent(db: Database, content: Content): Promise<void> {
  const rows = [
    ...content.needs.map((need) => ({ kind: "need", id: need.id, body: need })),
    ...content.intents.map(({ id, title }) => ({ kind: "intent", id, body: { id, title } })),
    ...content.districts.map((district) => ({ kind: "district", id: String(district.number).padStart(2, "0"), body: district })),
    ...content.offers.map((offer) => ({ kind: "offer", id: offer.id, body: offer })),
    // One row: nobody reads a single one.
    { kind: "concepts", id: "all", body: content.concepts },
    { kind: "concepts", id: "crises", body: content.crises.concepts },
  ].map((row, position) => ({ ...row, position }));
  await db.transaction(async (transaction) => {
    await transaction
      .insert(contentState)
      .values({ id: 1, hash: content.hash })
      .onConflictDoUpdate({ target: contentState.id, set: { hash: content.hash, loadedAt: new Date() } });
    await dropGone(transaction, rows);
    await writeChanged(transaction, rows);
  });
}

async function requireHash(db: Database): Promise<string> {
  const hash = await storedHash(db);
  if (hash !== undefined) return hash;
  throw new AppError(
    "CONTENT_INVALID",
    "The database holds no content yet. Start a Node process on it once, or run `npm run prepare-database`.",
  );
}

function parseKnowledge(hash: string, rows: readonly ContentRow[]): StoredKnowledge {
  const bodies = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.body);
  const conceptsOf = (id: string) => StoredConcepts.parse(rows.find((row) => row.kind === "concepts" && row.id === id)?.body ?? []);
  return {
    hash,
    needs: NeedFile.array().parse(bodies("need")),
    districts: DistrictFile.parse(bodies("district")),
    concepts: conceptsOf("all"),
    crisisConcepts: conceptsOf("crises"),
  };
}

/** Reads the file layer back; throws CONTENT_INVALID before the first load. */
export async function readStoredContent(db: Database): Promise<StoredContent> {
  const hash = await requireHash(db);
  const rows = await db.select().from(contentTable).orderBy(contentTable.position);
  const offers = rows.filter(({ kind }) => kind === "offer");
  return {
    ...parseKnowledge(hash, rows),
    offers: OfferEntry.array().parse(offers.map(({ body }) => body)),
    changedAt: new Map(offers.map(({ id, changedAt }) => [id, changedAt.getTime()])),
  };
}

/** Reads what offers are sorted by; throws CONTENT_INVALID before the first load. */
export async function readKnowledge(db: Database): Promise<StoredKnowledge> {
  const hash = await requireHash(db);
  const rows = await db
    .select()
    .from(contentTable)
    .where(inArray(contentTable.kind, ["need", "district", "concepts"]))
    .orderBy(contentTable.position);
  return parseKnowledge(hash, rows);
}

/** When each offer's file entry last changed, in milliseconds since 1970. */
export async function readContentTimes(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .select({ id: contentTable.id, changedAt: contentTable.changedAt })
    .from(contentTable)
    .where(eq(contentTable.kind, "offer"));
  return new Map(rows.map(({ id, changedAt }) => [id, changedAt.getTime()]));
}

/** The ids of all needs or of all intents. */
export async function readLabels(db: Database, kind: "need" | "intent"): Promise<readonly string[]> {
  const rows = await db
    .select({ id: contentTable.id })
    .from(contentTable)
    .where(eq(contentTable.kind, kind))
    .orderBy(contentTable.position);
  return rows.map(({ id }) => id);
}

const IntentRow = z.object({ id: z.string(), body: z.object({ title: z.object({ de: z.string(), en: z.string() }) }) });

/** The titles of all intents, in the order of their files. */
export async function readIntentTitles(db: Database) {
  const rows = await db
    .select({ id: contentTable.id, body: contentTable.body })
    .from(contentTable)
    .where(eq(contentTable.kind, "intent"))
    .orderBy(contentTable.position);
  return IntentRow.array()
    .parse(rows)
    .map(({ id, body }) => ({ id, title: body.title }));
}
