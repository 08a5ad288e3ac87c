import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../src/node-content.ts";
import { city } from "../../src/pages/city.ts";
import { words } from "../../src/words/words.ts";
import { findBarriers, openBrowser } from "../support/browser.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { type CitySite, serveCitySite, strictPolicy } from "../support/city-site.ts";
import { cleanUp, type RunningServer, startStadtlotse } from "../support/server.ts";

const question = "Wo finde ich einen Kita-Platz in Sendling?";
const { page: pageWords, widget } = words.de;
const slow = 120_000;

let browser: Browser;
let server: RunningServer;
let allowed: CitySite;
let foreign: CitySite;
let context: BrowserContext | undefined;

const tag = (attributes = "") =>
  `<script type="module" src="${server.url}/widget/loader.js"></script><stadtlotse-chat${attributes}></stadtlotse-chat>`;

/** Pages as editors write them, by their path. */
const bodies: Readonly<Record<string, () => string>> = {
  "/": () => tag(),
  "/inline": () => tag(' mode="inline"'),
  "/turkish": () => tag(' lang="tr" position="left"'),
  "/topic": () => tag(' mode="inline" topic="kita-platz"'),
  "/two": () => `${tag(' mode="inline" id="first"')}<stadtlotse-chat mode="inline" id="second"></stadtlotse-chat>`,
  "/shadow": () =>
    `<script type="module" src="${server.url}/widget/loader.js"></script><div id="host"></div><script src="/page.js"></script>`,
};
/** Not by innerHTML: the page demands trusted types. */
const script = `document.getElementById("host").attachShadow({ mode: "open" }).append(document.createElement("stadtlotse-chat"))`;

const serve = () => serveCitySite((path) => ({ body: bodies[path]?.() ?? "", policy: strictPolicy(server.url), script }));

beforeAll(async () => {
  browser = await openBrowser();
  await trainedCache();
  [allowed, foreign] = [await serve(), await serve()];
  server = await startStadtlotse({ env: { ALLOWED_ORIGINS: allowed.origin } });
}, trainingMs);

afterAll(async () => {
  await browser.close();
  await Promise.all([allowed.close(), foreign.close()]);
  await cleanUp();
});

afterEach(async () => {
  await context?.close();
  context = undefined;
});

/** With PICTURES=1 the pictures of the documentation are made. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env["PICTURES"] === "1") await page.screenshot({ path: join(projectRoot, "docs/images", `widget-${name}.png`) });
}

/** A tab on a page of a site, with what was fetched from the chat's server and what the browser complained of. */
async function openTab(path: string, site = allowed, options: BrowserContextOptions = {}) {
  context = await browser.newContext({ locale: "de-DE", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const fetched: string[] = [];
  const faults: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && /polic|trusted/i.test(message.text())) faults.push(message.text());
  });
  await page.goto(`${site.origin}${path}`);
  return { page, faults, fetched: () => fetched.filter((url) => url.startsWith(server.url)).map((url) => new URL(url).pathname) };
}

const opener = (page: Page) => page.getByRole("button", { name: widget.open });
const input = (page: Page) => page.getByRole("textbox", { name: pageWords.messageLabel });
const answers = (page: Page) => page.locator("#chat-log > li.answer:not(.welcome)");

async function ask(page: Page, text: string): Promise<void> {
  await input(page).fill(text);
  await page.keyboard.press("Enter");
}

/** What has the focus, in whatever shadow root. */
async function focused(page: Page): Promise<unknown> {
  return await page.evaluate(
    "(() => { let found = document.activeElement; while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement; return found.innerText || found.id; })()",
  );
}

describe("the button on a page with a strict policy", () => {
  test(
    "fetches nothing but the loader before it is pressed, and nothing from anywhere else after it",
    async () => {
      const { page, faults, fetched } = await openTab("/");
      await opener(page).waitFor();
      await sleep(500);
      expect(fetched()).toEqual(["/widget/loader.js"]);
      expect(await findBarriers(page)).toEqual([]);
      await opener(page).click();
      await ask(page, question);
      await answers(page).first().getByRole("article").first().waitFor();
      expect(fetched()).toEqual(expect.arrayContaining(["/widget/panel.js", "/widget/settings/de.json", "/widget/open-sans-latin.woff2"]));
      expect(fetched().every((path) => /^\/(?:widget|v3\/directline)\//.test(path))).toBe(true);
      expect(await findBarriers(page)).toEqual([]);
      expect(faults).toEqual([]);
    },
    slow,
  );

  test(
    "is opened, used and closed with the keyboard alone; the focus comes back and the talk stays",
    async () => {
      const { page } = await openTab("/");
      await opener(page).waitFor();
      await page.keyboard.press("Tab");
      expect(await focused(page)).toBe(widget.open);
      await page.keyboard.press("Enter");
      await expect.poll(() => focused(page)).toBe("chat-input");
      await page.keyboard.type(question);
      await page.keyboard.press("Enter");
      await answers(page).first().waitFor();
      expect(await focused(page)).toBe("chat-input");
      await page.locator("summary").focus();
      await page.keyboard.press("Enter");
      await page.getByLabel(pageWords.language).waitFor();
      await page.keyboard.press("Escape");
      expect(await page.locator("details[open]").count()).toBe(0);
      expect(await focused(page)).toBe(widget.menu);
      await page.keyboard.press("Escape");
      await expect.poll(() => focused(page)).toBe(widget.open);
      expect(await input(page).isVisible()).toBe(false);
      await page.keyboard.press("Enter");
      await expect.poll(() => focused(page)).toBe("chat-input");
      expect(await answers(page).count()).toBe(1);
    },
    slow,
  );

  test(
    "says where somebody writes: a programme, in the header for as long as it is open",
    async () => {
      const { page } = await openTab("/");
      await opener(page).click();
      await page.getByText(pageWords.notice).waitFor();
      expect(await page.locator("li.welcome").textContent()).toContain(words.de.welcome);
      const dialog = page.getByRole("dialog", { name: pageWords.title });
      expect(await dialog.ariaSnapshot()).toMatchInlineSnapshot(`
        "- dialog "Stadtlotse München":
          - heading "Stadtlotse München" [level=2]
          - button "Schnell weg"
          - group: Mehr
          - button "Schließen"
          - paragraph: Hier schreibt ein Computer-Programm, kein Mensch.
          - region "Gespräch":
            - list:
              - listitem:
                - paragraph: Stadtlotse
                - paragraph: Guten Tag! Ich bin ein Computer-Programm von der Stadt München. Ich suche für Sie Hilfen und Angebote. Schreiben Sie in einem Satz, was Sie brauchen.
                - paragraph: Zum Beispiel
                - list "Zum Beispiel":
                  - listitem:
                    - button "Wo finde ich einen Kita-Platz in Sendling?"
                  - listitem:
                    - button "Meine Mutter braucht Pflege"
                  - listitem:
                    - button "Mein Ausweis gilt nicht mehr"
          - status
          - text: Ihre Frage
          - textbox "Ihre Frage"
          - button "Senden"
          - status"
      `);
    },
    slow,
  );

  test(
    "leaves the element as the page wrote it",
    async () => {
      const { page } = await openTab("/turkish");
      await page.getByRole("button", { name: words.tr.widget.open }).click();
      await page.getByRole("textbox", { name: words.tr.page.messageLabel }).waitFor();
      expect(await page.evaluate("document.querySelector('stadtlotse-chat').outerHTML")).toBe(
        '<stadtlotse-chat lang="tr" position="left"></stadtlotse-chat>',
      );
      await page.locator("#chat-input").fill("Sendling’de kreş arıyorum");
      await page.keyboard.press("Enter");
      expect(await answers(page).first().locator(".bubble").getAttribute("lang")).toBe("tr");
    },
    slow,
  );
});

describe("the element for a page's own scripts", () => {
  test(
    "tells what happens, sends, forgets, and saves the talk as text",
    async () => {
      const { page } = await openTab("/");
      await page.evaluate(`window.heard = []; const chat = document.querySelector("stadtlotse-chat");
      for (const name of ["open", "close", "message", "error"]) chat.addEventListener(name, ({ detail }) => heard.push([name, detail?.from ?? ""].join(" ").trim()));`);
      await page.evaluate(`document.querySelector("stadtlotse-chat").send(${JSON.stringify(question)})`);
      await answers(page).first().waitFor();
      await expect.poll(() => page.evaluate("heard.join()")).toBe("open,message user,message assistant");
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.evaluate(`document.querySelector("stadtlotse-chat").downloadTranscript()`),
      ]);
      const saved = await readFile(await download.path(), "utf8");
      expect(download.suggestedFilename()).toBe("stadtlotse.txt");
      expect(saved).toContain(`${pageWords.you}:\n${question}`);
      expect(saved).toMatch(/https:\/\//);
      await page.evaluate(`document.querySelector("stadtlotse-chat").reset()`);
      await expect.poll(() => answers(page).count()).toBe(0);
      await page.evaluate(`document.querySelector("stadtlotse-chat").close()`);
      await expect.poll(() => page.evaluate("heard.at(-1)")).toBe("close");
    },
    slow,
  );

  test(
    "two on one page have two talks, which come back after a reload",
    async () => {
      const { page } = await openTab("/two");
      const of = (id: string) => page.locator(`#${id}`);
      await of("first").locator("#chat-input").fill("Sperrmüll anmelden");
      await page.keyboard.press("Enter");
      await of("first").locator("li.answer:not(.welcome)").waitFor();
      expect(await of("second").locator("li.own").count()).toBe(0);
      await page.reload();
      await of("first").locator("li.answer:not(.welcome)").waitFor();
      expect(await of("second").locator("li.own").count()).toBe(0);
    },
    slow,
  );

  test(
    "works inside another shadow root",
    async () => {
      const { page, faults } = await openTab("/shadow");
      await opener(page).click();
      await ask(page, question);
      await answers(page).first().waitFor();
      expect(faults).toEqual([]);
    },
    slow,
  );

  test(
    "opens the talk with the offers of a topic",
    async () => {
      const { page } = await openTab("/topic");
      await answers(page).first().getByRole("article").first().waitFor();
      expect(await answers(page).first().textContent()).toContain("Kita");
    },
    slow,
  );
});

describe("the start page", () => {
  test(
    "sends a question of a topic into its chat, by pointer and by keyboard",
    async () => {
      const { page, fetched } = await openTab("", { origin: server.url, close: async () => undefined });
      await page.getByRole("button", { name: "Wohin mit dem Sperrmüll?" }).click();
      await answers(page).first().getByRole("article").first().waitFor();
      await picture(page, "start");
      await page.getByRole("button", { name: "Ich möchte ehrenamtlich helfen" }).focus();
      await page.keyboard.press("Enter");
      await answers(page).nth(1).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      expect(fetched()).toContain("/widget/settings/de.json");
      await page.locator("body").press("Home");
      await page.evaluate("document.activeElement.blur(); scrollTo(0, 0)");
      await page.locator(".skip").focus();
      await page.keyboard.press("Enter");
      await expect.poll(() => focused(page)).toBe("chat-input");
    },
    slow,
  );

  test.each(["/embed", "/demo", "/datenschutz", "/impressum", "/barrierefreiheit", "/einfach"])(
    "%s is read and used by everybody",
    async (path) => {
      for (const [options, lang] of [
        [{ viewport: { width: 320, height: 640 }, colorScheme: "dark" }, "de"],
        [{}, "en"],
      ] as const) {
        const { page, faults } = await openTab(`${path}?lang=${lang}`, { origin: server.url, close: async () => undefined }, options);
        expect(await findBarriers(page)).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
        expect(faults).toEqual([]);
        await context?.close();
      }
    },
    slow,
  );
});

describe("sites", () => {
  test(
    "that the operator did not allow are refused; what was written stays and can be sent again",
    async () => {
      const { page } = await openTab("/inline", foreign);
      await ask(page, question);
      await page.getByRole("button", { name: pageWords.sendAgain }).waitFor();
      expect(await answers(page).count()).toBe(0);
      expect(await page.locator("li.own").textContent()).toContain(question);
    },
    slow,
  );
});

describe("who has to leave quickly", () => {
  test.each(["the button", "three times Shift"])(
    "goes to another page by %s, and nothing of the talk stays",
    async (way) => {
      const { page } = await openTab("/inline");
      await context?.route(`${city.exitUrl}**`, (route) => route.fulfill({ contentType: "text/html", body: "<title>Wetter</title>" }));
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

describe("the menu", () => {
  test(
    "changes the language, writes more simply, and names privacy and accessibility",
    async () => {
      const { page } = await openTab("/inline");
      await page.locator("summary").click();
      for (const name of [widget.privacy, widget.accessibility, widget.imprint])
        expect(await page.getByRole("link", { name }).getAttribute("href")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\w+\?lang=de$/);
      expect(await findBarriers(page)).toEqual([]);
      await page.getByRole("button", { name: words.de.commands.simple }).click();
      await answers(page).first().waitFor();
      expect(await page.locator("details[open]").count()).toBe(0);
      await page.locator("summary").click();
      await page.getByLabel(pageWords.language).selectOption("ar");
      await page.getByText(words.ar.page.notice).waitFor();
      expect(await page.locator(".panel").getAttribute("dir")).toBe("rtl");
      expect(await answers(page).count()).toBe(1);
      await page.locator("#chat-input").fill("أبحث عن روضة لطفلي");
      await page.keyboard.press("Enter");
      await answers(page).nth(1).getByRole("article").first().waitFor();
      await picture(page, "arabic");
      expect(await findBarriers(page)).toEqual([]);
    },
    slow,
  );
});

describe("without a network", () => {
  test(
    "says so, keeps what is written, and sends it once when the network is back",
    async () => {
      const { page } = await openTab("/inline");
      await ask(page, question);
      await answers(page).first().waitFor();
      await context?.setOffline(true);
      await page.getByText(widget.offline).waitFor();
      await ask(page, "Sperrmüll anmelden");
      await page.getByRole("button", { name: pageWords.sendAgain }).waitFor();
      await context?.setOffline(false);
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
      const { page } = await openTab("/inline");
      let asked = 0;
      // Every third one; of these every second one after the server has seen it.
      await context?.route(`${server.url}/v3/directline/**`, async (route) => {
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
      await context?.unrouteAll({ behavior: "ignoreErrors" });
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
      const { page } = await openTab("/", allowed, options);
      await opener(page).click();
      await ask(page, question);
      await answers(page).first().getByRole("article").first().waitFor();
      expect(await findBarriers(page)).toEqual([]);
      const sideways = `(() => { const panel = document.querySelector("stadtlotse-chat").shadowRoot.querySelector("stadtlotse-panel").shadowRoot.querySelector(".panel");
      return [document.documentElement.scrollWidth - innerWidth, panel.scrollWidth - panel.clientWidth]; })()`;
      expect(await page.evaluate(sideways)).toEqual([0, 0]);
      await picture(page, name);
      const send = page.getByRole("button", { name: pageWords.send, exact: true });
      await send.scrollIntoViewIfNeeded();
      expect(await send.boundingBox()).toMatchObject({ x: expect.any(Number) });
    },
    slow,
  );
});
