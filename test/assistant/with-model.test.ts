import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { crisisKinds, replyText } from "../../src/core/answer.ts";
import type { MessageContent } from "../../src/core/message.ts";
import type { Scored } from "../../src/core/understanding.ts";
import { contacts } from "../../src/database/schema.ts";
import { createHandoverOperations } from "../../src/review/handovers/operations.ts";
import { createHandovers } from "../../src/review/handovers/store.ts";
import { openHandovers } from "../../src/wire-handovers.ts";
import { openModel } from "../answers/model/fixtures.ts";
import { needOf, offerOf } from "../catalogue/fixtures.ts";
import { openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { type ModelServer, startModelServer } from "../support/model-server.ts";
import { catalogueOf, openAssistant, read, recogniserOf } from "./fixtures.ts";

const needs = [needOf("wohngeld", ["Wohngeld"], "geld"), needOf("psychische-krise", ["Krise"], "gesundheit")];
const summary = { de: "Wir beraten Sie. Fragen Sie nach Hilfe für die Miete.", en: "Money for rent." };
const offers = [offerOf("wohngeld", { needs: ["wohngeld"], summary }), offerOf("hilfe", { needs: ["psychische-krise"], summary })];
const quote = "Fragen Sie nach Hilfe für die Miete.";
const crisis = {
  ...read("crisis-suicide", "psychische-krise"),
  intents: crisisKinds.map((kind): Scored => ({ id: `crisis-${kind}`, score: kind === "suicide" ? 0.97 : 0.01 })),
};
const recogniser = recogniserOf({
  "Wo gibt es Wohngeld?": read("find-offer", "wohngeld"),
  Wohngeld: read("find-offer", "wohngeld"),
  "alles löschen": read("delete-data"),
  "Ich will nicht mehr leben": crisis,
});

let database: TestDatabase;
let server: ModelServer;

beforeAll(async () => {
  [database, server] = await Promise.all([openTestDatabase("embedded"), startModelServer()]);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const says = (words: readonly string[]) =>
  server.behave(({ form }) => ({
    kind: "says",
    content: form === "search_words" ? { words } : { sentences: [{ text: quote, offerId: "wohngeld", quote }] },
  }));
beforeEach(() => says(["Wohngeld"]));

async function answerTo(content: MessageContent, withModel = true, conversationId: string = randomUUID()) {
  const catalogue = await catalogueOf({ needs, offers });
  const { model } = openModel(server);
  const capabilities = () => ({ pushes: false, saysItself: true, mostButtons: 10, brokenOff: "repeatable" }) as const;
  const assistant = openAssistant(database.db, { recogniser, catalogue, capabilities, languageModel: withModel ? model : undefined });
  const before = server.asked.length;
  const { answer, erase } = await assistant.answer({ id: 1, conversationId, channel: "directline", content });
  return { answer, erase, forms: server.asked.slice(before).map(({ form }) => form) };
}

const text = (words: string): MessageContent => ({ kind: "text", text: words });

describe("the assistant with a language model", () => {
  it("has it choose what answers; found, counted and summed up is the same as without", async () => {
    const [plain, worded] = [await answerTo(text("Wo gibt es Wohngeld?"), false), await answerTo(text("Wo gibt es Wohngeld?"))];
    expect([plain.forms, worded.forms]).toEqual([[], ["answer"]]);
    expect(worded.answer.summary).toEqual(plain.answer.summary);
    expect(worded.answer.reply.cards[0]?.lines[0]).toBe(quote);
    expect(plain.answer.reply.cards[0]?.lines[0]).toBe(summary.de);
  });

  it("searches with its words where nothing was understood", async () => {
    const { answer, forms } = await answerTo(text("rente 1100 miete 850 da bleibt nix"));
    expect(forms).toEqual(["search_words", "answer"]);
    expect(answer.summary.offers.map(({ id }) => id)).toEqual(["wohngeld"]);
  });

  it("carries out nothing but a search of what it makes of a question", async () => {
    says(["alles", "löschen"]);
    const [plain, worded] = [await answerTo(text("blabla"), false), await answerTo(text("blabla"))];
    expect(worded.forms).toEqual(["search_words"]);
    expect(replyText(worded.answer.reply)).toBe(replyText(plain.answer.reply));
    expect(worded.erase).toBe("nothing");
  });

  it("never shows it a crisis, a button or a code", async () => {
    for (const content of [
      text("Ich will nicht mehr leben"),
      text("ABCD blabla\nIch will nicht mehr leben"),
      { kind: "button", value: "need:wohngeld" },
      { kind: "attachment" },
    ] satisfies MessageContent[])
      expect((await answerTo(content)).forms).toEqual([]);
  });

  it("asks it for nothing while a person of the city is in the talk", async () => {
    const conversationId = randomUUID();
    const contact = { id: conversationId, channel: "directline", addressHash: conversationId, addressEncrypted: "x" } as const;
    await database.db.insert(contacts).values(contact);
    const handovers = createHandovers(database.db);
    const unclear = text("rente 1100 miete 850 da bleibt nix");
    await database.db.transaction((transaction) => handovers.step(transaction, conversationId, { event: "ask", lang: "de", before: [] }));
    expect((await answerTo(unclear, true, conversationId)).forms).toEqual(["search_words", "answer"]);
    const id = (await handovers.find(conversationId))?.id;
    await createHandoverOperations(openHandovers(database.db, () => undefined))["staff.handovers.take"]?.({ id });
    for (const content of [unclear, text("Wo gibt es Wohngeld?"), text("/start Wo gibt es Wohngeld?")])
      expect((await answerTo(content, true, conversationId)).forms).toEqual([]);
  });

  it("answers as without it where the server is broken", async () => {
    server.behave(() => ({ kind: "fails", status: 500 }));
    for (const words of ["Wo gibt es Wohngeld?", "blabla"]) {
      const [plain, worded] = [await answerTo(text(words), false), await answerTo(text(words))];
      expect(worded.forms).toHaveLength(1);
      expect(replyText(worded.answer.reply)).toBe(replyText(plain.answer.reply));
    }
  });
});
