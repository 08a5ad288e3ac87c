import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { AppError } from "../core/errors.ts";
import type { GeoPoint, Offer, OfferLocation } from "../core/offer.ts";
import type { Database } from "../database/database.ts";
import { readKnowledge, readLabels } from "./content-store.ts";
import { findHoursFaults } from "./hours/find-faults.ts";
import { loadHours } from "./hours/load-hours.ts";
import { parseMoment } from "./importers/dates.ts";
import { createDistrictFinder, type FindDistrict } from "./imports/locate.ts";

type Values = Readonly<Record<string, unknown>>;

/** A change as it is to be saved: what was typed, made readable, and what has to change with it. */
interface PreparedEdit {
  readonly value: unknown;
  readonly along: Values;
}

type Edited = Pick<Offer, "id" | "address" | "geo" | "district" | "locations">;

interface Edit {
  readonly offer: Edited;
  readonly field: string;
  readonly value: unknown;
}

const Dates = z.array(z.object({ start: z.string(), end: z.string().optional() }));
const Needs = z.array(z.string());
const Locations = z.array(
  z.looseObject({ address: z.unknown().optional(), geo: z.unknown().optional(), district: z.unknown().optional() }),
);
const Address = z.object({ street: z.string(), postcode: z.string(), city: z.string() });
const Point = z.object({ lat: z.number(), lon: z.number() });

const refusal = (offerId: string, field: string, reason: string) =>
  new AppError("REQUEST_INVALID", `${offerId}.${field}: ${reason}. Nothing was changed.`);

/** Moments as the catalogue writes them; what cannot be read stays, and the offer's schema refuses it. */
function readDates(value: unknown): unknown {
  const dates = Dates.safeParse(value);
  if (!dates.success) return value;
  const read = (moment: string) => parseMoment(moment) ?? moment;
  return dates.data.map(({ start, end }) => ({ start: read(start), ...(end === undefined ? {} : { end: read(end) }) }));
}

async function checkNeeds(db: Database, { offer, field, value }: Edit): Promise<void> {
  const known = new Set(await readLabels(db, "need"));
  const unknown = Needs.catch([])
    .parse(value)
    .find((need) => !known.has(need));
  if (unknown !== undefined)
    throw refusal(offer.id, field, `there is no need ${unknown}; the names are those of the files in knowledge/needs/`);
}

async function checkDistrict(db: Database, { offer, field, value }: Edit): Promise<void> {
  if (typeof value !== "string") return;
  const { districts } = await readKnowledge(db);
  if (!districts.some(({ name }) => name === value))
    throw refusal(offer.id, field, `${value} is no Stadtbezirk; the names are those in knowledge/districts.yaml`);
}

async function checkHours({ offer, field, value }: Edit): Promise<void> {
  if (typeof value !== "string") return;
  const [fault] = await findHoursFaults([{ id: offer.id, openingHours: value }], loadHours);
  if (fault !== undefined) throw refusal(offer.id, field, `${fault.hours} cannot be read: ${fault.reason}`);
}

/** A new address is somewhere else: its point is no longer known, and its district follows from the postcode if that leaves no choice. */
function followAddress({ offer, value }: Edit, find: FindDistrict): Values {
  const address = Address.safeParse(value).data;
  if (isDeepStrictEqual(address, offer.address)) return {};
  return { geo: null, district: (address === undefined ? undefined : find({ address })) ?? null };
}

/** A point says which district it is in, where the postcode leaves a choice. */
function followPoint({ offer: { address }, value }: Edit, find: FindDistrict): Values {
  const geo: GeoPoint | undefined = Point.safeParse(value).data;
  const district = geo === undefined ? undefined : find({ address, geo });
  return district === undefined ? {} : { district };
}

/** True for a place that stands there already, with the same point and district for the same address. */
function isWhereItWas(places: readonly OfferLocation[] = [], { address, geo, district }: z.output<typeof Locations>[number]): boolean {
  return places.some((place) => isDeepStrictEqual([place.address, place.geo, place.district], [address, geo, district]));
}

/** Several places: those whose address is new lose the point and the district of what stood there. */
function placeLocations({ offer, value }: Edit, find: FindDistrict): unknown {
  const locations = Locations.safeParse(value);
  if (!locations.success) return value;
  return locations.data.map((location) => {
    if (isWhereItWas(offer.locations, location)) return location;
    const { geo: _geo, district: _district, ...rest } = location;
    const address = Address.safeParse(rest.address).data;
    const found = address === undefined ? undefined : find({ address });
    return { ...rest, ...(found === undefined ? {} : { district: found }) };
  });
}

/**
 * Makes what staff typed for a field ready to be saved. Throws REQUEST_INVALID for needs and districts that are not there and for opening hours that nobody could read;
 * whether the offer fits its schema is checked on saving.
 */
export async function prepareEdit(db: Database, edit: Edit): Promise<PreparedEdit> {
  const { field, value } = edit;
  const findDistrict = async () => createDistrictFinder((await readKnowledge(db)).districts);
  switch (field) {
    case "needs":
      await checkNeeds(db, edit);
      return { value, along: {} };
    case "district":
      await checkDistrict(db, edit);
      return { value, along: {} };
    case "openingHours":
      await checkHours(edit);
      return { value, along: {} };
    case "dates":
      return { value: readDates(value), along: {} };
    case "address":
      return { value, along: followAddress(edit, await findDistrict()) };
    case "geo":
      return { value, along: followPoint(edit, await findDistrict()) };
    case "locations": {
      const placed = placeLocations(edit, await findDistrict());
      for (const { openingHours } of z
        .array(z.looseObject({ openingHours: z.unknown().optional() }))
        .catch([])
        .parse(placed))
        await checkHours({ ...edit, value: openingHours });
      return { value: placed, along: {} };
    }
    default:
      return { value, along: {} };
  }
}

/** The fields that go back with one that is taken back, if the same layer said them. */
export function backAlong(field: string): readonly string[] {
  return field === "address" ? ["geo", "district"] : [];
}
