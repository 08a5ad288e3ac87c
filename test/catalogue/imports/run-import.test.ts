import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadContent } from "../../../src/catalogue/content-store.ts";
import type { Importer, SourceItem, SourceOffer } from "../../../src/catalogue/importers/importer.ts";
import { createImportOperations } from "../../../src/catalogue/imports/import-operations.ts";
import { runImport } from "../../../src/catalogue/imports/run-import.ts";
import { type LiveCatalogue, openLiveCatalogue, openMemorySearch } from "../../../src/catalogue/live-catalogue.ts";
import { createStaffOperations } from "../../../src/catalogue/staff-operations.ts";
import type { Offer } from "../../../src/core/offer.ts";
import { importDuplicates, importRuns, leases, overrides, sources } from "../../../src/database/schema.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { type FeedHost, startFeedHost } from "../../support/feed-host.ts";
import { needOf, offerOf } from "../fixtures.ts";

const words = ["Kita", "Krippe", "Kindergarten", "Hort", "Tagesmutter", "Betreuung", "Kinderkrippe", "Kitaplatz"];
const need = {
  ...needOf("kita-platz", words),
  words: { de: words, en: words, tr: words, uk: words, ru: words, ar: words, it: words, fr: words, hr: words },
};
const booking = (id: string) => `https://stadt.muenchen.de/buergerservice/terminvereinbarung.html#/services/${id}`;
const files: readonly Offer[] = [
  offerOf("pass", { url: booking("1063453"), phone: "089 1", title: { de: "Reise-Pass", en: "Passport" } }),
  offerOf("ohne", { url: "https://example.org/ohne" }),
];

const record = (externalId: string, change: Partial<SourceOffer> = {}): SourceItem => ({
  kind: "record",
  externalId,
  offer: {
    kind: "service",
    organization: "Verein Probe e.V.",
    title: { de: `Treff ${externalId}` },
    summary: { de: "Hier treffen Sie Menschen." },
    url: `https://example.org/treff/${externalId}`,
    ...change,
  },
});
const checkpoint = (cursor: unknown): SourceItem => ({ kind: "checkpoint", cursor });
const tenOf = (change: Partial<SourceOffer> = {}) => Array.from({ length: 10 }, (_, index) => record(String(index), change));

/** A source that brings these items; `before` is called for each. */
function importerOf(
  items: readonly SourceItem[],
  before: (item: SourceItem, cursor: unknown) => void | Promise<void> = () => undefined,
): Importer {
  return {
    id: "list",
    description: "items of a test",
    async *read(_location, access) {
      for (const item of items) {
        await before(item, access.cursor);
        yield item;
      }
    },
  };
}

describe.each(databaseKinds())("imports (%s)", (engine) => {
  let database: TestDatabase;
  let live: LiveCatalogue;
  const db = () => database.db;
  const run = (importer: Importer, change: object = {}) =>
    createImportOperations(db(), async () => undefined, { importers: [importer] })["import.run"]({
      kind: "list",
      from: { file: "/none" },
      ...change,
    });
  const staff = (name: string, input: unknown = {}) => createStaffOperations(db(), async () => undefined)[name]?.(input);
  const shown = async () => {
    await live.refresh();
    return new Map(live.offers().map((offer) => [offer.id, offer]));
  };

  beforeAll(async () => {
    database = await openTestDatabase(engine);
    const districts = [{ number: 6, name: "Sendling", quarters: [], aliases: [], postcodes: ["81371"] }];
    await loadContent(db(), {
      hash: "a",
      needs: [need],
      intents: [],
      districts,
      offers: files,
      questions: [],
      concepts: [],
      crises: { sentences: [], concepts: [] },
    });
    live = await openLiveCatalogue(db(), openMemorySearch);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const table of [importDuplicates, importRuns, sources, overrides, leases]) await db().delete(table);
  });

  it("adds, changes, keeps and withdraws, and the running catalogue shows it", async () => {
    expect(await run(importerOf(tenOf()))).toMatchObject({ state: "done", added: 10 });
    expect((await shown()).get("list-3")).toMatchObject({ status: "checked", checkedAt: new Date().toISOString().slice(0, 10), needs: [] });
    const next = [record("0", { title: { de: "Kita" } }), ...tenOf().slice(1, 9), record("neu")];
    expect(await run(importerOf(next))).toMatchObject({ added: 1, changed: 1, unchanged: 8, withdrawn: 1 });
    const all = await shown();
    expect(all.get("list-0")).toMatchObject({ title: { de: "Kita" }, needs: ["kita-platz"] });
    expect(all.has("list-9")).toBe(false);
    expect((await live.current().search({ text: "treff", needs: [], slots: {}, offset: 0, limit: 20 })).total).toBe(9);
  });

  it("does not read again what has not changed", async () => {
    await run(importerOf(tenOf()));
    const before = await shown();
    await run(importerOf([...tenOf().slice(0, 9), record("9", { title: { de: "Anders" } })]));
    const after = await shown();
    expect(after.get("list-9")).not.toEqual(before.get("list-9"));
    expect(after.get("list-1")).toEqual(before.get("list-1"));
    expect(await live.refresh()).toBe(false);
  });

  it("rejects what does not fit, and says what of it", async () => {
    const items = [
      ...tenOf(),
      record("mail", { email: "keine" }),
      record("need", { needs: ["gibt-es-nicht"] }),
      record("url", { url: "javascript:alert(1)" }),
      record("3"),
    ];
    const { rejections, added } = await run(importerOf(items));
    expect(added).toBe(10);
    expect(rejections).toEqual([
      { place: "record mail", reason: expect.stringContaining("email:") },
      { place: "record need", reason: "needs: there is no need gibt-es-nicht" },
      { place: "record url", reason: expect.stringContaining("url:") },
      { place: "record 3", reason: expect.stringContaining("twice") },
    ]);
  });

  it("rejects opening hours that cannot be read, of an offer and of its locations, with the place where they stand", async () => {
    const hours = "Mo-Fr 8 bis mittags";
    const at = (place: string, externalId: string, change: Partial<SourceOffer>) => ({ ...record(externalId, change), place });
    const importer = importerOf([
      at("line 2", "own", { openingHours: hours }),
      at("line 3", "branch", { locations: [{ name: "Hof", openingHours: hours }] }),
      at("line 4", "fine", { openingHours: "Mo-Fr 08:00-12:00; PH off" }),
    ]);
    const told = [2, 3].map((line) => ({
      place: `line ${line}`,
      reason: expect.stringMatching(/^openingHours: Mo-Fr 8 bis mittags cannot be read: ./),
    }));
    expect(await run(importer, { dryRun: true })).toMatchObject({ state: "dry-run", added: 1, rejections: told });
    expect(await run(importer)).toMatchObject({ state: "done", added: 1, rejections: told });
  });

  it("finds districts by postcode, and leaves open what the postcode leaves open", async () => {
    const address = { street: "Weg 1", postcode: "81371", city: "München" };
    await run(
      importerOf([
        record("a", { address }),
        record("b", { address: { ...address, postcode: "99999" } }),
        record("c", { district: "Nirgends" }),
      ]),
    );
    const all = await shown();
    expect(["a", "b", "c"].map((id) => all.get(`list-${id}`)?.district)).toEqual(["Sendling", undefined, undefined]);
  });

  it("holds a source that shrinks by more than 30 in 100, until staff say yes or no", async () => {
    await run(importerOf(tenOf()));
    expect(await run(importerOf(tenOf().slice(0, 7)))).toMatchObject({ state: "done", withdrawn: 3 });
    const held = await run(importerOf(tenOf().slice(0, 4)));
    expect(held).toMatchObject({ state: "held", withdrawn: 3, reason: expect.stringContaining("approve import:list") });
    expect((await shown()).size).toBe(files.length + 7);
    expect(await staff("staff.waiting")).toMatchObject([{ id: "import:list", withdrawn: 3 }]);
    await staff("staff.reject", { id: "import:list" });
    expect((await shown()).size).toBe(files.length + 7);
    await run(importerOf(tenOf().slice(0, 4)));
    await staff("staff.approve", { id: "import:list" });
    expect((await shown()).size).toBe(files.length + 4);
    expect(await staff("staff.waiting")).toEqual([]);
    await expect(staff("staff.approve", { id: "import:list" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("goes on after its last checkpoint, and drops what was read behind it", async () => {
    const items = Array.from({ length: 1300 }, (_, index) => [
      record(String(index)),
      ...(index % 100 === 99 ? [checkpoint(index)] : []),
    ]).flat();
    const power = new Error("power off");
    const broken = importerOf(items, (item) => {
      if (item.kind === "record" && item.externalId === "1250") throw power;
    });
    await expect(run(broken)).rejects.toBe(power);
    expect((await shown()).size).toBe(files.length);
    const cursors = new Set<unknown>();
    const rest = importerOf(items, (_item, cursor) => void cursors.add(cursor));
    const from = { ...rest, read: (location: never, access: never) => rest.read(location, access) };
    const [runRow] = await db().select().from(importRuns);
    const cursor = Number(runRow?.cursor);
    expect(cursor).toBeGreaterThanOrEqual(499);
    const resumed = importerOf(
      items.filter((item) => item.kind === "checkpoint" || (item.kind === "record" && Number(item.externalId) > cursor)),
    );
    expect(await run(resumed)).toMatchObject({ state: "done", added: 1300, resumed: true, rejected: 0 });
    expect(from.id).toBe("list");
  });

  it("keeps a run whose source was away, and ends one whose source is broken", async () => {
    const { AppError } = await import("../../../src/core/errors.ts");
    const failing = (code: "SOURCE_UNREACHABLE" | "SOURCE_INVALID") =>
      importerOf([record("a"), record("b")], (item) => {
        if (item.kind === "record" && item.externalId === "b") throw new AppError(code, "So it is.");
      });
    await expect(run(failing("SOURCE_UNREACHABLE"))).rejects.toThrow("So it is. Nothing was changed. The next run goes on");
    expect(await db().select().from(importRuns)).toMatchObject([{ state: "running" }]);
    await expect(run(failing("SOURCE_INVALID"))).rejects.toThrow("So it is. Nothing was changed.");
    expect(await staff("staff.imports")).toMatchObject([{ source: "list", lastRun: "failed", reason: "So it is." }]);
    await expect(run(importerOf([]))).rejects.toThrow("The source holds no records.");
  });

  it("is run once at a time", async () => {
    const gate = Promise.withResolvers<void>();
    const first = run(importerOf(tenOf(), () => gate.promise));
    await sleep(50);
    const request = {
      importer: importerOf(tenOf()),
      location: { from: { file: "/none" }, options: {} },
      source: "list",
      dryRun: false,
      fresh: false,
    };
    const parts = { db: db(), fetch: () => expect.unreachable(), now: () => new Date(), onProgress: () => undefined };
    await expect(runImport(request, parts, 0)).rejects.toMatchObject({ code: "DATABASE_HELD" });
    gate.resolve();
    expect(await first).toMatchObject({ state: "done", added: 10 });
  });

  it("keeps names apart whose ids could meet", async () => {
    await run(importerOf(tenOf()));
    await expect(run(importerOf(tenOf()), { source: "list-b" })).rejects.toMatchObject({ code: "USAGE" });
    await expect(run({ ...importerOf(tenOf()), id: "other" }, { kind: "other", source: "list" })).rejects.toMatchObject({ code: "USAGE" });
    await expect(run(importerOf(tenOf()), { source: "Groß" })).rejects.toMatchObject({ code: "USAGE" });
  });

  describe("layers", () => {
    const pass = (phone: string) =>
      record("1063453", {
        url: booking("1063453"),
        title: { de: "Reisepass" },
        phone,
        address: { street: "Weg 1", postcode: "81371", city: "München" },
      });

    it("lays living fields over a file's offer that has the same number, and keeps its texts", async () => {
      await run(importerOf([...tenOf(), pass("089 2")]));
      const all = await shown();
      expect(all.get("pass")).toMatchObject({ title: { de: "Reise-Pass" }, phone: "089 2", district: "Sendling", status: "checked" });
      expect(all.has("list-1063453")).toBe(false);
      await run(importerOf(tenOf()));
      expect((await shown()).get("pass")).toMatchObject({ phone: "089 1", status: "unchecked" });
    });

    it("keeps staff's fields over another import and another start, and lists the conflict", async () => {
      await run(importerOf([...tenOf(), pass("089 2")]));
      await staff("staff.edit", { offerId: "pass", field: "phone", value: "089 99" });
      await staff("staff.edit", { offerId: "list-1", field: "title", value: { de: "Von Hand" } });
      await run(importerOf([...tenOf({ title: { de: "Neu" } }), pass("089 3")]));
      live = await openLiveCatalogue(db(), openMemorySearch);
      const all = await shown();
      expect(all.get("pass")?.phone).toBe("089 99");
      expect(all.get("list-1")?.title.de).toBe("Von Hand");
      expect(all.get("list-2")?.title.de).toBe("Neu");
      expect(await staff("staff.conflicts")).toEqual([
        { offerId: "list-1", field: "title", staff: { de: "Von Hand" }, fileBefore: { de: "Treff 1" }, fileNow: { de: "Neu" } },
        { offerId: "pass", field: "phone", staff: "089 99", fileBefore: "089 2", fileNow: "089 3" },
      ]);
    });
  });

  it("finds offers of two sources that may be the same; staff join them or keep them apart for good", async () => {
    const address = { street: "Lindwurmstr. 4", postcode: "81371", city: "München" };
    await run(importerOf([...tenOf(), record("cafe", { title: { de: "Repair-Café im Hof" }, address, phone: "089 5" })]));
    const others = [
      record("x", {
        title: { de: "Repair Café im Hof" },
        organization: "Verein Probe",
        address: { ...address, street: "Lindwurmstraße 4" },
        email: "a@example.org",
      }),
      record("y", { title: { de: "Repair Café im Hof" }, organization: "Verein Probe", address: { ...address, street: "Weg 7" } }),
      record("z", { title: { de: "Treff 3" }, organization: "Verein Probe" }),
    ];
    const second = () => run(importerOf(others), { source: "zweite" });
    expect(await second()).toMatchObject({ duplicates: 2 });
    const waiting = (await staff("staff.waiting")) as readonly { readonly id: string; readonly first: string; readonly second: string }[];
    expect(waiting.map((pair) => [pair.first, pair.second]).sort()).toEqual([
      ["list-3", "zweite-z"],
      ["list-cafe", "zweite-x"],
    ]);
    const idOf = (first: string) => ({ id: waiting.find((pair) => pair.first === first)?.id });
    await staff("staff.approve", idOf("list-cafe"));
    await staff("staff.reject", idOf("list-3"));
    const all = await shown();
    expect(all.get("list-cafe")).toMatchObject({ phone: "089 5", email: "a@example.org" });
    expect([all.has("zweite-x"), all.has("zweite-y"), all.has("zweite-z")]).toEqual([false, true, true]);
    expect(await second()).toMatchObject({ unchanged: 3, duplicates: 0 });
    expect(await staff("staff.waiting")).toEqual([]);
  });

  describe("a source at an address", () => {
    let host: FeedHost;
    const reading = (path: string): Importer => ({
      id: "list",
      description: "",
      async *read({ from }, access) {
        const base = "url" in from ? from.url : "";
        const names = new TextDecoder().decode((await access.fetch(`${base}/list`)).body).split(" ");
        for (const name of names) {
          const { body } = path === "" ? { body: new Uint8Array() } : await access.fetch(`${base}${path}${name}`);
          yield record(name, { title: { de: `Treff ${name} ${new TextDecoder().decode(body)}` } });
        }
      },
    });
    const at = (path: string, change: object = {}) =>
      createImportOperations(db(), async () => undefined, { importers: [reading(path)], fetch: { allowedHosts: ["127.0.0.1"] } })[
        "import.run"
      ]({
        kind: "list",
        from: { url: host.url },
        ...change,
      });

    beforeAll(async () => {
      host = await startFeedHost();
    });
    afterAll(() => host.close());

    it("of one page is done at once when that page has not changed", async () => {
      host.serve({ "/list": "a b c" });
      expect(await at("")).toMatchObject({ state: "done", added: 3 });
      expect(await at("")).toMatchObject({ state: "unchanged", unchanged: 3 });
      expect(host.log.at(-1)?.status).toBe(304);
      expect(await at("", { fresh: true })).toMatchObject({ state: "done", unchanged: 3 });
      host.serve({ "/list": "a b c d" });
      expect(await at("")).toMatchObject({ state: "done", added: 1 });
    });

    it("of several pages has only those sent that have changed, and is read whole all the same", async () => {
      const pages = { "/list": "a b c", "/p/a": "1", "/p/b": "1", "/p/c": "1" };
      host.serve(pages);
      await at("/p/");
      host.serve({ ...pages, "/p/b": "2" });
      const before = host.log.length;
      expect(await at("/p/")).toMatchObject({ state: "done", changed: 1, unchanged: 2 });
      expect(host.log.slice(before).map(({ path, status }) => `${path} ${status}`)).toEqual([
        "/list 304",
        "/p/a 304",
        "/p/b 200",
        "/p/c 304",
      ]);
    });
  });
});
