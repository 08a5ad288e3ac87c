import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LiveCatalogue } from "../../../src/catalogue/live-catalogue.ts";
import { withTaskPlaces } from "../../../src/catalogue/volunteering/live-places.ts";
import { createVolunteeringOperations, endVolunteering } from "../../../src/catalogue/volunteering/operations.ts";
import { createSignUps } from "../../../src/catalogue/volunteering/sign-ups.ts";
import type { Offer } from "../../../src/core/offer.ts";
import { isTask } from "../../../src/core/volunteering.ts";
import { contacts, signUps, taskPlaces } from "../../../src/database/schema.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { offerOf } from "../fixtures.ts";
import { openChat } from "../watches/fixtures.ts";

const now = new Date("2026-11-22T10:00:00Z");
const counted = "2026-11-20T09:00:00.000Z";
const places = (available: number, asOf = counted): Pick<Offer, "capacity"> => ({ capacity: { unit: { de: "Plätze" }, available, asOf } });
const taskOf = (available: number, change: Partial<Offer> = {}) =>
  offerOf("handy-hilfe", { organization: "Beispiel-Verein", needs: ["ehrenamt"], ...places(available), ...change });

describe("a task", () => {
  it.each<readonly [string, Partial<Offer>, boolean]>([
    ["with places and no date", {}, true],
    ["without places", { capacity: undefined }, false],
    ["of another need", { needs: ["kurs"] }, false],
    ["to come", { dates: [{ start: "2026-11-28T10:00:00+01:00" }] }, true],
    ["of this whole day", { dates: [{ start: "2026-11-22" }] }, true],
    ["of which one date is to come", { dates: [{ start: "2026-11-01" }, { start: "2026-11-28" }] }, true],
    ["that is over", { dates: [{ start: "2026-11-21" }] }, false],
    ["that ended an hour ago", { dates: [{ start: "2026-11-22T08:00:00Z", end: "2026-11-22T09:00:00Z" }] }, false],
  ])("%s", (_, change, expected) => expect(isTask(taskOf(2, change), now)).toBe(expected));
});

describe.each(databaseKinds())("places of tasks (%s)", (kind) => {
  let database: TestDatabase;
  const book = () => createSignUps(database.db, () => now);
  const freeNow = async () => (await database.db.select().from(taskPlaces))[0]?.free;
  const leave = (code: string) => database.db.transaction((transaction) => book().leave(transaction, code));

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(signUps);
    await database.db.delete(taskPlaces);
    await database.db.delete(contacts);
  });

  it("go to as many as there are, however many ask at once", async () => {
    const chats = await Promise.all(Array.from({ length: 30 }, () => openChat(database.db)));
    const taken = await Promise.all(chats.map((chat) => book().take(chat, taskOf(7))));
    expect(taken.filter((each) => each.kind === "taken")).toHaveLength(7);
    expect(taken.filter((each) => each.kind === "full")).toHaveLength(23);
    expect(await freeNow()).toBe(0);
    expect(await database.db.select().from(signUps)).toHaveLength(7);
  });

  it("are one for each chat, and the same when the turn is repeated", async () => {
    const chat = await openChat(database.db);
    const first = await book().take(chat, taskOf(3));
    const again = await book().take(chat, taskOf(3));
    expect(again).toEqual({ kind: "already", signUp: first.kind === "full" ? undefined : first.signUp });
    expect(await freeNow()).toBe(2);
  });

  it("cannot be had where there never was one", async () => {
    expect(await book().take(await openChat(database.db), taskOf(0))).toEqual({ kind: "full" });
    expect(await database.db.select().from(taskPlaces)).toEqual([]);
  });

  it("come back when somebody leaves, once", async () => {
    const chat = await openChat(database.db);
    const taken = await book().take(chat, taskOf(1));
    expect(await book().take(await openChat(database.db), taskOf(1))).toEqual({ kind: "full" });
    const code = taken.kind === "full" ? "" : taken.signUp.code;
    await Promise.all([leave(code), leave(code)]);
    expect(await freeNow()).toBe(1);
    expect(await book().find(code)).toBeUndefined();
    expect((await book().take(await openChat(database.db), taskOf(1))).kind).toBe("taken");
  });

  it("are those that the organisation counted last", async () => {
    await book().take(await openChat(database.db), taskOf(1));
    const recounted = taskOf(2, places(2, "2026-11-21T09:00:00.000Z"));
    expect((await book().take(await openChat(database.db), recounted)).kind).toBe("taken");
    expect(await freeNow()).toBe(1);
    // A process that has not heard of the newer count changes nothing about it.
    expect((await book().take(await openChat(database.db), taskOf(9))).kind).toBe("taken");
    expect((await book().take(await openChat(database.db), taskOf(9))).kind).toBe("full");
    const none = taskOf(0, places(0, "2026-11-22T09:00:00.000Z"));
    expect((await book().take(await openChat(database.db), none)).kind).toBe("full");
  });

  it("come back when a chat is deleted", async () => {
    const chat = await openChat(database.db);
    await book().take(chat, taskOf(3));
    await book().take(chat, offerOf("suppe", { needs: ["ehrenamt"], ...places(5) }));
    expect(await book().count(chat)).toBe(2);
    await database.db.transaction((transaction) => book().forget(transaction, chat));
    expect(await book().count(chat)).toBe(0);
    expect((await database.db.select().from(taskPlaces)).map(({ free }) => free).sort()).toEqual([3, 5]);
  });

  it("show in the live catalogue, until the organisation counts anew", async () => {
    let offers = [taskOf(3), offerOf("anderes", places(9))];
    let changed = false;
    const content = { hash: "", changedAt: new Map(), needs: [], districts: [], offers: [], concepts: [], crisisConcepts: [] };
    const catalogue: LiveCatalogue = {
      current: () => ({
        search: async () => ({ found: offers.map((offer) => ({ offer, score: 1 })), total: 2, widened: [], below: [] }),
        weigh: async () => 0,
        findArticle: async () => undefined,
        article: () => undefined,
        findNeed: () => undefined,
        findOffer: (id) => offers.find((offer) => offer.id === id),
        showOffer: () => undefined,
      }),
      content: () => content,
      conceptFinder: () => () => [],
      offers: () => offers,
      records: () => ({ version: "1", content, offers, articles: [], changedAt: new Map([["anderes", 7]]) }),
      refresh: async () => changed,
    };
    const live = await withTaskPlaces(database.db, catalogue);
    const shown = async () => {
      const query = { text: "", needs: [], slots: {}, offset: 0, limit: 9 };
      const searched = (await live.current().search(query)).found.map(({ offer }) => offer);
      expect(searched).toEqual(live.offers());
      expect(live.current().findOffer("handy-hilfe")).toEqual(searched[0]);
      return searched.map(({ capacity }) => capacity?.available);
    };
    expect(await shown()).toEqual([3, 9]);
    expect(await live.refresh()).toBe(false);
    await book().take(await openChat(database.db), taskOf(3));
    const before = live.records();
    expect(await live.refresh()).toBe(true);
    expect(await live.refresh()).toBe(false);
    expect(live.records().version).not.toBe(before.version);
    expect(live.records()).toBe(live.records());
    expect([...live.records().changedAt]).toEqual([
      ["anderes", 7],
      ["handy-hilfe", expect.any(Number)],
    ]);
    expect(await shown()).toEqual([2, 9]);
    offers = [taskOf(6, places(6, "2026-11-21T09:00:00.000Z")), offerOf("anderes", places(9))];
    changed = true;
    expect(await live.refresh()).toBe(true);
    expect(await shown()).toEqual([6, 9]);
  });

  it("tell the organisation how many help and what they wrote, and no address", async () => {
    const chats = await Promise.all([openChat(database.db), openChat(database.db)]);
    const first = await book().take(chats[0] ?? "", taskOf(3));
    await book().take(chats[1] ?? "", taskOf(3));
    const code = first.kind === "full" ? "" : first.signUp.code;
    await database.db.transaction((transaction) => book().tell(transaction, code, "Ich komme um 11 Uhr."));
    const operations = createVolunteeringOperations(database.db);
    const seen = await operations["staff.helpers"]?.({ organization: "Beispiel-Verein" });
    expect(seen).toEqual([
      { offer: "handy-hilfe", task: "Angebot handy-hilfe", helpers: 2, messages: [{ code, text: "Ich komme um 11 Uhr." }] },
    ]);
    for (const chat of chats) expect(JSON.stringify(seen)).not.toContain(chat);
    expect(await operations["staff.helpers"]?.({ organization: "Andere" })).toEqual([]);
  });

  it("are deleted a month after the last date", async () => {
    const chat = await openChat(database.db);
    const taken = await book().take(chat, taskOf(3, { dates: [{ start: "2026-12-05T10:00:00Z", end: "2026-12-05T12:00:00Z" }] }));
    expect(taken).toMatchObject({ signUp: { until: "2027-01-04T12:00:00.000Z" } });
    await endVolunteering(database.db);
    expect(await book().count(chat)).toBe(1);
    await database.db.execute(sql`update sign_ups set expires_at = now() - interval '1 second'`);
    await endVolunteering(database.db);
    expect(await book().count(chat)).toBe(0);
  });
});
