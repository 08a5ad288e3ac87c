import type { Database } from "../../database/database.ts";
import { readRecords } from "../live-catalogue.ts";
import { isCheckDue, isCountDue } from "./due.ts";

/** The names of all organisations that have offers. */
export async function readOrganizations(db: Database): Promise<ReadonlySet<string>> {
  return new Set((await readRecords(db)).offers.map(({ organization }) => organization));
}

/** Organisations by name, with the number of their offers and of those whose entry or count is due to be looked at. */
async function listOrganizations(db: Database, now: Date) {
  const groups = Map.groupBy((await readRecords(db)).offers, ({ organization }) => organization);
  return [...groups]
    .map(([organization, own]) => ({
      organization,
      offers: own.length,
      due: own.filter((offer) => isCheckDue(offer, now) || isCountDue(offer, now)).length,
    }))
    .sort((a, b) => a.organization.localeCompare(b.organization, "de"));
}

/** What staff ask of organisations, by name. */
export function createProviderOperations(db: Database) {
  return { "staff.organizations": () => listOrganizations(db, new Date()) };
}
