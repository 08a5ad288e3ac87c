import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { words } from "../../src/words/words.ts";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";
import { type FakeConnector, startFakeConnector } from "../fixtures/fake-connector.ts";
import { bearer, botEnvironment, fixture } from "../support/bot-framework.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { type Deployment, deployments } from "../support/deployments.ts";
import { cleanUp } from "../support/server.ts";
import { openTelegramChat, telegramEnvironment, telegramSecrets } from "../support/telegram-chat.ts";
import { openWebChat } from "../support/web-chat.ts";

const { de } = words;
const slow = 120_000;
const question = "Wo finde ich einen Kita-Platz in Sendling?";
const Issued = z.object({ token: z.string() });
const Begun = z.object({ conversationId: z.string(), token: z.string(), streamUrl: z.string() });
const Told = z.object({
  activities: z.array(z.object({ type: z.string(), text: z.string().optional(), replyToId: z.string().optional() })),
});

let botApi: FakeBotApi;
let connector: FakeConnector;

beforeAll(async () => {
  await trainedCache();
  botApi = await startFakeBotApi();
  connector = await startFakeConnector();
}, trainingMs);

afterAll(async () => {
  await cleanUp();
  await Promise.all([botApi.close(), connector.close()]);
});

/** A conversation with an open WebSocket; what came by it, in order. */
async function openStream(url: string) {
  const headers = { Origin: url, "Content-Type": "application/json" };
  const issued = Issued.parse(await (await fetch(`${url}/v3/directline/tokens/generate`, { method: "POST", headers })).json());
  const own = { ...headers, Authorization: `Bearer ${issued.token}` };
  const begun = Begun.parse(await (await fetch(`${url}/v3/directline/conversations`, { method: "POST", headers: own })).json());
  const socket = new WebSocket(begun.streamUrl, { origin: url });
  const texts: string[] = [];
  socket.on("message", (data) => {
    const json = String(data);
    if (json === "") return;
    for (const { type, text = "", replyToId } of Told.parse(JSON.parse(json)).activities)
      if (type === "message") texts.push(`${replyToId === undefined ? "own" : "answer"}: ${text}`);
  });
  await new Promise<void>((resolve, reject) => socket.once("open", () => resolve()).once("error", reject));
  const say = (text: string) =>
    fetch(`${url}/v3/directline/conversations/${begun.conversationId}/activities`, {
      method: "POST",
      headers: own,
      body: JSON.stringify({ type: "message", text }),
    });
  return { texts, say, close: () => socket.close() };
}

describe.each(deployments)("with %s", (_name, start) => {
  let deployment: Deployment;
  let lastChat = 91_000;

  beforeAll(async () => {
    deployment = await start({ ...telegramEnvironment(botApi), ...botEnvironment(connector), LOG_LEVEL: "info" });
    await vi.waitFor(async () => expect((await fetch(`${deployment.url}/ready`)).status).toBe(200), { timeout: 60_000, interval: 500 });
  }, trainingMs);
  afterAll(async () => await deployment.close());

  test("serves its pages and the widget's files", async () => {
    const { url } = deployment;
    const page = await fetch(url);
    expect([page.status, page.headers.get("Content-Security-Policy")]).toEqual([200, expect.stringContaining("default-src")]);
    expect(await page.text()).toContain(de.page.title);
    const loader = await fetch(`${url}/widget/loader.js`);
    expect([loader.status, loader.headers.get("Content-Type")]).toEqual([200, expect.stringContaining("javascript")]);
    expect((await fetch(`${url}/widget/questions.jsonl`)).status).toBe(404);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/console`, { redirect: "manual" })).status).toBe(303);
  });

  test("answers a web chat that polls, remembers what was said, and takes nobody's word twice", { timeout: slow }, async () => {
    const chat = await openWebChat(deployment.url);
    expect(await chat.ask(question)).toContain(de.foundFor("Kita-Platz"));
    const more = await chat.press("more:kita-platz:2");
    await chat.answered([more], 20_000);
    const said = { type: "message", text: "Sperrmüll anmelden", channelData: { clientActivityID: "twice" } };
    const posted = await Promise.all([1, 2, 3].map(async () => await (await chat.post(JSON.stringify(said))).text()));
    expect(new Set(posted).size).toBe(1);
    await expect.poll(async () => (await chat.read()).filter(({ from }) => from.role === "bot").length, { timeout: 20_000 }).toBe(3);
    await sleep(1_000);
    expect((await chat.read()).filter(({ from }) => from.role === "bot")).toHaveLength(3);
    expect((await chat.post("{")).status).toBe(400);
  });

  test("shows answers by a WebSocket, each once and in order", { timeout: slow }, async () => {
    const stream = await openStream(deployment.url);
    for (const text of [question, "Meine Mutter braucht Pflege"]) {
      const before = stream.texts.length;
      expect((await stream.say(text)).status).toBe(200);
      await expect.poll(() => stream.texts.length, { timeout: 20_000 }).toBe(before + 2);
      expect(stream.texts[before]).toBe(`own: ${text}`);
      expect(stream.texts[before + 1]).toContain("answer: ");
    }
    stream.close();
  });

  test("answers over Telegram, buttons too, and refuses a wrong secret", { timeout: slow }, async () => {
    lastChat += 1;
    const chat = openTelegramChat(botApi, deployment.url, lastChat);
    expect((await chat.say(question)).text).toContain(de.foundFor("Kita-Platz"));
    const again = await chat.press("more:kita-platz:2");
    expect(again.text).not.toBe("");
    const refused = await fetch(`${deployment.url}/telegram/webhook`, { method: "POST", body: "{}" });
    expect(refused.status).toBe(401);
  });

  test("answers in Teams, and refuses what nobody signed", { timeout: slow }, async () => {
    const id = `a:${deployment.url}`;
    const activity = await fixture("message-personal", connector, {
      id: `1-${deployment.url}`,
      text: question,
      conversation: { id, conversationType: "personal" },
    });
    const post = async (headers: Record<string, string>) =>
      (
        await fetch(`${deployment.url}/api/messages`, {
          method: "POST",
          headers: { "Content-Type": "application/json", ...headers },
          body: JSON.stringify(activity),
        })
      ).status;
    expect(await post({})).toBe(401);
    expect(await post({ Authorization: await bearer(connector) })).toBe(200);
    const sent = () => connector.calls.filter(({ path, body }) => path.includes(encodeURIComponent(id)) && body["type"] === "message");
    await expect.poll(() => sent().length, { timeout: 20_000 }).toBe(1);
  });

  test("logs nobody's words, no token and no secret", () => {
    expect(deployment.logs()).toContain("answered");
    for (const secret of ["Sendling", "Sperrmüll", "braucht Pflege", ...telegramSecrets]) expect(deployment.logs()).not.toContain(secret);
  });
});
