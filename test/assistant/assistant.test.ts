import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { crisisKinds, type Reply, replyText } from "../../src/core/answer.ts";
import type { Catalogue } from "../../src/core/catalogue.ts";
import type { Channel, ChannelCapabilities, MessageContent } from "../../src/core/message.ts";
import type { DetectedLanguage, Recogniser, Scored, Understanding } from "../../src/core/understanding.ts";
import { contacts, conversations, feedback, inbox, turns } from "../../src/database/schema.ts";
import { words } from "../../src/words/words.ts";
import { needOf, offerOf } from "../catalogue/fixtures.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { catalogueOf, openAssistant, read } from "./fixtures.ts";

const needs = [
  needOf("kita-platz", ["Kita"]),
  needOf("hund", ["Hund"], "stadt"),
  needOf("gewalt", ["Gewalt"], "schutz"),
  needOf("sucht", ["Sucht"], "gesundheit"),
  needOf("ohne-versicherung", ["ohne Versicherung"], "arzt"),
  needOf("psychische-krise", ["Krise"], "gesundheit"),
  needOf("notruf", ["Notruf"], "sonstiges"),
  needOf("bericht", ["Bericht"], "stadt"),
  needOf("dolmetscher", ["Dolmetscher"], "ankommen"),
  needOf("migrationsberatung", ["Migration"], "ankommen"),
];
const offers = [
  ...Array.from({ length: 7 }, (_, index) => offerOf(`kita-${index}`)),
  offerOf("kita-sendling", { district: "Sendling", geo: { lat: 48.1196, lon: 11.5486 } }),
  offerOf("kita-frei", { cost: { free: true } }),
  ...["gewalt", "sucht", "ohne-versicherung", "psychische-krise", "dolmetscher", "migrationsberatung"].map((id) =>
    offerOf(id, { needs: [id] }),
  ),
  ...[1, 2, 3, 4].map((index) =>
    offerOf(`bericht-${index}`, { needs: ["bericht"], url: `https://example.org/${index}/${"lang/".repeat(50)}` }),
  ),
];

const spoken = (lang: "de" | "en" | "tr"): DetectedLanguage => ({ kind: "spoken", lang, certain: true });

/** What the recogniser (the port of core) makes of the sentences of these tests. */
const sentences: Readonly<Record<string, Understanding>> = {
  "Wo ist eine Kita?": read("find-offer", "kita-platz"),
  "Kita am Harras, 81371": read("find-offer", "kita-platz", { slots: { district: "Sendling", quarter: "Harras", postcode: "81371" } }),
  "Wo ist ein Hund?": read("find-offer", "hund"),
  "und in Sendling?": read("find-offer", undefined, { slots: { district: "Sendling" } }),
  "welche Kita hat jetzt offen?": read("find-offer", "kita-platz", { wishes: { openNow: true } }),
  "aber kostenlos": read("find-offer", undefined, { slots: { costFree: true } }),
  "Wo ist ein Bericht?": read("find-offer", "bericht"),
  "was kostet das?": read("costs"),
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
  "Was ist bei mir um die Ecke?": read("nearest", "kita-platz"),
  "Wie wird das Wetter?": read("out-of-scope"),
  "Kita in Hamburg gesucht": read("find-offer", "kita-platz"),
  "wann haben die offen?": read("opening-hours"),
  "nein, ich meinte Sucht": {
    ...read("no", "sucht"),
    intents: [
      { id: "no", score: 0.6 },
      { id: "find-offer", score: 0.3 },
    ],
  },
  Unsinn: read("unbekannt"),
  "Dzień dobry, szukam przedszkola": read("find-offer", "kita-platz"),
};

const recogniser: Recogniser = {
  detectLanguage: (text) => {
    if (text.startsWith("Dzień")) return { kind: "foreign", code: "pl" };
    return text.startsWith("Where") ? spoken("en") : spoken("de");
  },
  recognise: (text) => sentences[text] ?? read("unbekannt"),
  rankNeeds: (text) => (sentences[text] ?? read("unbekannt")).needs,
};

const pushing: ChannelCapabilities = { pushes: true, saysItself: false, mostButtons: 100, brokenOff: "resend" };
const capabilities: { readonly [channel in Channel]: ChannelCapabilities } = {
  directline: { ...pushing, pushes: false, saysItself: true },
  telegram: {
    ...pushing,
    replaces: true,
    sharesPlace: true,
    carrier: { name: "Telegram", insteadUrl: "https://lotse.example" },
  },
  botframework: pushing,
};

describe.each(databaseKinds())("the assistant (%s)", (kind) => {
  let database: TestDatabase;
  let conversationId: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    catalogue = await catalogueOf({ needs, offers });
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
    openAssistant(database.db, {
      recogniser,
      catalogue,
      capabilities: (channel) => capabilities[channel],
      pushing: ["telegram", "botframework"],
    });

  async function turn(content: MessageContent, channel: Channel = "directline", id = 1) {
    const answered = await assistant().answer({ id, conversationId, channel, content });
    await database.db.transaction((transaction) => answered.save(transaction, [id]));
    return { ...answered, ids: answered.answer.offers.map(({ offer }) => offer.id), ...answered.answer.summary };
  }

  const say = (text: string, channel?: Channel) => turn({ kind: "text", text }, channel);
  const press = (value: string) => turn({ kind: "button", value });
  const storedTurns = () => database.db.select().from(turns).orderBy(turns.createdAt);
  // The reply is stored as well, in the outbox.
  const everything = async (reply: Reply) =>
    JSON.stringify([await storedTurns(), await database.db.select().from(conversations), reply.about]);

  it("shows fewer offers where three are too much to read, and leaves none out: the next page begins with the rest", async () => {
    const asked = await say("Wo ist ein Bericht?");
    expect(replyText(asked.answer.reply).length).toBeLessThanOrEqual(900);
    expect(asked.ids).toEqual(asked.answer.reply.cards.map(({ id }) => id));
    expect(asked.ids).toHaveLength(2);
    const next = asked.answer.reply.buttons[0]?.value ?? "";
    expect(next).toMatch(/^more:2:/);
    expect((await say("was kostet das?")).ids).toEqual(asked.ids);
    const rest = await press(next);
    expect(new Set([...asked.ids, ...rest.ids])).toEqual(new Set([1, 2, 3, 4].map((index) => `bericht-${index}`)));
    expect((await say("mehr")).kind).toBe("no-answer");
  });

  it("answers a question with at most three offers, and says whether there are more", async () => {
    const { kind: answerKind, needs: understood, ids, answer } = await say("Wo ist eine Kita?");
    expect({ answerKind, understood }).toEqual({ answerKind: "offers", understood: ["kita-platz"] });
    expect(ids).toHaveLength(3);
    expect(answer.reply.cards).toHaveLength(3);
    expect(answer.reply.buttons[0]?.value).toMatch(/^more:3:[0-9a-f]{8}$/);
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
    const ratings = await database.db.select({ turnId: feedback.turnId, rating: feedback.rating }).from(feedback);
    expect(ratings).toEqual([{ turnId: rated?.id, rating: "wrong" }]);
  });

  it("rates the answer to the message that a button names, which need not be the last, and none that is not there", async () => {
    await turn({ kind: "text", text: "Wo ist eine Kita?" }, "botframework", 17);
    await turn({ kind: "text", text: "Ich trinke zu viel" }, "botframework", 18);
    const [first] = await storedTurns();
    await turn({ kind: "button", value: "wrong:17" }, "botframework", 19);
    await turn({ kind: "button", value: "wrong:4711" }, "botframework", 20);
    await turn({ kind: "button", value: `wrong:${"9".repeat(40)}` }, "botframework", 21);
    expect(await database.db.select().from(feedback)).toMatchObject([
      { turnId: first?.id, rating: "wrong" },
      { turnId: (await storedTurns())[1]?.id, rating: "wrong" },
    ]);
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

  describe("a word behind a slash", () => {
    it.each<readonly [string, string, string]>([
      ["/help", "meta", words.de.help],
      ["/hilfe", "meta", words.de.help],
      ["/settings", "meta", words.de.settings],
      ["/einstellungen", "meta", words.de.settings],
      ["/privacy", "meta", words.de.privacy],
      ["/datenschutz", "meta", words.de.privacy],
      ["/loeschen", "meta", words.de.deleteAsk],
      ["/löschen", "meta", words.de.deleteAsk],
      ["/delete", "meta", words.de.deleteAsk],
      ["/meinedaten", "meta", words.de.myData.lead],
      ["/mydata", "meta", words.de.myData.lead],
      ["/mensch", "handover", words.de.call115],
      ["/human", "handover", words.de.call115],
      ["/abos", "meta", words.de.watches.none],
      ["/watches", "meta", words.de.watches.none],
      ["/einfach", "confirmation", words.de.simplerSet],
      ["/simple", "confirmation", words.de.simplerSet],
      ["/HELP", "meta", words.de.help],
      ["/help@stadtlotse_bot bitte", "meta", words.de.help],
      ["/start", "meta", words.de.welcome],
    ])("%s is answered on every channel", async (text, expected, sentence) => {
      for (const channel of ["directline", "telegram", "botframework"] as const) {
        const { kind: answerKind, answer } = await say(text, channel);
        expect(answerKind).toBe(expected);
        expect(answer.reply.lead.join("\n")).toContain(sentence);
      }
    });

    it.each(["/wetter", "/wetter morgen", "/hilfee", "/x"])("%s is not known, and the list of those that are answers it", async (text) => {
      const { kind: answerKind, answer } = await say(text);
      expect(answerKind).toBe("meta");
      expect(answer.reply.lead).toEqual(expect.arrayContaining([words.de.unknownCommand, words.de.help]));
      expect(answer.gap).toBeUndefined();
    });

    it.each(["kita/hort", "1/2", "/", "// test", "/kita/hort"])("%j is none", async (text) => {
      expect((await say(text)).answer.reply.lead).not.toContain(words.de.help);
    });

    it.each(["/start Ich will nicht mehr leben", "/hilfe Ich will nicht mehr leben", "/Ich will nicht mehr leben"])(
      "a crisis beats it: %s",
      async (text) => {
        const { kind: answerKind, answer, erase } = await say(text);
        expect([answerKind, erase]).toEqual(["crisis", "message"]);
        expect(answer.reply.lead[0]).toBe(words.de.crisis.suicide);
      },
    );

    it.each<readonly [string, MessageContent]>([
      ["a link", { kind: "start", topic: "sucht" }],
      ["words", { kind: "text", text: "/start sucht" }],
      ["other letters", { kind: "start", topic: "SUCHT" }],
    ])("opens the talk with the offers of a need that %s names", async (_, content) => {
      expect(await turn(content)).toMatchObject({ kind: "offers", needs: ["sucht"], ids: ["sucht"] });
    });

    it("welcomes whom a link with an unknown topic brings", async () => {
      expect((await turn({ kind: "start", topic: "quartier_12" })).answer.reply.lead).toContain(words.de.welcome);
    });

    it("writes in the manner that settings choose, and back", async () => {
      expect(await press("lang:tr")).toMatchObject({ lang: "tr", kind: "confirmation" });
      expect(await say("Wo ist eine Kita?")).toMatchObject({ lang: "tr" });
      await press("lang:de");
      await press("simple:on");
      expect((await say("/settings")).answer.reply.lead[0]).toContain(words.de.simpleOn);
      const { answer } = await press("simple:off");
      expect(answer.reply.lead).toEqual([words.de.longerSet]);
      expect((await say("/settings")).answer.reply.lead[0]).toContain(words.de.simpleOff);
      expect((await press("lang:xx")).kind).toBe("no-answer");
    });

    it("tells what is kept: counts, settings, and the last search; nothing of another talk, and nothing once it is deleted", async () => {
      const mine = conversationId;
      conversationId = randomUUID();
      await database.db
        .insert(contacts)
        .values({ id: conversationId, channel: "directline", addressHash: conversationId, addressEncrypted: "x" });
      await say("Ich trinke zu viel");
      await press("right");
      await press("wrong");
      conversationId = mine;
      for (const [id, text] of ["Wo ist eine Kita?", "und in Sendling?"].entries()) {
        await database.db
          .insert(inbox)
          .values({ conversationId, channel: "directline", externalId: `${conversationId} ${id}`, content: { kind: "text", text } });
        await say(text);
      }
      await press("right");
      const told = replyText((await say("/meinedaten")).answer.reply);
      expect(told).toContain(words.de.myData.messages(2, 2));
      expect(told).toContain(words.de.myData.ratings(1));
      expect(told).toContain(words.de.myData.search("und in Sendling?"));
      expect(told).toContain("Sendling");
      await press("delete");
      const after = replyText((await say("/meinedaten")).answer.reply);
      expect(after).toContain(words.de.myData.ratings(0));
      expect(after).not.toContain("Sendling");
    });
  });

  describe("the pages of a list", () => {
    const values = ({ answer }: { readonly answer: { readonly reply: Reply } }) => answer.reply.buttons.map(({ value }) => value);
    const pressOn = (value: string, channel: Channel = "telegram") => turn({ kind: "button", value, on: "55" }, channel);

    it("take each other's place where a channel can do that, and go both ways", async () => {
      const first = await say("Wo ist eine Kita?", "telegram");
      const [next = ""] = values(first);
      const second = await pressOn(next);
      expect(second.answer.reply.replaces).toBe("55");
      const back = values(second)[1] ?? "";
      expect(back).toMatch(/^more:0:/);
      const again = await pressOn(back);
      expect(again.ids).toEqual(first.ids);
      expect(values(again)).toEqual(values(first));
      expect(first.answer.reply).not.toHaveProperty("replaces");
    });

    it("come one below the other elsewhere", async () => {
      const [next = ""] = values(await say("Wo ist eine Kita?"));
      const second = await pressOn(next, "directline");
      expect(second.answer.reply).not.toHaveProperty("replaces");
      expect(values(second).filter((value) => value.startsWith("more"))).toHaveLength(1);
    });

    it("come once although the button is pressed twice", async () => {
      const [next = ""] = values(await say("Wo ist eine Kita?", "telegram"));
      expect((await pressOn(next)).ids).toEqual((await pressOn(next)).ids);
    });

    it("are not turned by the buttons of an older search", async () => {
      const [old = ""] = values(await say("Wo ist eine Kita?", "telegram"));
      await say("Ich trinke zu viel", "telegram");
      const { answer } = await pressOn(old);
      expect(answer.reply.lead).toEqual([words.de.outdatedList]);
      expect(answer.reply).not.toHaveProperty("replaces");
    });
  });

  it("asks for the place where it depends on that, and nobody said it", async () => {
    expect((await say("Was ist bei mir um die Ecke?", "telegram")).answer.reply.buttons.at(-1)).toMatchObject({ shares: "place" });
    expect((await say("Was ist bei mir um die Ecke?")).answer.reply.closing).toContain(words.de.askPlace);
    expect((await say("und in Sendling?", "telegram")).answer.reply.buttons.some(({ shares }) => shares !== undefined)).toBe(false);
  });

  it("says before the first answer who carries the messages, and again where somebody asks what becomes of them", async () => {
    const notice = words.de.carrier("Telegram", "https://lotse.example");
    const first = await say("Wo ist eine Kita?", "telegram");
    expect(first.answer.reply.lead.slice(0, 2)).toEqual([words.de.page.notice, notice]);
    expect((await say("Wo ist eine Kita?", "telegram")).answer.reply.lead).not.toContain(notice);
    expect((await say("/privacy", "telegram")).answer.reply.lead).toContain(notice);
    expect((await say("/privacy", "directline")).answer.reply.lead).not.toContain(notice);
  });

  it("says that it answers changed words", async () => {
    await say("Wo ist ein Hund?");
    const { answer } = await turn({ kind: "text", text: "Wo ist eine Kita?", edited: true });
    expect(answer.reply.lead[0]).toBe(words.de.edited);
  });

  it.each(["photo", "voice", "sticker"] as const)("answers a %s kindly", async (what) => {
    expect((await turn({ kind: "attachment", what })).answer.reply.lead).toEqual([words.de[what]]);
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

  describe("a shared place", () => {
    const sendling = { kind: "location", latitude: 48.12, longitude: 11.55 } as const;

    it("says where the search before goes on", async () => {
      await say("Wo ist eine Kita?");
      const near = await turn(sendling);
      expect(near).toMatchObject({ kind: "offers", intent: "nearest", needs: ["kita-platz"], slots: { district: "Sendling" } });
      expect(near.ids[0]).toBe("kita-sendling");
    });

    it("tells how far each offer is, also of the next page and of another topic's button, until another place is named", async () => {
      const kmOf = ({ answer }: Awaited<ReturnType<typeof turn>>) => answer.offers.map(({ place }) => place?.km);
      await say("Wo ist eine Kita?");
      const near = await turn(sendling);
      expect(kmOf(near)[0]).toBeCloseTo(0.1, 0);
      expect(near.answer.reply.lead).toContain("Sie sind in der Nähe von Sendling.");
      expect(near.answer.reply.cards[0]?.lines.join()).toContain("Ungefähr 1 km entfernt");
      expect(kmOf(await turn({ kind: "button", value: "need:kita-platz" }))[0]).toBeDefined();
      const named = await say("und in Sendling?");
      expect(kmOf(named).every((km) => km === undefined)).toBe(true);
      expect(named.answer.reply.lead.join()).not.toContain("Sie sind");
    });

    it("is shown to who asks what is stored", async () => {
      await turn(sendling);
      expect((await say("/meinedaten")).answer.reply.lead.join()).toContain("48.12, 11.55");
    });

    it("is asked about where nothing was wanted before, and kept for the answer", async () => {
      const asked = await turn(sendling);
      expect(asked).toMatchObject({ kind: "question", slots: { district: "Sendling" } });
      expect(asked.answer.reply.lead.join()).toContain("Sendling");
      expect(await say("Wo ist eine Kita?")).toMatchObject({ kind: "offers", slots: { district: "Sendling" } });
    });

    it("takes the place of a quarter that was named before", async () => {
      await say("Kita am Harras, 81371");
      const { slots } = await turn(sendling);
      expect(slots).toEqual({ district: "Sendling" });
    });

    it("is what near means for a later topic, and nothing to one that is wanted anywhere", async () => {
      await say("Wo ist eine Kita?");
      await turn(sendling);
      expect((await say("Ich trinke zu viel")).slots).toEqual({});
      const near = await say("Was ist bei mir um die Ecke?", "telegram");
      expect(near).toMatchObject({ kind: "offers", needs: ["kita-platz"], slots: { district: "Sendling" } });
      expect(near.answer.reply.buttons.some((button) => "shares" in button)).toBe(false);
    });

    it("is forgotten once one outside Munich is shared", async () => {
      await turn(sendling);
      await turn({ kind: "location", latitude: 53.55, longitude: 10 });
      await say("Ich trinke zu viel");
      expect((await say("Was ist bei mir um die Ecke?", "telegram")).slots).toEqual({});
    });

    it("is told to be outside where it is not in Munich", async () => {
      await say("Wo ist eine Kita?");
      expect(await turn({ kind: "location", latitude: 53.55, longitude: 10 })).toMatchObject({ kind: "out-of-scope", ids: [] });
    });
  });

  it("says plainly that another city is not known here", async () => {
    expect(await say("Kita in Hamburg gesucht")).toMatchObject({ kind: "out-of-scope", ids: [] });
  });

  it("asks what is meant by a detail of nothing, and answers one of what was spoken of", async () => {
    expect(await say("wann haben die offen?")).toMatchObject({ kind: "question", ids: [] });
    await say("Wo ist eine Kita?");
    const hours = await say("wann haben die offen?");
    expect(hours).toMatchObject({ kind: "offers", intent: "opening-hours", needs: ["kita-platz"] });
    expect(hours.answer.reply.cards[0]?.lines).toContain("Die Öffnungs-Zeiten weiß ich nicht.");
  });

  it("keeps asking for what is open now while the talk goes on", async () => {
    const said = await say("welche Kita hat jetzt offen?");
    expect(said.answer.offers[0]?.hours?.asked).toBe("now");
    expect((await say("und in Sendling?")).answer.offers[0]?.hours?.asked).toBe("now");
    expect((await say("Ich trinke zu viel")).answer.offers[0]?.hours).toBeUndefined();
  });

  it("searches anew where a person corrects it", async () => {
    await say("Wo ist eine Kita?");
    expect(await say("nein, ich meinte Sucht")).toMatchObject({ kind: "offers", needs: ["sucht"] });
  });
});
