import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dropOldWriting } from "../../src/assistant/conversation-store.ts";
import { createParticipationOperations } from "../../src/catalogue/participation/operations.ts";
import { findHelpers } from "../../src/catalogue/volunteering/operations.ts";
import type { Catalogue } from "../../src/core/catalogue.ts";
import type { MessageContent } from "../../src/core/message.ts";
import { offerRef } from "../../src/core/offer-ref.ts";
import type { Understanding } from "../../src/core/understanding.ts";
import { contacts, contributions, conversations, signUps, taskPlaces, turns, votes } from "../../src/database/schema.ts";
import { words } from "../../src/words/words.ts";
import { needOf, offerOf } from "../catalogue/fixtures.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { catalogueOf, openAssistant, read, recogniserOf, takeTurn } from "./fixtures.ts";

const needs = [
  needOf("kita-platz", ["Kita"]),
  needOf("beteiligung", ["Mitreden"]),
  needOf("digital-massnahme", ["Digital"]),
  needOf("ehrenamt", ["Ehrenamt"]),
  needOf("psychische-krise", ["Krise"], "gesundheit"),
];
const capacity = { unit: { de: "Plätze" }, available: 1, asOf: "2026-11-20T09:00:00.000Z" };
const longId = `befi-${"sehr-lange-kennung-".repeat(4)}ende`;
const offers = [
  offerOf("kita-a"),
  offerOf("neuer-platz", {
    kind: "participation",
    needs: ["beteiligung"],
    title: { de: "Neuer Platz" },
    url: "https://mitreden.example/1",
  }),
  offerOf("alter-platz", { kind: "participation", needs: ["kurs"], participation: { phase: "closed" } }),
  offerOf(longId, { kind: "participation", needs: ["kurs"], title: { de: "Langer Name" } }),
  offerOf("wlan", { kind: "measure", needs: ["digital-massnahme"], title: { de: "WLAN überall" } }),
  offerOf("netz", { kind: "measure", needs: ["digital-massnahme"], title: { de: "Schnelles Netz" } }),
  offerOf("handy-hilfe", { needs: ["ehrenamt"], organization: "Beispiel-Verein", title: { de: "Handy-Hilfe" }, capacity }),
];
/** What the recogniser (the port of core) makes of the sentences of these tests. */
const sentences: Readonly<Record<string, Understanding>> = {
  "Was kann ich mitreden?": read("participation", "beteiligung"),
  "Was kann ich in Sendling mitreden?": read("participation", "beteiligung", { slots: { district: "Sendling" } }),
  "Welche Maßnahmen gibt es?": read("measure", "digital-massnahme"),
  "am Samstag Senioren beim Handy helfen": read("volunteer", "ehrenamt"),
  "Mehr Bäume am Harras": read("participation", "beteiligung", { slots: { district: "Sendling" } }),
  "Mehr Kita-Plätze im Viertel": read("find-offer", "kita-platz"),
  "Wo finde ich eine Kita?": read("find-offer", "kita-platz"),
  "Ich will mit einem Menschen reden": read("human"),
  ja: read("yes"),
  nein: read("no"),
  "Ich will nicht mehr leben": read("crisis-suicide", "psychische-krise"),
  "Ich will nicht mehr leben K7M2-9QXD": read("crisis-suicide", "psychische-krise"),
};
const recogniser = recogniserOf(sentences);

describe.each(databaseKinds())("taking part in the talk (%s)", (kind) => {
  let database: TestDatabase;
  let catalogue: Catalogue;
  let chat: string;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    catalogue = await catalogueOf({ needs, offers });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const table of [contributions, signUps, taskPlaces, contacts]) await database.db.delete(table);
    chat = await openChat();
  });

  async function openChat(): Promise<string> {
    const id = randomUUID();
    await database.db.insert(contacts).values({ id, channel: "telegram", addressHash: id, addressEncrypted: "x" });
    return id;
  }

  async function turn(content: MessageContent, conversationId = chat, client?: string) {
    const capabilities = () => ({ pushes: true, saysItself: true, mostButtons: 20, brokenOff: "resend" }) as const;
    const assistant = openAssistant(database.db, { recogniser, catalogue, capabilities });
    return await takeTurn(database.db, assistant, { id: 1, conversationId, channel: "telegram", content, client });
  }
  const say = (text: string, conversation?: string) => turn({ kind: "text", text }, conversation);
  const press = (value: string, conversation?: string) => turn({ kind: "button", value }, conversation);
  const stored = () => database.db.select().from(contributions).orderBy(contributions.createdAt);
  const yesOf = ({ values }: { readonly values: readonly string[] }) => values.find((value) => value.startsWith("write-yes:")) ?? "";
  const codeIn = (said: string) => /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(said)?.[0] ?? "";

  /** Writes to the project and says yes; gives the receipt. */
  async function contribute(text: string): Promise<string> {
    await press("say:neuer-platz");
    const asked = await say(text);
    return codeIn((await press(yesOf(asked))).said);
  }

  describe("a contribution", () => {
    it("is asked for below a project, shown with what is stored, stored at the yes, and has a receipt", async () => {
      const shown = await say("Was kann ich in Sendling mitreden?");
      expect(shown.labels[0]).toMatch(new RegExp(words.de.participation.speak));
      const asked = await press("say:neuer-platz");
      expect(asked.said).toContain("Neuer Platz");
      expect(asked.said).toContain("https://mitreden.example/1");
      const preview = await say("Mehr Bäume am Harras");
      expect(preview.said).toContain("Mehr Bäume am Harras");
      expect(preview.said).toMatch(/Bezirk: Sendling\.\nIch speichere .* Am \d+\. \p{L}+ \d{4} lösche ich ihn\./u);
      expect(preview.said).toContain("https://mitreden.example/1");
      expect(await stored()).toEqual([]);
      const done = await press(yesOf(preview));
      expect(done.kind).toBe("confirmation");
      expect(done.said).toContain("https://mitreden.example/1");
      expect(await stored()).toMatchObject([
        {
          code: codeIn(done.said),
          conversationId: chat,
          offerId: "neuer-platz",
          body: "Mehr Bäume am Harras",
          district: "Sendling",
          state: "waiting",
        },
      ]);
    });

    it("keeps its words nowhere but where the person said yes to", async () => {
      await press("say:neuer-platz");
      const preview = await say("Mehr Bäume am Harras");
      expect(preview.erase).toBe("message");
      await press("write-no");
      expect(await stored()).toEqual([]);
      const kept = JSON.stringify([await database.db.select().from(turns), await database.db.select().from(conversations)]);
      expect(kept).not.toContain("Mehr Bäume");
    });

    it("is no longer there a day after somebody began to write and went away", async () => {
      await press("say:neuer-platz");
      const preview = await say("Mehr Bäume am Harras");
      const kept = async () => JSON.stringify(await database.db.select().from(conversations));
      await dropOldWriting(database.db);
      expect(await kept()).toContain("Mehr Bäume");
      await database.db.execute(sql`update conversations set updated_at = now() - interval '25 hours'`);
      await dropOldWriting(database.db);
      expect(await kept()).not.toContain("Mehr Bäume");
      expect((await press(yesOf(preview))).said).toBe(words.de.outdatedList);
    });

    it("keeps the marks of what was taken out, and any text as text", async () => {
      const text = "<script>alert(1)</script> *fett* [x](http://y) [Telefon] =1+1";
      const code = await contribute(text);
      expect(await stored()).toMatchObject([{ code, body: text }]);
    });

    it("is confirmed by a typed yes, and not by a later one", async () => {
      await press("say:neuer-platz");
      await say("Mehr Bäume am Harras");
      expect((await say("ja")).said).toContain(words.de.participation.submitted);
      await press("say:neuer-platz");
      await say("Mehr Bäume am Harras");
      await say("Wo finde ich eine Kita?");
      expect((await say("ja")).kind).toBe("smalltalk");
      expect(await stored()).toHaveLength(1);
    });

    it.each(["abbrechen", "Nein danke", "cancel", "iptal", "скасувати", "отмена", "إلغاء", "annulla", "annuler", "odustani"])(
      "is left off by %s",
      async (word) => {
        await press("say:neuer-platz");
        expect((await say(word)).said).toContain(words.de.participation.declined);
        await say("Mehr Bäume am Harras");
        expect(await stored()).toEqual([]);
      },
    );

    it("is not made of a question that is clearly another one, and what comes after is no contribution", async () => {
      await press("say:neuer-platz");
      expect((await say("Wo finde ich eine Kita?")).kind).toBe("offers");
      expect((await say("Mehr Kita-Plätze im Viertel")).kind).toBe("offers");
      await press("say:neuer-platz");
      expect((await say("Ich will mit einem Menschen reden")).kind).toBe("handover");
      await press("say:neuer-platz");
      await say("/hilfe");
      expect((await say("Mehr Kita-Plätze im Viertel")).kind).toBe("offers");
    });

    it("may be about what others look for, and waits where a picture came instead", async () => {
      await press("say:neuer-platz");
      await turn({ kind: "attachment", what: "photo" });
      expect((await say("Mehr Kita-Plätze im Viertel")).values[0]).toMatch(/^write-yes:/);
    });

    it("is never made of a crisis: that is answered first, and nothing of it is stored", async () => {
      await press("say:neuer-platz");
      const answered = await say("Ich will nicht mehr leben");
      expect(answered.kind).toBe("crisis");
      expect(answered.erase).toBe("message");
      expect(JSON.stringify(await database.db.select().from(conversations))).not.toContain("nicht mehr leben");
      expect((await say("ja")).kind).toBe("smalltalk");
      expect((await say("Ich will nicht mehr leben K7M2-9QXD")).kind).toBe("crisis");
      expect(await stored()).toEqual([]);
    });

    it("cannot be too long, and can then be written shorter", async () => {
      await press("say:neuer-platz");
      expect((await say("a ".repeat(1100))).said).toContain(words.de.participation.tooLong(2000));
      expect((await say("Mehr Bäume am Harras")).values[0]).toMatch(/^write-yes:/);
    });

    it("can be made 5 times a day, withdrawn ones too", async () => {
      for (const text of ["eins", "zwei", "drei", "vier"]) await contribute(`Text ${text}`);
      const code = await contribute("Text fünf");
      await say(`Beitrag zurückziehen ${code}`);
      expect((await press("say:neuer-platz")).said).toBe(words.de.participation.tooMany(5));
      expect((await press("say:neuer-platz", await openChat())).said).not.toContain(words.de.participation.tooMany(5));
    });

    it("is not taken by a project that is closed or gone, nor by the button of another text", async () => {
      expect((await press("say:alter-platz")).said).toContain(words.de.participation.closed("Angebot alter-platz"));
      expect((await press("say:gibt-es-nicht")).said).toBe(words.de.outdatedList);
      await press("say:neuer-platz");
      const first = await say("Mehr Bäume am Harras");
      await press("say:neuer-platz");
      await say("Anderer Text");
      expect((await press(yesOf(first))).said).toBe(words.de.outdatedList);
      expect(await stored()).toEqual([]);
    });

    it("is taken back by its receipt, in any chat, and says how it stands", async () => {
      const code = await contribute("Mehr Bäume am Harras");
      const elsewhere = await openChat();
      expect((await say(code, elsewhere)).said).toContain(words.de.participation.waiting("Neuer Platz"));
      const operations = createParticipationOperations(database.db);
      await operations["staff.reject-contribution"]?.({ code, reason: "Doppelt." });
      const rejected = await say(`Was ist mit ${code}?`, elsewhere);
      expect(rejected.said).toContain("Doppelt.");
      expect(rejected.said).not.toContain("Mehr Bäume");
      expect(rejected.values).toEqual([`withdraw:${code}`]);
      expect((await say(`Beitrag zurückziehen ${code.toLowerCase()}`, elsewhere)).said).toBe(words.de.participation.withdrawn);
      expect(await stored()).toMatchObject([{ body: "", state: "withdrawn" }]);
      expect((await say("Beitrag zurückziehen A1B2-C3D4")).said).toBe(words.de.participation.unknownReceipt);
    });

    it("reaches offers whose ids are too long for a button", async () => {
      const value = `say:${offerRef(longId)}`;
      expect(Buffer.byteLength(value)).toBeLessThanOrEqual(60);
      expect((await press(value)).said).toContain("Langer Name");
    });
  });

  describe("wrong receipts", () => {
    const unknown = words.de.participation.unknownReceipt;
    const tooMany = words.de.watches.tooManyCodes;

    it("are refused after five, said or in a forged button, and then the right one is as well, in this chat only", async () => {
      const code = await contribute("Mehr Bäume am Harras");
      const guesser = await openChat();
      for (const wrong of ["A1B2-C3D4", "withdraw A1B2-C3D5"]) expect((await say(wrong, guesser)).said).toBe(unknown);
      for (const forged of ["withdraw:A1B2-C3D6", "leave:A1B2-C3D7", `tell:${code}`])
        expect((await press(forged, guesser)).said).toBe(unknown);
      expect((await say(code, guesser)).said).toBe(tooMany);
      for (const value of [`withdraw:${code}`, `leave:${code}`, `tell:${code}`]) expect((await press(value, guesser)).said).toBe(tooMany);
      expect(await stored()).toMatchObject([{ state: "waiting" }]);
      expect((await say(code)).said).toContain(words.de.participation.waiting("Neuer Platz"));
    });

    it("in sentences count as well, which are then answered as if they named none", async () => {
      const code = await contribute("Mehr Bäume am Harras");
      const guesser = await openChat();
      for (let time = 0; time < 5; time += 1) await say(`Was ist mit A1B2-C3D${time}?`, guesser);
      expect((await say(`Was ist mit ${code}?`, guesser)).said).not.toContain("Neuer Platz");
      expect((await say(code, guesser)).said).toBe(tooMany);
    });

    it("are refused from one address, whatever the chat, and not from another one", async () => {
      const code = await contribute("Mehr Bäume am Harras");
      for (let time = 0; time < 20; time += 1) await turn({ kind: "text", text: "A1B2-C3D4" }, await openChat(), "here");
      expect((await turn({ kind: "text", text: code }, await openChat(), "here")).said).toBe(tooMany);
      expect((await turn({ kind: "text", text: code }, await openChat(), "there")).said).toContain("Neuer Platz");
    });

    it("cannot be begun anew by having the chat forgotten", async () => {
      for (let time = 0; time < 5; time += 1) await say("A1B2-C3D4");
      await press("delete");
      expect((await say("A1B2-C3D4")).said).toBe(tooMany);
    });
  });

  describe("a measure", () => {
    it("is voted on and commented by itself; a later vote takes the place of the first", async () => {
      const list = await say("Welche Maßnahmen gibt es?");
      expect(list.values).toContain("measure:wlan");
      expect(list.values).not.toContain("pro:wlan");
      const alone = await press("measure:wlan");
      expect(alone.values.slice(0, 3)).toEqual(["pro:wlan", "contra:wlan", "say:wlan"]);
      const voted = await press("pro:wlan");
      expect(voted.said).toContain(words.de.participation.voteStores);
      expect(voted.values).toEqual(["contra:wlan", "say:wlan", "unvote:wlan"]);
      await press("contra:wlan");
      await press("pro:netz");
      expect(await database.db.select().from(votes).orderBy(votes.offerId)).toMatchObject([
        { offerId: "netz", vote: "important" },
        { offerId: "wlan", vote: "unimportant" },
      ]);
      await press("unvote:wlan");
      expect(await database.db.select().from(votes)).toHaveLength(1);
      await press("say:wlan");
      await press(yesOf(await say("Mehr Bäume am Harras")));
      expect(await stored()).toMatchObject([{ offerId: "wlan" }]);
    });

    it("is the only thing that can be voted on", async () => {
      expect((await press("pro:neuer-platz")).said).toBe(words.de.outdatedList);
      expect(await database.db.select().from(votes)).toEqual([]);
    });
  });

  describe("a task", () => {
    it("is found by a sentence, taken by one tap that says what it stores, and given back by one", async () => {
      const shown = await say("am Samstag Senioren beim Handy helfen");
      expect(shown.said).toContain(words.de.volunteering.joinStores);
      expect(shown.values[0]).toBe("join:handy-hilfe");
      const joined = await press("join:handy-hilfe");
      const code = codeIn(joined.said);
      expect(await database.db.select().from(signUps)).toMatchObject([{ code, offerId: "handy-hilfe", conversationId: chat }]);
      expect((await press("join:handy-hilfe")).said).toContain(code);
      expect((await press("join:handy-hilfe", await openChat())).said).toBe(words.de.volunteering.full);
      expect((await press(`leave:${code}`)).said).toContain(words.de.volunteering.left("Handy-Hilfe"));
      expect((await press("join:handy-hilfe", await openChat())).said).toContain(words.de.volunteering.joined("Handy-Hilfe"));
    });

    it("carries a message to the organisation, redacted and by the receipt, if the person says yes", async () => {
      const code = codeIn((await press("join:handy-hilfe")).said);
      expect((await press(`tell:${code}`)).said).toContain("Handy-Hilfe");
      const preview = await say("Ich komme um 11 Uhr, [Telefon]");
      expect(preview.erase).toBe("message");
      expect(await findHelpers(database.db, "Beispiel-Verein")).toMatchObject([{ helpers: 1, messages: [] }]);
      expect((await press(yesOf(preview))).said).toBe(words.de.volunteering.told);
      expect(await findHelpers(database.db, "Beispiel-Verein")).toMatchObject([
        { helpers: 1, messages: [{ code, text: "Ich komme um 11 Uhr, [Telefon]" }] },
      ]);
    });

    it("is given back by the receipt as words, and the receipt then leads nowhere", async () => {
      const code = codeIn((await press("join:handy-hilfe")).said);
      expect((await say(code)).said).toContain(words.de.volunteering.joinedBefore("Handy-Hilfe"));
      expect((await say(`${code} zurückziehen`)).said).toContain(words.de.volunteering.left("Handy-Hilfe"));
      expect((await press(`tell:${code}`)).said).toBe(words.de.participation.unknownReceipt);
      expect(await findHelpers(database.db, "Beispiel-Verein")).toEqual([]);
    });
  });

  it("counts all of it where somebody asks, and erases it where somebody wants that", async () => {
    await contribute("Mehr Bäume am Harras");
    await press("pro:wlan");
    await press("join:handy-hilfe");
    const { myData } = words.de;
    const counted = (await say("/meinedaten")).said;
    for (const line of [myData.contributions(1), myData.votes(1), myData.signUps(1)]) expect(counted).toContain(line);
    await press("delete");
    for (const table of [contributions, votes, signUps]) expect(await database.db.select().from(table)).toEqual([]);
    expect((await database.db.select().from(taskPlaces)).map(({ free }) => free)).toEqual([1]);
  });
});
