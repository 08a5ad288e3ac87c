import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { html } from "hono/html";
import { jsx } from "hono/jsx";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sessions } from "../../../src/database/schema.ts";
import { openAssets } from "../../../src/node-platform.ts";
import { ConsolePage } from "../../../src/review/console/page.tsx";
import { type ConsoleSection, from } from "../../../src/review/console/routes.ts";
import { show } from "../../../src/review/console/visit.tsx";
import { openBrowser } from "../../support/browser.ts";
import { type ConsoleSite, openConsoleSite, putAccount, putSession } from "../../support/console.ts";
import { openTestDatabase, type TestDatabase } from "../../support/databases.ts";

const listeners = new Set<(topic: string) => void>();
const tell = (topic: string) => {
  for (const heard of listeners) heard(topic);
};
let waiting = 1;
let quietHeaders: (string | undefined)[] = [];

/** A part whose list is fetched anew when the server says that it has changed. */
const inbox: ConsoleSection = {
  ...{ name: "inbox", path: "/console/inbox", roles: from("leser"), count: async () => waiting },
  routes: [
    [
      "GET",
      "/console/inbox",
      from("leser"),
      (visit) => {
        quietHeaders.push(visit.c.req.header("X-Quiet"));
        const region = html`<div id="list" data-live="inbox" hx-get="${visit.frame.self}" hx-trigger="live" hx-select="#list" hx-swap="outerHTML">
          <p id="waiting">${waiting}</p><input id="note" aria-label="Notiz" /></div>`;
        return show(visit, jsx(ConsolePage, { ...visit.frame, title: "Posteingang" }, region));
      },
    ],
  ],
};

let database: TestDatabase;
let site: ConsoleSite;

beforeAll(async () => {
  database = await openTestDatabase("embedded");
  const subscribe = (heard: (topic: string) => void) => {
    listeners.add(heard);
    return () => void listeners.delete(heard);
  };
  site = await openConsoleSite(database.db, { sections: [inbox], subscribe, now: () => new Date() });
});
afterAll(async () => {
  site.close();
  await database.close();
});

async function enter(): Promise<string> {
  const account = await putAccount(database.db, `Anna ${Math.random()}`, "leser");
  return await putSession(database.db, { account, role: "leser" }, new Date());
}

/** Reads a stream until it has said something. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, wanted: string): Promise<string> {
  let text = "";
  while (!text.includes(wanted)) {
    const { value, done } = await reader.read();
    if (done) return `${text}<end>`;
    text += new TextDecoder().decode(value);
  }
  return text;
}

it("tells what has changed, each topic once, and nothing more when the session is over", async () => {
  const cookie = `console_session=${await enter()}`;
  const response = await site.app.request("/console/events", { headers: { Cookie: cookie } });
  expect(response.headers.get("Content-Type")).toContain("text/event-stream");
  const reader = (response.body ?? new ReadableStream()).getReader();
  await readUntil(reader, "event: ready");
  for (const topic of ["inbox", "inbox", "talks"]) tell(topic);
  const told = await readUntil(reader, "data: talks");
  expect(told.match(/data: inbox/g)).toHaveLength(1);
  await database.db.delete(sessions);
  tell("inbox");
  const last = await readUntil(reader, "<never>");
  expect(last).toContain("event: over");
  expect(last).toMatch(/<end>$/);
  expect(last).not.toContain("inbox");
  expect(listeners.size).toBe(0);
});

it("has an open page fetch the part that changed, by itself, under its policy, and not while somebody types", {
  timeout: 60_000,
}, async () => {
  const assets = await openAssets();
  const app = new Hono()
    .get("/assets/:name", async (c) => {
      const asset = await assets(c.req.param("name"));
      return asset === undefined ? c.notFound() : c.body(asset.body, 200, { "Content-Type": asset.contentType });
    })
    .route("/", site.app);
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ locale: "de-DE" });
    await context.addCookies([{ name: "console_session", value: await enter(), url: `${url}/console` }]);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`${url}/console/inbox`);
    await expect.poll(() => listeners.size).toBe(1);
    quietHeaders = [];
    waiting = 7;
    tell("talks");
    tell("inbox");
    await page.locator("#waiting").filter({ hasText: "7" }).waitFor();
    expect(quietHeaders).toEqual(["1"]);
    await expect.poll(() => page.locator("#announcer").textContent()).not.toBe("");
    await page.locator("#note").fill("halb geschr");
    waiting = 8;
    tell("inbox");
    await page.waitForTimeout(1000);
    expect(await page.locator("#note").inputValue()).toBe("halb geschr");
    await page.locator("#content").focus();
    await page.locator("#waiting").filter({ hasText: "8" }).waitFor();
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
    site.close();
    server.close();
  }
});
