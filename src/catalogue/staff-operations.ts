import { z } from "zod";
import { AppError } from "../core/errors.ts";
import type { Database } from "../database/database.ts";
import { readStoredContent } from "./content-store.ts";
import { applyOverrides, findConflicts, readOverrides, resetOverride, saveOverride } from "./overrides.ts";

const Edit = z.object({ offerId: z.string(), field: z.string(), value: z.json() });
const Reset = z.object({ offerId: z.string(), field: z.string() });

/** What staff do with the catalogue, by name; the same in a running server and in a command that opens the database itself. */
export type StaffOperations = (name: string, input: unknown) => Promise<unknown>;

/** Staff's work on a catalogue's database. `onChange` is called after each change is committed. */
export function createStaffOperations(db: Database, onChange: () => Promise<unknown>): StaffOperations {
  async function listOffers() {
    const { offers } = await readStoredContent(db);
    return applyOverrides(offers, await readOverrides(db)).map(({ id, title, status, checkedAt, needs }) => ({
      id,
      title: title.de,
      status,
      checkedAt,
      needs,
    }));
  }

  return async (name, input) => {
    switch (name) {
      case "staff.list":
        return await listOffers();
      case "staff.unchecked":
        return (await listOffers()).filter(({ status }) => status === "unchecked");
      case "staff.edit":
        await saveOverride(db, { ...Edit.parse(input), layer: "staff" });
        return await onChange();
      case "staff.reset":
        await resetOverride(db, { ...Reset.parse(input), layer: "staff" });
        return await onChange();
      case "staff.overrides":
        return await readOverrides(db);
      case "staff.conflicts":
        return findConflicts((await readStoredContent(db)).offers, await readOverrides(db));
      default:
        throw new AppError("USAGE", `There is no command ${name}.`);
    }
  };
}
