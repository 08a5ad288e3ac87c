import { isDeepStrictEqual } from "node:util";
import { and, desc, eq, lt, max, sql } from "drizzle-orm";
import { AppError } from "../core/errors.ts";
import type { Database } from "../database/database.ts";
import { overrideChanges } from "../database/schema.ts";
import { readLaidOffers } from "./imports/lay-imports.ts";
import { holdsWords, pageOf } from "./listing.ts";
import {
  applyOverrides,
  fieldOf,
  findBaseOffer,
  findCountWord,
  type Layer,
  layers,
  type Override,
  readOverrides,
  resetOverride,
  saveOverride,
} from "./overrides.ts";
import { backAlong, prepareEdit } from "./prepare-edit.ts";

const mostChanges = 100;
/** Of an integer column. */
const largestNumber = 2_147_483_647;

/** A change of an offer: a value that is set in a layer, or (without `value`) the layer below that shows again. */
interface OfferChange {
  readonly offerId: string;
  readonly field: string;
  readonly value?: unknown;
  readonly layer: "provider" | "staff";
  /** The id of an account, "command line", or the name of an organisation behind `organization:`. */
  readonly by: string;
  /** The number of the last change that they know of; undefined where nobody looked. */
  readonly expected?: number | undefined;
}

/** The layers above the import, which the base of an offer already holds. */
const isAbove = ({ layer }: Override) => layer !== "import";

/** An offer as citizens see it, and, where it was taken away, as they saw it before. */
export async function readOffer(db: Database, offerId: string) {
  const base = await findBaseOffer(db, offerId);
  const own = (await readOverrides(db)).filter((override) => override.offerId === offerId && isAbove(override));
  const [offer = base] = applyOverrides(
    [base],
    own.filter(({ field }) => field !== "removed"),
  );
  return { base, offer, own, removed: own.some(({ field, value }) => field === "removed" && value === true) };
}

async function lastNumber(db: Database, offerId: string): Promise<number> {
  const [row] = await db
    .select({ last: max(overrideChanges.number) })
    .from(overrideChanges)
    .where(eq(overrideChanges.offerId, offerId));
  return row?.last ?? 0;
}

async function readValue(db: Database, { offerId, field }: Pick<OfferChange, "offerId" | "field">): Promise<unknown> {
  const { offer, removed } = await readOffer(db, offerId);
  return field === "removed" ? removed : (fieldOf(offer, field) ?? null);
}

async function writeChange(transaction: Database, change: OfferChange, number: number): Promise<void> {
  const { offerId, field, layer, value, by } = change;
  const before = await readValue(transaction, change);
  if (value === undefined) await resetOverride(transaction, { offerId, field, layer });
  else await saveOverride(transaction, { offerId, field, layer, value });
  const after = await readValue(transaction, change);
  await transaction.insert(overrideChanges).values({ offerId, number, field, before, after, by });
}

/** What has to change with a field: values that follow from its own, or what the same layer said along with what is taken back. */
async function changesAlong(db: Database, change: OfferChange): Promise<readonly OfferChange[]> {
  const { offerId, field, layer, value } = change;
  const { offer, own } = await readOffer(db, offerId);
  if (value === undefined) {
    const said = backAlong(field).filter((each) => own.some((override) => override.field === each && override.layer === layer));
    return [change, ...said.map((each) => ({ ...change, field: each }))];
  }
  const prepared = await prepareEdit(db, { offer: offer ?? { id: offerId }, field, value });
  const along = Object.entries(prepared.along).filter(([each, its]) => !isDeepStrictEqual(its, fieldOf(offer ?? {}, each) ?? null));
  return [{ ...change, value: prepared.value }, ...along.map(([each, its]) => ({ ...change, field: each, value: its }))];
}

/** Changes a field of an offer with what follows from it, and writes down what it was. Throws USAGE where somebody else has changed the offer meanwhile. */
async function changeOffer(db: Database, change: OfferChange): Promise<void> {
  const { offerId, expected } = change;
  await db.transaction(async (transaction) => {
    // One after the other: a number that two have read would be given twice.
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`offer ${offerId}`}, 0))`);
    const last = await lastNumber(transaction, offerId);
    if (expected !== undefined && expected !== last)
      throw new AppError("USAGE", `${offerId}: somebody else has changed it meanwhile. Look at it again, then change it.`);
    for (const [index, each] of (await changesAlong(transaction, change)).entries()) await writeChange(transaction, each, last + 1 + index);
  });
}

/** Has staff change a field of an offer. */
export async function changeByStaff(db: Database, change: Omit<OfferChange, "layer">): Promise<void> {
  await changeOffer(db, { ...change, layer: "staff" });
}

/** Has an organisation change a field of an offer. */
export async function changeByProvider(
  db: Database,
  { organization, ...change }: Pick<OfferChange, "offerId" | "field" | "value"> & { readonly organization: string },
): Promise<void> {
  await changeOffer(db, { ...change, layer: "provider", by: `organization:${organization}` });
}

/** Offers by their id, title or organisation, those included that staff took away. */
export async function searchOffers(db: Database, { q, page }: { readonly q: string; readonly page: number }) {
  const { offers, layer } = await readLaidOffers(db);
  const given = await readOverrides(db);
  const removed = new Set(given.flatMap(({ offerId, field, value }) => (field === "removed" && value === true ? [offerId] : [])));
  const all = applyOverrides(offers, [...layer, ...given.filter(({ field }) => field !== "removed")]);
  const holds = holdsWords(q);
  const found = all
    .filter(({ id, title, organization }) => holds(`${id} ${Object.values(title).join(" ")} ${organization}`))
    .sort((a, b) => a.title.de.localeCompare(b.title.de, "de"));
  const { pages, shown } = pageOf(found, page);
  return {
    ...{ page, pages, offers: found.length },
    lines: shown.map(({ id, title, organization, status, checkedAt }) => ({
      ...{ id, title: title.de, organization, status, checkedAt, removed: removed.has(id) },
    })),
  };
}

/** An offer with who says what, and what was changed, the newest first and only what came before the number `before` where one is given. Throws NOT_FOUND where there is none. */
export async function showOffer(db: Database, offerId: string, before = largestNumber) {
  const { base, offer, own, removed } = await readOffer(db, offerId);
  const byField = Map.groupBy(own, ({ field }) => field);
  const layerOf = (field: string): Layer | "source" =>
    (field === "capacity" ? findCountWord(base, own)?.layer : undefined) ??
    layers.findLast((layer) => byField.get(field)?.some((override) => override.layer === layer) === true) ??
    "source";
  const changes = await db
    .select()
    .from(overrideChanges)
    .where(and(eq(overrideChanges.offerId, offerId), lt(overrideChanges.number, before)))
    .orderBy(desc(overrideChanges.number))
    .limit(mostChanges);
  const fields = [...new Set([...Object.keys(offer), ...byField.keys()])].filter((field) => field !== "removed");
  return {
    ...{ id: offerId, removed, number: await lastNumber(db, offerId), changes },
    fields: fields.map((field) => ({ field, value: fieldOf(offer, field) ?? null, layer: layerOf(field) })),
  };
}
