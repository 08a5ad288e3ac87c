import { and, eq, inArray, max } from "drizzle-orm";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { Offer } from "../../core/offer.ts";
import { type Database, guarded } from "../../database/database.ts";
import { overrides, proposals } from "../../database/schema.ts";
import { uuidOf } from "../hsds/identifiers.ts";
import { holdsWords, pageOf } from "../listing.ts";
import { type CatalogueRecords, readRecords } from "../live-catalogue.ts";
import { isCheckDue, isCountDue } from "./due.ts";
import { listStale } from "./stale-offers.ts";

/** The names of all organisations that have offers. */
export async function readOrganizations(db: Database): Promise<ReadonlySet<string>> {
  return new Set((await readRecords(db)).offers.map(({ organization }) => organization));
}

const isDue = (now: Date) => (offer: Offer) => isCheckDue(offer, now) || isCountDue(offer, now);
const byTitle = (a: Offer, b: Offer) => a.title.de.localeCompare(b.title.de, "de");

/** Organisations by name, with the number of their offers and of those whose entry or count is due to be looked at. */
function listOrganizations(offers: readonly Offer[], now: Date) {
  return [...Map.groupBy(offers, ({ organization }) => organization)]
    .map(([organization, own]) => ({ organization, offers: own.length, due: own.filter(isDue(now)).length }))
    .sort((a, b) => a.organization.localeCompare(b.organization, "de"));
}

/** When organisations last said something of their offers themselves: free places, that all is right, or a text. */
async function readLastWords(db: Database, offers: readonly Offer[]): Promise<ReadonlyMap<string, Date>> {
  const organizationOf = new Map(offers.map(({ id, organization }) => [id, organization]));
  const said = await guarded("Reading what organisations said", () =>
    db
      .select({ offerId: overrides.offerId, at: max(overrides.updatedAt) })
      .from(overrides)
      // Their texts come into the same layer when staff let them in, and say nothing of when they were here.
      .where(and(eq(overrides.layer, "provider"), inArray(overrides.field, ["capacity", "checkedAt"])))
      .groupBy(overrides.offerId),
  );
  const proposed = await guarded("Reading proposals", () =>
    db
      .select({ organization: proposals.organization, at: max(proposals.proposedAt) })
      .from(proposals)
      .groupBy(proposals.organization),
  );
  const last = new Map<string, Date>();
  for (const { organization, at } of [
    ...proposed,
    ...said.map(({ offerId, at }) => ({ organization: organizationOf.get(offerId) ?? "", at })),
  ])
    if (at !== null && at.getTime() > (last.get(organization)?.getTime() ?? 0)) last.set(organization, at);
  return last;
}

/** `also`: names that have no offer any more, but links or sessions. */
const Search = z.object({
  ...{ q: z.string().max(200).default(""), page: z.coerce.number().int().min(1).max(100_000).default(1) },
  also: z.array(z.string()).default([]),
});
const OnePage = Search.pick({ page: true });
const One = Search.omit({ q: true }).extend({ id: z.string() });

const idOf = (organization: string) => uuidOf("organization", organization);

/** What staff ask of organisations, by name. */
export function createProviderOperations(db: Database, readAll: () => Promise<CatalogueRecords>) {
  async function search(input: unknown) {
    const { q, page, also } = Search.parse(input);
    const { offers } = await readAll();
    const listed = listOrganizations(offers, new Date());
    const known = new Set(listed.map(({ organization }) => organization));
    const bare = also.filter((name) => !known.has(name)).map((organization) => ({ organization, offers: 0, due: 0 }));
    const holds = holdsWords(q);
    const found = [...listed, ...bare].filter(({ organization }) => holds(organization));
    const { pages, shown } = pageOf(found, page);
    const words = await readLastWords(db, offers);
    return {
      ...{ page, pages, organizations: found.length },
      lines: shown.map((line) => ({ ...line, id: idOf(line.organization), lastWord: words.get(line.organization)?.toISOString() })),
    };
  }

  async function showOne(input: unknown) {
    const { id, page, also } = One.parse(input);
    const { offers } = await readAll();
    const names = new Set([...offers.map(({ organization }) => organization), ...also]);
    const organization = [...names].find((name) => idOf(name) === id);
    if (organization === undefined) throw new AppError("NOT_FOUND", `No organisation has the id ${id}.`);
    const now = new Date();
    const own = offers.filter((offer) => offer.organization === organization).sort(byTitle);
    const { pages, shown } = pageOf(own, page);
    return {
      ...{ id, organization, page, pages, offers: own.length },
      lastWord: (await readLastWords(db, own)).get(organization)?.toISOString(),
      lines: shown.map((offer) => ({
        ...{ id: offer.id, title: offer.title.de, checkedAt: offer.checkedAt },
        ...{ checkDue: isCheckDue(offer, now), countDue: isCountDue(offer, now) },
      })),
    };
  }

  return {
    "staff.organizations": async () => listOrganizations((await readAll()).offers, new Date()),
    "staff.search-organizations": search,
    "staff.organization": showOne,
    "staff.stale-offers": async (input: unknown) => await listStale(db, (await readAll()).offers, OnePage.parse(input).page, new Date()),
  };
}
