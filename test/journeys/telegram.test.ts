import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, type RunningServer, startStadtlotse } from "../support/server.ts";
import { queryStored } from "../support/stored.ts";
import { postUpdate, sentTo, telegramEnvironment, textUpdate } from "../support/telegram-chat.ts";

let botApi: FakeBotApi;
let server: RunningServer;
let lastUpdate = 500_000;
let lastChat = 40_000;

beforeAll(async () => {
  await trainedCache();
  botApi = await startFakeBotApi();
  server = await startStadtlotse({ env: telegramEnvironment(botApi) });
}, trainingMs);

afterAll(async () => {
  await cleanUp();
  await botApi.close();
});

/** Questions that came at once, and the order in which their answers left; compared with the inbox at the end. */
const burst: { readonly questions: readonly string[]; firstUpdate: number; answered: readonly string[] } = {
  questions: ["Kita-Platz", "Sperrmüll anmelden", "Mein Ausweis ist abgelaufen", "Sprachkurs Deutsch", "Platz im Pflegeheim"],
  firstUpdate: 0,
  answered: [],
};

const newUpdate = () => ++lastUpdate;
const newChat = () => ++lastChat;
const kita = "Wo finde ich einen Kita-Platz in Sendling?";

async function waitForSent(chat: number, count: number, withinMs = 10_000) {
  await expect.poll(() => sentTo(botApi, chat).length, { timeout: withinMs, interval: 10 }).toBeGreaterThanOrEqual(count);
  return sentTo(botApi, chat).map(({ text }) => text);
}

/** Long enough for a second, wrong message to arrive. */
const settle = () => sleep(1_500);

describe("a bot over the real webhook", () => {
  test("sends exactly one message for one update, with offers and plain text", async () => {
    const chat = newChat();
    const response = await postUpdate(server.url, textUpdate(newUpdate(), chat, kita));
    expect(response.status).toBe(200);
    const [text] = await waitForSent(chat, 1);
    await settle();
    const [call, ...more] = sentTo(botApi, chat);
    expect(more).toEqual([]);
    expect(text).toContain("Kita");
    expect(text?.match(/https:\/\//g)?.length).toBeGreaterThanOrEqual(3);
    expect(call?.body).not.toHaveProperty("parse_mode");
    expect(call?.body).toHaveProperty("reply_markup.inline_keyboard");
  });

  test("sends one message for an update that comes 20 times at once", async () => {
    const chat = newChat();
    const update = textUpdate(newUpdate(), chat, kita);
    const responses = await Promise.all(Array.from({ length: 20 }, () => postUpdate(server.url, update)));
    expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200));
    await waitForSent(chat, 1);
    await settle();
    expect(sentTo(botApi, chat)).toHaveLength(1);
  });

  test("answers 10 updates of one conversation that come at once, each once", async () => {
    const alone = newChat();
    await postUpdate(server.url, textUpdate(newUpdate(), alone, "Hallo"));
    await waitForSent(alone, 1);
    for (const [index, question] of burst.questions.entries()) {
      await postUpdate(server.url, textUpdate(newUpdate(), alone, question));
      await waitForSent(alone, index + 2);
    }
    const answers = sentTo(botApi, alone).slice(1);
    const questionOf = new Map(answers.map(({ text }, index) => [text, burst.questions[index] ?? ""]));
    expect(questionOf.size).toBe(burst.questions.length);
    const chat = newChat();
    await postUpdate(server.url, textUpdate(newUpdate(), chat, "Hallo"));
    await waitForSent(chat, 1);
    burst.firstUpdate = lastUpdate + 1;
    const updates = [...burst.questions, ...burst.questions].map((question) => textUpdate(newUpdate(), chat, question));
    const responses = await Promise.all(updates.map((update) => postUpdate(server.url, update)));
    expect(responses.map(({ status }) => status)).toEqual(Array(10).fill(200));
    await waitForSent(chat, 11);
    await settle();
    burst.answered = sentTo(botApi, chat)
      .slice(1)
      .map(({ text }) => questionOf.get(text) ?? text);
    expect([...burst.answered].sort()).toEqual([...burst.questions, ...burst.questions].sort());
  }, 40_000);

  test("delivers once when the platform fails at first", async () => {
    const chat = newChat();
    botApi.trouble("sendMessage", { kind: "server-error" });
    await postUpdate(server.url, textUpdate(newUpdate(), chat, kita));
    const texts = await waitForSent(chat, 2);
    expect(texts[0]).toBe(texts[1]);
    await settle();
    expect(sentTo(botApi, chat)).toHaveLength(2);
  });

  test("shows how long it takes from webhook to sendMessage", async () => {
    const tookMs: number[] = [];
    for (let round = 0; round < 60; round += 1) {
      const chat = newChat();
      const started = Date.now();
      await postUpdate(server.url, textUpdate(newUpdate(), chat, kita));
      await waitForSent(chat, 1);
      tookMs.push((sentTo(botApi, chat)[0]?.at ?? Number.NaN) - started);
    }
    tookMs.sort((a, b) => a - b);
    process.stdout.write(`webhook to sendMessage over 60 messages: p50 ${tookMs[30]} ms, p95 ${tookMs[57]} ms\n`);
  }, 60_000);
});

describe("the end of a server", () => {
  test("right after it said 200 loses nothing: the next one answers, once", async () => {
    const chat = newChat();
    const update = textUpdate(newUpdate(), chat, kita);
    expect((await postUpdate(server.url, update)).status).toBe(200);
    await server.kill();
    server = await startStadtlotse({ env: telegramEnvironment(botApi), dataDir: server.dataDir });
    // A claim of the dead process holds the conversation until its lease ends.
    await waitForSent(chat, 1, 95_000);
    expect((await postUpdate(server.url, update)).status).toBe(200);
    await settle();
    expect(sentTo(botApi, chat)).toHaveLength(1);
  }, 150_000);

  test("leaves one row for each update, and none for a wrong secret", async () => {
    const chat = newChat();
    const refused = textUpdate(9_999_999, chat, "Geheimnis-Wort");
    expect((await postUpdate(server.url, refused, "wrong_secret-of-16")).status).toBe(401);
    expect((await postUpdate(server.url, refused, "")).status).toBe(401);
    expect((await server.stop()).code).toBe(0);
    expect(sentTo(botApi, chat)).toEqual([]);
    const rows = await queryStored(
      server.dataDir,
      `select count(*)::int as messages, count(*) filter (where external_id like '%9999999')::int as refused,
        count(*) filter (where state <> 'answered')::int as open,
        (select count(*)::int from outbox) as answers, (select count(distinct in_reply_to)::int from outbox) as answered from inbox`,
    );
    const messages = lastUpdate - 500_000;
    expect(rows).toEqual([{ messages, refused: 0, open: 0, answers: messages, answered: messages }]);
  }, 30_000);

  test("shows the order: answers left as their messages were stored", async () => {
    const stored = await queryStored(
      server.dataDir,
      `select content->>'text' as text from inbox
        where split_part(external_id, ':', 2)::int between ${burst.firstUpdate} and ${burst.firstUpdate + 9} order by id`,
    );
    expect(stored.map(({ text }) => text)).toEqual(burst.answered);
  }, 30_000);
});
