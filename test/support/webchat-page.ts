import { createReadStream } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { projectRoot } from "../../src/node-content.ts";
import { type Site, serveSite } from "./site.ts";

const bundle = join(projectRoot, "node_modules/botframework-webchat/dist/webchat.js");
const timeoutMs = 30_000;
const sentWithin = { timeout: timeoutMs, interval: 200 };

/** A page as the site of another office would have it: it remembers its talk for the tab, and nothing in it knows our own widget. */
const html = `<!doctype html>
<html lang="de"><meta charset="utf-8"><title>Amt</title><link rel="icon" href="data:,">
<div id="webchat" style="height: 600px"></div>
<script src="/webchat.js"></script>
<script>
  const domain = new URLSearchParams(location.search).get("domain");
  const start = async () => {
    const response = await fetch(domain + "/tokens/generate", { method: "POST" });
    const { token, conversationId, userId } = await response.json();
    const talk = { token, conversationId, userId };
    sessionStorage.setItem("talk", JSON.stringify(talk));
    return { ...talk, conversationId: undefined };
  };
  const remembered = sessionStorage.getItem("talk");
  (remembered === null ? start() : Promise.resolve(JSON.parse(remembered))).then(({ token, conversationId, userId }) => {
    window.directLine = WebChat.createDirectLine({ domain, token, conversationId });
    window.store = WebChat.createStore();
    const options = { directLine, store, userID: userId, locale: "de-DE", styleOptions: { sendTimeout: 15000 } };
    WebChat.renderWebChat(options, document.getElementById("webchat"));
  });
</script></html>`;

/** Serves a site on a free port whose page holds the real BotFramework-WebChat out of node_modules. */
export async function serveWebChatSite(): Promise<Site> {
  return await serveSite((request, response) => {
    if (request.url === "/webchat.js") createReadStream(bundle).pipe(response.setHeader("Content-Type", "text/javascript"));
    else response.setHeader("Content-Type", "text/html").end(html);
  });
}

/** A tab with BotFramework-WebChat. */
export interface WebChatTab {
  readonly page: Page;
  /** The origins that anything was fetched from, WebSockets too. */
  readonly origins: ReadonlySet<string>;
  /** What the page wrote to its console as a fault. */
  readonly faults: readonly string[];
  ask(text: string): Promise<void>;
  /** Presses the button that sends what the box holds. */
  pressSend(): Promise<void>;
  /** The words of all bubbles, from the oldest; cards have bubbles of their own. */
  bubbles(): Promise<readonly string[]>;
  suggestions(): Locator;
  /** What WebChat says of each message of the person: sending, sent or send failed. */
  sendStates(): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens the site's page in a new profile. `domain` is the Direct Line endpoint. */
export async function openWebChatTab(browser: Browser, site: Site, domain: string): Promise<WebChatTab> {
  const context = await browser.newContext({ locale: "de-DE" });
  const page = await context.newPage();
  page.setDefaultTimeout(timeoutMs);
  const origins = new Set<string>();
  const faults: string[] = [];
  page.on("request", (request) => origins.add(new URL(request.url()).origin));
  page.on("websocket", (socket) => origins.add(new URL(socket.url()).origin));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`${site.origin}/?domain=${encodeURIComponent(domain)}`);
  // WebChat passes clicks and Enter over until then.
  await page.waitForFunction("window.store?.getState().connectivityStatus === 'connected'");
  return {
    page,
    origins,
    faults,
    ask: async (text) => {
      const box = page.locator(".webchat__send-box-text-box__input");
      await box.fill(text);
      // While WebChat reconnects it passes Enter over and leaves the words in the box; a person presses it again.
      await expect
        .poll(async () => {
          if ((await box.inputValue()) !== "") await box.press("Enter");
          return box.inputValue();
        }, sentWithin)
        .toBe("");
    },
    pressSend: async () => {
      const own = "store.getState().activities.filter(a => a.from.role === 'user').length";
      const before = await page.evaluate(own);
      // WebChat passes the button over while it still reads a file, and while it reconnects; a person presses it again.
      await expect
        .poll(async () => {
          if ((await page.evaluate(own)) === before)
            await page.locator("button.webchat__send-box__button, button[title='Senden']").last().click();
          return page.evaluate(own);
        }, sentWithin)
        .not.toBe(before);
    },
    bubbles: async () => (await page.locator(".webchat__bubble__content").allInnerTexts()).map((text) => text.trim()),
    suggestions: () => page.locator(".webchat__suggested-actions__button"),
    sendStates: () =>
      page.evaluate("store.getState().activities.filter(a => a.from.role === 'user').map(a => a.channelData['webchat:send-status'])"),
    close: () => context.close(),
  };
}
