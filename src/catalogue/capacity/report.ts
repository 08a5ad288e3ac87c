import { sql } from "drizzle-orm";
import type { Capacity, Offer } from "../../core/offer.ts";
import { type Database, guarded } from "../../database/database.ts";
import { overrides } from "../../database/schema.ts";
import { OfferEntry } from "../content-schema.ts";
import { uuidOf } from "../hsds/identifiers.ts";
import type { ReadReport, ReportedCapacity } from "./read-report.ts";

/** Why a report was refused: rows that are wrong, or offers of others, which may not exist at all. */
export interface Refusal {
  readonly status: 400 | 403;
  readonly rows: readonly { readonly row: number; readonly reason: string }[];
}

interface Change {
  readonly offerId: string;
  readonly capacity: Capacity;
}

/** Clocks of reporters may be this far ahead. */
const aheadMs = 300_000;

function capacityOf(offer: Offer, { unit, available, maximum, updated }: ReportedCapacity): Capacity | undefined {
  const named = unit === undefined ? offer.capacity?.unit : { de: unit };
  const same = named?.de === offer.capacity?.unit.de ? offer.capacity?.unit : named;
  if (same === undefined) return undefined;
  return { unit: same, available, ...(maximum === undefined ? {} : { maximum }), asOf: new Date(updated).toISOString() };
}

/** What is wrong with a row of an organisation's own offer; otherwise the change. */
function changeOf(offer: Offer, value: ReportedCapacity, now: Date): Change | string {
  const capacity = capacityOf(offer, value);
  if (capacity === undefined) return "unit: what is counted (places, beds) has to be said the first time";
  if (Date.parse(capacity.asOf) > now.getTime() + aheadMs) return "updated: lies in the future";
  if (offer.capacity !== undefined && capacity.asOf < offer.capacity.asOf) return "updated: a newer count is known";
  const parsed = OfferEntry.safeParse({ ...offer, capacity });
  return parsed.success ? { offerId: offer.id, capacity } : (parsed.error.issues[0]?.message ?? "does not fit");
}

/** Checks a whole report of one organisation, whose offers are named by our ids or by those of /hsds/v3; nothing of a report is taken where a row is wrong. */
export function checkReport(
  { rows, rejected }: ReadReport,
  organization: string,
  offers: readonly Offer[],
  now: Date,
): { readonly changes: readonly Change[] } | { readonly refused: Refusal } {
  const mine = offers.filter((offer) => offer.organization === organization);
  const own = new Map(mine.flatMap((offer) => [offer.id, uuidOf("service", offer.id)].map((id) => [id, offer] as const)));
  const foreign = rows
    .filter(({ value }) => !own.has(value.service_id))
    .map(({ row }) => ({ row, reason: "service_id: no offer of yours" }));
  if (foreign.length > 0) return { refused: { status: 403, rows: foreign } };
  const read = rows.flatMap(({ row, value }) => {
    const offer = own.get(value.service_id);
    return offer === undefined ? [] : [{ row, change: changeOf(offer, value, now) }];
  });
  const wrong = [...rejected, ...read.flatMap(({ row, change }) => (typeof change === "string" ? [{ row, reason: change }] : []))];
  if (wrong.length > 0) return { refused: { status: 400, rows: wrong.sort((a, b) => a.row - b.row) } };
  const changes = read.flatMap(({ change }) => (typeof change === "string" ? [] : [change]));
  return { changes: [...new Map(changes.map((change) => [change.offerId, change])).values()] };
}

/** Writes counts as the provider's layer, all or none; of an offer that is in it twice the last one. */
export async function saveCapacities(db: Database, changes: readonly Change[]): Promise<void> {
  await guarded("Storing free places", async () => {
    const rows = changes.map(({ offerId, capacity }) => ({ offerId, field: "capacity", layer: "provider", value: capacity }));
    await db
      .insert(overrides)
      .values(rows)
      .onConflictDoUpdate({
        target: [overrides.offerId, overrides.field, overrides.layer],
        set: { value: sql`excluded.value`, updatedAt: sql`clock_timestamp()` },
      });
  });
}
