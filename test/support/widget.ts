import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { projectRoot } from "../../src/node-content.ts";
import { words } from "../../src/words/words.ts";
import { openBrowser } from "./browser.ts";
import { trainedCache, trainingMs } from "./cache.ts";
import { serveCitySite, strictPolicy } from "./city-site.ts";
import { cleanUp, type RunningServer, startStadtlotse } from "./server.ts";
import type { Site } from "./site.ts";

const { page: pageWords, widget } = words.de;
const answerWithinMs = 20_000;

/** A tab on a page that embeds the widget. */
interface WidgetTab {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser's policies refused, and scripts that broke. */
  readonly faults: readonly string[];
  /** Paths that were asked for at the chat's server, in order. */
  fetched(): readonly string[];
}

/** The real product, a site that it allows, one that it does not, and a browser. */
interface WidgetSites {
  readonly server: RunningServer;
  readonly allowed: Site;
  readonly foreign: Site;
  /** The chat's own pages. */
  readonly own: Pick<Site, "origin">;
  openTab(path: string, site?: Pick<Site, "origin">, options?: BrowserContextOptions): Promise<WidgetTab>;
  /** Closes all tabs. */
  closeTabs(): Promise<void>;
  close(): Promise<void>;
}

/** Not by innerHTML: the page demands trusted types. */
const script = `document.getElementById("host").attachShadow({ mode: "open" }).append(document.createElement("stadtlotse-chat"))`;

/** Pages as editors write them, by their path. */
function bodiesOf(chat: string): Readonly<Record<string, string>> {
  const loader = `<script type="module" src="${chat}/widget/loader.js"></script>`;
  const tag = (attributes = "") => `${loader}<stadtlotse-chat${attributes}></stadtlotse-chat>`;
  return {
    "/": tag(),
    "/open": tag(" open"),
    "/inline": tag(' mode="inline"'),
    "/dictation": tag(' mode="inline" dictation'),
    "/turkish": tag(' lang="tr" position="left"'),
    "/topic": tag(' mode="inline" topic="kita-platz"'),
    "/two": `${tag(' mode="inline" id="first"')}<stadtlotse-chat mode="inline" id="second"></stadtlotse-chat>`,
    "/shadow": `${loader}<div id="host"></div><script src="/page.js"></script>`,
  };
}

async function openTab(browser: Browser, chat: string, address: string, options: BrowserContextOptions): Promise<WidgetTab> {
  const context = await browser.newContext({ locale: "de-DE", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(answerWithinMs);
  const fetched: string[] = [];
  const faults: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && /polic|trusted/i.test(message.text())) faults.push(message.text());
  });
  await page.goto(address);
  const own = () => fetched.filter((url) => url.startsWith(chat)).map((url) => new URL(url).pathname);
  return { page, context, faults, fetched: own };
}

async function openWidgetSites(): Promise<WidgetSites> {
  await trainedCache();
  const browser = await openBrowser();
  const chat = { url: "" };
  const serve = () => serveCitySite((path) => ({ body: bodiesOf(chat.url)[path] ?? "", policy: strictPolicy(chat.url), script }));
  const [allowed, foreign] = [await serve(), await serve()];
  const server = await startStadtlotse({ env: { ALLOWED_ORIGINS: allowed.origin } });
  chat.url = server.url;
  return {
    ...{ server, allowed, foreign, own: { origin: server.url } },
    openTab: (path, site = allowed, options = {}) => openTab(browser, server.url, `${site.origin}${path}`, options),
    closeTabs: async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    close: async () => {
      await browser.close();
      await Promise.all([allowed.close(), foreign.close()]);
    },
  };
}

/** The set-up of a test file: `sites()` gives all of it once the tests run; tabs are closed after each test. */
export function useWidgetSites(): () => WidgetSites {
  let sites: WidgetSites | undefined;
  beforeAll(async () => {
    sites = await openWidgetSites();
  }, trainingMs);
  afterEach(() => sites?.closeTabs());
  afterAll(async () => {
    await sites?.close();
    await cleanUp();
  });
  return () => {
    if (sites === undefined) throw new Error("The sites are there when tests run.");
    return sites;
  };
}

/** The button that opens the chat. */
export const opener = (page: Page) => page.getByRole("button", { name: widget.open });
export const input = (page: Page) => page.getByRole("textbox", { name: pageWords.messageLabel });
/** The answers in the log, without the greeting. */
export const answers = (page: Page) => page.locator("#chat-log > li.answer:not(.welcome)");

/** Types words and sends them by Enter. */
export async function ask(page: Page, text: string): Promise<void> {
  await input(page).fill(text);
  await page.keyboard.press("Enter");
}

/** The words of what has the focus, or its id, in whatever shadow root. */
export async function focused(page: Page): Promise<unknown> {
  return await page.evaluate(
    "(() => { let found = document.activeElement; while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement; return found.innerText || found.id; })()",
  );
}

/** With PICTURES=1 the pictures of the documentation are made. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env["PICTURES"] === "1") await page.screenshot({ path: join(projectRoot, "docs/images", `widget-${name}.png`) });
}
