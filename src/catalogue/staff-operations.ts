import { z } from "zod";
import type { Database } from "../database/database.ts";
import { readJoinedPairs } from "./imports/duplicate-store.ts";
import { joinPairs, readLaidOffers } from "./imports/lay-imports.ts";
import { applyOverrides, findConflicts, readOverrides, resetOverride, saveOverride } from "./overrides.ts";
import { createStaffDecisions } from "./staff-decisions.ts";

const Edit = z.object({ offerId: z.string(), field: z.string(), value: z.json() });
const Reset = z.object({ offerId: z.string(), field: z.string() });

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
      await saveOverride(db, { ...Edit.parse(input), layer: "staff" });
      return await onChange();
    },
    "staff.reset": async (input) => {
      await resetOverride(db, { ...Reset.parse(input), layer: "staff" });
      return await onChange();
    },
    "staff.overrides": () => readOverrides(db),
    "staff.conflicts": async () => {
      const { offers, layer } = await readLaidOffers(db);
      return findConflicts(applyOverrides(offers, layer), await readOverrides(db));
    },
    ...createStaffDecisions(db, onChange),
  };
}
