import { existsSync } from "node:fs";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { z } from "zod";

const executablePath = "/usr/bin/chromium";
const flags = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];
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
export async function listen(page: Page): Promise<{ readonly announced: string[]; readonly dialogs: string[] }> {
  const announced: string[] = [];
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.exposeFunction("heard", (text: string) => announced.push(text));
  await page.addInitScript(`addEventListener("DOMContentLoaded", () => {
    const region = document.getElementById("chat-announcer");
    const tell = () => { const text = region.innerText.trim(); if (text !== "") heard(text); };
    new MutationObserver(tell).observe(region, { childList: true, characterData: true, subtree: true });
  });`);
  return { announced, dialogs };
}
