import { eq } from "drizzle-orm";
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
}

const rowsAtOnce = 200;

/** The hash of the content that this database holds, undefined before the first load. */
export async function storedHash(db: Database): Promise<string | undefined> {
  const [row] = await db.select().from(contentState).where(eq(contentState.id, 1));
  return row?.hash;
}

/** Replaces the file layer by `content` in one transaction; doing it again changes nothing. Higher layers are not touched. */
export async function loadContent(db: Database, content: Content): Promise<void> {
  const rows = [
    ...content.needs.map((need) => ({ kind: "need", id: need.id, body: need })),
    ...content.districts.map((district) => ({ kind: "district", id: String(district.number).padStart(2, "0"), body: district })),
    ...content.offers.map((offer) => ({ kind: "offer", id: offer.id, body: offer })),
    // One row: nobody reads a single one.
    { kind: "concepts", id: "all", body: content.concepts },
  ].map((row, position) => ({ ...row, position }));
  await db.transaction(async (transaction) => {
    await transaction
      .insert(contentState)
      .values({ id: 1, hash: content.hash })
      .onConflictDoUpdate({ target: contentState.id, set: { hash: content.hash, loadedAt: new Date() } });
    await transaction.delete(contentTable);
    for (let from = 0; from < rows.length; from += rowsAtOnce)
      await transaction.insert(contentTable).values(rows.slice(from, from + rowsAtOnce));
  });
}

/** Reads the file layer back; throws CONTENT_INVALID before the first load. */
export async function readStoredContent(db: Database): Promise<StoredContent> {
  const hash = await storedHash(db);
  if (hash === undefined)
    throw new AppError(
      "CONTENT_INVALID",
      "The database holds no content yet. Start a Node process on it once, or run `npm run prepare-database`.",
    );
  const rows = await db.select().from(contentTable).orderBy(contentTable.position);
  const bodies = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.body);
  return {
    hash,
    needs: NeedFile.array().parse(bodies("need")),
    districts: DistrictFile.parse(bodies("district")),
    offers: OfferEntry.array().parse(bodies("offer")),
    concepts: StoredConcepts.parse(bodies("concepts")[0]),
  };
}
