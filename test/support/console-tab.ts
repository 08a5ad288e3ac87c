import type { Browser, Page } from "playwright-core";
import { consoleWords } from "../../src/review/console/words.ts";
import { goodPassword } from "./console.ts";

const { de } = consoleWords;

interface TabOptions {
  readonly scripts?: boolean;
  readonly width?: number;
  readonly dark?: boolean;
}

/** A person in front of the staff console. */
export interface ConsoleTab {
  readonly page: Page;
  /** What the browser complains of, a policy that was broken included. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** A tab of a new profile, in German. */
export async function openTab(browser: Browser, { scripts = true, width = 1100, dark = false }: TabOptions = {}): Promise<ConsoleTab> {
  const context = await browser.newContext({
    ...{ locale: "de-DE", viewport: { width, height: 800 }, javaScriptEnabled: scripts },
    colorScheme: dark ? "dark" : "light",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (line) => {
    if (line.type() === "error" && !/status of 4\d\d/.test(line.text())) faults.push(line.text());
  });
  return { page, faults, close: () => context.close() };
}

/** The one-time link for the first account, as a starting server prints it. */
export function firstAccountLink({ logLines }: { readonly logLines: readonly string[] }): string {
  const link = /http:\S+\/console\/set-password\?code=[\w-]{22}/.exec(logLines.join("\n"))?.[0];
  if (link === undefined) throw new Error("The server printed no link for the first account.");
  return link;
}

/** Signs somebody in over the page that the tab shows. */
export async function fillSignIn(page: Page, name: string, password = goodPassword): Promise<void> {
  await page.getByLabel(de.signIn.name).fill(name);
  await page.getByLabel(de.signIn.password).fill(password);
  await page.getByRole("button", { name: de.signIn.button }).click();
}

/** Chooses a password on the page of a one-time link. */
export async function setPassword(page: Page, password = goodPassword): Promise<void> {
  await page.getByLabel(de.passwordPage.password, { exact: true }).fill(password);
  await page.getByLabel(de.passwordPage.repeat).fill(password);
  await page.getByRole("button", { name: de.passwordPage.button }).click();
}
