import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { uuidOf } from "../../../src/catalogue/hsds/identifiers.ts";
import { articles, feedback, handoverMessages, handovers, proposals, turns } from "../../../src/database/schema.ts";
import { openAssets } from "../../../src/node-platform.ts";
import { offerOf } from "../../catalogue/fixtures.ts";
import { scriptPayloads } from "../../fixtures/script-payloads.ts";
import { findBarriers, openBrowser } from "../../support/browser.ts";
import { at, type ConsoleSite, goodPassword, openConsoleSite, putAccount, putSession } from "../../support/console.ts";
import { openSections } from "../../support/console-sections.ts";
import { openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { heim, offers } from "../../support/organizations.ts";
import { openClusterTest } from "../clusters/fixtures.ts";

const slow = { timeout: 240_000 };
const dayMs = 86_400_000;
const [first = ""] = scriptPayloads;
/** Payloads that go into one group of questions; the others stay by themselves. */
const inGroup = 24;
const listPages = 8;
/** What organisations may write into the catalogue. */
const organizationTexts = scriptPayloads.filter((text) => text.trim() !== "" && text.length < 60).slice(0, 40);
const hostileOffers = organizationTexts.map((text, number) =>
  offerOf(`fremd-${number}`, {
    ...{ organization: text, title: { de: text } },
    capacity: { unit: { de: text }, available: 1, asOf: new Date().toISOString() },
  }),
);
const catalogueLists = ["organizations", "catalogue/stale", "catalogue/places"].map((list) =>
  [1, 2].map((page) => `/console/${list}?page=${page}`),
);

let database: TestDatabase;
let site: ConsoleSite;
let browser: Browser;
let url = "";
let cookie = "";
let close: () => void;
/** The server knows its address before there is anything to show. */
let answer: Hono["fetch"] = () => new Response(null, { status: 503 });
/** An address for each path of the table that holds a number. */
let examples: Readonly<Record<string, string>> = {};

/** Sends a form as somebody who may do everything. */
async function post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> {
  const headers = { Origin: url, Cookie: `console_session=${cookie}` };
  return await site.app.request(`/console/${path}`, { method: "POST", body: new URLSearchParams(fields), headers });
}

async function fillInbox(): Promise<{ readonly cluster: number; readonly gap: string }> {
  const test = openClusterTest(database.db);
  const gaps = await test.askAll(scriptPayloads.slice(0, inGroup));
  await test.askAll(scriptPayloads.slice(inGroup));
  await test.openKeeper().step();
  const [gap = ""] = gaps;
  for (const each of gaps) {
    const [from, to] = [await test.clusterOf(each), await test.clusterOf(gap)];
    if (from !== undefined && to !== undefined && from !== to) await test.run("merge", { id: from, with: to });
  }
  const cluster = (await test.clusterOf(gap)) ?? 0;
  for (const text of scriptPayloads) await test.run("note", { id: cluster, text });
  return { cluster, gap };
}

async function fillTalks(conversationId: string): Promise<number> {
  const [talk] = await database.db.insert(handovers).values({ conversationId, state: "waiting", lang: "de", askedAt: at }).returning();
  const handoverId = talk?.id ?? 0;
  await database.db.insert(handoverMessages).values(scriptPayloads.map((text) => ({ handoverId, writer: "person", text })));
  return handoverId;
}

/** Writes articles with payloads in every field; what is refused as too long or no address is left out. */
async function fillArticles(cluster: number): Promise<number> {
  for (const payload of scriptPayloads.filter((text) => text.length < 60).slice(0, 40))
    await post("articles/new", {
      ...{ "title-de": payload, "text-de": `${payload} und mehr.`, questions: payload, need: "", cluster: String(cluster) },
      ...{ validUntil: new Date(Date.now() + 90 * dayMs).toISOString().slice(0, 10), sourceName: payload },
      sourceUrl: "https://example.org/brunnen",
    });
  const rows = await database.db.select({ id: articles.id }).from(articles);
  expect(rows.length).toBeGreaterThan(30);
  return rows[0]?.id ?? 0;
}

beforeAll(async () => {
  database = await openTestDatabase("embedded");
  browser = await openBrowser();
  const server = serve({ fetch: (request) => answer(request), hostname: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
  const { sections } = await openSections(database.db, () => new Date(), [...offers, ...hostileOffers]);
  site = await openConsoleSite(database.db, { sections, now: () => new Date(), publicUrl: url });
  const admin = await putAccount(database.db, "Anna Beispiel", "admin");
  cookie = await putSession(database.db, { account: admin, role: "admin" }, new Date());
  for (const [number, payload] of scriptPayloads.entries()) await putAccount(database.db, `${payload} ${number}`, "leser");
  const { cluster, gap } = await fillInbox();
  const [turn] = await database.db.select().from(turns);
  const talk = await fillTalks(turn?.conversationId ?? "");
  const all = await database.db.select({ id: turns.id }).from(turns);
  await database.db.insert(feedback).values(
    scriptPayloads.map((comment, number) => {
      const turnId = all[number]?.id ?? "";
      return { id: turnId, turnId, rating: "wrong", reason: "outdated", comment };
    }),
  );
  const common = { organization: heim, offerId: "heim-kurz", field: "description", state: "open", proposedAt: at };
  for (const value of scriptPayloads.slice(0, 60))
    await database.db
      .insert(proposals)
      .values({ ...common, base: value, value })
      .onConflictDoNothing();
  const article = await fillArticles(cluster);
  await post(`articles/${article}/trial`);
  examples = {
    "/console/inbox/:id": `/console/inbox/${cluster}`,
    "/console/inbox/:id/offers": `/console/inbox/${cluster}/offers`,
    "/console/inbox/:id/context/:gap": `/console/inbox/${cluster}/context/${gap}`,
    "/console/catalogue/offers/:id": "/console/catalogue/offers/heim-kurz",
    "/console/organizations/:id": `/console/organizations/${uuidOf("organization", heim)}`,
    "/console/talks/:id": `/console/talks/${talk}`,
    "/console/articles/:id": `/console/articles/${article}`,
    "/console/articles/:id/trial": `/console/articles/${article}/trial`,
    "/console/articles/:id/edit": `/console/articles/${article}/edit`,
    "/console/articles/:id/correct": `/console/articles/${article}/correct`,
  };
  const assets = await openAssets();
  const app = new Hono()
    .get("/assets/:name", async (c) => {
      const asset = await assets(c.req.param("name"));
      return asset === undefined ? c.notFound() : c.body(asset.body, 200, { "Content-Type": asset.contentType });
    })
    .route("/", site.app);
  answer = app.fetch;
}, 180_000);

afterAll(async () => {
  await browser.close();
  site.close();
  close();
  await database.close();
});

/** Pages that need no sign-in, or are none. */
const otherPaths = /\/(?:events|set-password|sign-in|city-sign-in|callback|signed-out)$|\.(?:csv|json)$/;

/** The address of every page of the table. */
function everyPage(): readonly string[] {
  return site.table.flatMap(([method, path]) => {
    if (method !== "GET" || otherPaths.test(path)) return [];
    const address = path.includes(":") ? examples[path] : path;
    if (address === undefined) throw new Error(`There is no example of ${path}: put one into \`examples\` of this file.`);
    return [address];
  });
}

interface Tab {
  readonly page: Page;
  /** What the browser complains of, scripts that ran and requests to others included. */
  readonly faults: readonly string[];
  readonly end: () => Promise<void>;
}

async function openTab(options: Parameters<Browser["newContext"]>[0] = {}): Promise<Tab> {
  const context = await browser.newContext({ locale: "de-DE", ...options });
  await context.addCookies([{ name: "console_session", value: cookie, url: `${url}/console` }]);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
  page.on("request", (request) => new URL(request.url()).origin !== url && faults.push(`asked ${request.url()}`));
  await page.exposeFunction("ran", (number: number) => faults.push(`payload ${number} ran`));
  await page.addInitScript(
    `addEventListener("securitypolicyviolation", (event) => console.error("policy: " + event.violatedDirective + " " + event.blockedURI))`,
  );
  return { page, faults, end: () => context.close() };
}

/** Elements that nobody of us writes. */
const foreign = `[...document.querySelectorAll("main *")]
  .filter((each) => each.matches("script, iframe, object, embed, base, meta, link, style, img, svg > script, video, audio") ||
    each.getAttributeNames().some((name) => name.startsWith("on") || name.startsWith("hx-on") || name === "style"))
  .map((each) => each.outerHTML.slice(0, 100))`;

/** What a page shows, in fields too, without the marks and spaces that differ. */
const shownText = `document.body.innerText + [...document.querySelectorAll("input, textarea")].map((each) => "\\n" + each.value).join("")`;
const questions = `[...document.querySelectorAll("main li label")].map((each) => each.innerText).join("\\n")`;
const plain = (text: string) => text.replaceAll(/\s+/g, "").toLowerCase();

it("shows 200 payloads as text on every page: nothing runs, nothing is fetched, no policy is broken", slow, async () => {
  expect(new Set(scriptPayloads).size).toBe(200);
  const { page, faults, end } = await openTab();
  const lists = Array.from({ length: listPages }, (_, number) => `/console/inbox?singles=1&page=${number + 1}`);
  const shown = new Map<string, string>();
  const asked: string[] = [];
  const groups = [examples["/console/inbox/:id"] ?? ""];
  for (const address of lists) {
    await page.goto(`${url}${address}`);
    const links = await page.evaluate("[...document.querySelectorAll('a.row-title')].map((link) => link.getAttribute('href'))");
    groups.push(...z.array(z.string()).parse(links));
  }
  expect(groups.length).toBeGreaterThan(5);
  for (const address of new Set([...everyPage(), ...lists, ...catalogueLists.flat(), ...groups])) {
    const response = await page.goto(`${url}${address}`, { waitUntil: "load" });
    expect([address, response?.status()]).toEqual([address, 200]);
    expect([address, await page.locator("h1").count(), await page.locator("main").count()]).toEqual([address, 1, 1]);
    expect([address, await page.evaluate(foreign)]).toEqual([address, []]);
    shown.set(address, plain(String(await page.evaluate(shownText))));
    if (groups.includes(address)) asked.push(plain(String(await page.evaluate(questions))));
  }
  expect(faults).toEqual([]);
  const missing = (pages: readonly string[], texts: readonly string[]) =>
    texts.filter((text) => !pages.some((address) => shown.get(address)?.includes(plain(text)) === true));
  expect(scriptPayloads.filter((text) => !asked.some((all) => all.includes(plain(text))))).toEqual([]);
  expect(missing([examples["/console/inbox/:id"] ?? ""], scriptPayloads)).toEqual([]);
  expect(missing([examples["/console/talks/:id"] ?? ""], scriptPayloads)).toEqual([]);
  expect(missing(["/console/accounts"], scriptPayloads)).toEqual([]);
  expect(missing(["/console/articles"], [first])).toEqual([]);
  for (const pages of catalogueLists) expect(missing(pages, organizationTexts)).toEqual([]);
  await end();
});

it.each([
  ["light, wide, in German", { viewport: { width: 1280, height: 800 }, colorScheme: "light" }, "de"],
  ["dark, 320 pixels wide, in English", { viewport: { width: 320, height: 640 }, colorScheme: "dark" }, "en"],
] as const)("has no barrier on any page: %s", slow, async (_name, options, lang) => {
  const { page, faults, end } = await openTab(options);
  const found: string[] = [];
  for (const address of everyPage()) {
    await page.goto(`${url}${address}?lang=${lang}`, { waitUntil: "load" });
    found.push(...(await findBarriers(page)).map((barrier) => `${address}: ${barrier.slice(0, 300)}`));
    const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    if (Number(wide) > 0) found.push(`${address} is ${wide} pixels too wide`);
  }
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
  await end();
});

/** Actions with passwords and one-time links, which test/journeys/console-access.test.ts does without scripts. */
const elsewhere = /\/(?:sign-in|sign-out|set-password|callback|city-sign-in|password)$/;

/** What fits into fields that do not take any text. */
const fitting: Readonly<Record<string, string>> = {
  ...{ date: new Date(Date.now() + 60 * dayMs).toISOString().slice(0, 10), number: "1", password: goodPassword },
  ...{ url: "https://example.org/brunnen", email: "probe@example.org" },
};

/** Fills what a form requires, as somebody would who tries it out. */
async function fillRequired(form: Locator): Promise<void> {
  for (const box of (await form.locator("input[type=checkbox]").all()).slice(0, 1)) await box.check();
  for (const field of await form.locator("input[required], textarea[required]").all()) {
    if ((await field.inputValue()) !== "") continue;
    const numeric = (await field.getAttribute("inputmode")) === "numeric";
    await field.fill(numeric ? "1" : (fitting[(await field.getAttribute("type")) ?? "text"] ?? "Probe"));
  }
}

/** Actions that need a choice or a state that nobody brings about here; the tests of their sections send the same forms. */
const needMore = new Set([
  ...["no-offer", "forward-again", "merge", "answer", "offers"].map((action) => `/console/inbox/:id/${action}`),
  ...["correct", "approve", "rollback"].map((action) => `/console/articles/:id/${action}`),
  ...["/console/talks/:id/say", "/console/catalogue/approve", "/console/organizations/:id/end"],
]);

/** The actions that a page offers, each with the button that does it. */
const actionsOf = `[...document.querySelectorAll("main form[method=post] button")]
  .map((button) => button.hasAttribute("formaction") ? button.formAction : button.form.action)`;

it("does every action without scripts: each has a form on a page, which leads to a page again", slow, async () => {
  const posts = site.table.flatMap(([method, path]) => (method === "POST" && !elsewhere.test(path) ? [path] : []));
  const patterns = posts.map((path) => ({ path, expression: new RegExp(`^${path.replaceAll(/:[a-z]+/gi, "[^/]+")}$`) }));
  const open = new Set(posts);
  const refused: string[] = [];
  const tried = new Set<string>();
  const other = await putAccount(database.db, "Berta Beispiel", "admin");
  const cookies = [cookie, await putSession(database.db, { account: other, role: "admin" }, new Date())];

  /** Presses the first button on a page whose action nobody has done yet; false if there is none. */
  async function actOn(page: Page, address: string): Promise<boolean> {
    await page.goto(`${url}${address}`);
    const actions = z.array(z.string()).parse(await page.evaluate(actionsOf));
    const nextOf = (action: string) => {
      const path = patterns.find(({ expression }) => expression.test(new URL(action).pathname))?.path;
      return path !== undefined && open.has(path) && !tried.has(action) ? path : undefined;
    };
    const at = actions.findIndex((action) => nextOf(action) !== undefined);
    const action = actions[at];
    const path = action === undefined ? undefined : nextOf(action);
    if (action === undefined || path === undefined) return false;
    const button = page.locator("main form[method=post] button").nth(at);
    await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
    await fillRequired(button.locator("xpath=ancestor::form"));
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await button.click();
    const status = (await answered).status();
    expect([path, status < 500, await page.locator("main h1").count()]).toEqual([path, true, 1]);
    if (status < 400) open.delete(path);
    else {
      refused.push(`${path} ${status}`);
      tried.add(action);
    }
    return true;
  }

  // Some actions come up only after others, or for somebody else.
  for (const round of [0, 1, 0, 1]) {
    const context = await browser.newContext({ locale: "de-DE", javaScriptEnabled: false });
    await context.addCookies([{ name: "console_session", value: cookies[round] ?? "", url: `${url}/console` }]);
    const page = await context.newPage();
    for (const address of everyPage()) while (await actOn(page, address));
    await context.close();
    tried.clear();
  }
  expect(
    [...open].filter((path) => !needMore.has(path)),
    refused.join("\n"),
  ).toEqual([]);
  expect(posts.length - open.size).toBeGreaterThan(35);
});
