import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ActivitySet, ConversationBody } from "../channels/directline/fixtures.ts";
import { findBarriers, openBrowser, openChatPage } from "../support/browser.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { type ModelQuestion, type ModelServer, startModelServer } from "../support/model-server.ts";
import { cleanUp, type RunningServer, startStadtlotse } from "../support/server.ts";
import type { Site } from "../support/site.ts";
import { openWebChatTab, serveWebChatSite } from "../support/webchat-page.ts";

const slow = { timeout: 120_000 };
const shownWithin = { timeout: 20_000 };
const question = "Wo kann ich Sperrmüll anmelden?";
const lie = "Das Abholen kostet 5000 Euro.";

let browser: Browser;
let site: Site;
let model: ModelServer;
let server: RunningServer;

beforeAll(async () => {
  [browser, site, model] = await Promise.all([openBrowser(), serveWebChatSite(), startModelServer()]);
  await trainedCache();
  server = await startStadtlotse({ env: env() });
  model.behave(writeSlowly);
}, trainingMs);

afterAll(async () => {
  await Promise.all([browser.close(), site.close(), model.close()]);
  await cleanUp();
});

const env = () => ({ ALLOWED_ORIGINS: site.origin, LLM_BASE_URL: model.url, LLM_MODEL: "stub" });

/** The first sentence of each offer, with a lie behind each; so many words a time that one sentence takes half a second. */
function writeSlowly({ offers }: ModelQuestion) {
  const sentences = offers.flatMap(({ id, texts: [text = ""] }) => {
    const quote = text.split(/(?<=[.!?])\s/u).find((each) => /[.!]$/u.test(each)) ?? "";
    return [
      { text: quote, offerId: id, quote },
      { text: lie, offerId: id, quote },
    ];
  });
  const pieces = sentences.map((each, at) => `${at === 0 ? '{"sentences":[' : ","}${JSON.stringify(each)}`);
  return { kind: "streams", pieces: [...pieces, "]}"], everyMs: 500, end: "done" } as const;
}

/** A talk by a WebSocket alone, as a program of somebody else would hold it. */
async function openTalk() {
  const base = `${server.url}/v3/directline`;
  const issued = await fetch(`${base}/tokens/generate`, { method: "POST", headers: { Origin: server.url } });
  const { token } = ConversationBody.omit({ streamUrl: true }).parse(await issued.json());
  const headers = { Origin: server.url, Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const begun = await fetch(`${base}/conversations`, { method: "POST", headers });
  const { conversationId, streamUrl } = ConversationBody.parse(await begun.json());
  const socket = new WebSocket(streamUrl, { headers: { Origin: server.url } });
  const told: ActivitySet["activities"] = [];
  socket.on("message", (data) => {
    const text = String(data);
    if (text !== "") told.push(...ActivitySet.parse(JSON.parse(text)).activities);
  });
  await new Promise((resolve) => socket.once("open", resolve));
  const activities = `${base}/conversations/${conversationId}/activities`;
  return {
    told: () => told.filter(({ from }) => from.role === "bot"),
    say: (text: string) => fetch(activities, { method: "POST", headers, body: JSON.stringify({ type: "message", text }) }),
    read: async () => ActivitySet.parse(await (await fetch(activities, { headers })).json()).activities,
    close: () => socket.close(),
  };
}

describe("an answer that a language model writes slowly", () => {
  test("grows on a WebSocket by checked sentences and ends in the stored answer; who polls sees that one alone", slow, async () => {
    const talk = await openTalk();
    await talk.say(question);
    await expect.poll(() => talk.told().some(({ type }) => type === "message"), shownWithin).toBe(true);
    const told = talk.told();
    const chunks = told.filter(({ channelData }) => channelData?.["streamType"] === "streaming");
    const final = told.at(-1);
    expect(chunks.length).toBeGreaterThanOrEqual(3);
    const texts = chunks.map(({ text = "" }) => text);
    expect(texts.map(({ length }) => length)).toEqual(texts.map(({ length }) => length).sort((a, b) => a - b));
    expect(chunks.map(({ channelData }) => channelData?.["streamSequence"])).toEqual(chunks.map((_, at) => at + 1));
    expect(final).toMatchObject({ type: "message", channelData: { streamType: "final", streamId: chunks[0]?.channelData?.["streamId"] } });
    for (const line of (texts.at(-1) ?? "").split(/\n+/)) expect(final?.text).toContain(line);
    expect(JSON.stringify(told)).not.toContain("5000");
    const stored = await talk.read();
    expect(stored.map(({ type, text }) => [type, text])).toEqual([
      ["message", question],
      ["message", final?.text],
    ]);
    talk.close();
  });

  test("grows on our own page, tells screen readers the finished one alone, and has no barriers meanwhile", slow, async () => {
    const chat = await openChatPage(browser, server.url);
    await chat.ask(question);
    const interim = chat.page.locator("#chat-log > li.interim");
    const seen: string[] = [];
    const answered = chat.page.locator("#chat-log > li.answer:not(.interim) .offer").first();
    for (let end = Date.now() + shownWithin.timeout; (await answered.count()) === 0 && Date.now() < end; await sleep(50)) {
      const [text = ""] = await interim.allInnerTexts();
      if (text !== "" && text !== seen.at(-1)) seen.push(text);
      if (seen.length === 2 && (await interim.count()) > 0) expect(await findBarriers(chat.page)).toEqual([]);
    }
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(seen.map(({ length }) => length)).toEqual(seen.map(({ length }) => length).sort((a, b) => a - b));
    expect(seen.join("\n")).not.toContain("5000");
    await chat.waitForAnswers(1);
    expect(await interim.count()).toBe(0);
    await sleep(500);
    const [first, ...rest] = chat.announced.filter((text) => /sperr/i.test(text));
    expect([first?.includes("Sperr"), rest]).toEqual([true, []]);
    await chat.close();
  });

  test("grows in one bubble of BotFramework-WebChat, which the stored answer takes the place of", slow, async () => {
    const tab = await openWebChatTab(browser, site, `${server.url}/v3/directline`);
    await tab.ask(question);
    const seen: string[] = [];
    for (let end = Date.now() + shownWithin.timeout; Date.now() < end; await sleep(50)) {
      const bubbles = await tab.bubbles();
      expect(bubbles.join("\n")).not.toContain("5000");
      const text = bubbles[1] ?? "";
      if (text !== "" && text !== seen.at(-1)) seen.push(text);
      if ((await tab.suggestions().count()) > 0) break;
    }
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(seen.at(-1)).toContain("http");
    expect((await tab.bubbles()).filter((text) => text.includes(seen.at(-1) ?? "")).length).toBe(1);
    expect(tab.faults).toEqual([]);
    await tab.close();
  });

  test("is the plain one, on time, where the model hangs in the middle", slow, async () => {
    model.behave((asked) => ({ ...writeSlowly(asked), pieces: writeSlowly(asked).pieces.slice(0, 2), end: "hangs" }));
    const talk = await openTalk();
    const from = performance.now();
    await talk.say(question);
    await expect.poll(() => talk.told().some(({ type }) => type === "message"), shownWithin).toBe(true);
    const tookMs = Math.round(performance.now() - from);
    process.stdout.write(`model that hangs in the middle of a stream: the plain answer after ${tookMs} ms\n`);
    expect(tookMs).toBeLessThan(8000);
    expect(talk.told().some(({ channelData }) => channelData?.["streamType"] === "streaming")).toBe(true);
    expect(talk.told().at(-1)?.text).toContain("http");
    talk.close();
  });

  test("leaves no half of itself in BotFramework-WebChat where the server is killed in the middle and comes back", slow, async () => {
    model.behave((asked) => ({ ...writeSlowly(asked), pieces: writeSlowly(asked).pieces.slice(0, 2), end: "hangs" }));
    const tab = await openWebChatTab(browser, site, `${server.url}/v3/directline`);
    await tab.ask(question);
    await expect.poll(async () => (await tab.bubbles())[1] ?? "", shownWithin).toContain("gefunden");
    await server.kill();
    model.behave(writeSlowly);
    server = await startStadtlotse({ dataDir: server.dataDir, args: ["--port", new URL(server.url).port], env: env() });
    await expect.poll(() => tab.suggestions().count(), { timeout: 60_000 }).toBeGreaterThan(0);
    const whole = (await tab.bubbles()).filter((text) => text.includes("gefunden"));
    expect(whole).toEqual([expect.stringContaining("http")]);
    await tab.close();
  });
});
