import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBarriers, openBrowser } from "../../support/browser.ts";
import { openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { loadContent, openApi, readWorld } from "./world.ts";

let database: TestDatabase;
let browser: Browser;
beforeAll(async () => {
  database = await openTestDatabase("embedded");
  await loadContent(database.db, await readWorld());
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await database.close();
});

test.each(["de", "en"])("the page about the API has no barriers in %s, light and dark, on a phone too", async (lang) => {
  const { app } = await openApi(database.db);
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  await page.route("**/*", async (route) => {
    const response = await app.request(route.request().url());
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
  const refused: string[] = [];
  page.on("console", (message) => refused.push(message.text()));
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`http://127.0.0.1/hsds/v3/docs?lang=${lang}`);
    expect(await findBarriers(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).toBe(true);
  }
  expect(refused.filter((text) => !text.includes("favicon"))).toEqual([]);
  await page.getByRole("link", { name: lang === "de" ? "English" : "Deutsch" }).click();
  expect(await page.locator("html").getAttribute("lang")).toBe(lang === "de" ? "en" : "de");
  await page.close();
});
