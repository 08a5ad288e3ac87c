import { describe, expect, it } from "vitest";
import { freshForMs, isCurrent } from "../../../src/catalogue/capacity/freshness.ts";
import { createCatalogue, searchDocuments } from "../../../src/catalogue/catalogue.ts";
import { openMemorySearch } from "../../../src/catalogue/live-catalogue.ts";
import { summarizeOffer } from "../../../src/core/answer.ts";
import type { Offer } from "../../../src/core/offer.ts";
import { needOf, offerOf } from "../fixtures.ts";

const now = new Date("2026-11-22T12:00:00Z");
const hours = 3_600_000;
const counted = (available: number, hoursAgo: number): Pick<Offer, "capacity"> => ({
  capacity: { unit: { de: "Plätze" }, available, asOf: new Date(now.getTime() - hoursAgo * hours).toISOString() },
});

describe("a count of free places", () => {
  it.each<readonly [string, Partial<Offer>, number]>([
    ["appointments of an office", { needs: ["amt-termin"] }, 0.25],
    ["beds for the night", { needs: ["wohnungslos"] }, 12],
    ["care places", { needs: ["kurzzeitpflege"] }, 7 * 24],
    ["day care", { needs: ["tagesmutter", "kita-platz"] }, 14 * 24],
    ["seats of a course, whatever it is about", { kind: "course", needs: ["kita-platz"] }, 7 * 24],
    ["volunteers", { needs: ["ehrenamt"] }, 30 * 24],
    ["anything else", { needs: ["hund"] }, 7 * 24],
  ])("holds for %s as long as the table says, and no minute longer", (_name, change, limit) => {
    const offer = (hoursAgo: number) => offerOf("a", { ...change, ...counted(1, hoursAgo) });
    expect(freshForMs(offer(0)) / hours).toBe(limit);
    expect(isCurrent(offer(limit), now)).toBe(true);
    expect(isCurrent(offer(limit + 1 / 60), now)).toBe(false);
  });

  it("from the future, or not there, cannot be relied on", () => {
    expect(isCurrent(offerOf("a", counted(1, -0.05)), now)).toBe(true);
    expect(isCurrent(offerOf("a", counted(1, -0.1)), now)).toBe(false);
    expect(isCurrent(offerOf("a"), now)).toBe(false);
  });
});

describe("a search for free places", async () => {
  const needs = [needOf("kita-platz", ["Kita"])];
  const offers = [
    offerOf("voll", counted(0, 1)),
    offerOf("alt", counted(9, 24 * 20)),
    offerOf("unbekannt"),
    offerOf("frei", counted(2, 1)),
    offerOf("anderes", { needs: ["hund"], ...counted(5, 1) }),
  ];
  const texts = await openMemorySearch({ documents: searchDocuments({ needs, offers }), nameConcepts: () => [], version: "test" });
  const catalogue = createCatalogue({ needs, offers }, texts, { now: () => now });
  const search = (capacity: boolean) =>
    catalogue.search({ text: "Kita", needs: [{ id: "kita-platz", score: 1 }], slots: {}, capacity, offset: 0, limit: 10 });

  it("shows free ones first, then those that do not say, then outdated ones, full ones last", async () => {
    const { found } = await search(true);
    expect(found.map(({ offer }) => offer.id)).toEqual(["frei", "unbekannt", "alt", "voll"]);
    expect(found.map(({ outdated }) => outdated === true)).toEqual([false, false, true, false]);
  });

  it("counts no outdated place as free, whoever asks", async () => {
    const { found } = await search(false);
    expect(found.map(({ offer }) => offer.id)[0]).toBe("voll");
    const old = found.find(({ offer }) => offer.id === "alt");
    expect(old && summarizeOffer(old, "de")).not.toHaveProperty("capacity");
  });
});
