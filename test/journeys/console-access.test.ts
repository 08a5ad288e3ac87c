import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { consoleWords } from "../../src/review/console/words.ts";
import { findBarriers, openBrowser } from "../support/browser.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { goodPassword } from "../support/console.ts";
import { fillSignIn, firstAccountLink, openTab, setPassword } from "../support/console-tab.ts";
import { cleanUp, type RunningServer, runProgram, startStadtlotse } from "../support/server.ts";

const { de, en } = consoleWords;
const slow = { timeout: 120_000 };
const admin = "Anna Beispiel";
const naughty = `"><img src=x onerror=alert(1)> عائشة`;

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  browser = await openBrowser();
  await trainedCache();
  server = await startStadtlotse({ args: ["--port", "0"] });
}, trainingMs);

afterAll(async () => {
  await browser.close();
  await cleanUp();
});

const open = (page: Page, path: string) => page.goto(`${server.url}/console${path}`);

async function signIn(page: Page, name = admin, password = goodPassword): Promise<void> {
  await open(page, "/sign-in?lang=de");
  await fillSignIn(page, name, password);
}

async function expectGood(page: Page, faults: readonly string[]): Promise<void> {
  expect([page.url(), await findBarriers(page)]).toEqual([page.url(), []]);
  expect([page.url(), await page.evaluate("document.documentElement.scrollWidth <= innerWidth")]).toEqual([page.url(), true]);
  expect(faults).toEqual([]);
}

/** Links, buttons and fields below 24 px, those in sentences left out (WCAG 2.2, 2.5.8). */
const smallTargets = `[...document.querySelectorAll("button, select, input:not([type=hidden]), a")]
  .filter((each) => each.checkVisibility() && !each.matches(".skip"))
  .map((each) => ({ text: each.innerText || each.id, ...each.getBoundingClientRect().toJSON() }))
  .filter(({ width, height }) => width < 24 || height < 24).map(({ text }) => text)`;

let invited = "";

describe("the console", () => {
  test("lets the first admin in by the link that the start prints, and nobody who only knows the address", slow, async () => {
    const { page, close } = await openTab(browser, { scripts: false });
    await open(page, "/accounts");
    expect(page.url()).toBe(`${server.url}/console/sign-in?next=%2Fconsole%2Faccounts`);
    const link = firstAccountLink(server);
    expect(server.logLines.filter((line) => line.startsWith("{")).join("\n")).not.toContain("code=");
    await page.goto(link);
    await page.getByLabel(de.passwordPage.name).fill(admin);
    await setPassword(page, "passwortpasswort");
    await page.getByRole("alert").getByText(de.passwordPage.faults["too-common"]).waitFor();
    expect(await page.getByLabel(de.passwordPage.name).inputValue()).toBe(admin);
    await setPassword(page, goodPassword);
    expect(page.url()).toBe(`${server.url}/console`);
    expect((await page.goto(link))?.status()).toBe(410);
    await close();
  });

  test("does everything without scripts: invite, change, disable, sign out, change the password", slow, async () => {
    const { page, close } = await openTab(browser, { scripts: false });
    const other = await openTab(browser, { scripts: false });
    await open(page, "/accounts");
    await fillSignIn(page, admin);
    expect(page.url()).toBe(`${server.url}/console/accounts`);
    await page.getByLabel(de.accounts.name).fill(naughty);
    await page.getByLabel(de.accounts.role, { exact: true }).selectOption("redaktion");
    await page.getByRole("button", { name: de.accounts.inviteButton }).click();
    invited = (await page.locator(".link-box").textContent()) ?? "";

    await other.page.goto(invited);
    await setPassword(other.page, "noch ein ganz anderer Satz");
    expect(other.page.url()).toBe(`${server.url}/console`);
    expect((await open(other.page, "/accounts"))?.status()).toBe(403);

    await open(page, "/accounts");
    const entry = page.locator("[data-entry]").filter({ hasText: "onerror" });
    expect(await page.locator("img").count()).toBe(0);
    await entry.getByRole("combobox").selectOption("freigabe");
    await entry.getByRole("button", { name: de.accounts.changeRole }).click();
    await page.getByRole("status").getByText(de.accounts.done).waitFor();
    await open(other.page, "");
    expect(other.page.url()).toContain("/sign-in");
    await signIn(other.page, naughty, "noch ein ganz anderer Satz");
    await other.page.getByText(de.roleHints.freigabe).waitFor();
    for (const action of [de.accounts.endSessions, de.accounts.disable]) {
      await entry.getByRole("button", { name: action }).click();
      await open(other.page, "");
      expect(other.page.url()).toContain("/sign-in");
      await signIn(other.page, naughty, "noch ein ganz anderer Satz");
    }
    await other.page.getByRole("alert").getByText(de.signIn.wrong).waitFor();
    await entry.getByRole("button", { name: de.accounts.enable }).click();
    await entry.getByRole("button", { name: de.accounts.renew }).click();
    // One that nobody uses, for its page to be looked at.
    invited = (await page.locator(".link-box").textContent()) ?? "";
    expect(invited).toContain("/console/set-password?code=");

    await open(page, "/account");
    await page.getByLabel(de.own.langLabel).selectOption("en");
    await page.getByRole("button", { name: de.own.save }).click();
    await page.getByRole("status").getByText(en.own.saved).waitFor();
    await page.getByLabel(en.own.langLabel).selectOption("de");
    await page.getByRole("button", { name: en.own.save }).click();
    await page.getByLabel(de.own.current).fill(goodPassword);
    await page.getByLabel(de.passwordPage.password, { exact: true }).fill(`${goodPassword}, oder?`);
    await page.getByLabel(de.passwordPage.repeat).fill(`${goodPassword}, oder?`);
    await page.getByRole("button", { name: de.own.change }).click();
    await page.getByRole("status").getByText(de.own.changed).waitFor();
    await open(page, "/audit");
    await page.getByRole("button", { name: de.audit.check }).click();
    await page.getByText(de.audit.head).waitFor();
    await page.getByRole("button", { name: de.signOut }).click();
    expect(page.url()).toBe(`${server.url}/console/signed-out`);
    await open(page, "");
    expect(page.url()).toContain("/sign-in");
    await Promise.all([close(), other.close()]);
  });

  test("meets no barrier on any page, in light and dark, on a phone neither", { timeout: 240_000 }, async () => {
    for (const options of [{}, { dark: true }, { width: 320 }, { width: 320, dark: true }]) {
      const { page, faults, close } = await openTab(browser, options);
      for (const path of ["/sign-in", "/signed-out", "/set-password?code=x"]) {
        await open(page, path);
        await expectGood(page, faults);
      }
      await page.goto(invited);
      await expectGood(page, faults);
      await signIn(page, admin, "wrong");
      await page.getByRole("alert").waitFor();
      await expectGood(page, faults);
      await signIn(page, admin, `${goodPassword}, oder?`);
      for (const path of ["", "/accounts", "/account", "/audit", "/nothing"]) {
        await open(page, path);
        await expectGood(page, faults);
        expect([path, await page.evaluate(smallTargets)]).toEqual([path, []]);
      }
      await open(page, "/audit");
      await page.getByRole("button", { name: de.audit.check }).click();
      await page.getByText(de.audit.head).waitFor();
      await expectGood(page, faults);
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
      await expectGood(page, faults);
      await close();
    }
  });

  test("works by keys, lists them, and leaves them off where somebody wants that", slow, async () => {
    const { page, faults, close } = await openTab(browser);
    await signIn(page, admin, `${goodPassword}, oder?`);
    await open(page, "/accounts");
    const here = () => page.locator('[data-entry][aria-current="true"]').textContent();
    await page.keyboard.press("Alt+j");
    expect(await here()).toContain(admin);
    await page.keyboard.press("Alt+j");
    expect(await here()).toContain("onerror");
    await page.keyboard.press("Alt+k");
    expect(await here()).toContain(admin);
    await page.getByLabel(de.accounts.name).press("?");
    expect([await page.getByLabel(de.accounts.name).inputValue(), await page.getByRole("dialog").count()]).toEqual(["?", 0]);
    await page.getByRole("button", { name: de.keys.button }).click();
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await open(page, "/account");
    await page.getByLabel(de.own.shortcuts).uncheck();
    await page.getByRole("button", { name: de.own.save }).click();
    await page.getByRole("status").getByText(de.own.saved).waitFor();
    await page.keyboard.press("?");
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await page.getByRole("button", { name: de.keys.button }).count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  test("keeps its log whole while the server runs, and the command says so", slow, async () => {
    const { code, lines } = await runProgram("cli", ["audit", "verify", "--json"], { DATA_DIR: server.dataDir });
    const state: unknown = JSON.parse(lines.join(""));
    expect([code, state]).toEqual([0, { kind: "whole", head: { id: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) } }]);
    const wrong = await runProgram("cli", ["audit", "verify", "--head", `1:${"a".repeat(64)}`], { DATA_DIR: server.dataDir });
    expect([wrong.code, wrong.lines.join(" ")]).toEqual([1, expect.stringContaining("row 1 does not follow")]);
    expect(server.logLines.filter((line) => line.startsWith("{")).join("\n")).not.toMatch(/Anna|Giesing|onerror/);
  });
});
