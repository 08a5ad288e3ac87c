import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createComposer } from "../../src/answers/composer.ts";
import { createAssistant } from "../../src/assistant/assistant.ts";
import { createConversationStore } from "../../src/assistant/conversation-store.ts";
import { createCatalogue, searchDocuments } from "../../src/catalogue/catalogue.ts";
import { openMemorySearch } from "../../src/catalogue/live-catalogue.ts";
import { crisisKinds, type Reply } from "../../src/core/answer.ts";
import type { Catalogue } from "../../src/core/catalogue.ts";
import type { Channel, MessageContent } from "../../src/core/message.ts";
import type { DetectedLanguage, Recogniser, Scored, Understanding } from "../../src/core/understanding.ts";
import { contacts, conversations, feedback, turns } from "../../src/database/schema.ts";
import { words } from "../../src/words/words.ts";
import { needOf, offerOf } from "../catalogue/fixtures.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";

const needs = [
  needOf("kita-platz", ["Kita"]),
  needOf("hund", ["Hund"], "stadt"),
  needOf("gewalt", ["Gewalt"], "schutz"),
  needOf("sucht", ["Sucht"], "gesundheit"),
  needOf("ohne-versicherung", ["ohne Versicherung"], "arzt"),
  needOf("psychische-krise", ["Krise"], "gesundheit"),
  needOf("notruf", ["Notruf"], "sonstiges"),
  needOf("dolmetscher", ["Dolmetscher"], "ankommen"),
  needOf("migrationsberatung", ["Migration"], "ankommen"),
];
const offers = [
  ...Array.from({ length: 7 }, (_, index) => offerOf(`kita-${index}`)),
  offerOf("kita-sendling", { district: "Sendling" }),
  offerOf("kita-frei", { cost: { free: true } }),
  ...["gewalt", "sucht", "ohne-versicherung", "psychische-krise", "dolmetscher", "migrationsberatung"].map((id) =>
    offerOf(id, { needs: [id] }),
  ),
];

const spoken = (lang: "de" | "en" | "tr"): DetectedLanguage => ({ kind: "spoken", lang, certain: true });
const read = (intent: string, need?: string, rest: Partial<Understanding> = {}): Understanding => ({
  intents: [{ id: intent, score: 0.97 }],
  needs: need === undefined ? [] : [{ id: need, score: 0.95 }],
  slots: {},
  ...rest,
});

/** What the recogniser (the port of core) makes of the sentences of these tests. */
const sentences: Readonly<Record<string, Understanding>> = {
  "Wo ist eine Kita?": read("find-offer", "kita-platz"),
  "Wo ist ein Hund?": read("find-offer", "hund"),
  "und in Sendling?": read("find-offer", undefined, { slots: { district: "Sendling" } }),
  "aber kostenlos": read("find-offer", undefined, { slots: { costFree: true } }),
  mehr: read("more"),
  "das stimmt nicht": read("rate-wrong"),
  "das hat geholfen": read("rate-right"),
  "alles löschen": read("delete-data"),
  "Mein Mann schlägt mich, seit ich in Sendling wohne": read("find-offer", "gewalt", { slots: { when: "seit ich in Sendling wohne" } }),
  "Ich trinke zu viel": read("find-offer", "sucht"),
  "Ich habe keine Versicherung": read("find-offer", "ohne-versicherung"),
  "Ich will nicht mehr leben": {
    ...read("crisis-suicide", "psychische-krise"),
    intents: crisisKinds.map((kind): Scored => ({ id: `crisis-${kind}`, score: kind === "suicide" ? 0.97 : 0.01 })),
  },
  "Mein Vater atmet kaum noch": { ...read("crisis-medical", "notruf"), intents: [{ id: "crisis-medical", score: 0.98 }] },
  "Where is a nursery?": read("find-offer", "kita-platz"),
  "auf Türkisch bitte": read("language", undefined, { namedLanguage: "tr" }),
  "einfacher bitte": read("simpler"),
  "gibt es freie Plätze in der Kita?": read("free-places", "kita-platz"),
  "Wie wird das Wetter?": read("out-of-scope"),
  Unsinn: read("unbekannt"),
  "Dzień dobry, szukam przedszkola": read("find-offer", "kita-platz"),
};

const recogniser: Recogniser = {
  detectLanguage: (text) => {
    if (text.startsWith("Dzień")) return { kind: "foreign", code: "pl" };
    return text.startsWith("Where") ? spoken("en") : spoken("de");
  },
  recognise: (text) => sentences[text] ?? read("unbekannt"),
};

describe.each(databaseKinds())("the assistant (%s)", (kind) => {
  let database: TestDatabase;
  let conversationId: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    catalogue = createCatalogue(
      { needs, offers },
      await openMemorySearch({ documents: searchDocuments({ needs, offers }), nameConcepts: () => [], version: "test" }),
    );
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(contacts);
    conversationId = randomUUID();
    await database.db
      .insert(contacts)
      .values({ id: conversationId, channel: "directline", addressHash: conversationId, addressEncrypted: "x" });
  });

  let catalogue: Catalogue;
  const assistant = () =>
    createAssistant({
      recogniser: () => recogniser,
      catalogue: () => catalogue,
      composer: createComposer((id, lang) => catalogue.findNeed(id)?.label[lang]),
      conversations: createConversationStore(database.db),
    });

  async function turn(content: MessageContent, channel: Channel = "directline") {
    const answered = await assistant().answer({ id: 1, conversationId, channel, content });
    await database.db.transaction((transaction) => answered.save(transaction, [1]));
    return { ...answered, ids: answered.answer.offers.map(({ offer }) => offer.id), ...answered.answer.summary };
  }

  const say = (text: string, channel?: Channel) => turn({ kind: "text", text }, channel);
  const press = (value: string) => turn({ kind: "button", value });
  const storedTurns = () => database.db.select().from(turns).orderBy(turns.createdAt);
  // The reply is stored as well, in the outbox.
  const everything = async (reply: Reply) =>
    JSON.stringify([await storedTurns(), await database.db.select().from(conversations), reply.about]);

  it("answers a question with at most three offers, and says whether there are more", async () => {
    const { kind: answerKind, needs: understood, ids, answer } = await say("Wo ist eine Kita?");
    expect({ answerKind, understood }).toEqual({ answerKind: "offers", understood: ["kita-platz"] });
    expect(ids).toHaveLength(3);
    expect(answer.reply.cards).toHaveLength(3);
    expect(answer.reply.buttons.map(({ value }) => value)).toContain("more");
    expect(answer.reply.about).toEqual(answer.summary);
  });

  it("writes nothing before it is told to", async () => {
    await assistant().answer({ id: 1, conversationId, channel: "directline", content: { kind: "text", text: "Wo ist eine Kita?" } });
    expect(await storedTurns()).toEqual([]);
  });

  it("goes on from the last search: keeps the need, adds a place, then a wish", async () => {
    await say("Wo ist eine Kita?");
    const near = await say("und in Sendling?");
    expect(near).toMatchObject({ kind: "offers", needs: ["kita-platz"], slots: { district: "Sendling" } });
    expect(near.ids[0]).toBe("kita-sendling");
    const free = await say("aber kostenlos");
    expect(free).toMatchObject({ needs: ["kita-platz"], slots: { district: "Sendling", costFree: true } });
    expect(free.ids).toEqual(["kita-frei"]);
  });

  it("begins anew with another need, without the places of the last one", async () => {
    await say("Wo ist eine Kita?");
    await say("und in Sendling?");
    const other = await say("Ich trinke zu viel");
    expect(other).toMatchObject({ needs: ["sucht"], slots: {} });
  });

  it.each([
    ["the button", () => press("more")],
    ["the word", () => say("mehr")],
  ])("shows more by %s, page by page without repeats, and says when that is all", async (_, more) => {
    const seen = (await say("Wo ist eine Kita?")).ids;
    for (const count of [3, 3]) {
      const page = await more();
      expect(page.ids).toHaveLength(count);
      seen.push(...page.ids);
    }
    expect(new Set(seen).size).toBe(9);
    const last = await more();
    expect(last).toMatchObject({ kind: "no-answer", ids: [] });
    expect(last.answer.reply.lead.join()).toContain(words.de.noMore);
    expect(last.answer.gap).toBeUndefined();
  });

  it("says that there is no more where nothing was asked for", async () => {
    expect(await say("mehr")).toMatchObject({ kind: "no-answer", ids: [] });
    expect(await press("more")).toMatchObject({ kind: "no-answer", ids: [] });
  });

  it("searches by the button of a need, and takes an unknown button for an empty message", async () => {
    expect(await press("need:sucht")).toMatchObject({ kind: "offers", ids: ["sucht"] });
    for (const value of ["need:nichts", "nichts", "", "need:", "more:1:2"])
      expect((await press(value)).answer.reply.lead.length, value).toBeGreaterThan(0);
  });

  it.each([
    ["wrong", "rejected", () => press("wrong")],
    ["wrong", "rejected", () => say("das stimmt nicht")],
    ["right", null, () => press("right")],
    ["right", null, () => say("das hat geholfen")],
  ])("writes the rating %s of the answer before it; the gap is then %s", async (rating, gap, rate) => {
    await say("Wo ist eine Kita?");
    const [rated] = await storedTurns();
    expect(await rate()).toMatchObject({ kind: "confirmation" });
    expect(await database.db.select().from(feedback)).toMatchObject([{ turnId: rated?.id, rating }]);
    expect(
      await database.db
        .select()
        .from(turns)
        .where(eq(turns.id, rated?.id ?? "")),
    ).toMatchObject([{ gap }]);
  });

  it("rates the answer and not its own thanks when a button is pressed again", async () => {
    await say("Wo ist eine Kita?");
    const [rated] = await storedTurns();
    await press("right");
    await press("wrong");
    const ratings = await database.db.select({ turnId: feedback.turnId }).from(feedback);
    expect(ratings).toEqual([{ turnId: rated?.id }, { turnId: rated?.id }]);
  });

  it("takes a rating without an answer before it", async () => {
    expect(await press("wrong")).toMatchObject({ kind: "confirmation" });
    expect(await database.db.select().from(feedback)).toEqual([]);
  });

  it("asks before it deletes, and then forgets the whole talk", async () => {
    await say("Wo ist eine Kita?");
    const asked = await say("alles löschen");
    expect(asked).toMatchObject({ kind: "meta", erase: "nothing" });
    expect(asked.answer.reply.buttons.map(({ value }) => value)).toContain("delete");
    const deleted = await press("delete");
    expect(deleted).toMatchObject({ kind: "meta", erase: "conversation" });
    expect(await storedTurns()).toEqual([]);
    expect(await database.db.select().from(conversations)).toEqual([]);
    expect(await press("more")).toMatchObject({ kind: "no-answer" });
  });

  it.each([
    "Mein Mann schlägt mich, seit ich in Sendling wohne",
    "Ich trinke zu viel",
    "Ich habe keine Versicherung",
    "Ich will nicht mehr leben",
    "Mein Vater atmet kaum noch",
  ])("keeps no word of what is too personal: %s", async (text) => {
    const { erase, answer } = await say(text);
    expect(erase).toBe("message");
    expect(await storedTurns()).toMatchObject([{ question: null }]);
    const stored = await everything(answer.reply);
    for (const word of text.split(/[^\p{L}]+/u).filter((each) => each.length > 3)) expect(stored, word).not.toContain(word);
  });

  it("keeps no word of what follows on a personal topic either", async () => {
    await say("Ich trinke zu viel");
    const { erase } = await say("und in Sendling?");
    expect(erase).toBe("message");
    expect((await storedTurns()).map(({ question }) => question)).toEqual([null, null]);
  });

  it("keeps the redacted question of any other topic", async () => {
    expect((await say("Wo ist eine Kita?")).erase).toBe("nothing");
    expect(await storedTurns()).toMatchObject([{ question: "Wo ist eine Kita?" }]);
  });

  it("remembers a talk for 24 hours", async () => {
    await say("Wo ist eine Kita?");
    const age = (hours: number) =>
      database.db.update(conversations).set({ updatedAt: sql`now() - make_interval(secs => ${hours * 3600})` });
    await age(23.9);
    expect(await say("und in Sendling?")).toMatchObject({ kind: "offers" });
    await age(24.1);
    expect((await say("mehr")).ids).toEqual([]);
  });

  it("answers in the language of each message, and in the chosen one from then on", async () => {
    expect(await say("Wo ist eine Kita?")).toMatchObject({ lang: "de" });
    expect(await say("Where is a nursery?")).toMatchObject({ lang: "en" });
    expect(await press("more")).toMatchObject({ lang: "en" });
    expect(await say("auf Türkisch bitte")).toMatchObject({ lang: "tr", kind: "confirmation" });
    expect(await say("Wo ist eine Kita?")).toMatchObject({ lang: "tr" });
  });

  it("answers a language that is not spoken here in German and English, with places that help", async () => {
    const { answer, ids } = await say("Dzień dobry, szukam przedszkola");
    expect(ids.toSorted()).toEqual(["dolmetscher", "migrationsberatung"]);
    expect(answer.reply.lead).toEqual([words.de.foreignLanguage, words.en.foreignLanguage]);
  });

  it("writes shorter once that was wanted", async () => {
    const long = await say("Wo ist eine Kita?");
    await say("einfacher bitte");
    const short = await say("Wo ist eine Kita?");
    expect(short.answer.reply.cards[0]?.lines.join().length).toBeLessThanOrEqual(long.answer.reply.cards[0]?.lines.join().length ?? 0);
    expect((await database.db.select().from(conversations)).map(({ context }) => context)).toMatchObject([{ simple: true }]);
  });

  it("says first that a programme writes, once, where no page says it", async () => {
    const { notice } = words.de.page;
    expect((await say("Wo ist eine Kita?", "telegram")).answer.reply.lead[0]).toBe(notice);
    expect((await say("Wo ist eine Kita?", "telegram")).answer.reply.lead).not.toContain(notice);
  });

  it("stores as a gap what it could not answer", async () => {
    const told = [await say("Unsinn"), await say("Wie wird das Wetter?"), await say("Wo ist ein Hund?")];
    expect(told.map(({ kind: each }) => each)).toEqual(["no-answer", "out-of-scope", "no-answer"]);
    expect((await storedTurns()).map(({ gap }) => gap)).toEqual(["not-understood", "out-of-scope", "nothing-in-catalogue"]);
    expect(told[2]?.answer.reply.lead.join()).toContain("115");
  });

  it("answers free places as such, and a crisis before all", async () => {
    expect(await say("gibt es freie Plätze in der Kita?")).toMatchObject({ kind: "capacity", needs: ["kita-platz"] });
    const { answer } = await say("Ich will nicht mehr leben");
    expect(answer.summary.kind).toBe("crisis");
    expect(answer.reply.lead[0]).toContain("0800 6553000");
    expect(answer.offers.map(({ offer }) => offer.id)).toEqual(["psychische-krise"]);
  });

  it.each<readonly [string, MessageContent, string]>([
    ["nothing", { kind: "text", text: "" }, "no-answer"],
    ["signs alone", { kind: "text", text: " ?! 👍 " }, "no-answer"],
    ["a text too long", { kind: "text", text: "Wort ".repeat(1000) }, "no-answer"],
    ["a photo", { kind: "attachment" }, "no-answer"],
    ["the opening of a talk", { kind: "start" }, "meta"],
  ])("has an answer to %s", async (_, content, expected) => {
    const { answer } = await turn(content);
    expect(answer.summary.kind).toBe(expected);
    expect(answer.reply.lead.join().length).toBeGreaterThan(10);
  });
});
