import type { Database } from "../database/database.ts";
import { countDemand, readDemand } from "./demand-store.ts";

/** What staff read of the demand, by name. */
export function createDemandOperations(db: Database) {
  return {
    "staff.demand": async () => {
      await countDemand(db, new Date());
      return await readDemand(db);
    },
  };
}
