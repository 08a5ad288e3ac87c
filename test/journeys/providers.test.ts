import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { pageWords } from "../../src/review/words.ts";
import { findBarriers, openBrowser } from "../support/browser.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, type RunningServer, runProgram, startStadtlotse } from "../support/server.ts";

const { de } = pageWords;
const offerId = "demo-kita-sonnenschein";
const question = "Gibt es einen freien Kita-Platz in Sendling?";
const organization = "Beispiel-Kita Sonnenschein";
const slow = { timeout: 90_000 };
const Invited = z.object({ link: z.url() });
const Listed = z.array(z.object({ id: z.string(), checkedAt: z.string().optional() }));
const Asked = z.object({
  offers: z.array(z.object({ id: z.string(), capacity: z.object({ available: z.number(), asOf: z.iso.datetime() }).optional() })),
});

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  browser = await openBrowser();
  await trainedCache();
  server = await startStadtlotse({ args: ["--port", "0", "--demo"] });
}, trainingMs);

afterAll(async () => {
  await browser.close();
  await cleanUp();
});

async function staff(...args: readonly string[]): Promise<string> {
  const { code, lines } = await runProgram("cli", ["staff", ...args], { DATA_DIR: server.dataDir });
  if (code !== 0) throw new Error(lines.join("\n"));
  return lines.join("\n");
}

async function invite(...args: readonly string[]): Promise<string> {
  return Invited.parse(JSON.parse(await staff("invite", organization, "--json", ...args))).link;
}

/** What a citizen is told of an offer's free places. */
async function askForPlaces() {
  const { lines } = await runProgram("cli", ["ask", "--json", "--at", server.url, question], {});
  return Asked.parse(JSON.parse(lines.join(""))).offers.find(({ id }) => id === offerId)?.capacity;
}

async function openTab(options: { readonly width?: number; readonly scripts?: boolean } = {}): Promise<Page> {
  const { width = 1100, scripts = true } = options;
  const context = await browser.newContext({ locale: "de-DE", viewport: { width, height: 900 }, javaScriptEnabled: scripts });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

async function signIn(page: Page): Promise<void> {
  await page.goto(await invite());
  await page.getByRole("button", { name: de.join.button }).click();
}

const places = (page: Page) => page.locator(`#places-${offerId}`);

async function expectNoBarriers(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
}

/** Buttons, links and fields that are smaller than a finger; links inside sentences and what is hidden are none of them. */
const smallTargets = (
  pixels: number,
) => `[...document.querySelectorAll("main button, main select, main textarea, main input:not([type=hidden]), main a, header a, header button")]
  .filter((each) => each.checkVisibility() && !each.closest("p:not(.more, .actions, .as-of)"))
  .map((each) => ({ text: each.innerText || each.id, ...each.getBoundingClientRect().toJSON() }))
  .filter(({ width, height }) => width < ${pixels} || height < ${pixels}).map(({ text, width, height }) => text + " " + width + "x" + height)`;

describe("an organisation with a link", () => {
  test("changes its free places in two clicks, without scripts, and people are told at once", slow, async () => {
    const page = await openTab({ scripts: false });
    await signIn(page);
    expect(page.url()).toBe(`${server.url}/provider`);
    expect(await places(page).inputValue()).toBe("3");
    await page.getByRole("button", { name: new RegExp(`^${de.more}`) }).click();
    await page.getByRole("status").waitFor();
    expect(await places(page).inputValue()).toBe("4");
    const told = await askForPlaces();
    expect(told?.available).toBe(4);
    expect(Date.now() - Date.parse(told?.asOf ?? "")).toBeLessThan(60_000);
    await places(page).fill("2");
    await places(page).press("Enter");
    await page.waitForURL(/done=places/);
    expect((await askForPlaces())?.available).toBe(2);
    await page.context().close();
  });

  test("is told what is wrong at the field, and finds it by the keyboard", slow, async () => {
    const page = await openTab();
    await signIn(page);
    await places(page).fill("999");
    await places(page).press("Enter");
    const alert = page.getByRole("alert");
    await alert.waitFor();
    await expectNoBarriers(page);
    await alert.getByRole("link").press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe(`places-${offerId}`);
    expect(await places(page).getAttribute("aria-invalid")).toBe("true");
    expect(await places(page).inputValue()).toBe("999");
    expect((await askForPlaces())?.available).toBe(2);
    await page.context().close();
  });

  test("proposes a text, which people see once staff have approved it", slow, async () => {
    const page = await openTab();
    await signIn(page);
    await page.getByRole("link", { name: de.edit }).click();
    await page.getByRole("group", { name: de.form.fields.title }).getByLabel(de.form.german).fill("Kita für kleine Forscher");
    await page.getByRole("button", { name: de.form.send }).click();
    await page.getByText(de.waiting).waitFor();
    expect(await page.getByRole("heading", { name: "Kita für kleine Forscher" }).count()).toBe(0);
    const id = /proposal:\d+/.exec(await staff("proposals"))?.[0] ?? "";
    await staff("approve", id);
    await page.reload();
    await page.getByRole("heading", { name: "Kita für kleine Forscher" }).waitFor();
    await page.getByText(de.approved).waitFor();
    await page.context().close();
  });

  test("says by one tap on a link that all is right", slow, async () => {
    const [other, itsOffer] = ["Beispiel-Kita Regenbogen", "demo-kita-regenbogen"];
    await staff("edit", itsOffer, "checkedAt", '"2020-01-01"');
    const page = await openTab({ width: 320 });
    await page.goto(Invited.parse(JSON.parse(await staff("invite", other, "--json", "--confirm"))).link);
    await expectNoBarriers(page);
    await page.getByRole("button", { name: de.join.confirmButton }).click();
    await page.getByText(de.confirmed).waitFor();
    const listed = Listed.parse(JSON.parse(await staff("list", "--json"))).find(({ id }) => id === itsOffer);
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(new Date());
    expect(listed?.checkedAt).toBe(today);
    await page.context().close();
  });

  test("meets no barrier on any page, at 320 px neither, and no target smaller than a finger", { timeout: 120_000 }, async () => {
    for (const width of [1100, 320]) {
      const page = await openTab({ width });
      await signIn(page);
      for (const path of [
        "",
        "/network",
        "/messages",
        `/messages?with=${encodeURIComponent("Beispiel-Kita Regenbogen")}`,
        `/offers/${offerId}`,
        "/nothing",
      ]) {
        for (const lang of ["de", "en"]) {
          await page.goto(`${server.url}/provider${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
          await expectNoBarriers(page);
        }
        expect([path, await page.evaluate(smallTargets(44))]).toEqual([path, []]);
        expect(await page.evaluate(smallTargets(1000))).not.toEqual([]);
      }
      await page.context().close();
    }
  });

  test("is out at once when staff revoke its access, and its link is of no use", slow, async () => {
    const page = await openTab();
    await signIn(page);
    const unused = await invite();
    await staff("revoke", organization);
    for (const address of [`${server.url}/provider`, unused]) {
      const response = await page.goto(address);
      expect([401, 410]).toContain(response?.status());
      expect(await page.content()).not.toContain(offerId);
      await expectNoBarriers(page);
    }
    await page.context().close();
  });
});

test("the unmet demand is open data with licence and description", async () => {
  const csv = await fetch(`${server.url}/open-data/unmet-demand.csv`);
  expect(csv.headers.get("Content-Type")).toContain("text/csv");
  expect(csv.headers.get("Link")).toContain('rel="license"');
  expect(await csv.text()).toContain("week,need,area,district,outcome,people");
  const json: unknown = await (await fetch(`${server.url}/open-data/unmet-demand.json`)).json();
  expect(json).toMatchObject({
    licence: { url: expect.stringContaining("govdata.de") },
    description: { de: expect.any(String) },
    rows: [],
  });
  // The link for the first account is for the terminal; the log is what stands in JSON.
  const logged = server.logLines.filter((line) => line.startsWith("{"));
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join("\n")).not.toMatch(/code=|provider_session/);
});
