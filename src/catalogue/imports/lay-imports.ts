import type { Offer } from "../../core/offer.ts";
import type { Database } from "../../database/database.ts";
import { readStoredContent } from "../content-store.ts";
import type { Override } from "../overrides.ts";
import type { JoinedPair } from "./duplicate-store.ts";
import { type ImportedSource, readImported } from "./imported-offers.ts";
import { layerOf, pairWithFiles } from "./same-offer.ts";

/** Files and imports together: the offers of both, and what imports say of the files' own. */
export interface LaidOffers {
  readonly offers: readonly Offer[];
  readonly layer: readonly Override[];
  /** When what imports say of an offer last changed, in milliseconds since 1970. */
  readonly changedAt: ReadonlyMap<string, number>;
}

/** Lays imports over the files' offers: a record that is the same as a file's offer becomes a layer over it, every other one an offer of its own. */
export function layImports(files: readonly Offer[], imported: readonly ImportedSource[]): LaidOffers {
  const byId = new Map(files.map((offer) => [offer.id, offer]));
  const layer: Override[] = [];
  const own: Offer[] = [];
  const changedAt = new Map<string, number>();
  for (const source of imported) {
    const pairs = pairWithFiles(files, source.offers);
    const paired = new Set([...pairs.values()].map(({ id }) => id));
    for (const [fileId, record] of pairs) {
      const file = byId.get(fileId);
      if (file === undefined) continue;
      layer.push(...layerOf(file, record));
      changedAt.set(fileId, Math.max(changedAt.get(fileId) ?? 0, source.changedAt.get(record.id) ?? 0));
    }
    for (const offer of source.offers) {
      if (paired.has(offer.id) || byId.has(offer.id)) continue;
      own.push(offer);
      changedAt.set(offer.id, source.changedAt.get(offer.id) ?? 0);
    }
  }
  return { offers: own.length === 0 ? files : [...files, ...own], layer, changedAt };
}

/** Joins pairs that staff found to be the same: the second is hidden, and fills the fields that the first lacks. A pair of which one is gone is none. */
export function joinPairs(offers: readonly Offer[], pairs: readonly JoinedPair[]): readonly Offer[] {
  if (pairs.length === 0) return offers;
  const byId = new Map(offers.map((offer) => [offer.id, offer]));
  for (const { first, second } of pairs) {
    const [kept, hidden] = [byId.get(first), byId.get(second)];
    if (kept === undefined || hidden === undefined) continue;
    byId.delete(second);
    // A status stands with its own date, and never alone.
    const needs = kept.needs.length === 0 ? hidden.needs : kept.needs;
    byId.set(first, { ...hidden, ...kept, needs, checkedAt: kept.checkedAt });
  }
  return offers.flatMap(({ id }) => byId.get(id) ?? []);
}

/** Reads the files' offers and the imports of a database, laid over one another; nothing of providers and staff. */
export async function readLaidOffers(db: Database): Promise<LaidOffers> {
  const { offers } = await readStoredContent(db);
  return layImports(offers, await readImported(db));
}
