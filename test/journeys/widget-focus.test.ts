import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { city } from "../../src/pages/city.ts";
import { words } from "../../src/words/words.ts";
import { findBarriers } from "../support/browser.ts";
import { runProgram } from "../support/server.ts";
import { answers, ask, focused, input, opener, useWidgetSites } from "../support/widget.ts";

const question = "Wo finde ich einen Kita-Platz in Sendling?";
const { page: pageWords, widget } = words.de;
const slow = 120_000;
const sites = useWidgetSites();

const announced = async (page: Page) => (await page.locator("#chat-announcer").textContent()) ?? "";
/** The last answer's first button. */
const firstAction = (page: Page) => answers(page).last().locator(".actions button").first();

describe("where the focus goes", () => {
  test(
    "after an answer's button: by pointer to the log, so that no keyboard opens, by keyboard to the input",
    async () => {
      const { page } = await sites().openTab("/inline");
      await ask(page, question);
      await answers(page).first().waitFor();
      await firstAction(page).click();
      await answers(page).nth(1).waitFor();
      expect(await page.evaluate("document.activeElement.shadowRoot.activeElement.shadowRoot.activeElement.id")).toBe("chat-region");
      await firstAction(page).focus();
      await page.keyboard.press("Enter");
      await answers(page).nth(2).waitFor();
      expect(await focused(page)).toBe("chat-input");
    },
    slow,
  );

  test(
    "after ×: to the button that opened it, by pointer and by keyboard",
    async () => {
      const { page } = await sites().openTab("/");
      for (const press of ["pointer", "keyboard"] as const) {
        await opener(page).click();
        await expect.poll(() => focused(page)).toBe("chat-input");
        const close = page.getByRole("button", { name: widget.close, exact: true });
        if (press === "pointer") await close.click();
        else {
          await close.focus();
          await page.keyboard.press("Enter");
        }
        await expect.poll(() => focused(page)).toBe(widget.open);
      }
    },
    slow,
  );

  test(
    "after sending again by keyboard: to the input",
    async () => {
      const { page, context } = await sites().openTab("/inline");
      await context.route("**/v3/directline/**", (route) => route.abort());
      await ask(page, question);
      const again = page.getByRole("button", { name: pageWords.sendAgain });
      await again.waitFor();
      await expect.poll(() => announced(page)).toContain(pageWords.failed);
      await context.unroute("**/v3/directline/**");
      await again.focus();
      await page.keyboard.press("Enter");
      await answers(page).first().waitFor();
      expect(await focused(page)).toBe("chat-input");
      expect(await page.locator("li.own").count()).toBe(1);
    },
    slow,
  );
});

describe("an answer that comes while the chat is closed", () => {
  test(
    "is said when it is opened again, once",
    async () => {
      const { page, context } = await sites().openTab("/");
      await opener(page).click();
      await input(page).waitFor();
      await context.route("**/activities?*", async (route) => {
        await sleep(1_500);
        await route.continue();
      });
      await ask(page, question);
      await page.locator("li.own").waitFor();
      await page.keyboard.press("Escape");
      await answers(page).first().waitFor({ state: "attached" });
      await sleep(300);
      expect(await announced(page)).not.toContain(pageWords.answerReady);
      await opener(page).click();
      await expect.poll(() => announced(page)).toContain(pageWords.answerReady);
      await page.keyboard.press("Escape");
      await opener(page).click();
      await sleep(300);
      expect((await announced(page)).split(pageWords.answerReady)).toHaveLength(2);
    },
    slow,
  );
});

describe("who left quickly", () => {
  test(
    "finds nothing when the browser brings the page back as it was left",
    async () => {
      const { page, context } = await sites().openTab("/inline");
      await context.route(`${city.exitUrl}**`, (route) => route.fulfill({ status: 204 }));
      await ask(page, question);
      await answers(page).first().waitFor();
      await page.evaluate("window.isOld = true");
      await page.getByRole("button", { name: widget.exit }).click();
      await expect.poll(() => input(page).isVisible()).toBe(false);
      // What a browser tells a page that it had kept whole.
      await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
      await expect.poll(() => page.evaluate("window.isOld ?? false").catch(() => true)).toBe(false);
      await input(page).waitFor();
      await sleep(500);
      expect(await page.locator("li.own").count()).toBe(0);
    },
    slow,
  );
});

describe("a talk that the server forgot", () => {
  test(
    "is said to be over, and writing begins a new one",
    async () => {
      const { page, context } = await sites().openTab("/inline");
      await ask(page, question);
      await answers(page).first().waitFor();
      await context.route("**/activities?*", (route) =>
        route.fulfill({ status: 403, headers: { "Access-Control-Allow-Origin": "*" }, json: {} }),
      );
      await page.locator("li.note").getByText(widget.ended).waitFor({ timeout: 60_000 });
      await context.unroute("**/activities?*");
      await ask(page, "Sperrmüll anmelden");
      await answers(page).nth(1).waitFor();
      expect(await page.locator("li.note").count()).toBe(1);
      expect(await findBarriers(page)).toEqual([]);
    },
    slow,
  );
});

describe("a person of the city", () => {
  const Listed = z.array(z.object({ id: z.number() }));
  const staff = async (...args: readonly string[]) => {
    const { code, lines } = await runProgram("cli", ["staff", "handovers", ...args, "--json"], { DATA_DIR: sites().server.dataDir });
    expect(code, lines.join("\n")).toBe(0);
    return JSON.parse(lines.at(-1) ?? "");
  };

  test(
    "is named as one in the header, above the words and in the transcript, and the programme again after it",
    async () => {
      const { page } = await sites().openTab("/inline");
      await page.locator("summary").click();
      await page.getByRole("button", { name: words.de.commands.human }).click();
      await answers(page).first().waitFor();
      expect(await page.locator(".notice").textContent()).toContain(pageWords.notice);
      const id = String(Listed.parse(await staff("list")).at(-1)?.id);
      await staff("say", id, "Guten Tag! Wie alt ist Ihr Kind?");
      await answers(page).getByText("Wie alt ist Ihr Kind?").waitFor({ timeout: 60_000 });
      expect(await answers(page).last().locator(".who").textContent()).toBe(widget.human);
      expect((await page.locator(".notice").textContent())?.trim()).toBe(widget.humanWrites);
      expect(await findBarriers(page)).toEqual([]);
      await ask(page, "Drei Jahre");
      await staff("close", id);
      await answers(page).getByText(words.de.handover.ended.staff).waitFor({ timeout: 60_000 });
      expect(await answers(page).last().locator(".who").textContent()).toBe(pageWords.assistant);
      expect(await page.locator(".notice").textContent()).toContain(pageWords.notice);
    },
    slow,
  );
});
