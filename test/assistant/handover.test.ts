import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { replyText } from "../../src/core/answer.ts";
import type { Catalogue } from "../../src/core/catalogue.ts";
import type { Channel, MessageContent } from "../../src/core/message.ts";
import type { Understanding } from "../../src/core/understanding.ts";
import { contacts, feedback, handoverMessages, handovers, outbox, turns } from "../../src/database/schema.ts";
import { StoredReply } from "../../src/messages/stored-reply.ts";
import { keepHandovers } from "../../src/review/handovers/clock.ts";
import { createHandoverOperations } from "../../src/review/handovers/operations.ts";
import { createHandovers } from "../../src/review/handovers/store.ts";
import { openHandovers } from "../../src/wire-handovers.ts";
import { words } from "../../src/words/words.ts";
import { needOf, offerOf } from "../catalogue/fixtures.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { catalogueOf, openAssistant, read, recogniserOf, takeTurn } from "./fixtures.ts";

const { de } = words;
const needs = [
  needOf("kita-platz", ["Kita"]),
  needOf("sucht", ["Sucht"], "gesundheit"),
  needOf("psychische-krise", ["Krise"], "gesundheit"),
];
const offers = [offerOf("kita-a"), offerOf("kita-b"), offerOf("suchthilfe", { needs: ["sucht"] })];
const sentences: Readonly<Record<string, Understanding>> = {
  "Wo ist eine Kita?": read("find-offer", "kita-platz"),
  "Ich trinke zu viel": read("find-offer", "sucht"),
  "Ich will nicht mehr leben": read("crisis-suicide", "psychische-krise"),
  "Ich möchte mit einem Menschen sprechen": read("human"),
  "das stimmt nicht": read("rate-wrong"),
};

describe.each(databaseKinds())("people of the city in the talk (%s)", (kind) => {
  let database: TestDatabase;
  let catalogue: Catalogue;
  let conversationId: string;
  let told = 0;
  let lastMessage = 100;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    catalogue = await catalogueOf({ needs, offers });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(contacts);
    told = 0;
    await newChat();
  });

  async function newChat(channel: Channel = "telegram"): Promise<void> {
    conversationId = randomUUID();
    await database.db.insert(contacts).values({ id: conversationId, channel, addressHash: conversationId, addressEncrypted: "x" });
  }

  function assistant() {
    const capabilities = () => ({ pushes: true, saysItself: true, mostButtons: 20, brokenOff: "resend" }) as const;
    return openAssistant(database.db, { recogniser: recogniserOf(sentences), catalogue, capabilities, pushing: ["telegram"] });
  }
  async function turn(content: MessageContent) {
    lastMessage += 1;
    const taken = await takeTurn(database.db, assistant(), { id: lastMessage, conversationId, channel: "telegram", content });
    return { ...taken, silent: taken.answer.reply.silent === true };
  }
  const say = (text: string) => turn({ kind: "text", text });
  const press = (value: string) => turn({ kind: "button", value });
  const parts = () =>
    openHandovers(database.db, () => {
      told += 1;
    });
  const staff = async (name: string, input: object = {}) => {
    const run = createHandoverOperations(parts())[`staff.handovers.${name}`];
    if (run === undefined) throw new Error(`There is no operation ${name}.`);
    return await run(input);
  };
  const stored = () => database.db.select().from(handovers).where(eq(handovers.conversationId, conversationId)).orderBy(handovers.id);
  const kept = () => database.db.select().from(handoverMessages).orderBy(handoverMessages.id);
  const current = async () => (await stored()).at(-1)?.id ?? 0;
  const letters = async () => (await database.db.select().from(outbox).orderBy(outbox.id)).map(({ reply }) => StoredReply.parse(reply));
  const age = (hours: number) => database.db.update(handovers).set({ since: sql`now() - make_interval(secs => ${hours * 3600})` });
  const withHuman = async () => {
    await press("human");
    await staff("take", { id: await current() });
  };

  it.each(["/mensch", "/human", "Ich möchte mit einem Menschen sprechen"])("passes the last questions on by %s", async (text) => {
    await say("Wo ist eine Kita?");
    await say("Ich trinke zu viel");
    await say("/hilfe");
    const asked = await say(text);
    expect(asked).toMatchObject({ kind: "handover", values: ["assistant"] });
    expect(asked.said).toContain(de.handover.waiting);
    expect(asked.said).toContain(de.handover.noHours);
    expect(await stored()).toMatchObject([{ state: "waiting", lang: "de" }]);
    const [before, ...own] = await kept();
    expect(before).toMatchObject({ writer: "before", text: "Wo ist eine Kita?", kind: "offers" });
    expect(before?.offers).toEqual(["kita-a", "kita-b"]);
    expect(own.map((each) => each.text)).toEqual(text.startsWith("/") ? [] : [text]);
    expect(JSON.stringify(await kept())).not.toContain("trinke");
  });

  it("gives staff no more than six messages from before, the last ones, and the words behind the command", async () => {
    for (let index = 1; index <= 8; index += 1) await say(`Frage ${index}`);
    await say("/mensch Ich verstehe den Brief nicht");
    const texts = (await kept()).map(({ writer, text }) => `${writer}: ${text}`);
    const before = [3, 4, 5, 6, 7, 8].map((index) => `before: Frage ${index}`);
    expect(texts).toEqual([...before, "person: Ich verstehe den Brief nicht"]);
  });

  it("answers on while nobody has come, and lets staff read that too", async () => {
    await press("human");
    expect(await say("Wo ist eine Kita?")).toMatchObject({ kind: "offers", silent: false });
    const again = await say("/mensch");
    expect(again.said).toContain(de.handover.stillWaiting);
    expect(await stored()).toHaveLength(1);
    expect(await staff("show", { id: await current() })).toMatchObject([{ writer: "person", text: "Wo ist eine Kita?" }]);
  });

  it("lets one of two who take it at the same time have it, and nobody else write", async () => {
    await press("human");
    const id = await current();
    const taken = await Promise.allSettled([staff("take", { id, by: "a" }), staff("take", { id, by: "b" })]);
    expect(taken.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [{ takenBy: holder } = { takenBy: null }] = await stored();
    const other = holder === "a" ? "b" : "a";
    await expect(staff("say", { id, by: other, text: "Auch hier!" })).rejects.toMatchObject({ code: "USAGE" });
    await staff("say", { id, by: holder, text: "Guten Tag!" });
    const said = (await letters()).flatMap(({ lead }) => lead);
    expect(said).toContain("Guten Tag!");
    expect(said).not.toContain("Auch hier!");
  });

  it("goes back to colleagues, who can take it", async () => {
    await press("human");
    const id = await current();
    await staff("take", { id, by: "a" });
    expect(await staff("release", { id, by: "b" })).toMatchObject({ state: "waiting" });
    expect(await say("Wo ist eine Kita?")).toMatchObject({ kind: "offers", silent: false });
    expect(await staff("list")).toMatchObject([{ id, state: "waiting", by: null }]);
    await staff("take", { id, by: "b" });
    expect(await staff("list")).toMatchObject([{ id, state: "with-human", by: "b" }]);
    await staff("close", { id, by: "b" });
    expect(await stored()).toMatchObject([{ state: "closed", takenBy: null }]);
  });

  it("goes the whole way: asked, taken, said, silent, ended, back", async () => {
    await press("human");
    const id = await current();
    expect(await staff("list")).toMatchObject([{ id, state: "waiting" }]);
    expect(await staff("take", { id })).toEqual({ id, state: "with-human", delivered: true });
    expect(await say("Wo ist eine Kita?")).toMatchObject({ kind: "handover", silent: true, said: "", values: [] });
    await staff("say", { id, text: "Guten Tag! In Laim ist eine." });
    expect(await say("Danke!")).toMatchObject({ silent: true });
    expect(await staff("show", { id })).toMatchObject([
      { writer: "person", text: "Wo ist eine Kita?" },
      { writer: "human", text: "Guten Tag! In Laim ist eine." },
      { writer: "person", text: "Danke!" },
    ]);
    expect(await staff("close", { id })).toEqual({ id, state: "closed", delivered: true });
    const [taken, said, ended] = await letters();
    expect(taken).toMatchObject({ lead: [de.handover.taken] });
    expect(said).toMatchObject({ writer: "human", lead: [de.handover.writes, "Guten Tag! In Laim ist eine."] });
    expect(said?.buttons).toEqual([{ label: de.handover.back, value: "assistant" }]);
    expect(ended).toMatchObject({ lead: [de.handover.ended.staff] });
    expect(told).toBe(3);
    expect(await say("Wo ist eine Kita?")).toMatchObject({ kind: "offers", silent: false });
    expect(await staff("list")).toEqual([]);
    expect(await staff("list", { all: true })).toMatchObject([{ id, ended: "staff" }]);
  });

  it("answers a crisis all the same, and keeps no word of it; a person's letter is not taken back", async () => {
    await withHuman();
    await staff("say", { id: await current(), text: "Ich bin gleich da." });
    const crisis = await say("Ich will nicht mehr leben");
    expect(crisis).toMatchObject({ kind: "crisis", silent: false, erase: "message" });
    expect(crisis.said).toContain(de.crisis.suicide);
    expect(await kept()).toMatchObject([{ writer: "human" }, { writer: "person", text: null, crisis: true }]);
    const states = await database.db.select({ state: outbox.state, reply: outbox.reply }).from(outbox).orderBy(outbox.id);
    expect(states.filter(({ reply }) => StoredReply.parse(reply).writer === "human").map(({ state }) => state)).toEqual(["waiting"]);
    expect(await say("und jetzt?")).toMatchObject({ silent: true });
  });

  it("answers commands and buttons while a person writes, and passes on a sign without words", async () => {
    await say("Wo ist eine Kita?");
    await withHuman();
    expect(await say("/datenschutz")).toMatchObject({ kind: "meta", silent: false });
    expect(await press("need:kita-platz")).toMatchObject({ kind: "offers", silent: false });
    expect((await say("/mensch")).said).toContain(de.handover.taken);
    for (const text of ["👍", "das stimmt nicht", "Ich möchte mit einem Menschen sprechen"])
      expect(await say(text), text).toMatchObject({ silent: true });
    expect((await kept()).flatMap(({ writer, text }) => (writer === "person" ? [text] : []))).toEqual([
      "👍",
      "das stimmt nicht",
      "Ich möchte mit einem Menschen sprechen",
    ]);
    expect(await database.db.select().from(feedback)).toEqual([]);
  });

  it("keeps words on a protected topic only while the talk goes on, and nowhere else", async () => {
    await withHuman();
    expect(await say("Ich trinke zu viel")).toMatchObject({ silent: true, erase: "message" });
    expect(await kept()).toMatchObject([{ text: "Ich trinke zu viel", personal: true }]);
    await staff("close", { id: await current() });
    expect(await kept()).toMatchObject([{ text: null, personal: true }]);
    expect(JSON.stringify(await database.db.select().from(turns))).not.toContain("trinke");
  });

  it("ends by the person's button, and says so", async () => {
    await withHuman();
    expect((await press("assistant")).said).toContain(de.handover.returned);
    expect(await stored()).toMatchObject([{ state: "closed", endReason: "person" }]);
    expect(await say("Wo ist eine Kita?")).toMatchObject({ kind: "offers" });
    await expect(staff("say", { id: await current(), text: "Hallo?" })).rejects.toMatchObject({ code: "USAGE" });
    expect(await letters()).toHaveLength(1);
  });

  it("answers a message anew that a talk's end has overtaken", async () => {
    await withHuman();
    const answered = await assistant().answer({ id: 1, conversationId, channel: "telegram", content: { kind: "text", text: "Danke!" } });
    await staff("close", { id: await current() });
    await expect(database.db.transaction((transaction) => answered.save(transaction, [1]))).rejects.toMatchObject({
      code: "DATABASE_FAILED",
    });
    expect(await kept()).toEqual([]);
  });

  describe("after answers that were called wrong", () => {
    it("offers a person after the second one, at once, and not for the same answer twice", async () => {
      await say("Wo ist eine Kita?");
      const first = await press("wrong");
      expect(first.said).toContain(de.feedback.why);
      await press("wrong");
      const same = await say("das stimmt nicht");
      expect([first, same].flatMap(({ values }) => values)).not.toContain("human");
      await say("Wo ist eine Kita?");
      const second = await say("das stimmt nicht");
      expect(second.said).toContain(de.handover.offer);
      expect(second.values[0]).toBe("human");
      expect(await stored()).toMatchObject([{ state: "offered" }]);
      expect(await staff("list", { all: true })).toEqual([]);
      await press("human");
      expect(await stored()).toMatchObject([{ state: "waiting" }]);
    });

    it("counts an older answer by its button, and does not offer what is there already", async () => {
      await turn({ kind: "text", text: "Wo ist eine Kita?" });
      const older = lastMessage;
      await say("Wo ist eine Kita?");
      await press("wrong");
      expect((await press(`wrong:${older}`)).values).toContain("human");
      await press("human");
      expect((await press(`wrong:${older}`)).values).not.toContain("human");
    });

    it("does not offer for answers of the day before", async () => {
      await say("Wo ist eine Kita?");
      await press("wrong");
      await database.db.update(feedback).set({ createdAt: sql`now() - interval '25 hours'` });
      await say("Wo ist eine Kita?");
      expect((await press("wrong")).values).not.toContain("human");
    });
  });

  describe("the reason", () => {
    const ratings = () =>
      database.db.select({ rating: feedback.rating, reason: feedback.reason, comment: feedback.comment }).from(feedback);

    it("is a button away, and a sentence after it, for the answer that was rated", async () => {
      const shown = await say("Wo ist eine Kita?");
      const rated = lastMessage;
      await say("Ich trinke zu viel");
      const wrong = await press(shown.values.find((value) => value.startsWith("wrong")) ?? "");
      const reasons = ["wrong-topic", "nothing-fits", "outdated", "unclear", "other"].map((reason) => `why:${reason}:${rated}`);
      expect(wrong.values).toEqual([...reasons, `tell-yes:${rated}`, "tell-no"]);
      const reason = await press(`why:outdated:${rated}`);
      expect(reason.values).toEqual([`comment:${rated}`]);
      expect((await press(`comment:${rated}`)).said).toContain(de.feedback.askComment);
      expect(await say("Die Nummer gibt es nicht mehr")).toMatchObject({ kind: "confirmation", erase: "message" });
      expect(await ratings()).toEqual([{ rating: "wrong", reason: "outdated", comment: "Die Nummer gibt es nicht mehr" }]);
      const [first] = await database.db.select().from(turns).orderBy(turns.createdAt).limit(1);
      expect(first).toMatchObject({ gap: "rejected", kind: "offers", question: "Wo ist eine Kita?" });
      expect(JSON.stringify(await database.db.select().from(turns))).not.toContain("Nummer gibt es");
    });

    it("takes no sentence that is a crisis, too personal, or another question", async () => {
      await say("Wo ist eine Kita?");
      await press("wrong");
      for (const [text, answer] of [
        ["Ich will nicht mehr leben", "crisis"],
        ["Wo ist eine Kita?", "offers"],
        ["/hilfe", "meta"],
      ] as const) {
        await press("comment");
        expect((await say(text)).kind).toBe(answer);
      }
      await press("wrong");
      await press("comment");
      await say("Ich trinke zu viel");
      expect((await ratings()).map(({ comment }) => comment).filter((comment) => comment !== null)).toEqual([]);
    });

    it("asks for a shorter sentence, and lets go of it by a word", async () => {
      await say("Wo ist eine Kita?");
      await press("comment");
      expect((await say("x".repeat(501))).said).toContain(de.tooLong);
      expect((await say("abbrechen")).said).toContain(de.no);
      expect(await ratings()).toEqual([]);
    });

    it("is not asked for where there was no answer", async () => {
      expect((await press("wrong")).values).toEqual([]);
    });
  });

  describe("by the clock", () => {
    const keep = (later = 0) => keepHandovers(parts(), new Date(Date.now() + later * 3_600_000));

    it.each([
      ["nobody takes it within 72 hours", 72, "nobody-came", () => press("human")],
      ["the person of the city is silent for 4 hours", 4, "human-silent", withHuman],
    ] as const)("ends if %s, and tells the person", async (_, hours, end, begin) => {
      await begin();
      const before = (await letters()).length;
      await age(hours - 0.1);
      await keep();
      expect((await stored())[0]?.endReason).toBeNull();
      await age(hours + 0.1);
      await keep();
      await keep();
      expect(await stored()).toMatchObject([{ state: "closed", endReason: end }]);
      const said = (await letters()).slice(before).map(replyText);
      expect(said).toEqual([expect.stringContaining(de.handover.ended[end])]);
      expect(said[0]?.includes(de.call115)).toBe(end === "nobody-came");
      expect(await say("Wo ist eine Kita?")).toMatchObject({ kind: "offers" });
    });

    it("lets go of an offer after a day without a word, and of what ended 30 days ago", async () => {
      await say("Wo ist eine Kita?");
      await press("wrong");
      await say("Wo ist eine Kita?");
      await press("wrong");
      await age(24.1);
      await keep();
      expect([await stored(), await letters()]).toEqual([[], []]);
      await withHuman();
      await say("Danke!");
      await press("assistant");
      await keep(29 * 24);
      expect(await stored()).toHaveLength(1);
      await keep(31 * 24);
      expect([await stored(), await kept()]).toEqual([[], []]);
    });

    it("does not end what staff wrote to in the same moment", async () => {
      await withHuman();
      await age(5);
      await Promise.allSettled([keep(), staff("say", { id: await current(), text: "Bin wieder da." })]);
      const [{ state } = { state: "" }] = await stored();
      const last = (await letters()).at(-1)?.lead[0];
      expect([state, last]).toEqual(
        state === "closed" ? ["closed", de.handover.ended["human-silent"]] : ["with-human", de.handover.writes],
      );
    });
  });

  it("counts what is kept, and erases all of it", async () => {
    await say("Wo ist eine Kita?");
    await withHuman();
    await say("Danke!");
    await staff("say", { id: await current(), text: "Gern." });
    expect((await say("/meinedaten")).said).toContain(de.handover.stored(2));
    const id = await current();
    await press("delete");
    expect([await stored(), await kept()]).toEqual([[], []]);
    expect(await say("Wo ist eine Kita?")).toMatchObject({ kind: "offers", silent: false });
    await expect(staff("say", { id, text: "Hallo?" })).rejects.toThrow(`There is no handover ${id}.`);
  });

  it("says whether a letter can still arrive, writes into web chats, and refuses what cannot be", async () => {
    await withHuman();
    const id = await current();
    await database.db.update(contacts).set({ goneAt: new Date() });
    expect(await staff("say", { id, text: "Hallo?" })).toMatchObject({ delivered: false });
    await expect(staff("take", { id })).rejects.toThrow(`Handover ${id} is with-human`);
    for (const [name, input] of [
      ["say", { id, text: " " }],
      ["say", { id, text: "x".repeat(2001) }],
      ["take", { id: "x" }],
      ["show", { id: 2 ** 40 }],
    ] as const)
      await expect(staff(name, input), `${name} ${JSON.stringify(input).slice(0, 30)}`).rejects.toThrow();
    await newChat("directline");
    await withHuman();
    const rows = await database.db.select({ state: outbox.state }).from(outbox).where(eq(outbox.conversationId, conversationId));
    expect(rows).toEqual([{ state: "sent" }]);
  });

  it("finds the open talks of many conversations at once, each its own", async () => {
    await press("human");
    const waiting = conversationId;
    await newChat();
    await press("human");
    await press("assistant");
    const { find } = createHandovers(database.db);
    const found = await Promise.all([waiting, conversationId, randomUUID()].map(find));
    expect(found.map((open) => open?.state)).toEqual(["waiting", undefined, undefined]);
  });
});
