import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, type RunningServer, runProgram, startStadtlotse } from "../support/server.ts";
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

/** Questions that came at once, and how many answers left; compared with the database at the end. */
const burst: { readonly questions: readonly string[]; firstUpdate: number; sent: number } = {
  questions: ["Kita-Platz", "Sperrmüll anmelden", "Mein Ausweis ist abgelaufen", "Sprachkurs Deutsch", "Platz im Pflegeheim"],
  firstUpdate: 0,
  sent: 0,
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
    const chat = newChat();
    await postUpdate(server.url, textUpdate(newUpdate(), chat, "Hallo"));
    await waitForSent(chat, 1);
    burst.firstUpdate = lastUpdate + 1;
    const updates = [...burst.questions, ...burst.questions].map((question) => textUpdate(newUpdate(), chat, question));
    const responses = await Promise.all(updates.map((update) => postUpdate(server.url, update)));
    expect(responses.map(({ status }) => status)).toEqual(Array(10).fill(200));
    // What is waiting when its turn comes is answered together, so there are ten answers at most.
    await waitForSent(chat, 2);
    await sleep(3_000);
    burst.sent = sentTo(botApi, chat).length - 1;
    expect(burst.sent).toBeLessThanOrEqual(10);
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

describe("staff", () => {
  test("see answers that the platform refused, try them again and drop them, while the server runs", async () => {
    const messages = async (...args: readonly string[]) => {
      const ended = await runProgram("cli", ["messages", ...args], { DATA_DIR: server.dataDir });
      return { ...ended, text: ended.lines.join("\n") };
    };
    const chat = newChat();
    botApi.trouble("sendMessage", ...[1, 2].map(() => ({ kind: "refuse", status: 400, description: "Bad Request" }) as const));
    await postUpdate(server.url, textUpdate(newUpdate(), chat, "Hallo"));
    await expect.poll(async () => (await messages("list", "--json")).text, { timeout: 20_000, interval: 500 }).toContain('"unsent"');
    const [stuck] = z.array(z.object({ id: z.number() })).parse(JSON.parse((await messages("list", "--json")).text));
    expect((await messages("retry", String(stuck?.id))).text).toBe("1 to be tried again.");
    await expect.poll(async () => (await messages("list")).text, { timeout: 20_000, interval: 500 }).toContain("unsent");
    expect((await messages("drop", "--all", "--json")).text).toBe('{"count":1}');
    expect((await messages("list")).text).toBe("0 in all.");
    expect(await messages("retry")).toMatchObject({ code: 2, text: expect.stringContaining("--all") });
    expect((await messages("--help")).text).toContain("npm run -s messages -- retry 4711");
  }, 120_000);
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

  test("comes in time although a sending hangs, and the next server sends that answer", async () => {
    const chat = newChat();
    botApi.trouble("sendMessage", { kind: "hang" });
    await postUpdate(server.url, textUpdate(newUpdate(), chat, kita));
    await waitForSent(chat, 1);
    // Code 1 would say that it had to be cut short after ten seconds.
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    server = await startStadtlotse({ env: telegramEnvironment(botApi), dataDir: server.dataDir });
    await waitForSent(chat, 2, 30_000);
    await settle();
    expect(sentTo(botApi, chat)).toHaveLength(2);
  }, 120_000);

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
        (select count(*)::int from outbox, unnest(inbox_ids)) as answers, (select count(distinct answers.id)::int from outbox, unnest(inbox_ids) as answers (id)) as answered from inbox`,
    );
    const messages = lastUpdate - 500_000;
    expect(rows).toEqual([{ messages, refused: 0, open: 0, answers: messages, answered: messages }]);
  }, 30_000);

  test("shows the order: answers left as their messages were stored", async () => {
    const stored = await queryStored(
      server.dataDir,
      `select array_to_json(inbox_ids) as ids, split_part(platform_id, ',', 1)::int as sent from outbox
        where conversation_id in (select conversation_id from inbox where split_part(external_id, ':', 2)::int = ${burst.firstUpdate})
          and in_reply_to >= (select min(id) from inbox where split_part(external_id, ':', 2)::int between ${burst.firstUpdate} and ${burst.firstUpdate + 9})
        order by id`,
    );
    const answers = z.array(z.object({ ids: z.array(z.number()), sent: z.number() })).parse(stored);
    const ids = answers.flatMap((answer) => answer.ids);
    expect(answers).toHaveLength(burst.sent);
    expect(ids).toHaveLength(10);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(answers.map(({ sent }) => sent)).toEqual(answers.map(({ sent }) => sent).sort((a, b) => a - b));
  }, 30_000);
});
