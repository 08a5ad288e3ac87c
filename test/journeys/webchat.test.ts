import { setTimeout as sleep } from "node:timers/promises";
import { upgradeWebSocket } from "@hono/node-server";
import { Hono } from "hono";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDirectLineChannel } from "../../src/channels/directline/channel.ts";
import { createStreams } from "../../src/channels/directline/streams.ts";
import type { IncomingMessage } from "../../src/core/message.ts";
import { listen } from "../../src/node-listen.ts";
import { words } from "../../src/words/words.ts";
import { createMessages, createReadableLog } from "../channels/directline/fixtures.ts";
import { openBrowser } from "../support/browser.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { openTestDatabase } from "../support/databases.ts";
import { cleanUp, type RunningServer, startStadtlotse } from "../support/server.ts";
import type { Site } from "../support/site.ts";
import { openWebChatTab, serveWebChatSite, type WebChatTab } from "../support/webchat-page.ts";

const question = "Wo finde ich einen Kita-Platz in Sendling?";
const { more } = words.de;
const shownWithin = { timeout: 30_000 };

let browser: Browser;
let site: Site;

beforeAll(async () => {
  browser = await openBrowser();
  site = await serveWebChatSite();
});

afterAll(async () => {
  await browser.close();
  await site.close();
  await cleanUp();
});

/** Bubbles of text, with the first line of each; those of cards hold only titles. */
const firstLines = async (tab: WebChatTab) => (await tab.bubbles()).map((text) => text.split("\n")[0] ?? "");

describe("BotFramework-WebChat on the page of another site, against the real server", () => {
  let server: RunningServer;
  let tab: WebChatTab;

  beforeAll(async () => {
    await trainedCache();
    server = await startStadtlotse({ env: { ALLOWED_ORIGINS: site.origin } });
  }, trainingMs);

  beforeEach(async () => {
    tab = await openWebChatTab(browser, site, `${server.url}/v3/directline`);
  });

  afterEach(async () => {
    expect([...tab.origins].sort()).toEqual([site.origin, server.url, server.url.replace("http:", "ws:")].sort());
    await tab.close();
  });

  async function restart(): Promise<void> {
    const args = ["--port", new URL(server.url).port];
    server = await startStadtlotse({ dataDir: server.dataDir, args, env: { ALLOWED_ORIGINS: site.origin } });
  }

  test("a citizen asks, sees offers with links, presses a suggested action, and finds the talk again after a reload", async () => {
    await tab.ask(question);
    await expect.poll(() => tab.suggestions().allInnerTexts(), shownWithin).toContain(more);
    const answer = (await tab.bubbles())[1] ?? "";
    expect(answer).toMatch(/Quelle|Bitte prüfen Sie das auf/);
    const links = tab.page.locator(".webchat__adaptive-card-renderer button");
    expect(await links.count()).toBe(3);
    for (const title of await links.allInnerTexts()) expect(answer).toContain(title);
    await tab.suggestions().filter({ hasText: more }).click();
    await expect.poll(async () => (await tab.bubbles()).filter((text) => text.includes("\n\n")).length, shownWithin).toBe(2);
    await expect.poll(tab.sendStates, shownWithin).toEqual(["sent", "sent"]);
    const shown = await tab.bubbles();
    const suggested = await tab.suggestions().allInnerTexts();
    await tab.page.reload();
    await expect.poll(tab.bubbles, shownWithin).toEqual(shown);
    await expect.poll(() => tab.suggestions().allInnerTexts(), shownWithin).toEqual(suggested);
    expect(tab.faults).toEqual([]);
  }, 120_000);

  test("words that the server does not keep were sent all the same, and are gone after a reload", async () => {
    await tab.ask("Ich will nicht mehr leben");
    await expect.poll(async () => (await tab.bubbles()).length, shownWithin).toBeGreaterThanOrEqual(2);
    await expect.poll(tab.sendStates, shownWithin).toEqual(["sent"]);
    const [, help] = await firstLines(tab);
    await tab.page.reload();
    await expect.poll(async () => (await firstLines(tab))[0], shownWithin).toBe(help);
    expect((await tab.bubbles()).join("\n")).not.toContain("nicht mehr leben");
  }, 120_000);

  test("a file is not taken: WebChat says so, and the talk goes on", async () => {
    await tab.page
      .locator("input[type=file]")
      .setInputFiles({ name: "ausweis.png", mimeType: "image/png", buffer: Buffer.alloc(400_000, 1) });
    await tab.pressSend();
    await expect.poll(tab.sendStates, shownWithin).toEqual(["send failed"]);
    await tab.ask("Sperrmüll anmelden");
    await expect.poll(tab.sendStates, shownWithin).toEqual(["send failed", "sent"]);
  }, 120_000);

  test("a server that is killed between a question and its answer and comes back answers once; nothing is lost or doubled", async () => {
    await tab.ask(question);
    await expect.poll(() => tab.suggestions().allInnerTexts(), shownWithin).toContain(more);
    const taken = tab.page.waitForResponse((response) => response.request().method() === "POST" && response.url().endsWith("/activities"));
    await tab.ask("Sperrmüll anmelden");
    expect((await taken).status()).toBe(200);
    await server.kill();
    await restart();
    // A claim of the dead process may hold the conversation for a while, and the client waits up to 15 s before it reconnects.
    const answers = async () => (await tab.bubbles()).filter((text) => text.includes("\n\n")).length;
    await expect.poll(answers, { timeout: 120_000 }).toBe(2);
    await tab.ask("Mein Ausweis ist weg");
    await expect.poll(answers, shownWithin).toBe(3);
    await expect.poll(tab.sendStates, shownWithin).toEqual(["sent", "sent", "sent"]);
    const shown = await tab.bubbles();
    await tab.page.reload();
    await expect.poll(tab.bubbles, shownWithin).toEqual(shown);
  }, 300_000);
});

test("BotFramework-WebChat shows who is typing, and an answer while it is worded in one bubble, which the stored one ends", async () => {
  const database = await openTestDatabase("embedded");
  const now = () => new Date();
  const messages = createMessages(now);
  const { log } = createReadableLog();
  const streams = createStreams({ db: database.db, transcript: messages.transcript, now, log, pollMs: 50 });
  const listening = await listen({ host: "127.0.0.1", port: 0, publicUrl: undefined });
  const asked: { readonly id: number; readonly address: string }[] = [];
  const inbox = {
    accept: async (message: IncomingMessage) => {
      const accepted = await messages.inbox.accept(message);
      asked.push({ id: accepted.id, address: message.address });
      return accepted;
    },
  };
  const live = { streams, upgrade: upgradeWebSocket };
  const parts = { db: database.db, inbox, transcript: messages.transcript, publicUrl: listening.url, secret: undefined, now, log, live };
  listening.use(new Hono().route("/", createDirectLineChannel({ ...parts, allowedOrigins: [site.origin] })));
  const tab = await openWebChatTab(browser, site, `${listening.url}/v3/directline`);
  try {
    await tab.ask("Kita?");
    await tab.page.locator(".webchat__typing-indicator").waitFor();
    const { id, address } = asked[0] ?? { id: 0, address: "" };
    const show = streams.showLive(address, id);
    show({ lang: "de", text: "Hier" });
    await expect.poll(tab.bubbles, shownWithin).toEqual(["Kita?", "Hier"]);
    // What follows within a fifth of a second is left out.
    await sleep(250);
    show({ lang: "de", text: "Hier ist eine Kita" });
    await expect.poll(tab.bubbles, shownWithin).toEqual(["Kita?", "Hier ist eine Kita"]);
    messages.answer(address, id, "Hier ist eine Kita in Sendling.");
    streams.answered(id);
    await expect.poll(tab.bubbles, shownWithin).toEqual(["Kita?", "Hier ist eine Kita in Sendling."]);
    await tab.page.locator(".webchat__typing-indicator").waitFor({ state: "detached" });
    expect(tab.faults).toEqual([]);
  } finally {
    await tab.close();
    await streams.close();
    await listening.close();
    await database.close();
  }
}, 120_000);
