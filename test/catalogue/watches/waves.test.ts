import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Offer } from "../../../src/core/offer.ts";
import { rowsOf } from "../../../src/database/database.ts";
import { words } from "../../../src/words/words.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { offerOf } from "../fixtures.ts";
import {
  emptyWatches,
  freePlaces,
  lettersOf,
  openChat,
  openProcess,
  openWaitingChats,
  passHalfAnHour,
  placesAt,
  toldIn,
} from "./fixtures.ts";

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();

describe.each(databaseKinds())("waves (%s)", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(() => emptyWatches(database.db));

  /** A process that has seen the catalogue without a free place. */
  async function start(...offers: readonly Offer[]) {
    const process = openProcess(database.db, offers.length > 0 ? offers : [placesAt("kita", 0)]);
    await process.runDry();
    return process;
  }

  it("of 500 who wait tells exactly the first 15 of 5 places, in order, and the next after half an hour", async () => {
    const { say, runDry } = await start();
    const waiting = await openWaitingChats(database.db, 500);
    say(placesAt("kita", 5));
    await runDry();
    expect(await toldIn(database.db)).toEqual(waiting.slice(0, 15));
    await runDry();
    expect(await toldIn(database.db)).toHaveLength(15);
    await passHalfAnHour(database.db);
    say(placesAt("kita", 2));
    await runDry();
    expect(await toldIn(database.db)).toEqual(waiting.slice(0, 21));
    await passHalfAnHour(database.db);
    say(placesAt("kita", 0));
    await runDry();
    expect(await toldIn(database.db)).toHaveLength(21);
  });

  it("says what is free, who gives the place, that it is no reservation, and ends by one tap", async () => {
    const { say, runDry, watch } = await start();
    const { id } = await watch(await openChat(database.db), { district: "Sendling" });
    say(placesAt("kita", 1, { district: "Sendling", organization: "Kita Sonne" }));
    await runDry();
    const [letter] = await lettersOf(database.db);
    expect(letter?.reply.lead.join()).toContain(words.de.watches.newPlaces);
    expect(letter?.reply.cards).toMatchObject([{ id: "kita" }]);
    expect(letter?.reply.closing).toContain("Das ist keine Reservierung. Den Platz vergibt Kita Sonne.");
    expect(letter?.reply.buttons).toMatchObject([{ value: `unwatch:${id}` }]);
  });

  it.each([
    ["schutz", "gewalt"],
    ["gesundheit", "sucht"],
  ])("names no topic of the group %s", async (_group, need) => {
    const { say, runDry, watch } = await start(placesAt("haus", 0, { needs: [need] }));
    await watch(await openChat(database.db), { needs: [need] });
    say(placesAt("haus", 1, { needs: [need] }));
    await runDry();
    const [letter] = await lettersOf(database.db);
    expect(letter?.reply).toMatchObject({ lead: [words.de.watches.news], cards: [], closing: [] });
  });

  it("tells of places that are there on the first look at an offer, but not of what a new database begins with", async () => {
    const process = openProcess(database.db, [placesAt("alt", 7)]);
    await process.watch(await openChat(database.db));
    await process.runDry();
    expect(await toldIn(database.db)).toEqual([]);
    process.say(placesAt("alt", 7), placesAt("neu", 1));
    await process.runDry();
    expect(await toldIn(database.db)).toHaveLength(1);
  });

  it("sees what came up while no process ran", async () => {
    await (await start()).worker.stop();
    const chat = await openChat(database.db);
    const next = openProcess(database.db, [placesAt("kita", 1)]);
    await next.watch(chat);
    await next.runDry();
    expect(await toldIn(database.db)).toEqual([chat]);
  });

  it("tells once when a count is confirmed, grows old and is confirmed again", async () => {
    const { say, runDry } = await start();
    await openWaitingChats(database.db, 9);
    say(placesAt("kita", 1));
    await runDry();
    say(placesAt("kita", 1, freePlaces(1, new Date(Date.now() - 20 * day))));
    await runDry();
    say(placesAt("kita", 1));
    await runDry();
    expect(await toldIn(database.db)).toHaveLength(3);
  });

  it("tells the next where more places come up, and those from before again once it was full", async () => {
    const { say, runDry } = await start();
    const waiting = await openWaitingChats(database.db, 9);
    say(placesAt("kita", 1));
    await runDry();
    say(placesAt("kita", 2));
    await runDry();
    expect(await toldIn(database.db)).toEqual(waiting.slice(0, 6));
    say(placesAt("kita", 0));
    await runDry();
    say(placesAt("kita", 1));
    await runDry();
    expect(await toldIn(database.db)).toEqual([...waiting.slice(0, 6), ...waiting.slice(0, 3)]);
  });

  it("counts no outdated place as free, neither at once nor in the next wave", async () => {
    const { say, runDry } = await start();
    await openWaitingChats(database.db, 9);
    const old = freePlaces(4, new Date(Date.now() - 20 * day));
    say(placesAt("kita", 4, old));
    await runDry();
    expect(await toldIn(database.db)).toEqual([]);
    say(placesAt("kita", 1));
    await runDry();
    say(placesAt("kita", 1, old));
    await passHalfAnHour(database.db);
    await runDry();
    expect(await toldIn(database.db)).toHaveLength(3);
  });

  it("writes to one person three times a day at most and passes them over then", async () => {
    const full = ["a", "b", "c", "d"].map((id) => placesAt(id, 0));
    const { say, runDry } = await start(...full);
    const [first] = await openWaitingChats(database.db, 2);
    for (let free = 1; free <= full.length; free += 1) {
      say(...full.map((offer, index) => (index < free ? placesAt(offer.id, 1) : offer)));
      await runDry();
    }
    expect((await toldIn(database.db)).filter((id) => id === first)).toHaveLength(3);
  });

  it.each<readonly [string, Parameters<ReturnType<typeof openProcess>["watch"]>[1], Parameters<typeof placesAt>[2], boolean]>([
    ["another need", { needs: ["kurs"] }, {}, false],
    ["one of several needs", { needs: ["kurs", "kita-platz"] }, {}, true],
    ["that offer", { needs: [], offer: "kita" }, {}, true],
    ["another offer", { offer: "andere" }, {}, false],
    ["the district", { district: "Sendling" }, { district: "Sendling" }, true],
    ["another district", { district: "Sendling" }, { district: "Laim" }, false],
    ["one of its places", { district: "Sendling" }, { locations: [{ district: "Laim" }, { district: "Sendling" }] }, true],
    ["the whole city", { district: "Sendling" }, {}, true],
    ["free of charge", { costFree: true }, { cost: { free: true } }, true],
    ["perhaps not free of charge", { costFree: true }, {}, false],
    ["by wheelchair", { wheelchair: true }, { wheelchair: true }, true],
    ["perhaps not by wheelchair", { wheelchair: true }, {}, false],
    ["dates after the day", { from: "2030-01-10" }, { dates: [{ start: "2030-01-05" }, { start: "2030-01-12T10:00:00+01:00" }] }, true],
    ["dates before the day", { from: "2030-01-10" }, { dates: [{ start: "2030-01-05" }] }, false],
    ["no dates", { from: "2030-01-10" }, {}, true],
  ])("finds out whom an offer is for: %s", async (_name, wish, change, told) => {
    const { say, runDry, watch } = await start(placesAt("kita", 0, change));
    await watch(await openChat(database.db), wish);
    say(placesAt("kita", 1, change));
    await runDry();
    expect(await toldIn(database.db)).toHaveLength(told ? 1 : 0);
  });

  it.each(["event", "course", "participation"] as const)(
    "tells everybody who waits of a new %s of the district, all of it in one letter",
    async (offerKind) => {
      const { say, runDry, watch } = await start(offerOf("alt", { kind: offerKind, needs: ["kurs"], district: "Sendling" }));
      const [here, there] = [await openChat(database.db), await openChat(database.db)];
      await watch(here, { needs: ["kurs"], district: "Sendling" });
      await watch(there, { needs: ["kurs"], district: "Laim" });
      const dates = [{ start: inDays(3) }];
      say(...["alt", "a", "b", "c", "d", "e"].map((id) => offerOf(id, { kind: offerKind, needs: ["kurs"], district: "Sendling", dates })));
      await runDry();
      const letters = await lettersOf(database.db);
      expect(letters).toMatchObject([{ conversation_id: here, reply: { cards: [{}, {}, {}] } }]);
      expect(letters[0]?.reply.lead.join()).toContain(words.de.watches.newOffers);
      expect(letters[0]?.reply.closing).toContain(words.de.watches.more(2));
      await runDry();
      expect(await lettersOf(database.db)).toHaveLength(1);
    },
  );

  it("writes to nobody who is gone, and gives their turn to the next", async () => {
    const { say, runDry } = await start();
    const waiting = await openWaitingChats(database.db, 5);
    await database.db.execute(sql`update contacts set gone_at = now() where id = ${waiting[0]}`);
    say(placesAt("kita", 1));
    await runDry();
    expect(await toldIn(database.db)).toEqual(waiting.slice(1, 4));
  });

  it("lets watches run out and forgets them", async () => {
    const { say, runDry } = await start();
    await openWaitingChats(database.db, 2);
    await database.db.execute(sql`update watches set expires_at = now() - interval '1 second' where id = 'watch-0'`);
    const next = openProcess(database.db, [placesAt("kita", 1)]);
    await database.db.execute(sql`delete from leases`);
    say(placesAt("kita", 1));
    await next.runDry();
    await runDry();
    expect(await toldIn(database.db)).toHaveLength(1);
    expect(rowsOf(await database.db.execute(sql`select id from watches`))).toEqual([{ id: "watch-1" }]);
  });

  it("is one process's work at a time, and another's after it", async () => {
    const one = await start();
    const other = openProcess(database.db, [placesAt("kita", 3)]);
    const waiting = await openWaitingChats(database.db, 30);
    expect(await other.worker.step()).toBe(false);
    expect(await toldIn(database.db)).toEqual([]);
    one.say(placesAt("kita", 3));
    await Promise.all([one.runDry(), other.runDry()]);
    expect(await toldIn(database.db)).toEqual(waiting.slice(0, 9));
    await one.worker.stop();
    await other.runDry();
    expect(await toldIn(database.db)).toHaveLength(9);
    other.say(placesAt("kita", 4));
    await other.runDry();
    expect(await toldIn(database.db)).toEqual(waiting.slice(0, 12));
  });
});
