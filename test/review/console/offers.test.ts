import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StaffRole } from "../../../src/core/people.ts";
import { audit, overrideChanges, overrides, proposals } from "../../../src/database/schema.ts";
import { emptyAccounts, openStaff } from "../../support/console.ts";
import { openWholeConsole, type WholeConsole } from "../../support/console-sections.ts";
import { databaseKinds } from "../../support/databases.ts";
import { emptyHistory, heim } from "../../support/organizations.ts";

const one = "catalogue/offers/heim-kurz";
const naughty = `"><script>alert(1)</script> عائشة`;
const asText = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; عائشة";

describe.each(databaseKinds())("offers in the console (%s)", (kind) => {
  let database: WholeConsole["database"];
  let site: WholeConsole["site"];
  let opened: WholeConsole["opened"];
  let close: WholeConsole["close"];

  beforeAll(async () => {
    ({ database, site, opened, close } = await openWholeConsole(kind));
  });
  afterAll(() => close());
  beforeEach(async () => {
    await emptyAccounts(database.db);
    await emptyHistory(database.db);
    for (const table of [overrides, proposals]) await database.db.delete(table);
    await opened.catalogue.refresh();
  });

  const person = (name: string, role: StaffRole) => openStaff(database.db, site, name, role);
  const shown = () => opened.catalogue.offers().find(({ id }) => id === "heim-kurz");

  it("are found by title, organisation and id; nothing is found by what nobody has", async () => {
    const rita = await person("Rita", "leser");
    expect((await rita.get("catalogue")).html).toContain("/console/catalogue/offers");
    expect((await rita.get("catalogue/offers")).html).toContain(`href="/console/${one}"`);
    expect((await rita.get("catalogue/offers?q=HEIM-kurz")).html).toContain(`href="/console/${one}"`);
    const nothing = await rita.get(`catalogue/offers?q=${encodeURIComponent(naughty)}`);
    expect([nothing.status, nothing.html.includes("0 Angebote"), nothing.html.includes("<script>alert")]).toEqual([200, true, false]);
    expect((await rita.get("catalogue/offers?page=0&q=x")).status).toBe(200);
    expect((await rita.get("catalogue/offers/gibt-es-nicht")).status).toBe(404);
    const page = (await rita.get(one)).html;
    expect(page).not.toContain("<textarea");
    expect((await rita.post(`${one}/edit`, { field: "phone", value: "1", number: "0" })).status).toBe(403);
  });

  it("are changed by editors, who see who changed what, and take it back", async () => {
    const anna = await person("Anna", "redaktion");
    const before = shown()?.title;
    const saved = await anna.post(`${one}/edit`, { field: "title", de: `Neu ${naughty}`, en: "New", number: "0" });
    expect(saved.to).toBe(`/console/${one}?done=saved`);
    expect(shown()?.title).toMatchObject({ de: `Neu ${naughty}`, en: "New" });
    const page = (await anna.get(`${one}?done=saved`)).html;
    expect(page).toContain("Gespeichert.");
    expect(page).toContain(asText);
    expect(page).toContain("<bdi>Anna</bdi>");
    expect(page).toContain(`action="/console/${one}/reset"`);
    expect(page).not.toContain("<script>alert");
    expect((await anna.post(`${one}/reset`, { field: "title", number: "1" })).to).toBe(`/console/${one}?done=reset`);
    expect(shown()?.title).toEqual(before);
    const rows = await database.db.select().from(overrideChanges).orderBy(overrideChanges.number);
    expect(rows.map(({ number, field, before: was, after, by }) => ({ number, field, was, after, by }))).toEqual([
      { number: 1, field: "title", was: before, after: { ...before, de: `Neu ${naughty}`, en: "New" }, by: String(anna.account) },
      { number: 2, field: "title", was: { ...before, de: `Neu ${naughty}`, en: "New" }, after: before, by: String(anna.account) },
    ]);
    const written = (await database.db.select().from(audit)).map(({ action, subject }) => `${action} ${subject}`);
    expect(written).toContain("staff.edit offer:heim-kurz");
    expect(JSON.stringify(await database.db.select().from(audit))).not.toContain("alert(1)");
  });

  it("are changed in their facts as well: yes and no, languages, ages", async () => {
    const anna = await person("Anna", "redaktion");
    const steps: readonly (readonly [string, Record<string, string>, unknown])[] = [
      ["wheelchair", { value: "yes" }, true],
      ["wheelchair", { value: "" }, undefined],
      ["online", { value: "no" }, false],
      ["cost", { value: "yes" }, { free: true }],
      ["languages", { value: "Deutsch, Türkisch,, " }, ["Deutsch", "Türkisch"]],
      ["age", { from: "60", to: "" }, { from: 60 }],
      ["age", { from: "", to: "" }, undefined],
    ];
    for (const [number, [field, typed, value]] of steps.entries()) {
      const saved = await anna.post(`${one}/edit`, { field, number: String(number), ...typed });
      expect([field, saved.status, Object.entries(shown() ?? {}).find(([name]) => name === field)?.[1]]).toEqual([field, 303, value]);
    }
    const page = (await anna.get(one)).html;
    expect(page).toMatch(/<select id="online-value"[^>]*>(?:(?!<\/select>)[\s\S])*<option value="no" selected/);
    expect(page).toContain("Deutsch, Türkisch</textarea>");
    const number = String(steps.length);
    for (const typed of [{ from: "80", to: "20" }, { from: "alt" }, { from: "-1" }])
      expect([typed, (await anna.post(`${one}/edit`, { field: "age", number, ...typed })).status]).toEqual([typed, 400]);
  });

  it("are moved: a new address takes the point away and says the district, a point says it where the postcode does not", async () => {
    const anna = await person("Anna", "redaktion");
    const place = () => ({ address: shown()?.address, geo: shown()?.geo, district: shown()?.district });
    const address = { street: "Beispielweg 1", postcode: "80687", city: "München" };
    const edit = async (field: string, number: number, typed: Record<string, string>) =>
      (await anna.post(`${one}/edit`, { field, number: String(number), ...typed })).status;
    expect(await edit("geo", 0, { lat: "48,118", lon: "11.543791234567" })).toBe(303);
    expect(place().geo).toEqual({ lat: 48.118, lon: 11.543791234567 });
    expect(await edit("address", 1, address)).toBe(303);
    expect(place()).toEqual({ address, geo: undefined, district: "Laim" });
    const history = async () =>
      (await database.db.select().from(overrideChanges).orderBy(overrideChanges.number)).map(({ field }) => field);
    expect(await history()).toEqual(["geo", "address", "geo", "district"]);
    expect(await edit("address", 4, { ...address, city: "Muenchen" })).toBe(303);
    expect(await edit("district", 5, { value: "Sendling" })).toBe(303);
    expect(await edit("district", 6, { value: "Nirgendwo" })).toBe(400);
    expect(await edit("address", 6, address)).toBe(303);
    expect(place()).toEqual({ address, geo: undefined, district: "Laim" });
    for (const typed of [{ street: "Nur eine Straße" }, { ...address, postcode: "8068" }])
      expect(await edit("address", 8, typed)).toBe(400);
    for (const typed of [{ lat: "48" }, { lat: "148.1", lon: "11.5" }, { lat: "Nord", lon: "11" }])
      expect(await edit("geo", 8, typed)).toBe(400);
    expect((await anna.post(`${one}/reset`, { field: "address", number: "8" })).status).toBe(303);
    expect(place()).toEqual({ address: undefined, geo: undefined, district: "Sendling" });
    expect((await history()).slice(8)).toEqual(["address", "geo", "district"]);
  });

  it("have several places, dates, needs and words", async () => {
    const anna = await person("Anna", "redaktion");
    let number = 0;
    const edit = async (field: string, typed: Record<string, string>, status = 303) => {
      const sent = await anna.post(`${one}/edit`, { field, number: String(number), ...typed });
      expect([field, typed, sent.status]).toEqual([field, typed, status]);
      if (status === 303) number += 1;
      return sent;
    };
    const laim = {
      "name-0": "Haus Laim",
      "street-0": "Weg 1",
      "postcode-0": "80687",
      "city-0": "München",
      "openingHours-0": "Mo-Fr 09:00-12:00",
    };
    await edit("locations", laim);
    const address = { street: "Weg 1", postcode: "80687", city: "München" };
    const first = { name: "Haus Laim", openingHours: "Mo-Fr 09:00-12:00", district: "Laim", address };
    expect(shown()?.locations).toEqual([first]);
    await edit("locations", { ...laim, "name-1": "Ohne Anschrift", "phone-1": "089 1" });
    expect(shown()?.locations).toEqual([first, { name: "Ohne Anschrift", phone: "089 1" }]);
    expect((await anna.get(one)).html).toContain("<legend>Ort 2</legend>");
    await edit("locations", { ...laim, "openingHours-0": "immer mal" }, 400);
    await edit("locations", { ...laim, "street-0": "", "postcode-0": "", "city-0": "", "name-1": "Ohne Anschrift", "phone-1": "089 1" });
    const { address: _address, district: _district, ...nowhere } = first;
    expect(shown()?.locations).toEqual([nowhere, { name: "Ohne Anschrift", phone: "089 1" }]);
    await edit("locations", { "name-0": "", "name-1": "" });
    expect(shown()?.locations).toBeUndefined();

    await edit("dates", { value: "2027-03-01 18:30 – 20:00\r\n2027-08-02 – 2027-08-04\n\n5.9.2027" });
    expect(shown()?.dates).toEqual([
      { start: "2027-03-01T18:30:00+01:00", end: "2027-03-01T20:00:00+01:00" },
      { start: "2027-08-02", end: "2027-08-05" },
      { start: "2027-09-05" },
    ]);
    expect((await anna.get(one)).html).toContain("2027-03-01 18:30 – 2027-03-01 20:00\n2027-08-02 – 2027-08-04\n2027-09-05</textarea>");
    const refused = await edit("dates", { value: "morgen Abend" }, 400);
    expect(refused.html).toContain("morgen Abend</textarea>");
    await edit("dates", { value: "2027-02-31" }, 400);

    expect((await anna.get(one)).html).toMatch(/<option value="kurzzeitpflege" selected(?:="")?>/);
    await edit("needs", { "need-0": "gibt-es-nicht" }, 400);
    await edit("needs", { "need-0": "", "need-1": "" });
    expect(shown()?.needs).toEqual([]);
    await edit("needs", { "need-0": "kurzzeitpflege", "need-1": "kurzzeitpflege" });
    expect(shown()?.needs).toEqual(["kurzzeitpflege"]);
    await edit("words", { de: "Oma, Opa", en: "" });
    expect(shown()?.words).toEqual({ de: ["Oma", "Opa"] });
    await edit("openingHours", { value: "Mo-Fr 25:00" }, 400);
    await edit("openingHours", { value: "Mo-Fr 09:00-12:00" });
  });

  it("are changed by one of two who look at the same state; the other is told and loses nothing of the first", async () => {
    const [anna, bert] = [await person("Anna", "redaktion"), await person("Bert", "redaktion")];
    expect((await anna.post(`${one}/edit`, { field: "phone", value: "089 1234", number: "0" })).status).toBe(303);
    const late = await bert.post(`${one}/edit`, { field: "phone", value: "089 9999", number: "0" });
    expect([late.status, late.html.includes("somebody else has changed it meanwhile")]).toEqual([409, true]);
    expect(shown()?.phone).toBe("089 1234");
    const both = await Promise.all(
      [anna, bert].map((each, at) => each.post(`${one}/edit`, { field: "phone", value: `${at}`, number: "1" })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await database.db.select().from(overrideChanges)).toHaveLength(2);
  });

  it("have a history that only grows, with what organisations changed; who looked before that is told", async () => {
    const anna = await person("Anna", "redaktion");
    const value = { de: `Für alle ${naughty}`, en: "For everybody" };
    const [proposal] = await database.db
      .insert(proposals)
      .values({ organization: heim, offerId: "heim-kurz", field: "forWhom", state: "open", base: null, value, proposedAt: new Date() })
      .returning();
    await opened.operate("staff.approve", { id: `proposal:${proposal?.id}` });
    expect((await anna.post(`${one}/edit`, { field: "phone", value: "1", number: "0" })).status).toBe(409);
    const page = (await anna.get(one)).html;
    expect(page).toContain(`<bdi>${heim}</bdi>`);
    expect(page).toContain(`Für alle ${asText}`);
    await expect(database.db.update(overrideChanges).set({ by: "niemand" })).rejects.toThrow();
    await expect(database.db.delete(overrideChanges)).rejects.toThrow();
    const many = Array.from({ length: 120 }, (_, index) => ({
      offerId: "heim-kurz",
      number: index + 2,
      field: "phone",
      after: `Nr. ${index + 2}.`,
      by: "1",
    }));
    await database.db.insert(overrideChanges).values(many);
    const newest = (await anna.get(one)).html;
    expect([newest.includes("Nr. 121."), newest.includes("Nr. 22."), newest.includes("Nr. 21.")]).toEqual([true, true, false]);
    expect(newest).toContain(`/console/${one}?before=22`);
    const older = (await anna.get(`${one}?before=22`)).html;
    expect([older.includes("Nr. 21."), older.includes("Nr. 22."), older.includes("Ältere Änderungen")]).toEqual([true, false, false]);
    expect(older).toContain('name="number" value="121"');
  });

  it("keep what was typed where it does not fit, and say why", async () => {
    const anna = await person("Anna", "redaktion");
    const refused = await anna.post(`${one}/edit`, { field: "url", value: `keine Adresse ${naughty}`, number: "0" });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain("Das passt nicht. Nichts wurde geändert.");
    expect(refused.html).toContain('<a href="#url-value">');
    expect(refused.html).toContain('id="url-value"');
    expect(refused.html).toContain(`keine Adresse ${asText}`);
    expect((await anna.post(`${one}/edit`, { field: "title", de: " ", en: "Only English", number: "0" })).status).toBe(400);
    expect((await anna.post(`${one}/edit`, { field: "id", value: "x", number: "0" })).status).toBe(400);
    expect((await anna.post(`${one}/edit`, { field: "phone", value: "1", number: "viele" })).status).toBe(400);
    expect((await anna.post(`${one}/reset`, { field: "phone", number: "0" })).status).toBe(404);
    expect(await database.db.select().from(overrideChanges)).toEqual([]);
  });

  it("are taken away, found all the same, shown again, and marked as checked today", async () => {
    const anna = await person("Anna", "redaktion");
    expect((await anna.post(`${one}/remove`, { number: "0" })).status).toBe(303);
    expect(shown()).toBeUndefined();
    expect((await anna.get("catalogue/offers?q=heim-kurz")).html).toContain("wird nicht gezeigt");
    expect((await anna.get(one)).html).toContain(`action="/console/${one}/restore"`);
    expect((await anna.post(`${one}/restore`, { number: "1" })).status).toBe(303);
    expect((await anna.post(`${one}/checked`, { number: "2" })).status).toBe(303);
    expect(shown()?.status).toBe("checked");
    expect(shown()?.checkedAt).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});
