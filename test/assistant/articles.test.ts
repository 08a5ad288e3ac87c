import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createComposer } from "../../src/answers/composer.ts";
import { findAnsweredBy } from "../../src/assistant/conversation-store.ts";
import { createWatches } from "../../src/catalogue/watches/store.ts";
import { replyText } from "../../src/core/answer.ts";
import type { Article } from "../../src/core/articles.ts";
import type { Catalogue } from "../../src/core/catalogue.ts";
import type { Channel, MessageContent } from "../../src/core/message.ts";
import type { Understanding } from "../../src/core/understanding.ts";
import { rowsOf } from "../../src/database/database.ts";
import { articles, askers, contacts, publicationRecipients, publications, turns, watchSilences } from "../../src/database/schema.ts";
import { createLetters } from "../../src/messages/letters.ts";
import { createPublicationOperations, publishCorrection } from "../../src/review/publications/operations.ts";
import { createPublicationWorker } from "../../src/review/publications/worker.ts";
import { words } from "../../src/words/words.ts";
import { articleOf } from "../catalogue/articles/fixtures.ts";
import { needOf, offerOf } from "../catalogue/fixtures.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { catalogueOf, openAssistant, read, recogniserOf, takeTurn } from "./fixtures.ts";

const { de } = words;
const needs = [
  needOf("kita-platz", ["Kita"]),
  needOf("gewalt", ["Gewalt"], "schutz"),
  needOf("sucht", ["Sucht"], "gesundheit"),
  needOf("psychische-krise", ["Krise"], "gesundheit"),
];
const offers = [offerOf("kita-a"), offerOf("kita-b"), offerOf("kita-c")];
const question = "Wo darf ich am Eisbach surfen?";
const personal = "Wo darf ich als Süchtiger am Eisbach hin?";
const sentences: Readonly<Record<string, Understanding>> = {
  [question]: { ...read("unbekannt") },
  [personal]: read("find-offer", "sucht"),
  "Wo ist eine Kita?": read("find-offer", "kita-platz"),
  "Ich will nicht mehr leben": read("crisis-suicide", "psychische-krise"),
  "das war falsch": read("rate-wrong"),
  "nicht mehr Bescheid sagen": read("stop-watch"),
  "Ist da was?": { ...read("find-offer"), needs: [{ id: "kita-platz", score: 0.16 }] },
  ja: read("yes"),
  nein: read("no"),
};
const eisbach = articleOf(1, {
  title: { de: "Surfen am Eisbach" },
  text: { de: "Am Eisbach dürfen Sie surfen. Das Baden ist verboten." },
  questions: [{ lang: "de", text: "Darf man am Eisbach surfen?" }],
});

const Letter = z.object({
  conversation: z.string(),
  reply: z.object({
    lang: z.string(),
    lead: z.array(z.string()),
    cards: z.array(z.object({ title: z.string(), lines: z.array(z.string()) })),
    buttons: z.array(z.object({ value: z.string() })),
  }),
});

describe.each(databaseKinds())("from a question to its answer for everybody who asked (%s)", (kind) => {
  let database: TestDatabase;
  let catalogue: Catalogue;
  let chat: string;
  let messageId = 0;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const table of [askers, publications, articles, contacts]) await database.db.delete(table);
    await database.db.execute(sql`delete from leases`);
    await database.db.execute(sql`insert into articles (id, state, live_version) overriding system value values (1, 'published', 1)`);
    await know();
    chat = await newChat();
  });

  /** What staff have published. */
  async function know(...known: readonly Article[]): Promise<void> {
    catalogue = await catalogueOf({ needs, offers, articles: known });
  }
  async function newChat(channel: Channel = "telegram"): Promise<string> {
    const id = randomUUID();
    await database.db.insert(contacts).values({ id, channel, addressHash: id, addressEncrypted: "x" });
    return id;
  }
  async function turn(content: MessageContent, { in: conversationId = chat, channel = "telegram" as Channel } = {}) {
    const capabilities = (asked: Channel) =>
      ({ pushes: asked !== "directline", saysItself: true, mostButtons: 10, brokenOff: "resend" }) as const;
    const assistant = openAssistant(database.db, { recogniser: recogniserOf(sentences), catalogue, capabilities, pushing: ["telegram"] });
    messageId += 1;
    return await takeTurn(database.db, assistant, { id: messageId, conversationId, channel, content });
  }
  const say = (text: string, where?: Parameters<typeof turn>[1]) => turn({ kind: "text", text }, where);
  const press = (value: string, where?: Parameters<typeof turn>[1]) => turn({ kind: "button", value }, where);
  const stored = () => database.db.select().from(askers).orderBy(askers.position);
  const yesOf = ({ values }: { readonly values: readonly string[] }) => values.find((value) => value.startsWith("tell-yes")) ?? "";

  const worker = () => {
    const letters = createLetters(() => ["telegram"], ["directline"]);
    const composer = createComposer((id, lang) => catalogue.findNeed(id)?.label[lang]);
    return createPublicationWorker({
      ...{ db: database.db, letters, refresh: async () => undefined, onTold: () => undefined },
      findArticle: (id) => catalogue.article(id),
      showOffer: catalogue.showOffer,
      findNeed: catalogue.findNeed,
      compose: (finding, lang) => composer.compose(finding, { lang, simple: false, introduce: false }),
      silentAmong: createWatches({ db: database.db, letters, findOffer: catalogue.findOffer, now: () => new Date() }).silentAmong,
      findAnswered: findAnsweredBy,
    });
  };
  async function runDry(): Promise<void> {
    const publishing = worker();
    while (await publishing.step());
    await publishing.stop();
  }
  async function publishTo(...turnIds: readonly string[]) {
    const operations = createPublicationOperations({
      ...{ db: database.db, liveVersion: async () => catalogue.article(1)?.version, logPublished: async () => undefined },
      knowsOffer: async (_transaction, id) => catalogue.findOffer(id) !== undefined,
      onPublished: () => undefined,
    });
    return await operations["staff.articles.publish-to"]({ id: 1, turns: turnIds, by: "ben" });
  }
  async function publishOffer(id: string, ...turnIds: readonly string[]) {
    const operations = createPublicationOperations({
      ...{ db: database.db, liveVersion: async () => undefined, logPublished: async () => undefined },
      knowsOffer: async (_transaction, offer) => catalogue.findOffer(offer) !== undefined,
      onPublished: () => undefined,
    });
    return await operations["staff.offers.publish-to"]({ id, turns: turnIds, by: "ben" });
  }
  async function lettersTo(conversationId = chat) {
    const result = await database.db.execute(sql`
      select conversation_id as conversation, reply from outbox where in_reply_to is null and state <> 'dropped' and conversation_id = ${conversationId} order by id`);
    return Letter.array().parse(rowsOf(result));
  }
  const turnsOf = async (conversationId = chat) =>
    (await database.db.select({ id: turns.id, conversationId: turns.conversationId, gap: turns.gap }).from(turns)).filter(
      (row) => row.conversationId === conversationId && row.gap !== null,
    );
  /** Asks what nobody can answer and wants to be told; the id of that turn. */
  async function askAndWait(text = question, where?: Parameters<typeof turn>[1]): Promise<string> {
    const asked = await say(text, where);
    await press(yesOf(asked), where);
    return (await turnsOf(where?.in))[0]?.id ?? "";
  }

  it("asks whether to tell where it has no answer, says what is stored, and stores nothing before the yes", async () => {
    const asked = await say(question);
    expect(asked.kind).toBe("no-answer");
    expect(asked.said).toContain(de.askers.ask);
    expect(asked.said).toContain(de.askers.stores);
    expect(asked.values).toContain("tell-no");
    expect(await stored()).toEqual([]);
    const opened = await press(yesOf(asked));
    expect(opened).toMatchObject({ kind: "confirmation" });
    const [asker] = await stored();
    expect(asker).toMatchObject({ conversationId: chat, lang: "de", pushes: true, personal: false, codeHash: null });
    expect(asker?.turnId).toBe((await turnsOf())[0]?.id);
    expect(JSON.stringify(asker)).not.toMatch(/Eisbach/);
    expect(opened.values).toEqual([`untell:${asker?.id}`]);
  });

  it("takes a typed yes or no to that, and only just behind the question", async () => {
    await say(question);
    expect((await say("nein")).said).toContain(de.watches.declined);
    await say(question);
    await say("Wo ist eine Kita?");
    expect((await say("ja")).kind).toBe("smalltalk");
    expect(await stored()).toEqual([]);
    await say(question);
    expect((await say("ja")).kind).toBe("confirmation");
    expect(await stored()).toHaveLength(1);
  });

  it("asks as well where an answer was called wrong, and then waits for an answer to that question", async () => {
    await say("Wo ist eine Kita?");
    const wrong = await say("das war falsch");
    expect(wrong.said).toContain(de.askers.ask);
    await press(yesOf(wrong));
    const [rejected] = await turnsOf();
    expect(rejected).toMatchObject({ gap: "rejected" });
    expect((await stored())[0]?.turnId).toBe(rejected?.id);
  });

  it("asks below the topics that it guesses as well, once none of them is meant", async () => {
    const guessed = await say("Ist da was?");
    expect(guessed.kind).toBe("question");
    const none = await press(guessed.values.find((value) => value.startsWith("none:")) ?? "");
    expect(none.kind).toBe("no-answer");
    await say("ja");
    const unanswered = await turnsOf();
    expect(unanswered).toHaveLength(1);
    expect((await stored())[0]?.turnId).toBe(unanswered[0]?.id);
  });

  it("stores one wish for two taps", async () => {
    const asked = await say(question);
    await press(yesOf(asked));
    expect((await press(yesOf(asked))).said).toContain(de.askers.already);
    expect(await stored()).toHaveLength(1);
  });

  it("gives a code where nothing can be sent, which shows the answer once there is one", async () => {
    const web = { in: await newChat("directline"), channel: "directline" as const };
    const asked = await say(question, web);
    expect(asked.said).toContain(de.askers.storesForCode);
    const opened = await press(yesOf(asked), web);
    const code = /Ihr Code:\n(.+)/.exec(opened.said)?.[1] ?? "";
    expect(code.split(" ")).toHaveLength(13);
    expect((await say(code)).said).toContain(de.askers.nothingYet);
    await know(eisbach);
    await publishTo((await turnsOf(web.in))[0]?.id ?? "");
    await runDry();
    expect(await lettersTo(web.in)).toEqual([]);
    const shown = await say(code);
    expect(shown).toMatchObject({ kind: "article" });
    expect(replyText(shown.answer.reply)).toContain("Am Eisbach dürfen Sie surfen.");
  });

  it("lists such wishes by /abos, ends one by its button and all by another, and forgets them with /loeschen", async () => {
    await askAndWait();
    await askAndWait("Etwas ganz anderes");
    const [first, second] = await stored();
    const listed = await say("/abos");
    expect(listed.said).toMatch(/1\. Antwort auf Ihre Frage vom .*\n2\. Antwort/);
    expect(listed.values).toEqual([`untell:${first?.id}`, `untell:${second?.id}`, "unwatch-all"]);
    expect((await press(`untell:${first?.id}`)).values).toEqual([`untell:${second?.id}`]);
    expect((await say("/meinedaten")).said).toContain(de.myData.askers(1));
    await press("unwatch-all");
    expect(await stored()).toEqual([]);
    await askAndWait();
    await press("delete");
    expect(await stored()).toEqual([]);
  });

  it("answers with an article at once where its own question is asked, with source and date, and remembers which version", async () => {
    await know(eisbach);
    const answered = await say(question);
    expect(answered.kind).toBe("article");
    const text = replyText(answered.answer.reply);
    for (const part of ["Surfen am Eisbach", "Das Baden ist verboten.", "https://example.org/brunnen", "Baureferat", "20. November 2026"])
      expect(text).toContain(part);
    expect(answered.answer.summary.article).toEqual({ id: 1, version: 1, title: "Surfen am Eisbach", url: "https://example.org/brunnen" });
    expect(answered.labels).toContain(de.helpful);
    expect((await database.db.select({ article: turns.article }).from(turns))[0]?.article).toEqual({ id: 1, version: 1, personal: false });
    expect((await say("Wo ist eine Kita?")).kind).toBe("offers");
  });

  it("answers each of those who waited once, in their language, and nobody else", async () => {
    const [other, silent, english] = [await newChat(), await newChat(), await newChat()];
    const first = await askAndWait();
    await say(question, { in: other });
    const third = await askAndWait(question, { in: silent });
    const fourth = await askAndWait(question, { in: english });
    await database.db.update(askers).set({ lang: "en" }).where(sql`conversation_id = ${english}`);
    await say("Ich will nicht mehr leben", { in: silent });
    await know(eisbach);
    expect(await publishTo(first, third, fourth, (await turnsOf(other))[0]?.id ?? "")).toMatchObject({ turns: 4, waiting: 3 });
    await runDry();
    await publishTo(first, third);
    await runDry();
    expect(await lettersTo()).toMatchObject([{ reply: { lang: "de", lead: [de.askers.told], cards: [{ title: "Surfen am Eisbach" }] } }]);
    expect(await lettersTo(english)).toMatchObject([{ reply: { lang: "en", lead: [words.en.askers.told] } }]);
    expect(await lettersTo(other)).toEqual([]);
    expect(await lettersTo(silent)).toEqual([]);
  });

  it("answers with an offer as well: once, by a letter, by the code, and behind a button where the topic is personal", async () => {
    const web = { in: await newChat("directline"), channel: "directline" as const };
    const hidden = { in: await newChat() };
    const code = /Ihr Code:\n(.+)/.exec((await press(yesOf(await say(question, web)), web)).said)?.[1] ?? "";
    const waiting = [await askAndWait(), await askAndWait(personal, hidden), (await turnsOf(web.in))[0]?.id ?? ""];
    await expect(publishOffer("kita-weg", ...waiting)).rejects.toMatchObject({ code: "USAGE" });
    expect(await publishOffer("kita-a", ...waiting)).toMatchObject({ turns: 3, waiting: 3 });
    await runDry();
    await publishOffer("kita-b", ...waiting);
    await runDry();
    const title = catalogue.findOffer("kita-a")?.title.de ?? "";
    expect(await lettersTo()).toMatchObject([{ reply: { lead: [de.askers.told], cards: [{ title }] } }]);
    const [letter, ...others] = await lettersTo(hidden.in);
    expect(others).toEqual([]);
    expect(letter?.reply).toMatchObject({ lead: [de.askers.news], cards: [], buttons: [{ value: "answer-offer:kita-a" }] });
    for (const shown of [await press("answer-offer:kita-a", hidden), await say(code, web)]) {
      expect(shown.kind).toBe("offers");
      expect(shown.answer.summary.offers.map(({ id }) => id)).toEqual(["kita-a"]);
      expect(shown.said).toContain(de.askers.told);
    }
    catalogue = await catalogueOf({ needs, offers: offers.slice(1) });
    expect((await say(code, web)).said).toContain(de.askers.nothingYet);
  });

  it("waits with an offer that is taken away before anybody was told, and tells once it is back", async () => {
    const id = await askAndWait();
    await publishOffer("kita-a", id);
    catalogue = await catalogueOf({ needs, offers: offers.slice(1) });
    await runDry();
    expect(await lettersTo()).toEqual([]);
    await know();
    await runDry();
    expect(await lettersTo()).toHaveLength(1);
  });

  it("names no topic in a letter about what is personal, and shows the answer behind a button", async () => {
    const id = await askAndWait(personal);
    expect(await stored()).toMatchObject([{ personal: true }]);
    await know(eisbach);
    await publishTo(id);
    await runDry();
    const [letter] = await lettersTo();
    expect(letter?.reply).toMatchObject({ lead: [de.askers.news], cards: [], buttons: [{ value: "article:1" }] });
    expect(JSON.stringify(letter?.reply)).not.toMatch(/Eisbach/);
    expect(await press("article:1")).toMatchObject({ kind: "article" });
  });

  it("tells those who got a wrong version what is right, once, and nobody else", async () => {
    const [asked, direct, web, later, hidden] = [chat, await newChat(), await newChat("directline"), await newChat(), await newChat()];
    const waiting = [await askAndWait(), await askAndWait(personal, { in: hidden })];
    await know(eisbach);
    await publishTo(...waiting);
    await runDry();
    await say(question, { in: direct });
    await say(question, { in: web, channel: "directline" });
    await know({ ...eisbach, version: 2, text: { de: "Am Eisbach dürfen nur Geübte surfen." } });
    await database.db.transaction((transaction) => publishCorrection(transaction, 1, 2, "ben"));
    await say(question, { in: later });
    await runDry();
    await runDry();
    for (const each of [asked, direct, web]) {
      const corrected = (await lettersTo(each)).filter(({ reply }) => reply.lead.includes(de.askers.corrected));
      expect(corrected).toMatchObject([{ reply: { cards: [{ lines: ["Am Eisbach dürfen nur Geübte surfen."] }] } }]);
    }
    expect(await lettersTo(later)).toEqual([]);
    // A letter that named nothing told nothing wrong.
    expect(await lettersTo(hidden)).toHaveLength(1);
    const recipients = await database.db.select().from(publicationRecipients);
    expect(recipients.filter(({ version }) => version === 2)).toHaveLength(3);
  });

  it("corrects nothing where somebody was in a crisis since, in no channel", async () => {
    const web = { in: await newChat("directline"), channel: "directline" as const };
    await know(eisbach);
    for (const where of [{ in: chat }, web]) {
      await say(question, where);
      await say("Ich will nicht mehr leben", where);
    }
    await know({ ...eisbach, version: 2 });
    await database.db.transaction((transaction) => publishCorrection(transaction, 1, 2, "ben"));
    await runDry();
    expect([...(await lettersTo()), ...(await lettersTo(web.in))]).toEqual([]);
    expect(await database.db.select().from(publicationRecipients)).toMatchObject([{ outboxId: null }, { outboxId: null }]);
  });

  it("erases with /loeschen that somebody got an answer", async () => {
    const id = await askAndWait();
    await know(eisbach);
    await publishTo(id);
    await runDry();
    await press("delete");
    expect(await database.db.select().from(publicationRecipients)).toEqual([]);
    expect(await database.db.select().from(watchSilences)).toEqual([]);
  });
});
