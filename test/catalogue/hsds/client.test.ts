import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { resetOverride, saveOverride } from "../../../src/catalogue/overrides.ts";
import type { Offer } from "../../../src/core/offer.ts";
import { overrides } from "../../../src/database/schema.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { constructed, loadContent, openApi, readWorld } from "./world.ts";

/** What a client that knows HSDS and nothing of us reads. */
const Service = z.looseObject({ id: z.uuid(), name: z.string(), status: z.string(), last_modified: z.iso.datetime() });
const Page = z.object({
  total_items: z.number(),
  total_pages: z.number(),
  page_number: z.number(),
  size: z.number(),
  first_page: z.boolean(),
  last_page: z.boolean(),
  empty: z.boolean(),
  contents: z.array(Service.partial({ name: true, status: true, last_modified: true })),
});
const Term = z.object({ contents: z.array(z.object({ id: z.uuid(), code: z.string(), parent_id: z.uuid().optional() })) });

describe.each(databaseKinds())("a client that knows HSDS (%s)", (kind) => {
  let database: TestDatabase;
  let api: Awaited<ReturnType<typeof openApi>>;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    await loadContent(database.db, await readWorld());
    api = await openApi(database.db);
  });
  afterAll(() => database.close());

  const page = async (path: string) => Page.parse(await api.json(path));
  const names = async (path: string) => (await page(path)).contents.map(({ name }) => name);
  const everything = async (list: string, query = "per_page=70") => {
    const ids: string[] = [];
    for (let number = 1; ; number += 1) {
      const { contents, last_page: last } = await page(`/${list}?${query}&page=${number}`);
      ids.push(...contents.map(({ id }) => id));
      if (last) return ids;
    }
  };
  const reload = async (offers: readonly Offer[]) => {
    await loadContent(database.db, await readWorld(offers));
    await api.catalogue.refresh();
  };

  it.each(["services", "service_at_locations", "organizations", "taxonomy_terms"])(
    "pages through all %s, each exactly once",
    async (list) => {
      const ids = await everything(list);
      const { total_items: total } = await page(`/${list}?per_page=1`);
      expect(ids).toHaveLength(total);
      expect(new Set(ids).size).toBe(total);
      expect(await everything(list, "per_page=33")).toEqual(ids);
    },
  );

  it("reads the frame of a page, of the last one and of one after it", async () => {
    const { total_items: total } = await page("/services");
    const frame = async (path: string) => {
      const { contents, ...rest } = await page(path);
      return { ...rest, entries: contents.length };
    };
    const pages = Math.ceil(total / 50);
    const common = { total_items: total, total_pages: pages };
    expect(await frame("/services")).toEqual({
      ...common,
      page_number: 1,
      size: 50,
      first_page: true,
      last_page: false,
      empty: false,
      entries: 50,
    });
    const rest = total - 50 * (pages - 1);
    expect(await frame(`/services?page=${pages}`)).toEqual({
      ...common,
      page_number: pages,
      size: rest,
      first_page: false,
      last_page: true,
      empty: false,
      entries: rest,
    });
    expect(await frame("/services?page=9999")).toEqual({
      ...common,
      page_number: 9999,
      size: 0,
      first_page: false,
      last_page: true,
      empty: true,
      entries: 0,
    });
    expect(await frame("/services?organization_id=11111111-1111-4111-8111-111111111111")).toEqual({
      ...{ total_items: 0, total_pages: 0, page_number: 1, size: 0, first_page: true, last_page: true, empty: true, entries: 0 },
    });
  });

  it("finds by words what people find in the chat, and never what is made up", async () => {
    expect((await names("/services?search=Sperrm%C3%BCll%20abholen"))[0]).toMatch(/Sperr-?[Mm]üll/);
    expect(await names("/services?search=Zaubertrank%20gratis")).toEqual([]);
    expect((await page("/service_at_locations?search=Ganz%20volles%20Angebot")).contents).toHaveLength(2);
    expect(await names("/organizations?search=s%C3%B6hne")).toEqual(["=Beispiel & Söhne"]);
  });

  it("asks for a need and for a group of needs", async () => {
    const { contents: terms } = Term.parse(await api.json("/taxonomy_terms?per_page=100"));
    const term = terms.find(({ code }) => code === "pflegeplatz");
    const needed = await everything("services", `taxonomy_term_id=${term?.id}`);
    const grouped = await everything("services", `taxonomy_term_id=${term?.parent_id}`);
    expect(needed.length).toBeGreaterThan(1);
    expect(grouped.length).toBeGreaterThan(needed.length);
    expect(grouped).toEqual(expect.arrayContaining(needed));
    expect(Term.parse(await api.json(`/taxonomy_terms?parent_id=${term?.parent_id}&per_page=100`)).contents.map(({ id }) => id)).toContain(
      term?.id,
    );
    expect(Term.parse(await api.json("/taxonomy_terms?top_only=true")).contents).toHaveLength(12);
    const organizations = await page(`/organizations?taxonomy_term_id=${term?.id}`);
    expect(organizations.total_items).toBeGreaterThan(1);
    expect(organizations.total_items).toBeLessThanOrEqual(needed.length);
  });

  it("asks for an organisation, and all filters count together", async () => {
    const [entry] = (await page("/organizations?search=S%C3%B6hne")).contents;
    expect(await names(`/services?organization_id=${entry?.id}`)).toEqual(["Ganz volles Angebot"]);
    expect(await names(`/services?organization_id=${entry?.id}&postcode=80331`)).toEqual(["Ganz volles Angebot"]);
    expect(await names(`/services?organization_id=${entry?.id}&postcode=81371`)).toEqual([]);
  });

  it("asks for a postcode, and for what is near a postcode or a point, the nearest first", async () => {
    const own = await names("/services?postcode=81371&per_page=100");
    expect(own).toContain("Angebot zwei-orte");
    const point = await names("/services?lat=48.1374&lon=11.5755&proximity=1000&per_page=100");
    expect(point[0]).toBe("Ganz volles Angebot");
    expect(point).not.toContain("Angebot zwei-orte");
    expect(await names("/services?lat=48.2&lon=11.5&proximity=1")).toEqual(["Angebot zwei-orte"]);
    expect((await page("/service_at_locations?lat=48.2&lon=11.5&proximity=1")).contents).toHaveLength(2);
    const near = await everything("services", "postcode=80331&proximity=1500");
    const further = await everything("services", "postcode=80331&proximity=5000");
    expect(near.length).toBeGreaterThan(1);
    expect(further).toEqual(expect.arrayContaining(near));
    expect(further.length).toBeGreaterThan(near.length);
  });

  it("sees what is over as inactive, and nothing that is made up", async () => {
    const status = new Map((await page("/services?minimal=true")).contents.map(({ name, status }) => [name, status]));
    expect(Object.fromEntries([...status].filter(([, each]) => each === "inactive"))).toEqual({
      "Angebot abgelaufen": "inactive",
      "Angebot aufruf-vorbei": "inactive",
      "Angebot projekt-zu": "inactive",
    });
    expect(status.has("Angebot aufruf")).toBe(true);
    expect([...status.keys()].filter((name) => name?.includes("Beispiel-Haus") || name === "Zaubertrank gratis")).toEqual([]);
  });

  describe("that follows changes", () => {
    beforeEach(async () => {
      await database.db.delete(overrides);
      await reload(constructed);
    });
    const changedSince = async (since: string) => await names(`/services?modified_after=${encodeURIComponent(since)}&per_page=100`);
    /** The moment after all that has changed so far. */
    const mark = async () => {
      const times = (await page("/services?minimal=true")).contents.map(({ last_modified: time }) => Date.parse(time ?? ""));
      return new Date(Math.max(...times) + 1).toISOString();
    };

    it("hears of changes of files, of staff and of what they take back, and of nothing else", async () => {
      const first = await mark();
      expect(await changedSince(first)).toEqual([]);
      await reload([{ ...(constructed[0] as Offer), phone: "115" }, ...constructed.slice(1)]);
      expect(await changedSince(first)).toEqual(["Ganz volles Angebot"]);
      const second = await mark();
      await saveOverride(database.db, { offerId: "massnahme", field: "phone", layer: "staff", value: "110" });
      await api.catalogue.refresh();
      expect(await changedSince(second)).toEqual(["Angebot massnahme"]);
      const third = await mark();
      await resetOverride(database.db, { offerId: "massnahme", field: "phone", layer: "staff" });
      await api.catalogue.refresh();
      expect(await changedSince(third)).toEqual(["Angebot massnahme"]);
    });

    it("hears of an offer on the day that it runs out", async () => {
      const before = await mark();
      api.clock.now = new Date("2026-12-31T22:59:00Z");
      expect(await changedSince("2026-12-31T22:00:00Z")).toEqual([]);
      // Midnight in Munich.
      api.clock.now = new Date("2026-12-31T23:00:00Z");
      expect(await changedSince("2026-12-31T22:00:00Z")).toEqual(["Ganz volles Angebot"]);
      expect(await changedSince(before)).toContain("Ganz volles Angebot");
      api.clock.now = new Date("2026-11-22T12:00:00Z");
    });

    it("misses what was withdrawn in the list of all that there is", async () => {
      const before = await everything("services", "minimal=true");
      await saveOverride(database.db, { offerId: "massnahme", field: "removed", layer: "staff", value: true });
      await api.catalogue.refresh();
      const now = await everything("services", "minimal=true");
      const gone = before.filter((id) => !now.includes(id));
      expect(gone).toHaveLength(1);
      expect((await api.request(`/services/${gone[0]}`)).status).toBe(404);
    });

    it("keeps the time of an entry that only moved in its file", async () => {
      const before = await mark();
      await reload([...constructed].reverse());
      expect(await changedSince(before)).toEqual([]);
      await reload(constructed.slice(1));
      expect(await changedSince(before)).toEqual([]);
      await reload(constructed);
      expect(await changedSince(before)).toEqual(["Ganz volles Angebot"]);
    });
  });
});
