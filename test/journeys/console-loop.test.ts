import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../src/node-content.ts";
import { trialWords } from "../../src/review/console/article-trial-words.ts";
import { articlesWords } from "../../src/review/console/articles-words.ts";
import { inboxWords } from "../../src/review/console/inbox-words.ts";
import { consoleWords } from "../../src/review/console/words.ts";
import { words } from "../../src/words/words.ts";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";
import { type ChatPage, openBrowser, openChatPage } from "../support/browser.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { type ConsoleTab, firstAccountLink, openTab, setPassword } from "../support/console-tab.ts";
import { cleanUp, type RunningServer, startStadtlotse } from "../support/server.ts";
import { openTelegramChat, telegramEnvironment } from "../support/telegram-chat.ts";

const { de, en } = words;
const inbox = inboxWords.de;
const editor = articlesWords.de;
const trial = trialWords.de;
const pages = consoleWords.de;
const asked = ["Darf ich im Westpark grillen?", "Is barbecuing allowed in Westpark?", "Grillen im Westpark erlaubt?"] as const;
const answer = { de: "Im Westpark dürfen Sie nicht grillen.", en: "You must not have a barbecue in Westpark." };
const within = { timeout: 20_000, interval: 100 };
const slow = { timeout: 120_000 };

let botApi: FakeBotApi;
let browser: Browser;
let server: RunningServer;
let german: ReturnType<typeof openTelegramChat>;
let english: ReturnType<typeof openTelegramChat>;
let web: ChatPage;
/** With it the person on the web page comes back for the answer. */
let code = "";
let rita: ConsoleTab;
let franz: ConsoleTab;

beforeAll(async () => {
  await trainedCache();
  [botApi, browser] = await Promise.all([startFakeBotApi(), openBrowser()]);
  server = await startStadtlotse({ env: telegramEnvironment(botApi) });
}, trainingMs);

afterAll(async () => {
  await browser.close();
  await cleanUp();
  await botApi.close();
});

const open = ({ page }: ConsoleTab, path: string) => page.goto(`${server.url}/console${path}`);
const press = ({ page }: ConsoleTab, name: string) => page.getByRole("button", { name, exact: true }).first().click();
const follow = ({ page }: ConsoleTab, name: string | RegExp) => page.getByRole("link", { name }).first().click();
const said = ({ page }: ConsoleTab, text: string) => page.getByRole("status").getByText(text).waitFor();
const pressedOf = ({ values }: { readonly values: readonly string[] }, action: string) =>
  values.find((each) => each.startsWith(action)) ?? "";

/** Keeps the pictures of docs/ up: PICTURES=1 npm test -- test/journeys/console-loop.test.ts */
async function picture({ page }: ConsoleTab, name: string): Promise<void> {
  if (process.env["PICTURES"] !== undefined) await page.screenshot({ path: join(projectRoot, "docs/images", `console-${name}.png`) });
}

/** Invites somebody as the first admin does, and opens that person's console. */
async function invite(admin: ConsoleTab, name: string, role: string): Promise<ConsoleTab> {
  await open(admin, "/accounts");
  await admin.page.getByLabel(pages.accounts.name).fill(name);
  await admin.page.getByLabel(pages.accounts.role, { exact: true }).selectOption(role);
  await press(admin, pages.accounts.inviteButton);
  const tab = await openTab(browser);
  await tab.page.goto((await admin.page.locator(".link-box").textContent()) ?? "");
  await setPassword(tab.page);
  return tab;
}

describe("a question that nobody could answer", () => {
  test("comes from three people, over Telegram and the web page, in two languages; each wants to be told", slow, async () => {
    german = openTelegramChat(botApi, server.url, 95_001);
    english = openTelegramChat(botApi, server.url, 95_002);
    for (const [chat, question] of [
      [german, asked[0]],
      [english, asked[1]],
    ] as const) {
      const rejected = await chat.press(pressedOf(await chat.say(question), "wrong"));
      await chat.press(pressedOf(rejected, "tell-yes"));
    }
    web = await openChatPage(browser, server.url);
    await web.ask(asked[2]);
    await web.waitForAnswers(1);
    await web.page.getByRole("button", { name: de.notHelpful }).click();
    await web.waitForAnswers(2);
    await web.page.getByRole("button", { name: de.watches.yes, exact: true }).click();
    await web.waitForAnswers(3);
    code = /(?:[a-z]+ ){12}[a-z]+/.exec((await web.answers().last().textContent()) ?? "")?.[0] ?? "";
    expect(code.split(" ")).toHaveLength(13);
    await web.close();
  });

  test("is one group of three on the inbox, which comes in without loading the page again", slow, async () => {
    const admin = await openTab(browser);
    await admin.page.goto(firstAccountLink(server));
    await admin.page.getByLabel(pages.passwordPage.name).fill("Anna Beispiel");
    await setPassword(admin.page);
    rita = await invite(admin, "Rita", "redaktion");
    franz = await invite(admin, "Franz", "freigabe");
    await open(rita, "/inbox");
    await rita.page.getByText(inbox.asked(3)).waitFor(within);
    expect(await rita.page.locator("[data-entry]").count()).toBe(1);
    await picture(rita, "inbox");
    await rita.page.locator("[data-entry] a").click();
    for (const question of asked) expect(await rita.page.getByText(question, { exact: true }).count()).toBeGreaterThan(0);
    await rita.page.getByText(inbox.waiting(3)).waitFor();
    await picture(rita, "group");
    await admin.close();
  });

  test("is answered by an article that one person writes and tries, and another publishes", slow, async () => {
    const { page } = rita;
    await follow(rita, inbox.write);
    const field = (label: string) => page.getByLabel(label, { exact: true });
    await field(editor.titleField).fill("Grillen im Westpark");
    await field(editor.textField).fill(answer.de);
    await page.getByText(editor.otherLanguages, { exact: true }).click();
    await field(`${editor.titleField} (Englisch)`).fill("Barbecues in Westpark");
    await field(`${editor.textField} (Englisch)`).fill(answer.en);
    expect((await field(editor.questionsField).inputValue()).split("\n")).toHaveLength(3);
    const end = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    await field(editor.validUntil).fill(end);
    await field(editor.sourceName).fill("Grünflächen der Stadt");
    await field(editor.sourceUrl).fill("https://example.org/grillen");
    await page.getByRole("heading", { name: editor.hits }).waitFor();
    await page.evaluate("scrollTo(0, 0)");
    await picture(rita, "article");
    await press(rita, editor.save);
    await said(rita, editor.done["saved"] ?? "");
    const path = new URL(page.url()).pathname.replace("/console", "");

    await follow(rita, trial.open);
    await press(rita, trial.begin);
    await page.getByText(/besser, 0 schlechter/).waitFor({ timeout: 90_000 });
    await open(rita, path);
    await press(rita, editor.submit);
    await said(rita, editor.done["submitted"] ?? "");
    await page.getByText(editor.ownVersion).waitFor();
    expect(await page.getByRole("button", { name: editor.approve }).count()).toBe(0);

    await open(franz, path);
    await press(franz, editor.approve);
    await said(franz, editor.done["published"] ?? "");
    await open(franz, "/inbox?state=published");
    await franz.page.getByText(inbox.asked(3)).waitFor();
    await open(franz, "/numbers");
    await picture(franz, "numbers");
  });

  test("reaches each of the three once, in their language", slow, async () => {
    const [inGerman, inEnglish] = [await german.next(), await english.next()];
    expect(inGerman.text).toContain(de.askers.told);
    expect(inGerman.text).toContain(answer.de);
    expect(inEnglish.text).toContain(en.askers.told);
    expect(inEnglish.text).toContain(answer.en);
    const back = await openChatPage(browser, server.url);
    await back.ask(code);
    await back.waitForAnswers(1);
    expect(await back.answers().last().textContent()).toContain(answer.de);
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    expect([german.unseen(), english.unseen(), await back.answers().count()]).toEqual([0, 0, 1]);
  });

  test("is answered at once for the fourth who asks", slow, async () => {
    const fourth = openTelegramChat(botApi, server.url, 95_003);
    expect((await fourth.say("Ist das Grillen im Westpark erlaubt?")).text).toContain(answer.de);
  });

  test("broke no policy of a page, and left nothing of what was asked in the log", async () => {
    expect([rita.faults, franz.faults]).toEqual([[], []]);
    expect((await server.stop()).code).toBe(0);
    expect(server.logLines.join("\n")).not.toMatch(/Westpark|barbecu|grillen/i);
  });
});
