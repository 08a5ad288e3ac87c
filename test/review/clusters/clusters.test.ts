import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { endOldTurns } from "../../../src/assistant/retention.ts";
import { clusterGaps, clusters, turns } from "../../../src/database/schema.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { openClusterTest } from "./fixtures.ts";

const dogs = ["Darf mein Hund mit ins Freibad?", "Sind Hunde im Freibad erlaubt?", "Hund mitnehmen ins Freibad erlaubt"];
const bees = ["Bienenhaltung auf dem Dach anmelden", "Wie kann ich Bienenhaltung anmelden?", "Bienenhaltung anmelden Dach"];

describe.each(databaseKinds())("clusters (%s)", (kind) => {
  let database: TestDatabase;
  let test: ReturnType<typeof openClusterTest>;
  let keeper: ReturnType<typeof test.openKeeper>;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    test = openClusterTest(database.db);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    await test.empty();
    keeper = test.openKeeper();
  });

  async function onlyLine() {
    const { lines } = await test.list();
    expect(lines).toHaveLength(1);
    const [line] = lines;
    if (line === undefined) throw new Error("no cluster");
    return line;
  }

  it("tell open pages when something has come in or staff have taken a step, and only then", async () => {
    let told = 0;
    const own = test.openKeeper(() => {
      told += 1;
    });
    await test.ask(dogs[0]);
    await own.step();
    expect(told).toBeGreaterThan(0);
    const after = told;
    await own.step();
    expect(told).toBe(after);
    const [line] = (await test.list({ singles: true })).lines;
    const before = test.countSteps();
    await test.run("title", { id: line?.id, title: "Hunde" });
    expect(test.countSteps()).toBe(before + 1);
    await expect(test.run("title", { id: 99_999, title: "Hunde" })).rejects.toThrow();
    expect(test.countSteps()).toBe(before + 1);
    await own.stop();
  });

  it("join three people who ask the same in German and English, and leave out what is like no other", async () => {
    await test.ask(dogs[0], { district: "Laim", offers: [{ id: "freibad", score: 0.31 }] });
    await test.ask(dogs[1], { channel: "directline", district: "Laim" });
    await test.ask("Are dogs allowed at the swimming pool?", { lang: "en" });
    await test.ask("Wann tagt der Bezirksausschuss?");
    await keeper.step();
    const page = await test.list();
    expect(page).toMatchObject({ clusters: 1, singles: 1, pages: 1 });
    expect(page.lines[0]).toMatchObject({
      ...{ gaps: 3, week: 3, weekBefore: 0, langs: { de: 2, en: 1 }, channels: { telegram: 2, directline: 1 } },
      ...{ districts: { Laim: 2 }, kinds: { "not-understood": 3 }, nearest: { id: "freibad", score: 0.31 } },
    });
  });

  it("take in one more, in the same cluster, also in a process that starts anew", async () => {
    await test.askAll(dogs.slice(0, 2));
    await keeper.step();
    const { id } = await onlyLine();
    await keeper.stop();
    await test.ask(dogs[2]);
    await test.openKeeper().step();
    expect(await onlyLine()).toMatchObject({ id, gaps: 3 });
  });

  it("learn what a model makes of questions that came before it was there, and what another one makes of them later", async () => {
    const [german = "", english = ""] = await test.askAll(["Zwergerl unterbringen", "a place for my toddler"]);
    const other = await test.ask("Bienen halten");
    await test.ask(undefined, { needs: [{ id: "sucht", score: 0.9 }] });
    await keeper.step();
    expect(await test.clusterOf(german)).not.toBe(await test.clusterOf(english));
    const read: string[] = [];
    const modelOf = (key: string) => ({
      key,
      // Children one way, all else another.
      embedQuery: async (text: string) => {
        read.push(text);
        return Float32Array.from({ length: 32 }, (_, index) => (/Zwergerl|toddler/.test(text) === index < 16 ? 1 : 0.01));
      },
    });
    let model: ReturnType<typeof modelOf> | undefined;
    await keeper.stop();
    const own = test.openKeeper(undefined, () => model);
    await own.step();
    model = modelOf("one");
    await own.step();
    expect(read.sort()).toEqual(["Bienen halten", "Zwergerl unterbringen", "a place for my toddler"]);
    expect(await test.clusterOf(german)).toBe(await test.clusterOf(english));
    expect(await test.clusterOf(other)).not.toBe(await test.clusterOf(german));
    await own.step();
    expect(read).toHaveLength(3);
    model = modelOf("two");
    await own.step();
    expect(read).toHaveLength(6);
    const keys = await database.db.selectDistinct({ key: clusterGaps.signatureKey }).from(clusterGaps);
    expect(keys).toEqual([{ key: "two" }]);
    await own.stop();
  });

  it("are kept up by one process at a time", async () => {
    await test.askAll(dogs);
    await keeper.step();
    await test.ask("Hund Freibad erlaubt?");
    await test.openKeeper().step();
    expect((await onlyLine()).gaps).toBe(3);
    await keeper.step();
    expect((await onlyLine()).gaps).toBe(4);
  });

  it("count a gap once, however often it is read", async () => {
    await test.askAll(dogs);
    await keeper.step();
    await keeper.step();
    await keeper.stop();
    await test.openKeeper().step();
    expect(await onlyLine()).toMatchObject({ gaps: 3, week: 3 });
  });

  it("do not hold answers inside a dialogue", async () => {
    await test.askAll(["ja", "ja", "die zweite"], { standsAlone: false });
    await keeper.step();
    expect(await test.list({ singles: true })).toMatchObject({ clusters: 0, singles: 0 });
  });

  it("count questions about personal topics by their need, without words, place and what was shown", async () => {
    const needs = [{ id: "gewalt", score: 0.9 }];
    const asked = { needs, district: "Laim", offers: [{ id: "frauenhaus", score: 0.5 }] };
    await test.ask(undefined, asked);
    await test.ask(undefined, asked);
    await test.ask(undefined, { needs: [{ id: "sucht", score: 0.9 }] });
    await keeper.step();
    const line = await onlyLine();
    expect(line).toMatchObject({ gaps: 2, needs: { gewalt: 2 }, districts: {} });
    expect(line.example).toBeUndefined();
    expect(line.nearest).toBeUndefined();
  });

  it("hold an answer that was called wrong, until that is taken back", async () => {
    await test.askAll(dogs.slice(0, 2));
    const third = await test.ask(dogs[2], { gap: null });
    await keeper.step();
    expect((await onlyLine()).gaps).toBe(2);
    await test.rate(third, "wrong");
    await keeper.step();
    expect(await onlyLine()).toMatchObject({ gaps: 3, kinds: { "not-understood": 2, rejected: 1 } });
    await test.rate(third, "right");
    await keeper.step();
    expect(await onlyLine()).toMatchObject({ gaps: 2, kinds: { "not-understood": 2 } });
  });

  it("tell another kind of gap once it is one", async () => {
    const [first = ""] = await test.askAll(dogs);
    await keeper.step();
    await test.rate(first, "wrong");
    await keeper.step();
    expect(await onlyLine()).toMatchObject({ gaps: 3, kinds: { "not-understood": 2, rejected: 1 } });
  });

  it("stay merged: the older number remains and the other leads to it", async () => {
    await test.askAll(dogs);
    await test.askAll(bees);
    await keeper.step();
    const [one, other] = (await test.list()).lines.map(({ id }) => id).sort((a, b) => a - b);
    await test.run("title", { id: other, title: "Bienen" });
    expect(await test.run("merge", { id: other, with: one })).toMatchObject({ id: one, merged: other });
    await test.ask("Bienenhaltung Dach anmelden");
    await keeper.step();
    await keeper.step();
    expect(await onlyLine()).toMatchObject({ id: one, gaps: 7, week: 7, title: "Bienen" });
    const shown = await test.show(other ?? 0);
    expect(shown.id).toBe(one);
    expect(shown.steps.map(({ step, by }) => `${step} ${by}`)).toEqual(["title anna", "merge anna"]);
  });

  it("stay split, in the same process and in one that starts anew", async () => {
    const [first = "", second = ""] = await test.askAll(dogs);
    await keeper.step();
    const { id } = await onlyLine();
    const { made } = (await test.run("split", { id, gaps: [first, second] })) as { made: number };
    await test.ask("Wann tagt der Bezirksausschuss?");
    await keeper.step();
    expect(await test.clusterOf(first)).toBe(made);
    expect((await test.show(made)).gaps).toBe(2);
    expect((await test.show(id)).gaps).toBe(1);
    await keeper.stop();
    await test.ask("Noch etwas ganz anderes: Pilzberatung");
    const next = test.openKeeper();
    await next.step();
    await next.step();
    expect([await test.clusterOf(first), await test.clusterOf(second)]).toEqual([made, made]);
  });

  it("refuse to split off what they do not hold", async () => {
    await test.askAll(dogs);
    const [stranger = ""] = await test.askAll(["Wann tagt der Bezirksausschuss?"]);
    await keeper.step();
    await expect(test.run("split", { id: (await onlyLine()).id, gaps: [stranger] })).rejects.toMatchObject({ code: "USAGE" });
  });

  it("stay ignored, also when all who asked are forgotten after 30 days", async () => {
    await test.askAll(dogs);
    await keeper.step();
    const { id } = await onlyLine();
    await test.run("ignore", { id });
    await keeper.step();
    await database.db.update(turns).set({ createdAt: sql`now() - interval '31 days'` });
    await endOldTurns(database.db, new Date());
    expect(await database.db.select().from(clusterGaps)).toEqual([]);
    await keeper.stop();
    await test.ask("Sind Hunde im Freibad denn erlaubt?");
    await test.ask("Bienenhaltung anmelden");
    await test.openKeeper().step();
    const { lines } = await test.list({ state: "ignored" });
    expect(lines.map((line) => [line.id, line.gaps])).toEqual([[id, 4]]);
    expect(await test.list()).toMatchObject({ clusters: 0, singles: 1 });
  });

  it("come back when staff restore them, and only along the ways there are", async () => {
    await test.askAll(dogs);
    await keeper.step();
    const { id } = await onlyLine();
    await expect(test.run("move", { id, state: "published" })).rejects.toMatchObject({ code: "USAGE" });
    await test.run("ignore", { id });
    await expect(test.run("ignore", { id })).rejects.toMatchObject({ code: "USAGE" });
    await test.run("restore", { id });
    await test.run("move", { id, state: "in-progress" });
    await test.run("assign", { id, to: "anna" });
    await test.run("note", { id, text: "Das Sozialreferat klärt das." });
    await test.run("move", { id, state: "for-approval" });
    await test.run("move", { id, state: "published" });
    const shown = await test.show(id);
    expect(shown).toMatchObject({ state: "published", assignee: "anna", gaps: 3 });
    expect(shown.steps.map(({ step, text }) => (text === undefined ? step : `${step}: ${text}`))).toEqual([
      ...["ignore", "restore", "move", "assign", "note: Das Sozialreferat klärt das.", "move", "move"],
    ]);
  });

  it("count as demand that nothing is there for, what comes later as well", async () => {
    const needs = [{ id: "hund", score: 0.8 }];
    await test.askAll(dogs, { needs });
    await keeper.step();
    await test.run("no-offer", { id: (await onlyLine()).id });
    const later = await test.ask("Hund ins Freibad mitnehmen, ist das erlaubt?", { needs });
    await keeper.step();
    const rows = await database.db.select({ id: turns.id, need: turns.askedNeed, outcome: turns.outcome }).from(turns);
    expect(rows.map(({ need, outcome }) => `${need} ${outcome}`)).toEqual(Array.from({ length: 4 }, () => "hund missing"));
    expect(rows.some(({ id }) => id === later)).toBe(true);
  });

  it("forget a person with all that was counted, when that person wants it", async () => {
    const person = await test.talk();
    await test.ask(dogs[0], { conversation: person, district: "Laim" });
    await test.askAll(dogs.slice(1));
    await keeper.step();
    await test.forget(person);
    expect(await onlyLine()).toMatchObject({ gaps: 2, week: 2, districts: {} });
  });

  it("keep counts and no words of what is older than 30 days", async () => {
    await test.askAll(dogs);
    await keeper.step();
    const { id } = await onlyLine();
    await database.db.update(turns).set({ createdAt: sql`now() - interval '31 days'` });
    await endOldTurns(database.db, new Date());
    const shown = await test.show(id);
    expect(shown).toMatchObject({ gaps: 3, questions: [] });
    expect(shown.example).toBeUndefined();
    const [row] = await database.db.select().from(clusters).where(eq(clusters.id, id));
    expect(JSON.stringify(row)).not.toMatch(/hund|freibad/i);
  });

  it("are listed by language, by kind of gap, by count, newest and trend", async () => {
    await test.askAll(dogs, { daysAgo: 9 });
    await test.askAll(bees.slice(0, 2), { gap: "nothing-in-catalogue" });
    await keeper.step();
    const gaps = async (input: object) => (await test.list(input)).lines.map((line) => line.gaps);
    expect(await gaps({ sort: "count" })).toEqual([3, 2]);
    expect(await gaps({ sort: "latest" })).toEqual([2, 3]);
    expect(await gaps({ sort: "trend" })).toEqual([2, 3]);
    expect(await gaps({ gap: "nothing-in-catalogue" })).toEqual([2]);
    expect(await gaps({ lang: "en" })).toEqual([]);
    expect((await test.list({ sort: "count" })).lines[0]).toMatchObject({ week: 0, weekBefore: 3 });
  });

  it("show what was said before a question", async () => {
    const person = await test.talk();
    await test.ask("Hallo", { conversation: person, standsAlone: false, gap: null, daysAgo: 1 });
    const gap = await test.ask(dogs[0], { conversation: person });
    expect(await test.run("context", { gap })).toMatchObject([{ question: "Hallo" }, { question: dogs[0] }]);
  });
});
