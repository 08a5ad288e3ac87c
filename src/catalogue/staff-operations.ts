import { z } from "zod";
import type { Database } from "../database/database.ts";
import { readIntentTitles } from "./content-store.ts";
import { readJoinedPairs } from "./imports/duplicate-store.ts";
import { joinPairs, readLaidOffers } from "./imports/lay-imports.ts";
import { changeByStaff, searchOffers, showOffer } from "./offer-editing.ts";
import { applyOverrides, findConflicts, readOverrides } from "./overrides.ts";
import { listPlaces, setPlacesByStaff, showPlaces } from "./providers/places.ts";
import { createStaffDecisions } from "./staff-decisions.ts";

/** `expected`: the number of the offer's last change that whoever changes it has seen. */
const Reset = z.object({
  ...{ offerId: z.string(), field: z.string(), by: z.string().min(1).max(200).default("command line") },
  expected: z.coerce.number().int().min(0).optional(),
});
const Edit = Reset.extend({ value: z.json() });
/** `available`: null where the number is not known; `seen`: the moment of the count that they have seen. */
const Places = Reset.omit({ field: true }).extend({
  ...{ available: z.int().min(0).nullable(), seen: z.string().max(100), unit: z.int().min(0).optional() },
  expected: z.coerce.number().int().min(0).optional(),
});
const Search = z.object({ q: z.string().max(200).default(""), page: z.coerce.number().int().min(1).max(100_000).default(1) });

const Shown = z.object({ offerId: z.string(), before: z.coerce.number().int().min(1).max(2_147_483_647).optional() });

const showChosen = (db: Database, { offerId, before }: z.output<typeof Shown>) => showOffer(db, offerId, before);

/** What staff do with the catalogue, by name; the same in a running server and in a command that opens the database itself. */
type StaffOperations = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;

/** Staff's work on a catalogue's database. `onChange` is called after each change is committed. */
export function createStaffOperations(db: Database, onChange: () => Promise<unknown>): StaffOperations {
  async function listOffers() {
    const { offers, layer } = await readLaidOffers(db);
    const layered = applyOverrides(offers, [...layer, ...(await readOverrides(db))]);
    return joinPairs(layered, await readJoinedPairs(db)).map(({ id, title, status, checkedAt, needs }) => ({
      id,
      title: title.de,
      status,
      checkedAt,
      needs,
    }));
  }

  return {
    "staff.list": listOffers,
    "staff.unchecked": async () => (await listOffers()).filter(({ status }) => status === "unchecked"),
    "staff.edit": async (input) => {
      await changeByStaff(db, Edit.parse(input));
      return await onChange();
    },
    "staff.reset": async (input) => {
      await changeByStaff(db, Reset.parse(input));
      return await onChange();
    },
    "staff.search-offers": (input) => searchOffers(db, Search.parse(input)),
    "staff.offer": (input) => showChosen(db, Shown.parse(input)),
    "staff.intents": () => readIntentTitles(db),
    "staff.list-places": (input) => listPlaces(db, Search.parse(input), new Date()),
    "staff.places": (input) => showPlaces(db, z.object({ offerId: z.string() }).parse(input).offerId, new Date()),
    "staff.set-places": async (input) => {
      const { available, ...places } = Places.parse(input);
      const saved = await setPlacesByStaff(db, { ...places, available: available ?? undefined }, new Date());
      if (saved.kind === "saved") await onChange();
      return saved;
    },
    "staff.overrides": () => readOverrides(db),
    "staff.conflicts": async () => {
      const { offers, layer } = await readLaidOffers(db);
      return findConflicts(applyOverrides(offers, layer), await readOverrides(db));
    },
    ...createStaffDecisions(db, onChange),
  };
}
