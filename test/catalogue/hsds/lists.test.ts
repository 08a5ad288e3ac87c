import { describe, expect, it } from "vitest";
import { directoryOf } from "../../../src/catalogue/hsds/directory.ts";
import { type ListParts, listOrganizations, listServiceAtLocations, listServices } from "../../../src/catalogue/hsds/lists.ts";
import type { CatalogueRecords } from "../../../src/catalogue/live-catalogue.ts";
import type { Offer } from "../../../src/core/offer.ts";
import { offerOf } from "../fixtures.ts";
import { now } from "./world.ts";

const address = { street: "Marienplatz 8", postcode: "80331", city: "München" };

/** Offers that count how often their summary is read: only what is shown needs it. */
function countingOffers(count: number) {
  const read = new Set<string>();
  const offers = Array.from({ length: count }, (_, index): Offer => {
    const id = `o-${index}`;
    const { summary, ...offer } = offerOf(id, { address, organization: `Organisation ${index % 3}` });
    return {
      ...offer,
      get summary() {
        read.add(id);
        return summary;
      },
    };
  });
  return { read, offers };
}

async function partsOf(offers: readonly Offer[]): Promise<ListParts> {
  const changedAt = new Map(offers.map(({ id }) => [id, now.getTime()]));
  const records: CatalogueRecords = {
    version: "1",
    content: { hash: "1", needs: [], districts: [], offers: [], concepts: [], crisisConcepts: [], changedAt: new Map() },
    offers,
    articles: [],
    changedAt,
  };
  const catalogue = {
    search: async () => ({ found: offers.map((offer) => ({ offer, score: 1 })), total: offers.length, widened: [], below: [] }),
    weigh: async () => 0,
    findArticle: async () => undefined,
    article: () => undefined,
    findNeed: () => undefined,
    findOffer: () => undefined,
    showOffer: () => undefined,
  };
  return { directory: await directoryOf(records), catalogue, records, now };
}

describe("a list of a large catalogue", () => {
  it("makes nothing but what stands on the page", async () => {
    const { offers, read } = countingOffers(3000);
    const parts = await partsOf(offers);
    expect(read.size).toBe(0);
    const page = { page: 7, per_page: 20 };
    expect(await listServices({ ...page, full: true }, parts)).toMatchObject({ total_items: 3000, size: 20 });
    expect([...read]).toEqual(offers.slice(120, 140).map(({ id }) => id));
    await listServices({ ...page, search: "x" }, parts);
    await listServiceAtLocations({ ...page, postcode: "80331" }, parts);
    expect(read.size).toBe(20);
    await listServices({ minimal: true }, parts);
    expect(read.size).toBe(20);
  });

  it("refuses organisations with more services than an answer holds, and says what to do", async () => {
    const parts = await partsOf(countingOffers(3003).offers);
    expect(() => listOrganizations({ full_service: true, per_page: 1 }, parts)).toThrow(
      "These organisations have 1001 services, and one answer holds 1000.",
    );
    const { contents } = listOrganizations({ full: true }, parts);
    expect(contents).toMatchObject(contents.map(({ id }) => ({ id, services: { length: 1001 } })));
    const many = await partsOf(countingOffers(10_001).offers);
    expect(() => listOrganizations({ full: true }, many)).toThrow("/services?organization_id=");
  });

  it("is looked up anew only when the catalogue is another one", async () => {
    const { records } = await partsOf(countingOffers(3).offers);
    expect(directoryOf(records)).toBe(directoryOf(records));
    expect(directoryOf({ ...records })).not.toBe(directoryOf(records));
  });
});
