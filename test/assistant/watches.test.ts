import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Catalogue } from "../../src/core/catalogue.ts";
import type { Channel, MessageContent } from "../../src/core/message.ts";
import type { Understanding } from "../../src/core/understanding.ts";
import { contacts, conversations, turns, watches } from "../../src/database/schema.ts";
import { words } from "../../src/words/words.ts";
import { needOf, offerOf } from "../catalogue/fixtures.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { catalogueOf, openAssistant, read, recogniserOf, takeTurn } from "./fixtures.ts";

const needs = [
  needOf("kita-platz", ["Kita"]),
  needOf("gewalt", ["Gewalt"], "schutz"),
  needOf("sucht", ["Sucht"], "gesundheit"),
  needOf("psychische-krise", ["Krise"], "gesundheit"),
];
const full = { unit: { de: "Plätze" }, available: 0, asOf: new Date().toISOString() };
const offers = [
  offerOf("kita-a", { organization: "Kita Sonne", capacity: full, district: "Sendling" }),
  offerOf("kita-b", { district: "Laim" }),
  offerOf("frauenhaus", { needs: ["gewalt"] }),
  offerOf("suchthilfe", { needs: ["sucht"] }),
];
/** What the recogniser (the port of core) makes of the sentences of these tests. */
const sentences: Readonly<Record<string, Understanding>> = {
  "Gibt es freie Kita-Plätze?": read("free-places", "kita-platz"),
  "Wo ist eine Kita?": read("find-offer", "kita-platz"),
  "Sag mir Bescheid": read("watch"),
  "Sag Bescheid, wenn ab Januar kostenlos eine Kita in Sendling frei ist": read("watch", "kita-platz", {
    slots: { district: "Sendling", from: "2030-01-10", costFree: true },
  }),
  "Sag Bescheid, wenn ein Frauenhaus frei ist": read("watch", "gewalt"),
  "Sag Bescheid zur Suchthilfe": read("watch", "sucht"),
  "nicht mehr Bescheid sagen": read("stop-watch"),
  ja: read("yes"),
  nein: read("no"),
  "Mein Mann schlägt mich": read("find-offer", "gewalt"),
  "Ich will nicht mehr leben": { ...read("crisis-suicide", "psychische-krise") },
};
const recogniser = recogniserOf(sentences);

describe.each(databaseKinds())("watches in the talk (%s)", (kind) => {
  let database: TestDatabase;
  let catalogue: Catalogue;
  let conversationId: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    catalogue = await catalogueOf({ needs, offers });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(watches);
    await database.db.delete(contacts);
    await newChat();
  });

  async function newChat(channel: Channel = "telegram"): Promise<void> {
    conversationId = randomUUID();
    await database.db.insert(contacts).values({ id: conversationId, channel, addressHash: conversationId, addressEncrypted: "x" });
  }

  async function turn(content: MessageContent, channel: Channel = "telegram") {
    const capabilities = (asked: Channel) =>
      ({ pushes: asked !== "directline", saysItself: true, mostButtons: 10, brokenOff: "resend" }) as const;
    const assistant = openAssistant(database.db, { recogniser, catalogue, capabilities, pushing: ["telegram"] });
    return await takeTurn(database.db, assistant, { id: 1, conversationId, channel, content });
  }
  const say = (text: string, channel?: Channel) => turn({ kind: "text", text }, channel);
  const press = (value: string, channel?: Channel) => turn({ kind: "button", value }, channel);
  const stored = () => database.db.select().from(watches).orderBy(watches.position);
  const yesOf = ({ values }: { readonly values: readonly string[] }) => values.find((value) => value.startsWith("watch-yes:")) ?? "";

  it("says that none is known free, offers to tell, asks, and stores nothing before the yes", async () => {
    const none = await say("Gibt es freie Kita-Plätze?");
    expect(none).toMatchObject({ kind: "capacity" });
    expect(none.said).toContain(words.de.noneFree);
    expect(none.values).toContain("watch");
    const asked = await press("watch");
    expect(asked.kind).toBe("confirmation");
    expect(asked.said).toContain(words.de.watches.stores);
    expect(asked.values).toEqual([yesOf(asked), "watch-no"]);
    expect(await stored()).toEqual([]);
    const opened = await press(yesOf(asked));
    expect(opened.said).toMatch(/90 Tage, bis \d+\. \p{L}+ \d{4}/u);
    expect(opened.said).toContain("Das ist keine Reservierung. Den Platz vergibt");
    expect(await stored()).toMatchObject([{ conversationId, needs: ["kita-platz"], pushes: true, codeHash: null, lang: "de" }]);
    expect(opened.values).toEqual([`unwatch:${(await stored())[0]?.id}`]);
  });

  it("keeps the wishes that were said, and nothing else", async () => {
    await say("Sag Bescheid, wenn ab Januar kostenlos eine Kita in Sendling frei ist");
    await say("ja");
    expect(await stored()).toMatchObject([
      { needs: ["kita-platz"], district: "Sendling", fromDate: "2030-01-10", costFree: true, wheelchair: false },
    ]);
  });

  it("takes the topic from what was spoken of, and the one offer that was picked", async () => {
    await say("Wo ist eine Kita?");
    await say("1");
    await say("Sag mir Bescheid");
    await say("ja");
    expect(await stored()).toMatchObject([{ needs: ["kita-platz"], offerId: "kita-a" }]);
  });

  it("asks what for where nobody knows it", async () => {
    expect((await say("Sag mir Bescheid")).said).toContain(words.de.watches.what);
    expect((await say("ja")).kind).toBe("smalltalk");
    expect(await stored()).toEqual([]);
  });

  it.each([
    ["nein", () => say("nein")],
    ["the button", () => press("watch-no")],
  ])("stores nothing after a no by %s", async (_name, decline) => {
    await say("Sag Bescheid zur Suchthilfe");
    expect((await decline()).said).toContain(words.de.watches.declined);
    expect((await say("ja")).kind).toBe("smalltalk");
    expect(await stored()).toEqual([]);
  });

  it("takes a yes only for the question just before it, and an old button for none", async () => {
    const first = await say("Sag Bescheid zur Suchthilfe");
    await say("Wo ist eine Kita?");
    expect((await say("ja")).kind).toBe("smalltalk");
    await press("watch");
    expect((await press(yesOf(first))).kind).toBe("no-answer");
    expect(await stored()).toEqual([]);
  });

  it("stores one watch for two taps", async () => {
    const asked = await say("Sag Bescheid zur Suchthilfe");
    await press(yesOf(asked));
    expect((await press(yesOf(asked))).said).toContain("Das Abo gibt es schon");
    expect(await stored()).toHaveLength(1);
  });

  it("lists watches by /abos and ends each or all by one tap", async () => {
    expect((await say("/abos")).said).toBe(words.de.watches.none);
    for (const text of ["Sag Bescheid zur Suchthilfe", "Sag Bescheid, wenn ab Januar kostenlos eine Kita in Sendling frei ist"]) {
      await say(text);
      await say("ja");
    }
    const [first, second] = await stored();
    const list = await say("/abos");
    expect(list.said).toMatch(/1\. sucht de\. Bis .*\n2\. kita-platz de, Sendling, ab 10\. Januar 2030, kostenlos\. Bis/);
    expect(list.values).toEqual([`unwatch:${first?.id}`, `unwatch:${second?.id}`, "unwatch-all"]);
    expect((await say("nicht mehr Bescheid sagen")).values).toEqual(list.values);
    const left = await press(`unwatch:${first?.id}`);
    expect(left.said).toContain(words.de.watches.stopped(1));
    expect(await stored()).toHaveLength(1);
    expect((await say("nicht mehr Bescheid sagen")).said).toContain(words.de.watches.stopped(1));
    expect(await stored()).toEqual([]);
    expect((await press(`unwatch:${first?.id}`)).said).toBe(words.de.watches.none);
    expect((await press("unwatch-all")).said).toBe(words.de.watches.none);
  });

  it.each(["Ich will nicht mehr leben", "Mein Mann schlägt mich"])("never pushes again after: %s", async (text) => {
    await say("Sag Bescheid zur Suchthilfe");
    await say("ja");
    await say(text);
    expect(await stored()).toMatchObject([{ pushes: false }]);
    const asked = await say("Sag Bescheid, wenn ab Januar kostenlos eine Kita in Sendling frei ist");
    expect(asked.said).toContain(words.de.watches.storesForCode);
    await say("ja");
    expect(await stored()).toMatchObject([{ pushes: false }, { pushes: false }]);
  });

  it("never pushes on the topic of violence itself", async () => {
    expect((await say("Sag Bescheid, wenn ein Frauenhaus frei ist")).said).toContain(words.de.watches.storesForCode);
    await say("ja");
    expect(await stored()).toMatchObject([{ pushes: false }]);
  });

  describe("in the web chat", () => {
    const openWithCode = async () => {
      await newChat("directline");
      expect((await say("Sag Bescheid zur Suchthilfe", "directline")).said).toContain(words.de.watches.storesForCode);
      const { said } = await say("ja", "directline");
      const code = /Ihr Code:\n(.+)/.exec(said)?.[1] ?? "";
      expect(code.split(" ")).toHaveLength(13);
      return code;
    };

    it("gives a code that leads back from any chat, and whose words are not kept", async () => {
      const code = await openWithCode();
      await newChat();
      const back = await say(code.toUpperCase());
      expect(back).toMatchObject({ kind: "capacity", erase: "message" });
      expect(back.said).toContain(words.de.watches.nothingYet);
      const kept = JSON.stringify([await database.db.select().from(turns), await database.db.select().from(conversations)]).toLowerCase();
      expect(kept).not.toContain(code);
      expect((await press(back.values[0] ?? "")).said).toContain(words.de.watches.stopped(1));
      expect((await say(code)).said).toContain(words.de.watches.unknownCode);
    });

    it("refuses after five wrong codes", async () => {
      const code = await openWithCode();
      const wrong = code.replace(/^\S+/, "zzzzz");
      for (let time = 0; time < 5; time += 1) expect((await say(wrong, "directline")).said).toContain(words.de.watches.unknownCode);
      expect((await say(code, "directline")).said).toContain(words.de.watches.tooManyCodes);
    });
  });

  it("forgets watches with the talk, and counts them before", async () => {
    await say("Sag Bescheid zur Suchthilfe");
    await say("ja");
    expect((await say("/meinedaten")).said).toContain(words.de.myData.watches(1));
    await press("delete");
    expect(await stored()).toEqual([]);
  });
});
