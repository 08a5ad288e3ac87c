import { asc, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, readPages } from "../../database/database.ts";
import { content, importedOffers } from "../../database/schema.ts";
import type { Comparable } from "./duplicate-pairs.ts";

/** What is compared of an offer in the database; the files are a source as well. */
export type StoredComparable = Comparable & { readonly url: string; readonly bookingUrl: string | undefined };

const files = "files";

const Row = z.object({
  id: z.string(),
  source: z.string(),
  title: z.string(),
  organization: z.string(),
  url: z.string(),
  bookingUrl: z.string().nullable(),
  address: z.object({ street: z.string(), postcode: z.string(), city: z.string() }).nullable(),
  geo: z.object({ lat: z.number(), lon: z.number() }).nullable(),
});

const known = ({ address, geo, bookingUrl, ...row }: z.output<typeof Row>): StoredComparable => ({
  ...row,
  bookingUrl: bookingUrl ?? undefined,
  address: address ?? undefined,
  geo: geo ?? undefined,
});

const fieldsOf = (body: typeof content.body | typeof importedOffers.body) => ({
  title: sql`${body}->'title'->>'de'`,
  organization: sql`${body}->>'organization'`,
  url: sql`${body}->>'url'`,
  bookingUrl: sql`${body}->>'bookingUrl'`,
  address: sql`${body}->'address'`,
  geo: sql`${body}->'geo'`,
});

/** The files' offers, in their order. */
export async function readShippedOffers(db: Database): Promise<readonly StoredComparable[]> {
  const rows = await db
    .select({ id: content.id, source: sql`${files}::text`, ...fieldsOf(content.body) })
    .from(content)
    .where(eq(content.kind, "offer"))
    .orderBy(asc(content.position));
  return Row.array().parse(rows).map(known);
}

/** All imported offers in the order of their ids, as a stream. */
export function readImportedOffers(db: Database): AsyncGenerator<StoredComparable> {
  return readPages(async (after, most) => {
    const rows = await db
      .select({ id: importedOffers.id, source: importedOffers.source, ...fieldsOf(importedOffers.body) })
      .from(importedOffers)
      .where(gt(importedOffers.id, after))
      .orderBy(asc(importedOffers.id))
      .limit(most);
    return Row.array().parse(rows).map(known);
  });
}
