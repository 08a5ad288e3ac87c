import { describe, expect, it } from "vitest";
import { schedulesOf, schedulesOfDates } from "../../../src/catalogue/hsds/opening-hours.ts";
import { type Surroundings, toService } from "../../../src/catalogue/hsds/services.ts";
import { endedAt, isOver } from "../../../src/catalogue/hsds/validity.ts";
import { offerOf } from "../fixtures.ts";
import { constructed, now } from "./world.ts";

const surroundings: Surroundings = {
  termOf: () => undefined,
  organizationOf: (name) => ({ id: "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", name, description: "x" }),
  changedAt: () => 0,
  now,
};
const find = (id: string) => constructed.find((offer) => offer.id === id) ?? offerOf(id);

describe("opening hours as schedules", () => {
  const brief = (hours: string) =>
    schedulesOf(hours, "x").map(({ byday, opens_at: opens, closes_at: closes, description }) =>
      byday === undefined ? description : `${byday} ${opens}-${closes}`,
    );

  it.each([
    ["Mo-Fr 08:00-12:00", ["MO,TU,WE,TH,FR 08:00-12:00"]],
    ["Mo,We 08:00-12:00,14:00-18:00", ["MO,WE 08:00-12:00", "MO,WE 14:00-18:00"]],
    ["Mo-Fr 08:00-12:00; We 14:00-18:00", ["MO,TU,TH,FR 08:00-12:00", "WE 14:00-18:00"]],
    ["Mo-Su 10:00-18:00; Mo off; PH off", ["TU,WE,TH,FR,SA,SU 10:00-18:00"]],
    ["Sa-Mo 10:00-18:00", ["MO,SA,SU 10:00-18:00"]],
    ["09:00-17:00", ["MO,TU,WE,TH,FR,SA,SU 09:00-17:00"]],
    ["Fr 22:00-02:00", ["FR 22:00-02:00"]],
    ["24/7", ["MO,TU,WE,TH,FR,SA,SU 00:00-23:59"]],
    ["Mo 00:00-24:00", ["MO 00:00-23:59"]],
    // What is not simple stays whole: half of it would be another thing.
    ["Apr-Oct Mo 10:00-12:00", ["Apr-Oct Mo 10:00-12:00"]],
    ["Mo 10:00-12:00; Mo[1] off", ["Mo 10:00-12:00; Mo[1] off"]],
    ['Mo 10:00-12:00 "nach Vereinbarung"', ['Mo 10:00-12:00 "nach Vereinbarung"']],
    ["Mo-Fr 08:00-12:00; PH 10:00-12:00", ["Mo-Fr 08:00-12:00; PH 10:00-12:00"]],
    ["Mo 08:00+", ["Mo 08:00+"]],
  ])("%s", (hours, expected) => {
    expect(brief(hours)).toEqual(expected);
  });

  it("says whose time it is and that holidays are off, and has no offset that would be wrong for half a year", () => {
    expect(schedulesOf("Mo 08:00-12:00; PH off", "x")[0]).toMatchObject({
      opens_at: "08:00",
      notes: "Ortszeit (Europe/Berlin), nicht an Feiertagen in Bayern",
    });
  });

  it("are dates with the offset of that day; whole days end before their end", () => {
    expect(schedulesOfDates(find("fest").dates ?? [], "x").map(({ id: _, ...rest }) => rest)).toEqual([
      { dtstart: "2026-12-05", until: "2026-12-05", opens_at: "18:00+01:00", closes_at: "20:30+01:00" },
      { dtstart: "2026-12-24", until: "2026-12-26" },
      { dtstart: "2027-01-06", until: "2027-01-06" },
    ]);
  });
});

describe("an offer as a service", () => {
  it("holds nothing that is not known", () => {
    const service: object = JSON.parse(JSON.stringify(toService(offerOf("wenig", { needs: [] }), surroundings)));
    expect(Object.keys(service).sort()).toEqual(
      ["attributes", "description", "id", "last_modified", "name", "organization", "organization_id", "status", "url"].sort(),
    );
  });

  it("has free places with the moment of their count, what it costs and where it is", () => {
    const service = toService(find("voll"), surroundings);
    expect(service.capacities).toMatchObject([{ unit: { name: "Plätze" }, available: 3, maximum: 10, updated: "2026-11-21T09:00:00Z" }]);
    expect(service.cost_options).toMatchObject([{ amount_description: "5 € im Monat" }]);
    expect(service.cost_options?.[0]).not.toHaveProperty("amount", expect.anything());
    expect(service.languages?.map(({ code, name }) => `${code} ${name}`)).toEqual([
      "de Deutsch",
      "tr Türkisch",
      "undefined Gebärdensprache",
    ]);
    expect(service.service_at_locations?.map(({ location }) => location.location_type)).toEqual(["physical", "virtual"]);
    expect(service.attributes?.find(({ link_type: type }) => type === "licence")?.value).toBe("dl-de/by-2-0");
    expect(toService(find("zwei-orte"), surroundings).cost_options).toMatchObject([{ amount: 0, currency: "EUR" }]);
  });

  it("has places that keep their identifiers in another order, and no state that would be guessed", () => {
    const offer = find("zwei-orte");
    const ids = (given: typeof offer) => toService(given, surroundings).service_at_locations?.map(({ id }) => id) ?? [];
    expect(new Set(ids(offer)).size).toBe(3);
    const [first, ...others] = offer.locations ?? [];
    expect(ids({ ...offer, locations: first === undefined ? others : [...others, first] }).sort()).toEqual(ids(offer).sort());
    const states = (id: string) => toService(find(id), surroundings).service_at_locations?.[0]?.location.addresses?.[0]?.state_province;
    expect([states("voll"), states("auswaerts")]).toEqual(["Bayern", ""]);
  });
});

describe("the end of an offer", () => {
  it("is midnight in Munich after its last day, in summer and in winter", () => {
    const ended = (validUntil: string) => new Date(endedAt(offerOf("a", { validUntil }), new Date("2030-01-01")) ?? 0).toISOString();
    expect(ended("2026-07-31")).toBe("2026-07-31T22:00:00.000Z");
    expect(ended("2026-12-31")).toBe("2026-12-31T23:00:00.000Z");
    expect(ended("2026-10-24")).toBe("2026-10-24T22:00:00.000Z");
    expect(ended("2026-10-25")).toBe("2026-10-25T23:00:00.000Z");
  });

  it("is a deadline only of open calls, and the phase of a participation project", () => {
    expect(isOver(find("aufruf"), now)).toBe(false);
    expect(isOver(find("aufruf-vorbei"), now)).toBe(true);
    expect(isOver(offerOf("a", { deadline: "2026-11-01" }), now)).toBe(false);
    expect(isOver(find("projekt-zu"), now)).toBe(true);
    expect(isOver(find("projekt"), now)).toBe(false);
  });
});
