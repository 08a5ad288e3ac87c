import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openLiveCatalogue, openMemorySearch } from "../../../src/catalogue/live-catalogue.ts";
import { readOverrides, saveOverride } from "../../../src/catalogue/overrides.ts";
import { createProviderOffers } from "../../../src/catalogue/providers/own-offers.ts";
import type { DemandCell } from "../../../src/core/demand.ts";
import type { FreePlaces, ProviderOffers } from "../../../src/core/provider.ts";
import { createOperations } from "../../../src/node-operations.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { at, emptyOrganizations, heim, loadOrganizations, offers, openSite, verein } from "../../support/organizations.ts";

const seen = "2026-11-20T09:00:00Z";
const texts = {
  ...{
    title_de: "Kurzzeit-Pflege Nord",
    title_en: "Short-term care North",
    summary_de: "Hier bekommen Sie Hilfe.",
    summary_en: "You get help here.",
  },
  url: "https://example.org/",
};
const cell = (change: Partial<DemandCell>): DemandCell => ({
  ...{ week: "2026-W46", need: "kurzzeitpflege", area: "district", district: "Sendling", outcome: "missing", people: 7 },
  ...change,
});

describe.each(databaseKinds())("what organisations do with their offers (%s)", (kind) => {
  let database: TestDatabase;
  let clock = at;
  let demand: readonly DemandCell[] = [];
  let own: ProviderOffers;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    clock = at;
    demand = [];
    await emptyOrganizations(database.db);
    await loadOrganizations(database.db);
    const catalogue = await openLiveCatalogue(database.db, openMemorySearch);
    own = createProviderOffers({
      db: database.db,
      catalogue,
      readDemand: async () => demand,
      onChange: catalogue.refresh,
      now: () => clock,
    });
  });

  const find = async (id: string) => (await own.own(heim)).find(({ offer }) => offer.id === id);
  const set = (change: Partial<FreePlaces>) => own.setPlaces(heim, { offerId: "heim-kurz", available: 2, seen, ...change });
  const operate = (name: string, input: unknown = {}) =>
    createOperations(database.db, { onChange: async () => undefined, onRetry: () => undefined }, {})(name, input);

  it("are told of their own offers only", async () => {
    expect((await own.own(heim)).map(({ offer }) => offer.id)).toEqual(["heim-kurz", "heim-tag"]);
    expect(await own.own("beispiel-heim nord")).toEqual([]);
    expect(await own.organizations()).toEqual(new Set([heim, verein, "Kita Süd"]));
  });

  it("set free places, at once here and in another process", async () => {
    const other = await openSite(database.db);
    expect(await set({})).toEqual({ kind: "saved" });
    expect((await find("heim-kurz"))?.offer.capacity).toEqual({
      unit: { de: "Betten", en: "beds" },
      available: 2,
      maximum: 5,
      asOf: at.toISOString(),
    });
    await other.catalogue.refresh();
    expect(other.catalogue.offers().find(({ id }) => id === "heim-kurz")?.capacity?.available).toBe(2);
    expect(await readOverrides(database.db)).toMatchObject([{ offerId: "heim-kurz", field: "capacity", layer: "provider" }]);
  });

  it("name what they count the first time, and take a number away", async () => {
    expect(await set({ offerId: "heim-tag", seen: "" })).toEqual({ kind: "unit-missing" });
    expect(await set({ offerId: "heim-tag", seen: "", unit: 0, available: 4 })).toEqual({ kind: "saved" });
    expect((await find("heim-tag"))?.offer.capacity).toMatchObject({ unit: { de: "Plätze", hr: "mjesta" }, available: 4 });
    expect(await set({ available: undefined })).toEqual({ kind: "saved" });
    expect((await find("heim-kurz"))?.offer.capacity).toBeUndefined();
  });

  it("change nothing that is not theirs, too many or overtaken; after staff they have the last word", async () => {
    expect(await set({ offerId: "verein-kurz", seen: "" })).toEqual({ kind: "unknown" });
    expect(await own.setPlaces(verein, { offerId: "heim-kurz", available: 0, seen })).toEqual({ kind: "unknown" });
    expect(await set({ available: 6 })).toEqual({ kind: "too-many", maximum: 5 });
    expect(await set({ seen: "2026-11-19T09:00:00Z" })).toEqual({ kind: "newer" });
    expect(await readOverrides(database.db)).toEqual([]);
    await saveOverride(database.db, { offerId: "heim-kurz", field: "capacity", layer: "staff", value: offers[0]?.capacity });
    expect(await set({})).toEqual({ kind: "saved" });
    expect((await find("heim-kurz"))?.offer.capacity).toMatchObject({ available: 2 });
  });

  it("are asked after half a year whether all is right, and about counts sooner", async () => {
    const due = async () => (await own.own(heim)).map(({ checkDue, countDue }) => [checkDue, countDue]);
    expect(await due()).toEqual([
      [false, false],
      [true, false],
    ]);
    clock = new Date("2026-11-27T08:59:00Z");
    expect((await due())[0]).toEqual([false, false]);
    clock = new Date("2026-11-27T09:01:00Z");
    expect((await due())[0]).toEqual([false, true]);
    clock = new Date("2027-04-01T23:00:00Z");
    expect((await due())[0]).toEqual([false, true]);
    clock = new Date("2027-04-02T01:00:00Z");
    expect((await due())[0]).toEqual([true, true]);
  });

  it("confirm what is theirs, with the day of Munich, over an older day of staff", async () => {
    clock = new Date("2026-11-22T23:30:00Z");
    await saveOverride(database.db, { offerId: "heim-tag", field: "checkedAt", layer: "staff", value: "2026-01-01" });
    expect(await own.confirm(heim, ["heim-kurz", "heim-tag", "verein-kurz", "nichts"])).toBe(2);
    expect((await own.own(heim)).map(({ offer, checkDue }) => [offer.status, offer.checkedAt, checkDue])).toEqual([
      ["checked", "2026-11-23", false],
      ["checked", "2026-11-23", false],
    ]);
    expect((await own.own(verein)).map(({ offer }) => offer.status)).toEqual(["unchecked", "unchecked"]);
    await saveOverride(database.db, { offerId: "heim-tag", field: "checkedAt", layer: "staff", value: null });
    expect((await find("heim-tag"))?.offer.status).toBe("unchecked");
    expect(await own.confirm(heim, ["verein-kurz"])).toBe(0);
    // A second press, before the first is answered, is no fault.
    expect(await Promise.all([1, 2, 3].map(() => own.confirm(heim, ["heim-kurz", "heim-tag"])))).toEqual([2, 2, 2]);
  });

  it("propose texts, which staff put in place or not", async () => {
    expect(await own.propose(heim, "heim-kurz", { ...texts, title_de: "Pflege auf Zeit", phone: "089 1", note: "Neue Zeiten" })).toEqual({
      kind: "proposed",
      count: 3,
    });
    expect((await find("heim-kurz"))?.offer).toMatchObject({ title: { de: "Kurzzeit-Pflege Nord" } });
    const rows = await operate("staff.proposals");
    expect(rows).toMatchObject([
      {
        offerId: "heim-kurz",
        organization: heim,
        field: "title",
        before: { tr: "Kuzey bakım" },
        wanted: { de: "Pflege auf Zeit", en: "Short-term care North" },
      },
      { field: "phone", before: null, wanted: "089 1" },
      { field: "note", wanted: "Neue Zeiten" },
    ]);
    const ids = (await find("heim-kurz"))?.proposals.map(({ id }) => id).sort((a, b) => a - b) ?? [];
    await operate("staff.approve", { id: `proposal:${ids[0]}` });
    await operate("staff.reject", { id: `proposal:${ids[1]}`, reason: "Bitte ganz" });
    await operate("staff.approve", { id: `proposal:${ids[2]}` });
    const after = await find("heim-kurz");
    expect(after?.offer.title).toEqual({ de: "Pflege auf Zeit", en: "Short-term care North" });
    expect(after?.offer.phone).toBeUndefined();
    expect(after?.proposals.map(({ field, state, reason }) => [field, state, reason])).toEqual([
      ["note", "approved", undefined],
      ["phone", "rejected", "Bitte ganz"],
      ["title", "approved", undefined],
    ]);
    expect(await operate("staff.proposals")).toEqual([]);
    await expect(operate("staff.approve", { id: `proposal:${ids[0]}` })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(operate("staff.reject", { id: "zms" })).rejects.toMatchObject({ code: "USAGE" });
  });

  it("take a proposal back by writing what stands there, and write a newer one over it", async () => {
    await own.propose(heim, "heim-kurz", { ...texts, phone: "089 1" });
    await own.propose(heim, "heim-kurz", { ...texts, phone: "089 2" });
    expect(await operate("staff.proposals")).toMatchObject([{ field: "phone", wanted: "089 2" }]);
    expect(await own.propose(heim, "heim-kurz", texts)).toEqual({ kind: "proposed", count: 0 });
    expect(await operate("staff.proposals")).toEqual([]);
  });

  it("keep translations while the German text stays, and lose a field that they empty", async () => {
    await own.propose(heim, "heim-kurz", { ...texts, title_en: "Care North" });
    expect(await operate("staff.proposals")).toMatchObject([
      { wanted: { de: "Kurzzeit-Pflege Nord", en: "Care North", tr: "Kuzey bakım" } },
    ]);
  });

  it("are told which field cannot be taken, and nothing is kept then", async () => {
    const wrong = {
      ...texts,
      title_de: " ",
      summary_de: "x".repeat(1201),
      url: "javascript:alert(1)",
      email: "nein",
      cost_en: "free",
      bookingUrl: "ftp://a",
    };
    expect(await own.propose(heim, "heim-kurz", wrong)).toEqual({
      kind: "refused",
      faults: {
        title_de: "missing",
        summary_de: "too-long",
        url: "no-address",
        email: "no-mail",
        cost_de: "missing",
        bookingUrl: "no-address",
      },
    });
    expect(await own.propose(verein, "heim-kurz", texts)).toEqual({ kind: "unknown" });
    expect(await operate("staff.proposals")).toEqual([]);
  });

  it("are not approved over a field that staff have set", async () => {
    await own.propose(heim, "heim-kurz", { ...texts, phone: "089 1" });
    await saveOverride(database.db, { offerId: "heim-kurz", field: "phone", layer: "staff", value: "115" });
    const [proposal] = (await find("heim-kurz"))?.proposals ?? [];
    await expect(operate("staff.approve", { id: `proposal:${proposal?.id}` })).rejects.toMatchObject({ code: "REQUEST_INVALID" });
    expect(await operate("staff.proposals")).toHaveLength(1);
    expect((await find("heim-kurz"))?.offer.phone).toBe("115");
  });

  it("see who does similar things in their district or next to it", async () => {
    expect((await own.similar(heim)).map(({ offer, sameDistrict }) => [offer.id, sameDistrict])).toEqual([["verein-nah", false]]);
    expect((await own.similar(verein)).map(({ offer }) => offer.id)).toEqual(["heim-kurz", "heim-tag"]);
    expect(await own.similar("Kita Süd")).toEqual([]);
  });

  it("see what people lack of what they do, where they are", async () => {
    const wanted = [cell({}), cell({ outcome: "full" }), cell({ area: "not-named", district: "" })];
    demand = [...wanted, cell({ outcome: "free" }), cell({ outcome: "unknown" }), cell({ district: "Laim" }), cell({ need: "kita-platz" })];
    expect(await own.unmet(heim)).toEqual(wanted);
  });
});
