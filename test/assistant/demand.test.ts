import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { wishOf } from "../../src/assistant/demand.ts";
import { countDemand, readDemand } from "../../src/assistant/demand-store.ts";
import { endOldTurns } from "../../src/assistant/retention.ts";
import type { AnswerSummary } from "../../src/core/answer.ts";
import { leastPeople, type Wish } from "../../src/core/demand.ts";
import type { FoundOffer, Offer } from "../../src/core/offer.ts";
import { contacts, demand, turns } from "../../src/database/schema.ts";
import { createOperations } from "../../src/node-operations.ts";
import { demandCsv } from "../../src/pages/demand-csv.ts";
import { offerOf } from "../catalogue/fixtures.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { emptyOrganizations } from "../support/organizations.ts";

const summary = (change: Partial<AnswerSummary> = {}): AnswerSummary => ({
  ...{
    lang: "de",
    kind: "offers",
    intent: "find-offer",
    confidence: 1,
    needs: ["kita-platz"],
    slots: { district: "Sendling" },
    offers: [],
  },
  ...change,
});
const capacity = (available: number) => ({ capacity: { unit: { de: "Plätze" }, available, asOf: "2026-11-20T09:00:00Z" } });
const wish = (found: readonly Partial<Offer>[], change: Partial<AnswerSummary> = {}, personal = false) =>
  wishOf(
    summary(change),
    found.map((offer, index) => ({ offer: offerOf(`o${index}`, { district: "Sendling", ...offer }), score: 1 })),
    personal,
  );

describe("what an answer counts as", () => {
  it.each([
    ["missing", []],
    ["missing", [{ district: "Laim", ...capacity(3) }]],
    ["unknown", [{}]],
    ["unknown", [{}, capacity(0)]],
    ["full", [capacity(0)]],
    ["full", [capacity(0), { district: "Laim", ...capacity(3) }]],
    ["free", [{}, capacity(1)]],
    ["free", [{ district: undefined, ...capacity(2) }]],
    ["free", [{ district: undefined, locations: [{ district: "Sendling" }, { district: "Laim" }], ...capacity(2) }]],
    ["missing", [{ district: undefined, locations: [{ district: "Laim" }], ...capacity(2) }]],
  ] as const)("%s: %j", (outcome, found) => {
    expect(wish(found)).toEqual({ need: "kita-platz", district: "Sendling", outcome });
  });

  it("takes no count that is too old for room, and an appointment for room", () => {
    const of = (found: Omit<FoundOffer, "offer" | "score">) =>
      wishOf(summary(), [{ offer: offerOf("a", capacity(3)), score: 1, ...found }], false)?.outcome;
    expect(of({ outdated: true })).toBe("unknown");
    const asOf = "2026-11-20T09:00:00Z";
    expect(of({ appointments: { kind: "none", until: "2026-12-20", asOf } })).toBe("full");
    expect(of({ outdated: true, appointments: { kind: "free", first: asOf, office: undefined, asOf } })).toBe("free");
    expect(of({ outdated: true, appointments: { kind: "unavailable" } })).toBe("unknown");
  });

  it("takes any place where none was named", () => {
    expect(wish([{ district: "Laim" }], { slots: {} })).toEqual({ need: "kita-platz", outcome: "unknown" });
  });

  it("keeps no place of personal topics", () => {
    expect(wish([{ district: "Laim" }], {}, true)).toEqual({ need: "kita-platz", district: undefined, outcome: "missing" });
  });

  it.each(["smalltalk", "meta", "question", "crisis", "handover", "out-of-scope"] as const)("%s is no wish", (kind) => {
    expect(wish([{}], { kind })).toBeUndefined();
  });

  it("is none where nothing was understood, and one where nothing was found", () => {
    expect(wish([], { needs: [], kind: "no-answer" })).toBeUndefined();
    expect(wish([], { kind: "no-answer" })).toMatchObject({ outcome: "missing" });
  });
});

describe.each(databaseKinds())("counting the demand (%s)", (kind) => {
  let database: TestDatabase;
  /** Monday, an hour and a minute after the week was over in Munich. */
  const monday = new Date("2026-11-23T00:01:00Z");

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(() => emptyOrganizations(database.db));

  async function talk(): Promise<string> {
    const id = randomUUID();
    await database.db.insert(contacts).values({ id, channel: "telegram", addressHash: id, addressEncrypted: "x" });
    return id;
  }

  async function turn(conversationId: string, asked: Partial<Wish> = {}, createdAt = "2026-11-18T10:00:00Z"): Promise<void> {
    const { need = "kita-platz", district = "Sendling", outcome = "missing" } = asked;
    await database.db.insert(turns).values({
      ...{ id: randomUUID(), conversationId, inboxIds: [], kind: "offers", lang: "de", intent: "find-offer", confidence: 1 },
      ...{ intents: [], needs: [], slots: {}, offers: [], question: "geheim", createdAt: new Date(createdAt) },
      ...{ askedNeed: need, askedDistrict: district === "" ? null : district, outcome },
    });
  }

  /** As many people as `count` ask the same. */
  async function ask(count: number, asked: Partial<Wish> = {}, createdAt?: string): Promise<void> {
    for (let person = 0; person < count; person += 1) await turn(await talk(), asked, createdAt);
  }

  const cells = async () =>
    (await readDemand(database.db)).map(
      ({ week, need, area, district, outcome, people }) => `${week} ${need} ${area} ${district} ${outcome} ${people}`,
    );

  it("tells of five people and not of four", async () => {
    await ask(5);
    await ask(4, { district: "Laim" });
    await ask(4, { need: "ausweis" });
    await countDemand(database.db, monday);
    expect(await cells()).toEqual(["2026-W47 kita-platz district Sendling missing 5"]);
    expect((await database.db.select().from(demand)).every(({ people }) => people >= leastPeople)).toBe(true);
  });

  it("counts people, however often they ask, with what they found last", async () => {
    const person = await talk();
    for (let hour = 10; hour < 20; hour += 1) await turn(person, {}, `2026-11-18T${hour}:00:00Z`);
    await ask(4);
    await turn(person, { outcome: "free" }, "2026-11-18T21:00:00Z");
    await countDemand(database.db, monday);
    expect(await cells()).toEqual([]);
  });

  it("counts a person of two districts once among the others", async () => {
    const person = await talk();
    for (const district of ["Laim", "Hadern", "Moosach", "Sendling", "Bogenhausen"]) await turn(person, { district });
    await ask(3, { district: "Allach-Untermenzing" });
    await countDemand(database.db, monday);
    expect(await cells()).toEqual([]);
  });

  it("tells of small districts together where they are enough, and of no single one", async () => {
    for (const district of ["Laim", "Hadern", "Moosach"]) await ask(2, { district });
    await ask(7, { district: "" });
    await ask(5, { outcome: "full" });
    await countDemand(database.db, monday);
    expect(await cells()).toEqual([
      "2026-W47 kita-platz district Sendling full 5",
      "2026-W47 kita-platz not-named  missing 7",
      "2026-W47 kita-platz others  missing 6",
    ]);
  });

  it("lets nobody work out a small cell: every number counts people that no other number of its place does", async () => {
    await ask(9, { outcome: "missing" });
    await ask(4, { outcome: "free" });
    await ask(6, { outcome: "full" });
    await countDemand(database.db, monday);
    const told = await readDemand(database.db);
    expect(told.map(({ outcome, people }) => [outcome, people])).toEqual([
      ["full", 6],
      ["missing", 9],
    ]);
    expect(JSON.stringify(told)).not.toMatch(/\b(4|13|10|19)\b/);
  });

  it("waits for the end of the week in Munich, and never changes a week again", async () => {
    await ask(5, {}, "2026-11-22T22:59:00Z");
    await ask(5, { need: "ausweis" }, "2026-11-22T23:01:00Z");
    expect(await countDemand(database.db, new Date("2026-11-22T23:59:00Z"))).toBe(0);
    expect(await cells()).toEqual([]);
    expect(await countDemand(database.db, monday)).toBe(1);
    expect(await cells()).toEqual(["2026-W47 kita-platz district Sendling missing 5"]);
    await ask(9);
    expect(await countDemand(database.db, monday)).toBe(0);
    expect(await cells()).toHaveLength(1);
    expect(await countDemand(database.db, new Date("2026-11-30T09:00:00Z"))).toBe(1);
    expect(await cells()).toEqual(["2026-W48 ausweis district Sendling missing 5", "2026-W47 kita-platz district Sendling missing 5"]);
  });

  it("is counted once by processes that do it at once", async () => {
    await ask(6);
    const counted = await Promise.all(Array.from({ length: 4 }, () => countDemand(database.db, monday)));
    expect(counted.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect(await cells()).toEqual(["2026-W47 kita-platz district Sendling missing 6"]);
  });

  it("stays when turns are erased, and holds nothing of a person", async () => {
    await ask(5);
    await countDemand(database.db, monday);
    await database.db.delete(contacts);
    expect(await database.db.select().from(turns).where(eq(turns.lang, "de"))).toEqual([]);
    expect(await cells()).toHaveLength(1);
    const columns = await database.db.execute(sql`select * from demand`);
    expect(JSON.stringify(columns)).not.toMatch(/geheim|[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it("is counted before turns get too old and go, the first time somebody looks", async () => {
    await ask(6, {}, "2026-10-13T10:00:00Z");
    await ask(4, { district: "Laim" }, "2026-10-13T10:00:00Z");
    await ask(5, {}, "2026-11-18T10:00:00Z");
    const asked = await database.db.select().from(turns);
    await endOldTurns(database.db, monday);
    expect(await cells()).toEqual(["2026-W47 kita-platz district Sendling missing 5", "2026-W42 kita-platz district Sendling missing 6"]);
    expect(asked).toHaveLength(15);
    expect(await database.db.select().from(turns)).toHaveLength(5);
    await endOldTurns(database.db, new Date("2027-02-01T00:00:00Z"));
    expect(await cells()).toHaveLength(2);
    expect(await database.db.select().from(turns)).toEqual([]);
  });

  it("lets turns stay for thirty days, to the minute", async () => {
    await ask(5, {}, "2026-10-24T00:02:00Z");
    await ask(5, {}, "2026-10-24T00:00:00Z");
    await endOldTurns(database.db, monday);
    expect(await database.db.select().from(turns)).toHaveLength(5);
    expect(await cells()).toEqual(["2026-W43 kita-platz district Sendling missing 10"]);
  });

  it("is read by staff by name, the last weeks by organisations", async () => {
    await ask(5, {}, "2026-11-04T10:00:00Z");
    await ask(5, {}, "2026-11-12T10:00:00Z");
    const operate = createOperations(database.db, { onChange: async () => undefined, onRetry: () => undefined }, {});
    expect(await operate("staff.demand", {})).toMatchObject([{ week: "2026-W46" }, { week: "2026-W45" }]);
    expect(await readDemand(database.db, 1)).toMatchObject([{ week: "2026-W46" }]);
  });
});

it("is written as CSV that no spreadsheet takes for formulas", () => {
  const csv = demandCsv([
    { week: "2026-W47", need: '=HYPERLINK("x")', area: "district", district: "+Sendling, Süd", outcome: "missing", people: 5 },
  ]);
  expect(csv).toBe(
    `\ufeffweek,need,area,district,outcome,people\r\n2026-W47,"'=HYPERLINK(""x"")",district,"'+Sendling, Süd",missing,5\r\n`,
  );
});
