import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTurnCounts } from "../../../src/assistant/turn-counts.ts";
import { type DayCount, type Metric, waitBucketsMs } from "../../../src/core/numbers.ts";
import { contacts, countedDays, dayCounts, feedback, handovers, inbox, outbox, turns } from "../../../src/database/schema.ts";
import { createReadabilityCounts } from "../../../src/messages/readability-counts.ts";
import { createWaitCounts } from "../../../src/messages/wait-counts.ts";
import { createHandoverCounts } from "../../../src/review/handovers/handover-counts.ts";
import { createDayCounts } from "../../../src/review/numbers/day-counts.ts";
import { reportOf } from "../../../src/review/numbers/report.ts";
import { berlinDay, dayAfter } from "../../../src/text/berlin-time.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";

const now = new Date("2026-11-23T10:00:00Z");
const today = "2026-11-23";
const dayMs = 86_400_000;

/** The same numbers each time (Park and Miller's minimal standard). */
function createChance(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const kinds = ["offers", "offers", "capacity", "question", "no-answer", "out-of-scope", "smalltalk", "crisis", "confirmation"] as const;
const gaps = [undefined, undefined, "not-understood", "rejected", "nothing-in-catalogue"] as const;
const texts = {
  plain: "Das ist der Weg. Sie finden uns dort.",
  hard: "Die Inanspruchnahme der Leistungsgewährung wäre zwingend zu beantragen gewesen.",
};

function makeRows(count: number) {
  const chance = createChance(7);
  const pick = <Item>(items: readonly Item[]): Item => items[chance(items.length)] as Item;
  const conversations = Array.from({ length: 40 }, () => randomUUID());
  return Array.from({ length: count }, (_, index) => {
    // The nights, when the day in Munich is not the day in UTC, are among them.
    const at = new Date(now.getTime() - chance(27) * dayMs - chance(dayMs));
    const kind = pick(kinds);
    return {
      ...{ id: randomUUID(), inboxId: index * 2 + 1, at, kind, conversation: pick(conversations) },
      ...{ lang: pick(["de", "de", "en", "uk"]), gap: kind === "offers" || kind === "no-answer" ? pick(gaps) : undefined },
      ...{ need: chance(2) === 0 ? pick(["kita-platz", "sperrmuell", "ausweis"]) : undefined },
      ...{
        rating: chance(4) === 0 ? pick(["right", "right", "wrong"]) : undefined,
        waitMs: pick([0, 250, 251, 999, 2000, 45_000, 60_000, 400_000]),
      },
      ...{ text: pick(["plain", "hard"] as const), handover: chance(9) === 0 ? pick(["staff", "nobody-came", "person"]) : undefined },
    };
  });
}

type RawRow = ReturnType<typeof makeRows>[number];

const uncounted = new Set<string>(["smalltalk", "meta", "confirmation", "handover", "crisis"]);

/** The counts once more, from the rows as they are, by nothing that the product uses but its names. */
function recount(rows: readonly RawRow[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  const add = (at: Date, metric: Metric, key: string) => {
    const name = `${berlinDay(at)} ${metric} ${key}`;
    sums.set(name, (sums.get(name) ?? 0) + 1);
  };
  const seen = new Set<string>();
  for (const row of rows) {
    const asks = !uncounted.has(row.kind);
    if (asks) add(row.at, "kinds", row.kind);
    if (asks) add(row.at, "languages", row.lang);
    if ((row.kind === "offers" || row.kind === "capacity") && row.gap === undefined) add(row.at, "answered", "");
    if (asks && row.gap !== undefined) add(row.at, "gaps", row.gap);
    if (row.kind === "crisis") add(row.at, "crises", "");
    const wanted = `${berlinDay(row.at)} ${row.conversation} ${row.need}`;
    if (row.need !== undefined && !seen.has(wanted)) add(row.at, "needs", row.need);
    seen.add(wanted);
    if (row.rating !== undefined) add(row.at, "ratings", row.rating);
    add(row.at, "waits", String(waitBucketsMs.find((ms) => row.waitMs <= ms) ?? "longer"));
    if (row.lang === "de" && asks) add(row.at, "readability", row.text);
    if (row.handover !== undefined) add(row.at, "handovers", "asked");
    if (row.handover === "staff") add(row.at, "handovers", "taken");
    if (row.handover !== undefined) add(row.at, "handovers", row.handover);
  }
  return sums;
}

const namesOf = (counts: readonly DayCount[]) => new Map(counts.map(({ day, metric, key, count }) => [`${day} ${metric} ${key}`, count]));

describe.each(databaseKinds())("counts of days (%s)", (kind) => {
  let database: TestDatabase;
  const rows = makeRows(900);

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(async () => {
    await database.close();
  });

  function countsAt(moment: Date) {
    const { db } = database;
    const sources = [createTurnCounts(db), createWaitCounts(db), createReadabilityCounts(db), createHandoverCounts(db)];
    return createDayCounts({ db, sources, now: () => moment });
  }

  beforeEach(async () => {
    const { db } = database;
    for (const table of [dayCounts, countedDays, feedback, turns, outbox, inbox, handovers, contacts]) await db.delete(table);
    const talks = new Set(rows.map(({ conversation }) => conversation));
    await db.insert(contacts).values([...talks].map((id) => ({ id, channel: "directline", addressHash: id, addressEncrypted: "" })));
    const blank = { intents: [], needs: [], slots: {}, offers: [], confidence: 1, intent: "find-offer" };
    await db.insert(turns).values(
      rows.map(({ id, inboxId, at, kind: answer, conversation, lang, gap, need }) => ({
        ...{ id, conversationId: conversation, inboxIds: [inboxId], kind: answer, lang, gap, askedNeed: need, createdAt: at, ...blank },
      })),
    );
    await db
      .insert(feedback)
      .values(
        rows.flatMap(({ id, rating, at }) => (rating === undefined ? [] : [{ id: randomUUID(), turnId: id, rating, createdAt: at }])),
      );
    await db.insert(inbox).values(
      rows.map(({ inboxId, conversation, at, waitMs }) => ({
        ...{ id: inboxId, conversationId: conversation, channel: "directline", externalId: `m${inboxId}`, content: {} },
        ...{ state: "answered", receivedAt: new Date(at.getTime() - waitMs) },
      })),
    );
    await db.insert(outbox).values(
      rows.map(({ inboxId, conversation, at, lang, kind: answer, text }) => ({
        ...{
          id: inboxId + 1,
          conversationId: conversation,
          channel: "directline",
          inReplyTo: inboxId,
          state: "sent",
          createdAt: at,
          sentAt: at,
        },
        reply: { lang, lead: [texts[text]], cards: [], closing: [], buttons: [], about: { kind: answer } },
      })),
    );
    await db.insert(handovers).values(
      rows.flatMap(({ handover, conversation, at }) =>
        handover === undefined
          ? []
          : [
              {
                conversationId: conversation,
                state: "closed",
                lang: "de",
                askedAt: at,
                takenAt: handover === "staff" ? at : null,
                endedAt: at,
                endReason: handover,
              },
            ],
      ),
    );
  });

  it("are those of the raw rows, each of them", async () => {
    const counts = await countsAt(now).read(dayAfter(today, -27), today);
    expect(namesOf(counts)).toEqual(recount(rows));
  });

  it("stay when the rows are gone, but for the days that are not settled", async () => {
    const before = namesOf(await countsAt(now).read(dayAfter(today, -27), today));
    await countsAt(now).keep();
    await Promise.all([countsAt(now).keep(), countsAt(now).keep()]);
    for (const table of [feedback, turns, outbox, inbox, handovers]) await database.db.delete(table);
    const after = namesOf(await countsAt(now).read(dayAfter(today, -27), today));
    const settled = [...before].filter(([name]) => name < dayAfter(today, -2));
    expect(settled.length).toBeGreaterThan(100);
    expect(after).toEqual(new Map(settled));
  });

  it("take a rating in that comes the day after", async () => {
    const [late] = rows.filter(({ at, rating }) => berlinDay(at) === dayAfter(today, -1) && rating === undefined);
    await countsAt(now).keep();
    if (late === undefined) throw new Error("The rows hold no turn of yesterday without a rating.");
    const ratings = async () => reportOf(7, today, await countsAt(now).read(dayAfter(today, -13), today), []).shares.helpful.now;
    const before = await ratings();
    await database.db.insert(feedback).values({ id: randomUUID(), turnId: late.id, rating: "right", createdAt: now });
    expect(await ratings()).toEqual({ part: before.part + 1, of: before.of + 1 });
  });

  it("are dropped after three years", async () => {
    await database.db.insert(countedDays).values({ day: "2023-01-01" });
    await database.db.insert(dayCounts).values({ day: "2023-01-01", metric: "kinds", key: "offers", count: 3 });
    await countsAt(now).keep();
    expect(await countsAt(now).read("2023-01-01", "2023-01-02")).toEqual([]);
  });
});
