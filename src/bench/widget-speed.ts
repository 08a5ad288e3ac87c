import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { z } from "zod";
import { AppError, messageOf } from "../core/errors.ts";
import { withOwnProduct } from "./own-product.ts";
import { percentile } from "./percentile.ts";

/** Milliseconds over all tries. */
export interface Times {
  readonly medianMs: number;
  readonly slowestMs: number;
}

/** What `bench -- widget --speed` adds. */
export interface WidgetSpeed {
  readonly tries: number;
  /** The browser's own count of running a script when it is loaded. */
  readonly loaderScript: Times;
  readonly panelScript: Times;
  /** From the press of Enter to the frame that shows the answer, over loopback. */
  readonly firstAnswer: Times;
}

export interface SpeedOptions {
  readonly tries: number;
  /** A folder with the models. */
  readonly dataDir: string;
  /** Chromium's program. */
  readonly browser: string;
  readonly onProgress: (done: number) => void;
}

const Trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      tid: z.number(),
      ts: z.number().default(0),
      dur: z.number().default(0),
      args: z.object({ fileName: z.string().optional() }).optional(),
    }),
  ),
});

const questions = ["Wo finde ich einen Kita-Platz in Sendling?", "Sperrmüll anmelden", "Meine Mutter braucht Pflege", "Hebamme finden"];
const typingMs = 1_000;
const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** In the page, which is not to wait for it: the time from Enter to the first frame with an answer in it. */
const timeAnswer = `void (window.answered = new Promise((resolve) => addEventListener("keydown", ({ key }) => {
  if (key !== "Enter") return;
  const from = performance.now();
  const panel = document.querySelector("stadtlotse-chat").shadowRoot.querySelector("stadtlotse-panel").shadowRoot;
  const look = () => panel.querySelector("li.answer:not(.welcome):not(.interim)") === null
    ? requestAnimationFrame(look)
    : requestAnimationFrame(() => resolve(performance.now() - from));
  look();
}, { capture: true })));`;

/** Milliseconds that running a module took: what its thread runs first after it was compiled, which browsers do beside the page's work. */
function scriptMs(trace: Buffer, script: string): number {
  const events = Trace.parse(JSON.parse(trace.toString("utf8"))).traceEvents.sort((one, other) => one.ts - other.ts);
  const compiled = events.find(({ name, args }) => name === "v8.compileModule" && args?.fileName?.endsWith(`/widget/${script}`));
  const run = events.find(({ name, tid, ts }) => name === "v8.evaluateModule" && tid === compiled?.tid && ts >= compiled.ts);
  if (run === undefined) throw new AppError("SERVER_UNREACHABLE", `The browser's trace does not tell how long ${script} ran.`);
  return run.dur / 1000;
}

interface Tried {
  readonly loader: number;
  readonly panel: number;
  readonly answer: number;
}

/** One visit with an empty cache: the page, the button, one question. */
async function visit(browser: Browser, url: string, question: string): Promise<Tried> {
  const context = await browser.newContext({ locale: "de-DE" });
  try {
    const page = await context.newPage();
    await browser.startTracing(page, { categories: ["devtools.timeline", "v8"] });
    await page.goto(`${url}/demo?lang=de`);
    await page.locator("stadtlotse-chat button").click();
    const input = page.locator("#chat-input");
    await input.fill(question);
    const trace = await browser.stopTracing();
    await page.evaluate(timeAnswer);
    // Nobody types a question in less; the talk is begun meanwhile.
    await sleep(typingMs);
    await input.press("Enter");
    const answer = z.number().parse(await page.evaluate("window.answered"));
    return { loader: scriptMs(trace, "loader.js"), panel: scriptMs(trace, "panel.js"), answer };
  } finally {
    await context.close();
  }
}

function timesOf(values: readonly number[]): Times {
  const sorted = [...values].sort((one, other) => one - other);
  const round = (ms: number) => Math.round(ms * 10) / 10;
  return { medianMs: round(percentile(sorted, 0.5)), slowestMs: round(sorted.at(-1) ?? 0) };
}

async function openBrowser(executablePath: string): Promise<Browser> {
  try {
    const { chromium } = await import("playwright-core");
    return await chromium.launch({ executablePath, args: flags });
  } catch (error) {
    const detail = messageOf(error).split("\n")[0] ?? "";
    throw new AppError("USAGE", `No browser could be started from ${executablePath}: ${detail} Name Chromium with --browser.`, {
      cause: error,
    });
  }
}

/** Visits a page of the real product in Chromium again and again, the first visit uncounted. */
export async function measureWidgetSpeed({ tries, dataDir, browser: executablePath, onProgress }: SpeedOptions): Promise<WidgetSpeed> {
  const browser = await openBrowser(executablePath);
  try {
    return await withOwnProduct({ dataDir }, async ({ url }) => {
      const tried: Tried[] = [];
      await visit(browser, url, questions[0] ?? "");
      for (let done = 0; done < tries; done += 1) {
        tried.push(await visit(browser, url, questions[done % questions.length] ?? ""));
        onProgress(done + 1);
      }
      return {
        tries,
        loaderScript: timesOf(tried.map(({ loader }) => loader)),
        panelScript: timesOf(tried.map(({ panel }) => panel)),
        firstAnswer: timesOf(tried.map(({ answer }) => answer)),
      };
    });
  } finally {
    await browser.close();
  }
}
