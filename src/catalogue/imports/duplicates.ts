import type { Database } from "../../database/database.ts";
import { createPairFinder } from "./duplicate-pairs.ts";
import { saveDuplicates } from "./duplicate-store.ts";
import { readImportedOffers, readShippedOffers, type StoredComparable } from "./read-comparable.ts";
import { createAddressFilter, pairWithFiles } from "./same-offer.ts";

/** The ids of imported offers that are a layer over a file's offer. */
function layersAmong(shipped: readonly StoredComparable[], imported: readonly StoredComparable[]): ReadonlySet<string> {
  const bySource = Map.groupBy(imported, (offer) => offer.source);
  return new Set([...bySource.values()].flatMap((own) => [...pairWithFiles(shipped, own).values()].map(({ id }) => id)));
}

/**
 * Looks for offers of other sources and of the files that a source's may be the same as, and lists them for staff; returns how many wait. What is a layer over a file's offer is none.
 * Imported offers are read twice, so that all of them are never held together.
 */
export async function findDuplicates(db: Database, source: string): Promise<number> {
  const shipped = await readShippedOffers(db);
  const finder = createPairFinder(source);
  const hasAddressOfFile = createAddressFilter(shipped);
  const likeFiles: StoredComparable[] = [];
  for (const offer of shipped) finder.count(offer);
  for await (const offer of readImportedOffers(db)) {
    if (hasAddressOfFile(offer)) likeFiles.push(offer);
    else finder.count(offer);
  }
  const layers = layersAmong(shipped, likeFiles);
  for (const offer of likeFiles) if (!layers.has(offer.id)) finder.count(offer);

  for (const offer of shipped) finder.compare(offer);
  for await (const offer of readImportedOffers(db)) if (!layers.has(offer.id)) finder.compare(offer);
  return await saveDuplicates(db, source, finder.pairs());
}
