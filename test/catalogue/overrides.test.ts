import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { loadContent, readStoredContent } from "../../src/catalogue/content-store.ts";
import { applyOverrides, findConflicts, type Override, readOverrides, resetOverride, saveOverride } from "../../src/catalogue/overrides.ts";
import type { Offer } from "../../src/core/offer.ts";
import { overrides } from "../../src/database/schema.ts";
import { createOperations } from "../../src/node-operations.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { offerOf } from "./fixtures.ts";

const address = { street: "Marienplatz 8", postcode: "80331", city: "München" };
const title = { de: "Kita", en: "Nursery", tr: "Kreş", uk: "Садок", ru: "Сад", ar: "حضانة", it: "Nido", fr: "Crèche", hr: "Vrtić" };
const override = (change: Partial<Override>): Override => ({
  offerId: "a",
  field: "phone",
  layer: "staff",
  value: "1",
  base: null,
  ...change,
});

describe("laying overrides over offers", () => {
  const offers = [offerOf("a", { phone: "0", organization: "Datei" }), offerOf("b")];

  it("changes one field and no other, of one offer and no other", () => {
    expect(applyOverrides(offers, [override({ value: "1" })])).toEqual([{ ...offers[0], phone: "1" }, offers[1]]);
  });

  it("lets the higher layer win, field by field and in whatever order they come", () => {
    const given = [
      override({ layer: "staff", value: "staff" }),
      override({ layer: "import", value: "import" }),
      override({ layer: "provider", value: "provider" }),
      override({ field: "organization", layer: "import", value: "Import" }),
      override({ field: "organization", layer: "provider", value: "Anbieter" }),
    ];
    for (const order of [given, [...given].reverse()])
      expect(applyOverrides(offers, order)[0]).toMatchObject({ phone: "staff", organization: "Anbieter" });
  });

  it("takes an offer away that a layer removed", () => {
    expect(applyOverrides(offers, [override({ field: "removed", value: true, layer: "provider" })]).map(({ id }) => id)).toEqual(["b"]);
  });

  it("takes a field away that a layer says is none", () => {
    expect(applyOverrides(offers, [override({ value: null })])[0]).not.toHaveProperty("phone");
  });

  it("calls an offer checked from the day somebody checked it, and no longer without one", () => {
    const checked = applyOverrides(offers, [override({ field: "checkedAt", value: "2026-11-20" })])[0];
    expect(checked).toMatchObject({ status: "checked", checkedAt: "2026-11-20" });
    const again = applyOverrides(checked === undefined ? [] : [checked], [override({ field: "checkedAt", value: null })])[0];
    expect(again?.status).toBe("unchecked");
    expect(again).not.toHaveProperty("checkedAt");
  });

  it.each([
    ["the organisation, who spoke last", { staff: 2, provider: 1 }, 3, "provider"],
    ["staff, who spoke last", { staff: 1, provider: 2 }, 3, "staff"],
    ["the import, which was counted last", { staff: 3, provider: 2 }, 1, "import"],
    ["the organisation over an import from before", { provider: 1 }, 2, "provider"],
    ["the import, where nobody said anything", {}, 9, "import"],
    ["staff over an import from the future", { staff: 5 }, -2, "staff"],
  ] as const)("has the last word on free places said by %s", (_name, saidHoursAgo, importHoursAgo, expected) => {
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const count = (layer: Override["layer"], hours: number) => {
      const at = hoursAgo(hours);
      const value = { unit: { de: layer }, available: 1, asOf: at.toISOString() };
      return override({ field: "capacity", layer, value, at: layer === "import" ? undefined : at });
    };
    const said = Object.entries(saidHoursAgo).map(([layer, hours]) => count(layer as "staff" | "provider", hours));
    const given = [...said, count("import", importHoursAgo)];
    for (const order of [given, [...given].reverse()]) expect(applyOverrides(offers, order)[0]?.capacity?.unit.de).toBe(expected);
  });

  it("shows no free places where whoever spoke last does not know the number", () => {
    const value = { unit: { de: "Plätze" }, available: 1, asOf: "2026-11-20T09:00:00Z" };
    const known = override({ field: "capacity", layer: "staff", value, at: new Date("2026-11-20T09:00:00Z") });
    const unknown = override({ field: "capacity", layer: "provider", value: null, at: new Date("2026-11-20T10:00:00Z") });
    expect(applyOverrides(offers, [known])[0]?.capacity).toEqual(value);
    expect(applyOverrides(offers, [known, unknown])[0]).not.toHaveProperty("capacity");
  });

  it("passes over overrides of offers whose file is gone", () => {
    expect(applyOverrides([offerOf("b")], [override({})]).map(({ id }) => id)).toEqual(["b"]);
  });

  it("names the offer and the field of an override that fits no longer", () => {
    expect(() => applyOverrides(offers, [override({ field: "url", value: "nowhere" })])).toThrow(
      expect.objectContaining({ code: "CONTENT_INVALID", message: expect.stringContaining("a.url") }),
    );
  });
});

describe.each(databaseKinds())("overrides in the database (%s)", (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());

  const load = (...offers: readonly Offer[]) =>
    loadContent(database.db, {
      hash: String(Math.random()),
      needs: [],
      intents: [],
      districts: [],
      offers,
      questions: [],
      concepts: [],
      crises: { sentences: [], concepts: [] },
    });
  const save = (field: string, value: unknown, layer: Override["layer"] = "staff") =>
    saveOverride(database.db, { offerId: "a", field, layer, value });
  const shown = async () => applyOverrides((await readStoredContent(database.db)).offers, await readOverrides(database.db));
  const conflicts = async () => findConflicts((await readStoredContent(database.db)).offers, await readOverrides(database.db));

  beforeEach(async () => {
    await database.db.delete(overrides);
    await load(offerOf("a", { phone: "0", address, title }), offerOf("b"));
  });

  it("keeps a field with what the file said, and gives it back", async () => {
    await save("phone", "115");
    expect(await readOverrides(database.db)).toEqual([
      { at: expect.any(Date), offerId: "a", field: "phone", layer: "staff", value: "115", base: "0" },
    ]);
    expect((await shown())[0]?.phone).toBe("115");
  });

  it("keeps the newest value of a layer, and the layers apart", async () => {
    await save("phone", "1");
    await save("phone", "2");
    await save("phone", "3", "import");
    expect((await readOverrides(database.db)).map(({ layer, value }) => `${layer} ${value}`).sort()).toEqual(["import 3", "staff 2"]);
    expect((await shown())[0]?.phone).toBe("2");
  });

  it("shows the layer below again after a reset", async () => {
    await save("phone", "1", "import");
    await save("phone", "2");
    await resetOverride(database.db, { offerId: "a", field: "phone", layer: "staff" });
    expect((await shown())[0]?.phone).toBe("1");
    await resetOverride(database.db, { offerId: "a", field: "phone", layer: "import" });
    expect((await shown())[0]?.phone).toBe("0");
    await expect(resetOverride(database.db, { offerId: "a", field: "phone", layer: "staff" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("removes an offer, which stays away over a load, and brings it back", async () => {
    await save("removed", true);
    await load(offerOf("a", { phone: "9" }), offerOf("b"));
    expect((await shown()).map(({ id }) => id)).toEqual(["b"]);
    expect(await conflicts()).toEqual([]);
    await resetOverride(database.db, { offerId: "a", field: "removed", layer: "staff" });
    expect((await shown()).map(({ id }) => id).sort()).toEqual(["a", "b"]);
  });

  it("takes a field away that the file has", async () => {
    await save("phone", null);
    expect((await shown())[0]).not.toHaveProperty("phone");
  });

  it("lets staff say that an offer was checked", async () => {
    await save("checkedAt", "2026-11-20");
    expect((await shown())[0]).toMatchObject({ status: "checked", checkedAt: "2026-11-20" });
  });

  it.each([
    ["a value that does not fit", "url", "javascript:alert(1)"],
    ["a field that does not exist", "colour", "blue"],
    ["a field that must be there taken away", "title", null],
    ["another id", "id", "b"],
    ["a removal that is none", "removed", false],
    ["a status without the day of the check", "status", "checked"],
    ["a prototype", "__proto__", { demo: true }],
  ])("refuses %s and changes nothing", async (_, field, value) => {
    await expect(save(field, value)).rejects.toMatchObject({ code: "REQUEST_INVALID" });
    expect(await readOverrides(database.db)).toEqual([]);
  });

  it("says that an offer does not exist", async () => {
    await expect(saveOverride(database.db, { offerId: "nowhere", field: "phone", layer: "staff", value: "1" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("shows staff a file that has changed under their field, and none that has not", async () => {
    await save("phone", "115");
    await save("address", { ...address, street: "Marienplatz 1" });
    await save("title", { ...title, de: "Krippe" });
    await save("wheelchair", true);
    expect(await conflicts()).toEqual([]);
    await load(offerOf("a", { phone: "9", address, title }), offerOf("b"));
    expect(await conflicts()).toEqual([{ offerId: "a", field: "phone", staff: "115", fileBefore: "0", fileNow: "9" }]);
    expect((await shown())[0]?.phone).toBe("115");
    await load(offerOf("a", { phone: "9", address, title, wheelchair: false }), offerOf("b"));
    expect((await conflicts()).map(({ field }) => field).sort()).toEqual(["phone", "wheelchair"]);
    await load(offerOf("b"));
    expect(await conflicts()).toEqual([]);
  });

  it("does staff's work by name, and tells the running server of each change", async () => {
    const onChange = vi.fn(async () => undefined);
    const operate = createOperations(database.db, { onChange, onRetry: () => undefined }, {});
    await operate("staff.edit", { offerId: "a", field: "checkedAt", value: "2026-11-20" });
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(await operate("staff.list", {})).toMatchObject([
      { id: "a", title: "Kita", status: "checked" },
      { id: "b", status: "unchecked" },
    ]);
    expect(await operate("staff.unchecked", {})).toMatchObject([{ id: "b" }]);
    expect(await operate("staff.overrides", {})).toMatchObject([{ offerId: "a", field: "checkedAt", layer: "staff" }]);
    expect(await operate("staff.conflicts", {})).toEqual([]);
    await operate("staff.reset", { offerId: "a", field: "checkedAt" });
    expect(await operate("staff.overrides", {})).toEqual([]);
    expect(onChange).toHaveBeenCalledTimes(2);
    await expect(operate("staff.edit", { offerId: "a" })).rejects.toThrow();
    await expect(operate("staff.unknown", {})).rejects.toMatchObject({ code: "USAGE" });
    expect(onChange).toHaveBeenCalledTimes(2);
  });
});
