import { createHash } from "node:crypto";
import type { z } from "zod";
import type { District, Need, Offer } from "../../core/offer.ts";
import type { NameConcepts } from "../../text/concepts.ts";
import { OfferEntry } from "../content-schema.ts";
import { findHoursFaults } from "../hours/find-faults.ts";
import { loadHours } from "../hours/load-hours.ts";
import type { Importer, SourceOffer } from "../importers/importer.ts";
import { createNeedFinder } from "./find-needs.ts";
import { createDistrictFinder, locate } from "./locate.ts";
import { importedOfferId } from "./offer-id.ts";

/** An imported offer as it is stored: that it was checked, and when, is the source's. */
export type ImportedBody = Omit<Offer, "status" | "checkedAt">;

/** A record made ready for the catalogue, or why it cannot be. */
export type MadeOffer = { readonly kind: "offer"; readonly body: ImportedBody } | { readonly kind: "rejected"; readonly reason: string };

/** What an offer is made with: what the catalogue knows of needs and districts. */
export interface OfferMaker {
  /** Tells two records of a source apart, and the same record under another knowledge; equal means that `make` gives the same again. */
  hash(externalId: string, offer: SourceOffer): string;
  idOf(externalId: string): string;
  make(externalId: string, offer: SourceOffer): Promise<MadeOffer>;
}

/** Rises when offers are made otherwise of the same records, so that all are made anew. */
const makerVersion = 1;

function reasonOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join(".") || "the record"}: ${issue?.message ?? "does not fit"}`;
}

/** The need whose federal keys (LeiKa) say most of a service's own, the key that begins alike for longest; undefined where none does. */
function needOfKeys(keys: readonly string[], needs: readonly Need[]): string | undefined {
  const fitting = needs.flatMap(({ id, leika = [] }) =>
    leika.filter((start) => keys.some((key) => key.startsWith(start))).map((start) => ({ id, length: start.length })),
  );
  return fitting.sort((a, b) => b.length - a.length)[0]?.id;
}

/** Makes offers of a source's records. */
export async function createOfferMaker(
  {
    needs,
    districts,
    nameConcepts,
  }: { readonly needs: readonly Need[]; readonly districts: readonly District[]; readonly nameConcepts: NameConcepts },
  source: { readonly name: string; readonly importer: Importer },
): Promise<OfferMaker> {
  const findNeed = await createNeedFinder(needs, nameConcepts);
  const findDistrict = createDistrictFinder(districts);
  const known = new Set(needs.map(({ id }) => id));
  const basis = createHash("sha256")
    .update(JSON.stringify([makerVersion, needs, districts, source.importer.licence]))
    .digest("hex");

  async function needsOf(offer: SourceOffer): Promise<readonly string[]> {
    if (offer.needs !== undefined) return offer.needs;
    const found = needOfKeys(offer.leika ?? [], needs) ?? (await findNeed(offer));
    return found === undefined ? [] : [found];
  }

  return {
    idOf: (externalId) => importedOfferId(source.name, externalId),
    hash: (externalId, offer) =>
      createHash("sha256")
        .update(basis)
        .update(JSON.stringify([externalId, offer]))
        .digest("base64url")
        .slice(0, 22),
    make: async (externalId, offer) => {
      const unknown = offer.needs?.find((need) => !known.has(need));
      if (unknown !== undefined) return { kind: "rejected", reason: `needs: there is no need ${unknown}` };
      const { licence } = source.importer;
      const { leika: _leika, ...placed } = offer;
      const entry = {
        ...(licence === undefined ? {} : { licence }),
        ...locate(placed, findDistrict),
        id: importedOfferId(source.name, externalId),
        needs: await needsOf(offer),
        source: { name: offer.organization, url: offer.url },
        status: "unchecked",
      };
      const parsed = OfferEntry.safeParse(entry);
      if (!parsed.success) return { kind: "rejected", reason: reasonOf(parsed.error) };
      const [fault] = await findHoursFaults([parsed.data], loadHours);
      if (fault !== undefined) return { kind: "rejected", reason: `openingHours: ${fault.hours} cannot be read: ${fault.reason}` };
      const { status: _status, ...body } = parsed.data;
      return { kind: "offer", body };
    },
  };
}
