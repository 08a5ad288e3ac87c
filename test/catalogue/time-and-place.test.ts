import { describe, expect, it } from "vitest";
import { createCatalogue, searchDocuments } from "../../src/catalogue/catalogue.ts";
import { loadHours } from "../../src/catalogue/hours/load-hours.ts";
import { openMemorySearch } from "../../src/catalogue/live-catalogue.ts";
import type { OfferQuery } from "../../src/core/catalogue.ts";
import type { Offer } from "../../src/core/offer.ts";
import { needOf, offerOf } from "./fixtures.ts";

/** A Monday, 9:30 in Munich. */
const monday = new Date("2026-11-23T08:30:00Z");
const needs = ["kita-platz", "beteiligung", "digital-massnahme", "veranstaltung", "foerderung"].map((id) => needOf(id, [id]));
const districts = [
  { number: 6, name: "Sendling", quarters: [], aliases: [], postcodes: ["81371", "81369"] },
  { number: 7, name: "Sendling-Westpark", quarters: [], aliases: [], postcodes: ["81373", "81369"] },
];
const address = (postcode: string) => ({ street: "Weg 1", postcode, city: "München" });

async function search(offers: readonly Offer[], query: Partial<OfferQuery> = {}, now = monday) {
  const texts = await openMemorySearch({ documents: searchDocuments({ needs, offers }), nameConcepts: () => [], version: "test" });
  const catalogue = createCatalogue({ needs, offers, districts }, texts, { now: () => now, loadHours });
  const need = { id: offers[0]?.needs[0] ?? "", score: 0.9 };
  const result = await catalogue.search({ text: "", needs: [need], slots: {}, offset: 0, limit: 10, ...query });
  return { ...result, ids: result.found.map(({ offer }) => offer.id) };
}

const sendling = offerOf("sendling", { address: address("81371"), district: "Sendling", geo: { lat: 48.1196, lon: 11.5486 } });
const westpark = offerOf("westpark", { address: address("81373"), district: "Sendling-Westpark", geo: { lat: 48.118, lon: 11.5296 } });
const pasing = offerOf("pasing", { address: address("81241"), district: "Pasing-Obermenzing", geo: { lat: 48.1499, lon: 11.461 } });
const everywhere = offerOf("everywhere");

describe("offers near a place that was shared", () => {
  const origin = { lat: 48.12, lon: 11.55 };

  it("come by distance where they fit equally, whatever their district, and say how far they are", async () => {
    const { ids, found } = await search([everywhere, pasing, westpark, sendling], { origin, slots: { district: "Sendling" } });
    expect(ids).toEqual(["sendling", "westpark", "everywhere"]);
    expect(found.map(({ place }) => place?.km?.toFixed(1))).toEqual(["0.1", "1.5", undefined]);
  });

  it("come by fit first: what was asked for is not outrun by what is next door", async () => {
    const wood = offerOf("wood", { ...westpark, id: "wood", title: { de: "Kita im Wald mit Pferden" } });
    expect((await search([sendling, wood], { origin, text: "Wald Pferde" })).ids).toEqual(["wood", "sendling"]);
  });

  it("are taken by their district where no coordinates are known, and then tell no distance", async () => {
    const bare = offerOf("bare", { address: address("81373"), district: "Sendling-Westpark" });
    const { ids, found } = await search([pasing, bare], { origin });
    expect(ids).toEqual(["bare"]);
    expect(found[0]?.place).toBeUndefined();
  });

  it("stay all, the nearest first, where nothing is near", async () => {
    expect((await search([pasing, everywhere], { origin: { lat: 48.1, lon: 11.69 } })).ids).toEqual(["pasing", "everywhere"]);
  });
});

describe("offers of a district that has none", () => {
  it("are those next to it before those further away, and that is said", async () => {
    const { ids, widened } = await search([pasing, everywhere, westpark], { slots: { district: "Sendling" } });
    expect(ids).toEqual(["westpark", "everywhere", "pasing"]);
    expect(widened).toEqual([{ kind: "place", place: "Sendling", nearby: true }]);
  });

  it("do the same for a postcode, by the districts that it touches", async () => {
    const { ids, widened } = await search([pasing, westpark], { slots: { postcode: "81369" } });
    expect(ids).toEqual(["westpark", "pasing"]);
    expect(widened).toEqual([{ kind: "place", place: "81369", nearby: true }]);
  });

  it("say that it is for all of Munich where nothing is near either", async () => {
    const { ids, widened } = await search([pasing, everywhere], { slots: { district: "Sendling" } });
    expect(ids).toEqual(["pasing", "everywhere"]);
    expect(widened).toEqual([{ kind: "place", place: "Sendling" }]);
  });
});

describe("an offer with several places", () => {
  const locations = [
    { name: "Pasing", district: "Pasing-Obermenzing", geo: { lat: 48.1499, lon: 11.461 }, openingHours: "Mo 14:00-16:00" },
    { name: "Sendling", district: "Sendling", geo: { lat: 48.1196, lon: 11.5486 }, openingHours: "Mo 08:00-12:00", wheelchair: true },
    { name: "Westpark", district: "Sendling-Westpark" },
  ];
  const chain = offerOf("chain", { locations });

  it("shows the one in the district that was asked for, its hours, and how many others there are", async () => {
    const { found, widened } = await search([chain], { slots: { district: "Sendling" } });
    expect(found[0]?.place).toEqual({ location: locations[1], others: 2, km: undefined });
    expect(found[0]?.hours?.state.kind).toBe("open");
    expect(widened).toEqual([]);
  });

  it("shows the nearest one to a place that was shared", async () => {
    expect((await search([chain], { origin: { lat: 48.15, lon: 11.46 } })).found[0]?.place?.location?.name).toBe("Pasing");
  });

  it("fulfils a wish that one of its places fulfils", async () => {
    expect((await search([chain], { slots: { wheelchair: true } })).widened).toEqual([]);
  });
});

describe("what is open now", () => {
  const open = offerOf("open", { openingHours: "Mo-Fr 08:00-12:00" });
  const closed = offerOf("closed", { openingHours: "Mo-Fr 14:00-18:00" });
  const unknown = offerOf("unknown");
  const broken = offerOf("broken", { openingHours: "quatsch" });
  const wishes = { openNow: true } as const;

  it("leaves out what is closed and keeps what is not known, which says so", async () => {
    const { ids, found, total } = await search([closed, unknown, open], { wishes });
    expect(ids).toEqual(["unknown", "open"]);
    expect(total).toBe(2);
    expect(found[0]?.hours).toEqual({ state: { kind: "unknown" }, days: [], asked: "now" });
  });

  it("keeps the one that was clearly meant, though it is closed", async () => {
    const meant = { ...closed, title: { de: "Bücherei Gasteig im Motorama" } };
    expect((await search([open, meant], { wishes, text: "Bücherei Gasteig Motorama" })).ids).toEqual(["closed", "open"]);
  });

  it("says so where all is closed", async () => {
    const { ids, widened } = await search([closed], { wishes });
    expect(ids).toEqual(["closed"]);
    expect(widened).toEqual([{ kind: "openNow" }]);
  });

  it("is never broken by hours that cannot be read", async () => {
    const { found } = await search([broken], { wishes });
    expect(found[0]?.hours?.state).toEqual({ kind: "unknown" });
    expect((await search([broken])).found[0]?.hours).toBeUndefined();
  });

  it("gives the week where the hours are asked for", async () => {
    const { found } = await search([open, unknown], { hours: true });
    expect(found.map(({ hours }) => [hours?.asked, hours?.days.length])).toEqual([
      ["week", 2],
      ["week", 0],
    ]);
  });
});

describe("what takes place", () => {
  const event = (id: string, ...starts: readonly string[]) =>
    offerOf(id, { kind: "event", needs: ["veranstaltung"], dates: starts.map((start) => ({ start })) });
  const past = event("past", "2026-11-22T18:00:00+01:00");
  const saturday = event("saturday", "2026-11-22T18:00:00+01:00", "2026-11-28T18:00:00+01:00", "2027-01-09");
  const saturdayNoon = event("noon", "2026-11-28T12:00:00+01:00");
  const sunday = event("sunday", "2026-11-29");
  const calendar = offerOf("calendar", { kind: "event", needs: ["veranstaltung"] });

  it("is never past, and says when it is next", async () => {
    const { ids, found } = await search([past, saturday]);
    expect(ids).toEqual(["saturday"]);
    expect(found[0]?.dates).toEqual([{ start: "2026-11-28T18:00:00+01:00" }, { start: "2027-01-09" }]);
  });

  it("is what falls on the days that were asked for, the sooner first, then what has no dates", async () => {
    const slots = { from: "2026-11-28" };
    const { ids, found, widened } = await search([calendar, saturday, sunday, saturdayNoon], { slots });
    expect(ids).toEqual(["noon", "saturday", "calendar"]);
    expect(found[1]?.dates).toEqual([{ start: "2026-11-28T18:00:00+01:00" }]);
    expect(widened).toEqual([]);
    expect((await search([saturday, sunday], { slots: { from: "2026-11-28", to: "2026-11-29" } })).ids).toEqual(["saturday", "sunday"]);
  });

  it("says that nothing is known for those days, and shows the rest", async () => {
    const { ids, widened } = await search([saturday, calendar], { slots: { from: "2026-12-24" } });
    expect(ids).toEqual(["saturday", "calendar"]);
    expect(widened).toEqual([{ kind: "days" }]);
  });

  it("counts days in Munich: late on Friday there is Saturday in no other place", async () => {
    const late = event("late", "2026-11-27T23:30:00Z");
    expect((await search([late], { slots: { from: "2026-11-28" } })).widened).toEqual([]);
    expect((await search([late], { slots: { from: "2026-11-27" } })).widened).toEqual([{ kind: "days" }]);
  });

  it("lasts until its end, which is not part of whole days", async () => {
    const fair = offerOf("fair", { kind: "event", dates: [{ start: "2026-11-21", end: "2026-11-24" }] });
    expect((await search([fair])).ids).toEqual(["fair"]);
    expect((await search([fair], {}, new Date("2026-11-23T23:30:00Z"))).ids).toEqual([]);
    expect((await search([fair], { slots: { from: "2026-11-24" } })).widened).toEqual([{ kind: "days" }]);
  });

  it("is not there any more after the last day on which its entry holds", async () => {
    expect((await search([offerOf("old", { validUntil: "2026-11-22" }), offerOf("today", { validUntil: "2026-11-23" })])).ids).toEqual([
      "today",
    ]);
  });
});

describe("having a say", () => {
  const project = (id: string, district: string | undefined, participation: Offer["participation"]) =>
    offerOf(id, {
      kind: "participation",
      needs: ["beteiligung"],
      district,
      participation,
      ...(district === undefined ? {} : { address: address("81371") }),
    });
  const over = project("over", "Sendling", { phase: "closed" });
  const overByDate = project("over-by-date", "Sendling", { phase: "open", to: "2026-11-22" });
  const soon = project("soon", "Sendling", { phase: "announced", from: "2027-01-10" });
  const city = project("city", undefined, { phase: "open" });
  const own = project("own", "Sendling", { phase: "open", to: "2026-11-23" });
  const general = project("general", undefined, undefined);

  it("shows open projects of the district, then of the city, then what is announced, and what is over last", async () => {
    const { ids, found } = await search([over, overByDate, soon, general, city, own], { slots: { district: "Sendling" } });
    expect(ids).toEqual(["own", "city", "general", "soon", "over", "over-by-date"]);
    expect(found.map(({ standing }) => standing)).toEqual(["open", "open", undefined, "announced", "over", "over"]);
  });

  it("opens and ends on the days that the source gives", async () => {
    expect((await search([soon], {}, new Date("2027-01-10T08:00:00Z"))).found[0]?.standing).toBe("open");
    expect((await search([own], {}, new Date("2026-11-23T22:59:00Z"))).found[0]?.standing).toBe("open");
    expect((await search([own], {}, new Date("2026-11-23T23:00:00Z"))).found[0]?.standing).toBe("over");
  });

  it("shows a call whose deadline has passed last, as over", async () => {
    const call = (id: string, deadline: string) => offerOf(id, { kind: "open-call", needs: ["foerderung"], deadline });
    const { ids, found } = await search([call("passed", "2026-11-22"), call("today", "2026-11-23")]);
    expect(ids).toEqual(["today", "passed"]);
    expect(found.map(({ standing }) => standing)).toEqual(["open", "over"]);
  });
});

describe("measures", () => {
  const measure = (id: string, field: "verwaltung" | "infrastruktur", status: "planned" | "running") =>
    offerOf(id, { kind: "measure", needs: ["digital-massnahme"], measure: { field, status } });
  const radar = offerOf("radar", { needs: ["digital-massnahme"] });
  const all = [
    measure("a", "verwaltung", "planned"),
    measure("b", "infrastruktur", "running"),
    measure("c", "verwaltung", "running"),
    radar,
  ];

  it("are those of the field and state that were asked for, before what is no measure", async () => {
    expect((await search(all, { wishes: { field: "verwaltung" } })).ids).toEqual(["a", "c", "radar"]);
    expect((await search(all, { wishes: { field: "verwaltung", status: "running" } })).ids).toEqual(["c", "radar"]);
  });

  it("are all where there is none such, and that is said", async () => {
    const { ids, widened } = await search(all, { wishes: { field: "stadtgesellschaft" } });
    expect(ids).toHaveLength(4);
    expect(widened).toEqual([{ kind: "measure" }]);
  });
});
