import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { words } from "../../src/words/words.ts";
import { type ChatPage, findBarriers, openBrowser, openChatPage } from "../support/browser.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, type RunningServer, startStadtlotse } from "../support/server.ts";

const question = "Wo finde ich einen Kita-Platz in Sendling?";
const { more, page: pageWords } = words.de;

let browser: Browser;
let server: RunningServer;
let chat: ChatPage;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  await trainedCache();
  server = await startStadtlotse();
}, trainingMs);

afterAll(async () => {
  await browser.close();
  await cleanUp();
});

beforeEach(async () => {
  chat = await openChatPage(browser, server.url);
  page = chat.page;
});

afterEach(async () => {
  expect([...chat.origins]).toEqual([server.url]);
  await chat.close();
});

describe("a citizen with a pointer", () => {
  test("asks, sees three offers with sources, presses a button and sees the next answer", async () => {
    await chat.ask(question);
    await chat.waitForAnswers(1);
    const offers = chat.answers().first().getByRole("article");
    expect(await offers.count()).toBe(3);
    for (const offer of await offers.all()) {
      expect(await offer.getByRole("heading").textContent()).not.toBe("");
      expect(await offer.getByRole("link").getAttribute("href")).toMatch(/^https:/);
      expect(await offer.locator(".source").textContent()).toMatch(/Quelle|Bitte prüfen Sie das auf/);
    }
    const first = await chat.answers().first().textContent();
    await page.getByRole("button", { name: more }).click();
    await chat.waitForAnswers(2);
    expect(await page.locator("li.own").allTextContents()).toEqual([expect.stringContaining(question), expect.stringContaining(more)]);
    expect(await chat.answers().nth(1).textContent()).not.toBe(first);
  });

  test("hears each finished answer once", async () => {
    await chat.ask(question);
    await chat.waitForAnswers(1);
    await sleep(2_000);
    const finished = () => chat.announced.filter((text) => text.startsWith(pageWords.answerReady));
    expect(finished()).toHaveLength(1);
    expect(finished()[0]).toContain(await chat.answers().first().getByRole("heading").first().textContent());
    await page.reload();
    await chat.waitForAnswers(1);
    await sleep(1_000);
    expect(finished()).toHaveLength(1);
    expect(await page.locator("#chat-log[aria-live], [role=log]").count()).toBe(0);
  });
});

describe("a citizen who looks for what is near", () => {
  const near = "Welche Kita ist am nächsten bei mir?";
  const share = words.de.sharePlace;

  test("is asked, shares the place by a button and sees how far away things are", async () => {
    await page.context().grantPermissions(["geolocation"], { origin: server.url });
    await page.context().setGeolocation({ latitude: 48.118277, longitude: 11.543791 });
    await chat.ask(near);
    await chat.waitForAnswers(1);
    expect(await chat.answers().nth(0).textContent()).toContain(words.de.askPlaceByButton);
    await page.getByRole("button", { name: share }).click();
    await chat.waitForAnswers(2);
    expect(await page.locator("li.own").last().textContent()).toContain(share);
    expect(await chat.answers().nth(1).textContent()).toMatch(/Ungefähr \d+ km entfernt/);
    expect(await findBarriers(page)).toEqual([]);
  });

  test("who does not allow it is told, and can write it", async () => {
    await page.context().clearPermissions();
    await chat.ask(near);
    await chat.waitForAnswers(1);
    await page.getByRole("button", { name: share }).click();
    await page.getByText(pageWords.noPlace).first().waitFor();
    await expect.poll(() => chat.announced).toContain(pageWords.noPlace);
    await chat.ask("in Sendling");
    await chat.waitForAnswers(2);
  });
});

test("a citizen with a keyboard alone gets there and back", async () => {
  await page.keyboard.press("Tab");
  expect(await chat.focused()).toBe(pageWords.messageLabel);
  await page.keyboard.press("Enter");
  expect(await chat.focused()).toBe("chat-input");
  await page.keyboard.type(question);
  await page.keyboard.press("Enter");
  await chat.waitForAnswers(1);
  expect(await chat.focused()).toBe("chat-input");
  for (let steps = 0; steps < 5 && (await chat.focused()) !== more; steps += 1) await page.keyboard.press("Shift+Tab");
  expect(await chat.focused()).toBe(more);
  await page.keyboard.press("Enter");
  await chat.waitForAnswers(2);
  expect(await chat.focused()).toBe("chat-input");
  await page.keyboard.press("Tab");
  expect(await chat.focused()).toBe(pageWords.send);
});

describe("axe finds nothing", () => {
  test.each(["light", "dark"] as const)(
    "on the start page and the answered page, in %s colours",
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      expect(await findBarriers(page)).toEqual([]);
      await chat.ask(question);
      await chat.waitForAnswers(1);
      expect(await findBarriers(page)).toEqual([]);
    },
    60_000,
  );

  test("on the Arabic page, which runs from right to left, and its answer", async () => {
    await page.goto(`${server.url}/chat?lang=ar`);
    expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("textbox").fill("أبحث عن روضة لطفلي");
    await page.keyboard.press("Enter");
    await chat.waitForAnswers(1);
    expect(await chat.answers().first().locator(".bubble").getAttribute("lang")).toBe("ar");
    const headings = chat.answers().first().getByRole("heading");
    expect(await headings.count()).toBeGreaterThan(0);
    for (const heading of await headings.all()) expect(await heading.getAttribute("lang")).toBe("de");
    expect(await findBarriers(page)).toEqual([]);
  }, 60_000);
});

test("scripts and markup that somebody writes come back as text, also after a reload", async () => {
  const texts = [
    "<script>window.hacked=1;alert('kita')</script>",
    '<img src=x onerror="window.hacked=1;alert(2)"> Kita',
    '"><svg/onload=alert(3)> javascript:alert(4) [x](javascript:alert(5)) {{7*7}} %s $(reboot)',
  ];
  for (const [index, text] of texts.entries()) {
    await chat.ask(text);
    await chat.waitForAnswers(index + 1);
  }
  const shown = async () => (await page.locator("li.own .bubble").allTextContents()).map((text) => text.trim());
  expect(await shown()).toEqual(texts);
  await page.reload();
  await chat.waitForAnswers(texts.length);
  expect(await shown()).toEqual(texts);
  expect(await page.locator("#chat-log :is(script, img, svg, iframe)").count()).toBe(0);
  expect(await page.evaluate("window.hacked ?? null")).toBeNull();
  expect(chat.dialogs).toEqual([]);
}, 60_000);

describe("a server that is killed and comes back on its port", () => {
  const restart = async () => {
    server = await startStadtlotse({ dataDir: server.dataDir, args: ["--port", new URL(server.url).port] });
  };

  test("gets the message that failed when it is sent again, and answers it once", async () => {
    await chat.ask(question);
    await chat.waitForAnswers(1);
    await server.kill();
    await chat.ask("Sperrmüll anmelden");
    const again = page.getByRole("button", { name: pageWords.sendAgain });
    await again.waitFor();
    await restart();
    await again.click();
    await chat.waitForAnswers(2);
    expect(await again.count()).toBe(0);
    expect(await page.locator("li.own").count()).toBe(2);
    await page.reload();
    await chat.waitForAnswers(2);
    expect(await page.locator("li.own").count()).toBe(2);
  }, 180_000);

  test("answers a message once whose receipt was lost with it, though it is sent again", async () => {
    const activities = "**/activities*";
    await page.route(activities, async (route) => {
      if (route.request().method() === "POST") {
        expect((await route.fetch()).status()).toBe(200);
        await server.kill();
      }
      await route.abort();
    });
    await chat.ask(question);
    const again = page.getByRole("button", { name: pageWords.sendAgain });
    await again.waitFor();
    await restart();
    // Until it is sent again the page must not find it in the talk by itself. The last route given comes first.
    await page.route(activities, (route) => (route.request().method() === "GET" ? route.abort() : route.continue()));
    const repeated = page.waitForResponse((response) => response.request().method() === "POST");
    await again.click();
    expect((await repeated).status()).toBe(200);
    await page.unroute(activities);
    // A claim of the dead process holds the conversation for 30 s, and the page looks less often after failures.
    await expect.poll(() => chat.answers().count(), { timeout: 90_000 }).toBe(1);
    await page.reload();
    await chat.waitForAnswers(1);
    await sleep(2_000);
    expect(await chat.answers().count()).toBe(1);
    expect(await page.locator("li.own").count()).toBe(1);
    expect(await again.count()).toBe(0);
  }, 180_000);
});
