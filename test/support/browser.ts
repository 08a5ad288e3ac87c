import { existsSync } from "node:fs";
import axe from "axe-core";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { z } from "zod";
import { words } from "../../src/words/words.ts";

const executablePath = "/usr/bin/chromium";
const flags = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];
const answerWithinMs = 20_000;
const accessibilityTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Starts Debian's Chromium; playwright gives it an empty profile of its own. */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(`These tests need Chromium at ${executablePath}. On Debian: apt-get install chromium`);
  }
  return await chromium.launch({ executablePath, args: flags });
}

const AxeReport = z.object({
  passes: z.array(z.unknown()).min(5),
  violations: z.array(z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

/** What axe finds on the page against WCAG 2.2 AA, one line a finding. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const options = JSON.stringify({ runOnly: { type: "tag", values: accessibilityTags } });
  const { violations } = AxeReport.parse(await page.evaluate(`axe.run(document, ${options})`));
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(" ")})`);
}

/** Writes down what the page's hidden live region says from now on, and any dialog that opens. */
async function listen(page: Page): Promise<{ readonly announced: readonly string[]; readonly dialogs: readonly string[] }> {
  const announced: string[] = [];
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.exposeFunction("heard", (text: string) => announced.push(text));
  // The region lies in the panel's shadow root, which comes later than the page.
  await page.addInitScript(`addEventListener("DOMContentLoaded", () => {
    const find = () => document.querySelector("stadtlotse-chat")?.shadowRoot?.querySelector("stadtlotse-panel")?.shadowRoot?.querySelector("#chat-announcer");
    const wait = setInterval(() => {
      const region = find();
      if (region === null || region === undefined) return;
      clearInterval(wait);
      const tell = () => { const text = region.innerText.trim(); if (text !== "") heard(text); };
      new MutationObserver(tell).observe(region, { childList: true, characterData: true, subtree: true });
    }, 10);
  });`);
  return { announced, dialogs };
}

/** The chat in a tab of a new profile, with what it said, opened and asked for. */
export interface ChatPage {
  readonly page: Page;
  readonly announced: readonly string[];
  readonly dialogs: readonly string[];
  /** The origins that anything was fetched from. */
  readonly origins: ReadonlySet<string>;
  /** Types words and presses the button that sends them. */
  ask(text: string): Promise<void>;
  /** The answers in the log, without the greeting that the page comes with. */
  answers(): Locator;
  waitForAnswers(count: number): Promise<void>;
  /** The words of what has the focus, or its id. */
  focused(): Promise<unknown>;
  close(): Promise<void>;
}

/** What has the focus, in whatever shadow root. */
const deepFocus = `(() => { let found = document.activeElement; while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement; return found; })()`;

/** Opens the page that is the chat alone, in German. */
export async function openChatPage(browser: Browser, url: string): Promise<ChatPage> {
  const context = await browser.newContext({ locale: "de-DE" });
  const page = await context.newPage();
  page.setDefaultTimeout(answerWithinMs);
  const heard = await listen(page);
  const origins = new Set<string>();
  page.on("request", (request) => origins.add(new URL(request.url()).origin));
  await page.goto(`${url}/chat`);
  await page.locator("#chat-input").waitFor();
  const answers = () => page.locator("#chat-log > li.answer:not(:first-child)");
  return {
    ...heard,
    page,
    origins,
    ask: async (text) => {
      await page.getByRole("textbox", { name: words.de.page.messageLabel }).fill(text);
      await page.getByRole("button", { name: words.de.page.send, exact: true }).click();
    },
    answers,
    waitForAnswers: async (count) => {
      await answers()
        .nth(count - 1)
        .waitFor();
      const shown = await answers().count();
      if (shown !== count) throw new Error(`The page shows ${shown} answers, not ${count}.`);
    },
    focused: () => page.evaluate(`${deepFocus}.innerText || ${deepFocus}.id`),
    close: () => context.close(),
  };
}
