import { lt } from "drizzle-orm";
import { type Database, guarded } from "../database/database.ts";
import { turns } from "../database/schema.ts";
import { countDemand } from "./demand-store.ts";

/** Days after which only counts are left of a turn. */
const turnDays = 30;

const dayMs = 24 * 60 * 60 * 1000;

/** Counts the demand of the weeks that are over, and only then erases turns that are too old to be kept, with their ratings; false, since nothing more is due. */
export async function endOldTurns(db: Database, now: Date): Promise<false> {
  await countDemand(db, now);
  const oldest = new Date(now.getTime() - turnDays * dayMs);
  await guarded("Erasing old turns", () => db.delete(turns).where(lt(turns.createdAt, oldest)));
  return false;
}
