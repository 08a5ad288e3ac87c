import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { words } from "../../src/words/words.ts";
import { findBarriers } from "../support/browser.ts";
import { answers, ask, focused, input, opener, picture, useWidgetSites } from "../support/widget.ts";

const question = "Wo finde ich einen Kita-Platz in Sendling?";
const { page: pageWords, widget } = words.de;
const slow = 120_000;

const sites = useWidgetSites();

describe("the button on a page with a strict policy", () => {
  test(
    "fetches nothing but the loader before it is pressed, and nothing from anywhere else after it",
    async () => {
      const { page, faults, fetched } = await sites().openTab("/");
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
      const { page } = await sites().openTab("/");
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
      await page
        .getByRole("button", { name: words.de.languageNames.tr })
        .or(page.getByRole("button", { name: words.tr.languageNames.tr }))
        .first()
        .waitFor();
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
      const { page } = await sites().openTab("/");
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
      const { page } = await sites().openTab("/turkish");
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
      const { page } = await sites().openTab("/");
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
      const { page } = await sites().openTab("/two");
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
    "takes another language while it is loaded, and while it is open",
    async () => {
      const { page } = await sites().openTab("/");
      await opener(page).waitFor();
      await page.evaluate(
        `(() => { const chat = document.querySelector("stadtlotse-chat"); chat.open(); chat.lang = "tr"; chat.open(); chat.lang = "uk"; chat.open(); })()`,
      );
      const field = (lang: "uk" | "fr") => page.getByRole("textbox", { name: words[lang].page.messageLabel });
      await field("uk").fill(question);
      await page.keyboard.press("Enter");
      await answers(page).first().waitFor();
      expect(await page.locator("#chat-input").count()).toBe(1);
      await page.evaluate("document.querySelector('stadtlotse-chat').lang = 'fr'");
      await field("fr").waitFor();
      await answers(page).first().waitFor();
    },
    slow,
  );

  test(
    "opened from the start it leaves the focus where it is",
    async () => {
      const { page } = await sites().openTab("/open");
      await input(page).waitFor();
      expect(await page.evaluate("document.activeElement === document.body")).toBe(true);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: widget.close }).click();
      await opener(page).waitFor();
    },
    slow,
  );

  test(
    "works inside another shadow root",
    async () => {
      const { page, faults } = await sites().openTab("/shadow");
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
      const { page } = await sites().openTab("/topic");
      await answers(page).first().getByRole("article").first().waitFor();
      expect(await answers(page).first().textContent()).toContain("Kita");
    },
    slow,
  );
});

describe("a page's own look", () => {
  test(
    "colours the chat by properties and parts",
    async () => {
      const { page } = await sites().openTab("/inline");
      await input(page).waitFor();
      await page.evaluate(`(() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync("stadtlotse-chat { --stadtlotse-color: #00566b } stadtlotse-chat::part(send) { border-radius: 0px }");
        document.adoptedStyleSheets = [sheet]; })()`);
      const style = (selector: string, name: string) =>
        page.locator(selector).evaluate((element, wanted) => getComputedStyle(element).getPropertyValue(wanted), name);
      expect(await style("header", "background-color")).toBe("rgb(0, 86, 107)");
      expect(await style(".send", "border-radius")).toBe("0px");
      expect(await findBarriers(page)).toEqual([]);
    },
    slow,
  );

  test(
    "cannot make it too small to read by a small root",
    async () => {
      const { page } = await sites().openTab("/inline");
      await input(page).waitFor();
      await page.evaluate("document.documentElement.style.fontSize = '50%'");
      expect(await page.locator("li.welcome .bubble p").evaluate((element) => getComputedStyle(element).fontSize)).toBe("16px");
    },
    slow,
  );
});

describe("a panel that cannot be loaded", () => {
  test(
    "is said, told to the page, and loaded by the next press",
    async () => {
      const { page, context } = await sites().openTab("/");
      await page.evaluate("window.heard = 0; document.querySelector('stadtlotse-chat').addEventListener('error', () => (heard += 1))");
      await context.route("**/widget/panel.js*", (route) => route.abort());
      await opener(page).click();
      await page.getByRole("alert").getByText(widget.loadFailed).waitFor();
      expect(await page.evaluate("heard")).toBe(1);
      expect(await findBarriers(page)).toEqual([]);
      await page.evaluate(`document.querySelector("stadtlotse-chat").send(${JSON.stringify(question)})`);
      expect(await page.evaluate("heard")).toBe(2);
      await context.unroute("**/widget/panel.js*");
      await opener(page).click();
      await expect.poll(() => focused(page)).toBe("chat-input");
      expect(await page.getByRole("alert").count()).toBe(0);
      await answers(page).first().waitFor();
      expect(await page.locator("li.own").count()).toBe(1);
    },
    slow,
  );
});

describe("the start page", () => {
  test(
    "sends a question of a topic into its chat, by pointer and by keyboard",
    async () => {
      const { page, fetched } = await sites().openTab("", sites().own);
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
        const { page, faults } = await sites().openTab(`${path}?lang=${lang}`, sites().own, options);
        expect(await findBarriers(page)).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
        expect(faults).toEqual([]);
        await sites().closeTabs();
      }
    },
    slow,
  );
});

describe("sites", () => {
  test(
    "that the operator did not allow are refused; what was written stays and can be sent again",
    async () => {
      const { page } = await sites().openTab("/inline", sites().foreign);
      await ask(page, question);
      await page.getByRole("button", { name: pageWords.sendAgain }).waitFor();
      expect(await answers(page).count()).toBe(0);
      expect(await page.locator("li.own").textContent()).toContain(question);
    },
    slow,
  );
});
