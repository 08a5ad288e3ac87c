import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { askServer } from "../../src/commands/ask-server.ts";
import { words } from "../../src/words/words.ts";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, type RunningServer, runProgram, startStadtlotse } from "../support/server.ts";
import { queryStored } from "../support/stored.ts";
import { openTelegramChat, telegramEnvironment } from "../support/telegram-chat.ts";

const { de } = words;
const care = "Gibt es einen freien Kurzzeitpflege-Platz in Giesing ab Montag?";
const offer = "muenchenstift-kurzzeit-und-tagespflege";
const organization = "MÜNCHENSTIFT GmbH";
const within = { timeout: 20_000, interval: 50 };

let botApi: FakeBotApi;
let server: RunningServer;
let key = "";
let lastChat = 71_000;

beforeAll(async () => {
  await trainedCache();
  botApi = await startFakeBotApi();
  server = await startStadtlotse({ env: telegramEnvironment(botApi) });
  const { lines } = await runProgram("cli", ["staff", "api-key", organization, "--json"], { DATA_DIR: server.dataDir });
  key = z.array(z.object({ key: z.string() })).parse(JSON.parse(lines.at(-1) ?? ""))[0]?.key ?? "";
}, trainingMs);

afterAll(async () => {
  await cleanUp();
  await botApi.close();
});

/** The provider reports how many places are free. */
async function report(available: number, at = new Date()): Promise<void> {
  const row = { service_id: offer, unit: "Plätze", available, updated: at.toISOString() };
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${key}` };
  const response = await fetch(`${server.url}/api/capacities`, { method: "PUT", headers, body: JSON.stringify([row]) });
  expect(response.status).toBe(200);
}

const yesOf = ({ values }: { readonly values: readonly string[] }) => values.find((value) => value.startsWith("watch-yes:")) ?? "";

/** A new person's chat with the bot. */
const openChat = () => openTelegramChat(botApi, server.url, ++lastChat);

const settle = () => new Promise((resolve) => setTimeout(resolve, 3_500));

describe("somebody who looks for a place in short-term care", () => {
  test("learns that none is free, asks to be told over Telegram, is told once, and ends it by one tap", async () => {
    await report(0);
    const chat = openChat();
    const none = await chat.say(care);
    expect(none.text).toContain(de.capacityUnknown);
    expect(none.text).not.toContain("Frei:");
    expect(none.values).toContain("watch");
    const asked = await chat.press("watch");
    expect(asked.text).toContain(de.watches.stores);
    expect((await chat.press(yesOf(asked))).text).toContain("Das ist keine Reservierung. Den Platz vergibt");
    await report(1);
    const told = await chat.next();
    expect(told.text).toContain(de.watches.newPlaces);
    expect(told.text).toMatch(/Frei: 1 Plätze\. Stand: /);
    expect(told.text).toContain(`Den Platz vergibt ${organization}.`);
    await report(1);
    await settle();
    expect(chat.unseen()).toBe(0);
    expect((await chat.say("/abos")).text).toContain("1. Kurzzeit-Pflege");
    expect((await chat.press(told.values.find((value) => value.startsWith("unwatch:")) ?? "")).text).toContain(de.watches.stopped(1));
    await report(0);
    await report(4);
    await settle();
    expect(chat.unseen()).toBe(0);
  }, 60_000);

  test("sees free places with the moment they were counted", async () => {
    await report(3);
    const chat = openChat();
    expect((await chat.say(care)).text).toMatch(/Frei: 3 Plätze\. Stand: \d+\. \p{L}+ 20\d\d/u);
  }, 30_000);

  test("hears nothing by itself after a crisis, and no more after /loeschen", async () => {
    await report(0);
    const [crisis, gone] = [openChat(), openChat()];
    for (const chat of [crisis, gone]) {
      const asked = await chat.say("Sag mir Bescheid, wenn ein Kurzzeitpflege-Platz frei wird");
      await chat.press(yesOf(asked));
    }
    expect((await crisis.say("ich will nicht mehr leben")).text).toContain("0800 6553000");
    await gone.say("/loeschen");
    await gone.press("delete");
    await report(2);
    await settle();
    expect([crisis.unseen(), gone.unseen()]).toEqual([0, 0]);
    expect((await crisis.say("/abos")).text).toContain("Kurzzeit-Pflege");
    expect((await gone.say("/abos")).text).toContain(de.watches.none);
  }, 60_000);

  test("gets a code in the web chat, and by it what came up in another one", async () => {
    await report(0);
    const web = askServer(server.url);
    const say = async (text: string, conversation: string) => {
      const { reply } = await web.ask({ text, conversation, lang: "de" });
      return [...reply.lead, ...reply.cards.flatMap(({ title, lines }) => [title, ...lines]), ...reply.closing].join("\n");
    };
    expect(await say("Sag mir Bescheid, wenn ein Kurzzeitpflege-Platz frei wird", "eins")).toContain(de.watches.storesForCode);
    const code = /Ihr Code:\n(.+)/.exec(await say("ja", "eins"))?.[1] ?? "";
    expect(code.split(" ")).toHaveLength(13);
    expect(await say(code, "zwei")).toContain(de.watches.nothingYet);
    await report(5);
    await expect.poll(() => say(code, "drei"), within).toContain("Frei: 5 Plätze");
    expect(await openChat().say(code)).toMatchObject({ text: expect.stringContaining("Frei: 5 Plätze") });
  }, 60_000);

  test("left nobody told twice for the same place, and no code in words that people typed", async () => {
    await server.stop();
    const twice = await queryStored(server.dataDir, "select watch_id from watch_notices group by watch_id, opening_id having count(*) > 1");
    expect(twice).toEqual([]);
    const typed = await queryStored(server.dataDir, "select 1 from inbox where content ->> 'text' ~ '^([a-z]+ ){12}[a-z]+$'");
    expect(typed).toEqual([]);
  });
});
