import { inArray, max } from "drizzle-orm";
import type { Offer } from "../../core/offer.ts";
import { type Database, guarded } from "../../database/database.ts";
import { overrideChanges } from "../../database/schema.ts";
import { uuidOf } from "../hsds/identifiers.ts";
import { pageOf } from "../listing.ts";
import { isCheckDue } from "./due.ts";

/** The number of the last change of each of these offers; those that nobody changed are left out. */
async function readLastNumbers(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await guarded("Reading changes of offers", () =>
    db
      .select({ offerId: overrideChanges.offerId, last: max(overrideChanges.number) })
      .from(overrideChanges)
      .where(inArray(overrideChanges.offerId, [...ids]))
      .groupBy(overrideChanges.offerId),
  );
  return new Map(rows.map(({ offerId, last }) => [offerId, last ?? 0]));
}

const dayOf = ({ checkedAt = "" }: Offer) => checkedAt;
const byDay = (a: Offer, b: Offer) => dayOf(a).localeCompare(dayOf(b)) || a.title.de.localeCompare(b.title.de, "de");

/** Offers that nobody has checked for half a year or ever: organisation by organisation, the one with the oldest first, and of each the oldest first. */
export async function listStale(db: Database, offers: readonly Offer[], page: number, now: Date) {
  const due = offers.filter((offer) => isCheckDue(offer, now));
  const groups = [...Map.groupBy(due, ({ organization }) => organization)].map(([organization, own]) => ({
    organization,
    own: own.sort(byDay),
  }));
  const oldest = ({ own: [first] }: (typeof groups)[number]) => (first === undefined ? "" : dayOf(first));
  const sorted = groups
    .sort((a, b) => oldest(a).localeCompare(oldest(b)) || a.organization.localeCompare(b.organization, "de"))
    .flatMap(({ own }) => own);
  const { pages, shown } = pageOf(sorted, page);
  const numbers = await readLastNumbers(
    db,
    shown.map(({ id }) => id),
  );
  return {
    ...{ page, pages, offers: due.length },
    never: due.filter(({ checkedAt }) => checkedAt === undefined).length,
    lines: shown.map(({ id, title, organization, checkedAt }) => ({
      ...{ id, title: title.de, organization, organizationId: uuidOf("organization", organization), checkedAt },
      number: numbers.get(id) ?? 0,
    })),
  };
}
