import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { city } from "../../src/pages/city.ts";
import { words } from "../../src/words/words.ts";
import { findBarriers } from "../support/browser.ts";
import { answers, ask, input, opener, picture, useWidgetSites } from "../support/widget.ts";

const question = "Wo finde ich einen Kita-Platz in Sendling?";
const { page: pageWords, widget } = words.de;
const slow = 120_000;

const sites = useWidgetSites();

describe("who has to leave quickly", () => {
  test.each(["the button", "three times Shift"])(
    "goes to another page by %s, and nothing of the talk stays",
    async (way) => {
      const { page, context } = await sites().openTab("/inline");
      await context.route(`${city.exitUrl}**`, (route) => route.fulfill({ contentType: "text/html", body: "<title>Wetter</title>" }));
      await ask(page, question);
      await answers(page).first().waitFor();
      const before = page.url();
      if (way === "the button") await page.getByRole("button", { name: widget.exit }).click();
      else for (let press = 0; press < 3; press += 1) await page.keyboard.press("Shift");
      await page.waitForURL(`${city.exitUrl}**`);
      await page.goto(before);
      await input(page).waitFor();
      await sleep(500);
      expect(await page.locator("li.own").count()).toBe(0);
      expect(await page.evaluate("sessionStorage.length")).toBe(0);
    },
    slow,
  );
});

describe("two chats of a page", () => {
  test(
    "are both gone at once when somebody leaves quickly, however long the other page takes",
    async () => {
      const { page, context } = await sites().openTab("/two");
      // An answer without content leaves a browser where it is, as one that never comes does.
      await context.route(`${city.exitUrl}**`, (route) => route.fulfill({ status: 204 }));
      const chats = ["first", "second"].map((id) => page.locator(`#${id}`));
      for (const chat of chats) {
        await chat.locator("#chat-input").fill(question);
        await page.keyboard.press("Enter");
        await chat.locator("li.answer:not(.welcome)").waitFor();
      }
      await page.locator("#first").getByRole("button", { name: widget.exit }).click();
      await expect.poll(() => page.locator("#chat-log").filter({ visible: true }).count()).toBe(0);
      expect(await page.locator("li.own").count()).toBe(0);
      await sleep(1_000);
      expect(await page.evaluate("sessionStorage.length")).toBe(0);
    },
    slow,
  );
});

describe("the menu", () => {
  test(
    "changes the language, writes more simply, and names privacy and accessibility",
    async () => {
      const { page } = await sites().openTab("/inline");
      await page.locator("summary").click();
      for (const name of [widget.privacy, widget.accessibility, widget.imprint])
        expect(await page.getByRole("link", { name }).getAttribute("href")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\w+\?lang=de$/);
      expect(await findBarriers(page)).toEqual([]);
      await page.getByRole("button", { name: words.de.commands.simple }).click();
      await answers(page).first().waitFor();
      expect(await page.locator("details[open]").count()).toBe(0);
      await page.locator("summary").click();
      await page.getByRole("button", { name: words.ar.languageNames.ar, exact: true }).click();
      await page.getByText(words.ar.page.notice).waitFor();
      expect(await page.locator(".panel").getAttribute("dir")).toBe("rtl");
      await answers(page).first().waitFor();
      expect(await answers(page).count()).toBe(1);
      await page.locator("#chat-input").fill("أبحث عن روضة لطفلي");
      await page.keyboard.press("Enter");
      await answers(page).nth(1).getByRole("article").first().waitFor();
      await picture(page, "arabic");
      await page.reload();
      await page.getByText(words.ar.page.notice).waitFor();
      expect(await findBarriers(page)).toEqual([]);
    },
    slow,
  );
});

describe("a language that cannot be loaded", () => {
  test(
    "is said, and the talk goes on in the one before",
    async () => {
      const { page, context } = await sites().openTab("/inline");
      await input(page).waitFor();
      await context.route("**/widget/settings/**", (route) => route.abort());
      await page.locator("summary").click();
      await page.getByRole("button", { name: words.tr.languageNames.tr, exact: true }).click();
      await page.locator("li.note").getByText(widget.loadFailed).waitFor();
      await expect.poll(() => page.locator("#chat-announcer").textContent()).toContain(widget.loadFailed);
      await ask(page, question);
      await answers(page).first().waitFor();
    },
    slow,
  );
});

describe("without a network", () => {
  test(
    "says so, keeps what is written, and sends it once when the network is back",
    async () => {
      const { page, context } = await sites().openTab("/inline");
      await ask(page, question);
      await answers(page).first().waitFor();
      await context.setOffline(true);
      await page.getByText(widget.offline).waitFor();
      await ask(page, "Sperrmüll anmelden");
      await page.getByRole("button", { name: pageWords.sendAgain }).waitFor();
      await context.setOffline(false);
      await answers(page).nth(1).waitFor();
      await expect.poll(() => page.getByText(widget.offline).count()).toBe(0);
      await page.reload();
      await answers(page).nth(1).waitFor();
      await sleep(1_000);
      expect([await answers(page).count(), await page.locator("li.own").count()]).toEqual([2, 2]);
    },
    slow,
  );

  test(
    "every message is answered once where a third of all requests is lost",
    async () => {
      const { page, context } = await sites().openTab("/inline");
      let asked = 0;
      // Every third one; of these every second one after the server has seen it.
      await context.route(`${sites().server.url}/v3/directline/**`, async (route) => {
        asked += 1;
        if (asked % 3 !== 0) return await route.continue();
        if (asked % 2 === 0) await route.fetch().catch(() => undefined);
        await route.abort();
      });
      const texts = ["Sperrmüll anmelden", "Wohngeld beantragen", "Hebamme finden", "Schulden, wer hilft?"];
      for (const text of texts) await ask(page, text);
      const again = page.getByRole("button", { name: pageWords.sendAgain });
      await expect
        .poll(
          async () => {
            if ((await again.count()) > 0) await again.first().click();
            return await answers(page).count();
          },
          { timeout: 60_000, interval: 500 },
        )
        .toBe(texts.length);
      await context.unrouteAll({ behavior: "ignoreErrors" });
      await page.reload();
      await answers(page)
        .nth(texts.length - 1)
        .waitFor();
      await sleep(1_500);
      expect(await answers(page).count()).toBe(texts.length);
      expect((await page.locator("li.own .bubble").allTextContents()).map((text) => text.trim()).sort()).toEqual([...texts].sort());
    },
    slow,
  );
});

describe("whatever people set their browser to", () => {
  test.each([
    ["a phone", "phone", { viewport: { width: 390, height: 780 } }],
    ["a laptop", "desktop", { viewport: { width: 1280, height: 800 } }],
    ["a phone of 320 px", "320", { viewport: { width: 320, height: 640 } }],
    ["400 % on a laptop", "zoom", { viewport: { width: 320, height: 256 } }],
    ["dark colours", "dark", { viewport: { width: 390, height: 780 }, colorScheme: "dark" }],
    ["forced colours", "forced", { forcedColors: "active" }],
    ["reduced motion", "calm", { reducedMotion: "reduce" }],
  ] as const)(
    "with %s nothing is cut off, and axe finds nothing",
    async (_name, name, options) => {
      const { page } = await sites().openTab("/", sites().allowed, options);
      await opener(page).click();
      await ask(page, question);
      await answers(page).first().getByRole("article").first().waitFor();
      expect(await findBarriers(page)).toEqual([]);
      const sideways = `(() => { const panel = document.querySelector("stadtlotse-chat").shadowRoot.querySelector("stadtlotse-panel").shadowRoot.querySelector(".panel");
      return [document.documentElement.scrollWidth - innerWidth, panel.scrollWidth - panel.clientWidth]; })()`;
      expect(await page.evaluate(sideways)).toEqual([0, 0]);
      await picture(page, name);
      const answer = await answers(page).first().boundingBox();
      const height = Number(await page.evaluate("innerHeight"));
      expect(answer?.y).toBeGreaterThanOrEqual(0);
      expect(answer?.y).toBeLessThan(height);
      const animation = await page.locator("#chat-waiting").evaluate((element) => getComputedStyle(element).animationName);
      expect(animation).toBe(name === "calm" ? "none" : "waiting");
    },
    slow,
  );
});

/** A part of a Direct Line page: the server's answer to the last message, with hostile texts wherever one can stand. */
function hostilePage(conversationId: string, payload: string) {
  const link = { label: payload, url: `javascript:alert(1)//${payload}` };
  const card = { id: "x", title: payload, lines: [payload], url: link.url, calendar: link, map: link, source: payload };
  const stadtlotse = { lang: "de", lead: [payload], cards: [card], closing: [payload], sharePlace: { label: payload, says: payload } };
  const activity = {
    ...{ id: `${conversationId}|9`, type: "message", from: { role: "bot" }, text: payload, channelData: { stadtlotse } },
    suggestedActions: { actions: [{ title: payload, value: payload }] },
  };
  return { activities: [activity], watermark: "9" };
}

describe("what a server sends", () => {
  test(
    "is text wherever it stands, and no address but one of the web is a link",
    async () => {
      const { page, context, faults } = await sites().openTab("/inline");
      const payload = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{7*7}}`;
      await context.route("**/activities?*", (route) =>
        route.fulfill({ json: hostilePage("c", payload), headers: { "Access-Control-Allow-Origin": "*" } }),
      );
      await ask(page, question);
      await answers(page).first().getByRole("article").waitFor();
      expect(await answers(page).first().textContent()).toContain(payload);
      expect(await page.locator("#chat-log :is(script, img, svg, iframe)").count()).toBe(0);
      expect(await answers(page).first().getByRole("link").count()).toBe(0);
      expect(await page.evaluate("window.hacked ?? null")).toBeNull();
      expect(faults).toEqual([]);
    },
    slow,
  );
});

describe("speech", () => {
  /** Chromium on Debian has no voices and hears nothing: the browser's side is played. */
  const play = `
    window.said = [];
    const voices = [{ lang: "de-DE", localService: false, name: "fern" }, { lang: "de-DE", localService: true, name: "hier" }];
    window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
    Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
      getVoices: () => voices, cancel: () => said.push("stop"), speak: ({ text, voice }) => said.push(voice.name + ": " + text) }) });
    window.SpeechRecognition = class extends EventTarget {
      start() { said.push("hears " + this.lang); setTimeout(() => this.dispatchEvent(Object.assign(new Event("result"), { results: [[{ transcript: "Kita in Sendling" }]] })), 50); }
      abort() {} };`;

  test(
    "answers are read aloud by a voice of the device, and stop on a second press",
    async () => {
      const { page, context } = await sites().openTab("/inline");
      await context.addInitScript(play);
      await page.reload();
      await ask(page, question);
      const aloud = answers(page).first().getByRole("button", { name: widget.readAloud });
      await aloud.click();
      expect(await page.evaluate("said.at(-1)")).toMatch(/^hier: Das habe ich gefunden/);
      expect(await page.evaluate("said.at(-1)")).not.toContain("http");
      await answers(page).first().getByRole("button", { name: widget.stopReading }).click();
      expect(await page.evaluate("said.at(-1)")).toBe("stop");
      expect(await findBarriers(page)).toEqual([]);
    },
    slow,
  );

  test(
    "words are spoken only where the page offers it, after a notice",
    async () => {
      const { page, context } = await sites().openTab("/inline");
      await context.addInitScript(play);
      await page.reload();
      await page.locator("summary").click();
      expect(await page.getByRole("button", { name: widget.dictate }).count()).toBe(0);
      await page.goto(`${sites().allowed.origin}/dictation`);
      await page.locator("summary").click();
      await page.getByRole("button", { name: widget.dictate }).click();
      await page.getByText(widget.dictateNotice).waitFor();
      expect(await page.evaluate("said.length")).toBe(0);
      await page.getByRole("button", { name: widget.dictateStart }).click();
      await expect.poll(() => input(page).inputValue()).toBe("Kita in Sendling");
      expect(await page.evaluate("said")).toEqual(["hears de"]);
      expect(await answers(page).count()).toBe(0);
    },
    slow,
  );
});
