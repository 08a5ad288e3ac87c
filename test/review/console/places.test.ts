import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createComposer } from "../../../src/answers/composer.ts";
import { createKeyOperations } from "../../../src/catalogue/capacity/keys.ts";
import { createCapacityRoute } from "../../../src/catalogue/capacity/route.ts";
import { createProviderOffers } from "../../../src/catalogue/providers/own-offers.ts";
import { createWatches } from "../../../src/catalogue/watches/store.ts";
import { createWatchWorker } from "../../../src/catalogue/watches/worker.ts";
import type { StaffRole } from "../../../src/core/people.ts";
import { audit, capacityKeys, openings, outbox, overrideChanges, overrides, seenOffers, watches } from "../../../src/database/schema.ts";
import { createLetters } from "../../../src/messages/letters.ts";
import { offerOf } from "../../catalogue/fixtures.ts";
import { lettersOf, openChat } from "../../catalogue/watches/fixtures.ts";
import { createReadableLog } from "../../messages/fixtures.ts";
import { emptyAccounts, openStaff } from "../../support/console.ts";
import { openWholeConsole, type WholeConsole } from "../../support/console-sections.ts";
import { databaseKinds } from "../../support/databases.ts";
import { emptyHistory, heim, loadOrganizations, offers } from "../../support/organizations.ts";

const one = "catalogue/offers/heim-kurz";
const naughty = `"><script>alert(1)</script> عائشة`;
const unit = { de: "Betten", en: "beds" };
const hourMs = 3_600_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * hourMs).toISOString();

describe.each(databaseKinds())("free places in the console (%s)", (kind) => {
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
    for (const table of [overrides, openings, seenOffers, watches, outbox, capacityKeys]) await database.db.delete(table);
    await loadOrganizations(database.db);
    await opened.catalogue.refresh();
  });

  const person = (name: string, role: StaffRole) => openStaff(database.db, site, name, role);
  const capacityOf = (id = "heim-kurz") => opened.catalogue.offers().find((offer) => offer.id === id)?.capacity;
  const seenOf = (id?: string) => capacityOf(id)?.asOf ?? "";
  const rowsIn = (html: string) =>
    [...html.matchAll(/<li data-entry[^>]*>.*?<\/li>/gs)].map(([row]) =>
      row
        .replaceAll(/<[^>]*>/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim(),
    );
  const ofOrganization = () =>
    createProviderOffers({
      ...{ db: database.db, catalogue: opened.catalogue, readDemand: async () => [] },
      ...{ onChange: opened.catalogue.refresh, now: () => new Date() },
    });
  const saidByOrganization = (available: number | undefined) =>
    ofOrganization().setPlaces(heim, { offerId: "heim-kurz", available, seen: seenOf(), unit: 1 });

  it("are listed with who said what and when, outdated counts first, on several pages where they are many", async () => {
    const rita = await person("Rita", "leser");
    const many = Array.from({ length: 30 }, (_, index) =>
      offerOf(`viele-${index}`, { capacity: { unit: { de: `Plätze ${naughty}` }, available: index, asOf: hoursAgo(1) } }),
    );
    const old = offerOf("alt", { title: { de: `Alt ${naughty}` }, capacity: { unit, available: 1, asOf: hoursAgo(24 * 365) } });
    await loadOrganizations(database.db, [...many, old, offerOf("ohne")]);
    await opened.catalogue.refresh();
    const { html } = await rita.get("catalogue/places");
    expect(html).toContain("31 Angebote, bei 1 davon ist die Zahl zu alt");
    expect(html).toContain("Seite 1 von 2");
    expect(html).not.toContain("<script>alert");
    expect(rowsIn(html)[0]).toMatch(/^Alt .* 1 frei \(Betten\) zu alt Stand: .* · gesagt von: Datei oder Quelle$/);
    expect(rowsIn(html)[1]).toMatch(/ frei .* gilt /);
    expect(rowsIn((await rita.get("catalogue/places?page=2")).html)).toHaveLength(6);
    expect(rowsIn((await rita.get("catalogue/places?q=ALT&page=x")).html)).toHaveLength(1);
  });

  it("are said by editors, told by whom, and written into history and log", async () => {
    const [anna, rita] = [await person("Anna", "redaktion"), await person("Rita", "leser")];
    const before = await rita.get(one);
    expect(before.html).toContain("Freie Plätze");
    expect(before.html).not.toContain(`/console/${one}/places"`);
    expect((await rita.post(`${one}/places`, { available: "1", seen: "", number: "0" })).status).toBe(403);
    expect((await anna.get(one)).html).toContain(`action="/console/${one}/places"`);
    const saved = await anna.post(`${one}/places`, { available: "4", seen: seenOf(), number: "0" });
    expect(saved.to).toBe(`/console/${one}?done=places`);
    expect(capacityOf()).toMatchObject({ unit, available: 4, maximum: 5 });
    expect(Date.now() - Date.parse(seenOf())).toBeLessThan(60_000);
    expect(rowsIn((await rita.get("catalogue/places")).html)[0]).toMatch(/4 von 5 frei \(Betten\) gilt Stand: .* · gesagt von: Redaktion$/);
    expect((await database.db.select().from(overrideChanges))[0]).toMatchObject({
      field: "capacity",
      by: String(anna.account),
      after: { available: 4 },
    });
    const log = await database.db
      .select()
      .from(audit)
      .where(eq(audit.by, `account:${anna.account}`));
    expect(log.map(({ action, subject }) => `${action} ${subject}`)).toEqual(["staff.set-places offer:heim-kurz"]);
    expect((await anna.post(`${one}/places`, { remove: "1", seen: seenOf(), number: "1" })).status).toBe(303);
    expect(capacityOf()).toBeUndefined();
    expect(rowsIn((await rita.get("catalogue/places")).html)[0]).toMatch(/Zahl nicht bekannt · seit .* · gesagt von: Redaktion$/);
  });

  it("keep what was typed where it is no number, too many or of nothing, and say why beside the field", async () => {
    const anna = await person("Anna", "redaktion");
    for (const [fields, reason] of [
      [{ available: naughty, seen: seenOf() }, "Tragen Sie eine ganze Zahl"],
      [{ available: "6", seen: seenOf() }, "Es gibt nur 5."],
      [{ available: "3", seen: "2020-01-01T00:00:00Z" }, "Jemand hat inzwischen eine neue Zahl gesagt."],
    ] as const) {
      const refused = await anna.post(`${one}/places`, { ...fields, number: "0" });
      expect([reason, refused.status]).toEqual([reason, reason.startsWith("Jemand") ? 409 : 400]);
      expect(refused.html).toContain(reason);
      expect(refused.html).toContain('aria-describedby="available-error"');
      expect(refused.html).toContain('<a href="#available">');
      expect(refused.html).toContain(
        `value="${fields.available.replace(naughty, "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; عائشة")}"`,
      );
      expect(refused.html).not.toContain("<script>alert");
    }
    const without = await anna.post("catalogue/offers/heim-tag/places", { available: "2", seen: "", unit: "77", number: "0" });
    expect([without.status, without.html.includes("Wählen Sie aus, was gezählt wird.")]).toEqual([400, true]);
    expect(await database.db.select().from(overrides)).toEqual([]);
    expect((await anna.post("catalogue/offers/heim-tag/places", { available: "2", seen: "", unit: "1", number: "0" })).status).toBe(303);
    expect(capacityOf("heim-tag")).toMatchObject({ unit: { de: "Betten" }, available: 2 });
    expect((await anna.post("catalogue/offers/gibt-es-nicht/places", { available: "2", seen: "", number: "0" })).status).toBe(404);
  });

  it("are said by one of two at once; the other is told", async () => {
    const [anna, bert] = [await person("Anna", "redaktion"), await person("Bert", "redaktion")];
    const seen = seenOf();
    const both = await Promise.all(
      [anna, bert].map((each, index) => each.post(`${one}/places`, { available: String(index), seen, number: "0" })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await database.db.select().from(overrideChanges)).toHaveLength(1);
  });

  it("hold as whoever spoke last says: staff after the organisation, and the organisation after staff", async () => {
    const anna = await person("Anna", "redaktion");
    const byStaff = async (fields: Readonly<Record<string, string>>) => {
      const number = /name="number" value="(\d+)"/.exec((await anna.get(one)).html)?.[1] ?? "";
      return (await anna.post(`${one}/places`, { seen: seenOf(), number, ...fields })).status;
    };
    expect(await saidByOrganization(1)).toEqual({ kind: "saved" });
    expect(await byStaff({ available: "4" })).toBe(303);
    expect(capacityOf()?.available).toBe(4);
    expect(await saidByOrganization(2)).toEqual({ kind: "saved" });
    expect(capacityOf()?.available).toBe(2);
    expect((await anna.get(one)).html).toContain("gesagt von: Organisation");
    expect(await byStaff({ remove: "1" })).toBe(303);
    expect(capacityOf()).toBeUndefined();
    expect(await saidByOrganization(3)).toEqual({ kind: "saved" });
    expect(capacityOf()?.available).toBe(3);
    expect(await byStaff({ available: "0" })).toBe(303);
    expect(await saidByOrganization(undefined)).toEqual({ kind: "saved" });
    expect(capacityOf()).toBeUndefined();
    expect(await byStaff({ available: "5", unit: "1" })).toBe(303);
    expect(capacityOf()?.available).toBe(5);
    expect(rowsIn((await anna.get("catalogue/places")).html)[0]).toContain("gesagt von: Redaktion");
  });

  it("hold as an organisation's own system reports them after staff", async () => {
    const anna = await person("Anna", "redaktion");
    expect((await anna.post(`${one}/places`, { available: "4", seen: seenOf(), number: "0" })).status).toBe(303);
    const made = await createKeyOperations(database.db)["staff.api-key"]?.({ organization: heim });
    const [{ key }] = z.tuple([z.object({ key: z.string() })]).parse(made);
    const { log } = createReadableLog();
    const route = createCapacityRoute({
      ...{ db: database.db, offers: opened.catalogue.offers, onChange: opened.catalogue.refresh, now: () => new Date(), log },
    });
    const report = async (available: number, updated: Date) =>
      (
        await route.request("/api/capacities", {
          ...{ method: "PUT", headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" } },
          body: JSON.stringify([{ service_id: "heim-kurz", available, updated: updated.toISOString() }]),
        })
      ).status;
    expect(await report(1, new Date())).toBe(200);
    expect(capacityOf()?.available).toBe(1);
    expect((await anna.post(`${one}/places`, { available: "3", seen: seenOf(), number: "1" })).status).toBe(303);
    expect(capacityOf()?.available).toBe(3);
  });

  it("give way to a count in the file or import that was made later, but not to one from the future or a made-up one", async () => {
    const anna = await person("Anna", "redaktion");
    expect((await anna.post(`${one}/places`, { available: "4", seen: seenOf(), number: "0" })).status).toBe(303);
    await database.db
      .update(overrides)
      .set({ value: { unit, available: 4, asOf: hoursAgo(3) }, updatedAt: new Date(Date.now() - 3 * hourMs) });
    const load = async (change: object) => {
      await loadOrganizations(
        database.db,
        offers.map((offer) => (offer.id === "heim-kurz" ? { ...offer, ...change } : offer)),
      );
      await opened.catalogue.refresh();
      return capacityOf()?.available;
    };
    const counted = (hours: number) => ({ unit, available: 1, asOf: hoursAgo(hours) });
    expect(await load({ capacity: counted(4) })).toBe(4);
    expect(await load({ capacity: counted(2) })).toBe(1);
    expect((await anna.get(one)).html).toContain("gesagt von: Datei oder Quelle");
    expect(await load({ capacity: counted(2), demo: true })).toBe(4);
    expect(await load({ capacity: counted(-2) })).toBe(4);
  });

  it.each(["staff", "organisation"] as const)("are told to those who wait when they come up by %s", async (who) => {
    const anna = await person("Anna", "redaktion");
    const say = async (available: number) => {
      if (who === "organisation") return await saidByOrganization(available);
      const number = /name="number" value="(\d+)"/.exec((await anna.get(one)).html)?.[1] ?? "";
      return await anna.post(`${one}/places`, { available: String(available), seen: seenOf(), number });
    };
    const now = () => new Date();
    const letters = createLetters(() => ["telegram"]);
    const composer = createComposer((id, lang) => opened.catalogue.current().findNeed(id)?.label[lang]);
    const worker = createWatchWorker({
      ...{ db: database.db, catalogue: opened.catalogue, letters, now, onTold: () => undefined },
      compose: (finding, lang) => composer.compose({ kind: "watch", ...finding }, { lang, simple: false, introduce: false }),
    });
    const findOffer = (id: string) => opened.catalogue.offers().find((offer) => offer.id === id);
    const book = createWatches({ db: database.db, letters, findOffer, now });
    const runDry = async () => {
      while (await worker.step());
    };
    await say(0);
    await runDry();
    const chats = [await openChat(database.db), await openChat(database.db)];
    for (const chat of chats)
      await database.db.transaction((transaction) => book.open(transaction, chat, book.draft({ needs: ["kurzzeitpflege"] }, "de", true)));
    await runDry();
    expect(await lettersOf(database.db)).toEqual([]);
    await say(2);
    await runDry();
    const told = await lettersOf(database.db);
    expect(told.map((letter) => letter.conversation_id)).toEqual(chats);
    expect(told[0]?.reply.cards).toMatchObject([{ id: "heim-kurz" }]);
    await worker.stop();
  });
});
