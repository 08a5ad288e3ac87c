import { isDeepStrictEqual } from "node:util";
import { and, eq, max, sql } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../core/errors.ts";
import type { Offer } from "../core/offer.ts";
import type { Database } from "../database/database.ts";
import { content as contentTable, overrides } from "../database/schema.ts";
import { OfferEntry } from "./content-schema.ts";
import { touchImported } from "./imports/imported-offers.ts";
import { readLaidOffers } from "./imports/lay-imports.ts";

/** Who a field comes from, the lowest first; a higher layer wins field by field. */
export const layers = ["import", "provider", "staff"] as const;

export type Layer = (typeof layers)[number];

/**
 * One field of one offer as a layer above the files says it. The value null says that there is none; the field `removed` with the
 * value true takes the offer away; `checkedAt` brings the status along.
 */
export interface Override {
  readonly offerId: string;
  readonly field: string;
  readonly layer: Layer;
  readonly value: unknown;
  /** What the files and imports said when the field was overridden; null if nothing. */
  readonly base: unknown;
  /** When it was said, by the database's clock; undefined for imports, which are no rows. */
  readonly at?: Date | undefined;
}

/** What counts of an offer's free places: a count, or null where it was said that the number is not known. */
export interface CountWord {
  readonly layer: Layer | "source";
  readonly value: unknown;
  /** When it was said that the number is not known or which it is; of files and imports, when it was counted. */
  readonly at: Date | undefined;
}

/** An override whose file or source has been changed since: staff decide which is right. */
export interface Conflict {
  readonly offerId: string;
  readonly field: string;
  readonly staff: unknown;
  readonly fileBefore: unknown;
  readonly fileNow: unknown;
}

/** What an offer says in a field; undefined where it says nothing. */
export function fieldOf(offer: object, field: string): unknown {
  return Object.hasOwn(offer, field) ? Object.entries(offer).find(([name]) => name === field)?.[1] : undefined;
}

/** An offer with some of its fields replaced, not yet checked. */
function merge(offer: Offer, fields: Readonly<Record<string, unknown>>): object {
  const status = "checkedAt" in fields ? { status: fields["checkedAt"] === null ? "unchecked" : "checked" } : {};
  return Object.fromEntries(Object.entries({ ...offer, ...status, ...fields }).filter(([, value]) => value !== null));
}

/** Of several days on which somebody found all right, the last one counts, whoever that was; a layer that says "not checked" is obeyed. */
function latestCheck(own: readonly Override[]): object {
  const days = own.flatMap(({ field, value }) => (field === "checkedAt" ? [value] : []));
  const last = days.at(-1);
  if (typeof last !== "string") return {};
  return {
    checkedAt: days
      .filter((day) => typeof day === "string")
      .sort()
      .at(-1),
  };
}

const Counted = z.object({ asOf: z.string() });
/** Clocks of sources may be this far ahead. */
const aheadMs = 300_000;

/** When a count was made, in milliseconds since 1970; undefined for what is no count. */
function countedAt(value: unknown): number | undefined {
  const parsed = Counted.safeParse(value);
  return parsed.success ? Date.parse(parsed.data.asOf) : undefined;
}

/**
 * Who has the last word on an offer's free places: of the organisation and staff whoever spoke last, unless the file or the import below was counted later still.
 * What is made up is counted anew at each start, and what is counted in the future is a mistake: neither outdoes anybody. `offer` is as it is below all overrides.
 */
export function findCountWord(offer: Pick<Offer, "capacity" | "demo">, own: readonly Override[], now = Date.now()): CountWord | undefined {
  const counts = own.filter(({ field }) => field === "capacity");
  const imported = counts.findLast(({ layer }) => layer === "import");
  const value = imported === undefined ? offer.capacity : imported.value;
  const counted = countedAt(value);
  const below: CountWord | undefined =
    value === undefined
      ? undefined
      : { layer: imported === undefined ? "source" : "import", value, at: counted === undefined ? undefined : new Date(counted) };
  const said = counts.filter(({ layer }) => layer !== "import").sort((a, b) => (a.at?.getTime() ?? 0) - (b.at?.getTime() ?? 0));
  const last = said.at(-1);
  if (last === undefined) return below;
  const saidAt = Math.max(last.at?.getTime() ?? 0, countedAt(last.value) ?? 0);
  if (offer.demo !== true && counted !== undefined && counted > saidAt && counted <= now + aheadMs) return below;
  return { layer: last.layer, value: last.value, at: last.at };
}

/** The count that holds, for an offer of which a layer says one. */
function latestCount(offer: Offer, own: readonly Override[]): object {
  if (!own.some(({ field }) => field === "capacity")) return {};
  return { capacity: findCountWord(offer, own)?.value ?? null };
}

/** Lays the overrides over the files' offers; offers that a layer removed are left out. */
export function applyOverrides(offers: readonly Offer[], given: readonly Override[]): readonly Offer[] {
  const byOffer = Map.groupBy(given, (override) => override.offerId);
  return offers.flatMap((offer) => {
    const own = [...(byOffer.get(offer.id) ?? [])].sort((a, b) => layers.indexOf(a.layer) - layers.indexOf(b.layer));
    if (own.length === 0) return [offer];
    const fields: Readonly<Record<string, unknown>> = {
      ...Object.fromEntries(own.map(({ field, value }) => [field, value])),
      ...latestCheck(own),
      ...latestCount(offer, own),
    };
    if (fields["removed"] === true) return [];
    const parsed = OfferEntry.safeParse(merge(offer, fields));
    if (parsed.success) return [parsed.data];
    const issue = parsed.error.issues[0];
    throw new AppError(
      "CONTENT_INVALID",
      `${offer.id}.${issue?.path.join(".")}: the value of a layer above the files no longer fits (${issue?.message}). Reset it: npm run staff -- reset ${offer.id} ${String(issue?.path[0])}`,
    );
  });
}

/** Reads every override of a database. */
export async function readOverrides(db: Database): Promise<readonly Override[]> {
  const rows = await db.select().from(overrides).orderBy(overrides.offerId, overrides.field);
  return rows.flatMap((row) => {
    const layer = layers.find((each) => each === row.layer);
    return layer === undefined
      ? []
      : [{ offerId: row.offerId, field: row.field, layer, value: row.value, base: row.base, at: row.updatedAt }];
  });
}

/** When each offer was last changed by a layer above the files, in milliseconds since 1970. */
export async function readOverrideTimes(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .select({ offerId: overrides.offerId, changedAt: max(overrides.updatedAt) })
    .from(overrides)
    .groupBy(overrides.offerId);
  return new Map(rows.flatMap(({ offerId, changedAt }) => (changedAt === null ? [] : [[offerId, changedAt.getTime()]])));
}

/** An offer as it is below the overrides: what its file says with what its source says over it, or what its source alone says. */
export async function findBaseOffer(db: Database, offerId: string): Promise<Offer> {
  const { offers, layer } = await readLaidOffers(db);
  const own = offers.filter(({ id }) => id === offerId);
  const [offer] = applyOverrides(own, layer);
  if (offer === undefined) throw new AppError("NOT_FOUND", `There is no offer ${offerId}. List them with: npm run staff -- list`);
  return offer;
}

/** Sets one field of an offer in a layer above the files; throws REQUEST_INVALID if the offer would no longer fit its schema. */
export async function saveOverride(
  db: Database,
  change: { readonly offerId: string; readonly field: string; readonly layer: Layer; readonly value: unknown },
): Promise<void> {
  const offer = await findBaseOffer(db, change.offerId);
  if (change.field !== "removed") {
    const parsed = OfferEntry.safeParse(merge(offer, { [change.field]: change.value }));
    if (change.field === "id" || change.field === "__proto__" || !parsed.success) {
      const reason = parsed.success ? "an id never changes" : (parsed.error.issues[0]?.message ?? "does not fit");
      throw new AppError("REQUEST_INVALID", `${change.offerId}.${change.field}: ${reason}. Nothing was changed.`);
    }
  } else if (change.value !== true)
    throw new AppError("REQUEST_INVALID", "`removed` takes the value true. To bring an offer back, reset the field.");
  // Drizzle takes null for SQL's null, which is no value at all.
  const row = { ...change, value: change.value ?? sql`'null'::jsonb`, base: fieldOf(offer, change.field) ?? null };
  await db
    .insert(overrides)
    // Not the moment at which the transaction began: who spoke last is told by it.
    .values({ ...row, updatedAt: sql`clock_timestamp()` })
    .onConflictDoUpdate({
      target: [overrides.offerId, overrides.field, overrides.layer],
      set: { value: row.value, base: row.base, updatedAt: sql`clock_timestamp()` },
    });
}

/** Takes an override away, so that the layer below shows again; the offer counts as changed by that. */
export async function resetOverride(
  db: Database,
  at: { readonly offerId: string; readonly field: string; readonly layer: Layer },
): Promise<void> {
  await db.transaction(async (transaction) => {
    const gone = await transaction
      .delete(overrides)
      .where(and(eq(overrides.offerId, at.offerId), eq(overrides.field, at.field), eq(overrides.layer, at.layer)))
      .returning({ field: overrides.field });
    if (gone.length === 0) throw new AppError("NOT_FOUND", `${at.offerId}.${at.field} has no override by ${at.layer}.`);
    await transaction
      .update(contentTable)
      .set({ changedAt: sql`now()` })
      .where(and(eq(contentTable.kind, "offer"), eq(contentTable.id, at.offerId)));
    await touchImported(transaction, at.offerId);
  });
}

/** Fields in which staff do not stand above the others. */
const ungoverned: ReadonlySet<string> = new Set(["removed", "checkedAt", "capacity"]);

/** Overrides of staff under which the file or the source has changed. A newer date of the last check, or a newer count of free places, contradicts nobody. */
export function findConflicts(baseOffers: readonly Offer[], given: readonly Override[]): readonly Conflict[] {
  const byId = new Map(baseOffers.map((offer) => [offer.id, offer]));
  return given.flatMap(({ offerId, field, layer, value, base }) => {
    const offer = byId.get(offerId);
    if (layer !== "staff" || ungoverned.has(field) || offer === undefined) return [];
    const now = fieldOf(offer, field) ?? null;
    return isDeepStrictEqual(now, base) ? [] : [{ offerId, field, staff: value, fileBefore: base, fileNow: now }];
  });
}
