import { participationDays } from "../../core/participation.ts";
import type { Database } from "../../database/database.ts";
import { endVolunteering } from "../volunteering/operations.ts";
import { endParticipation } from "./operations.ts";

/** Deletes contributions, votes and places that are too old to be kept; false, since nothing more is due. */
export async function endOldParts(db: Database): Promise<false> {
  await endParticipation(db, participationDays);
  await endVolunteering(db);
  return false;
}
