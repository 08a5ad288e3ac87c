import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { ArticleBody } from "../../src/core/articles.ts";
import { projectRoot } from "../../src/node-content.ts";
import { words } from "../../src/words/words.ts";
import { bodyOf } from "../catalogue/articles/fixtures.ts";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { databaseKinds, openTestDatabase } from "../support/databases.ts";
import { cleanUp, makeFolder, type RunningServer, runProgram, startStadtlotse } from "../support/server.ts";
import { queryStored } from "../support/stored.ts";
import { openTelegramChat, telegramEnvironment } from "../support/telegram-chat.ts";
import { openWebChat } from "../support/web-chat.ts";

const { de, en } = words;
const question = "Wo kann ich in München ein Boot leihen?";
const inEnglish = "Where can I rent a boat in Munich?";
const within = { timeout: 20_000, interval: 50 };
/** Texts that break programmes which take text for something else; each must be read as it is written. */
const naughty =
  "<script>alert(1)</script> {{7*7}} #{process.exit()} '; drop table articles; -- %s %n \\u0000 *fett* _kursiv_ [x](javascript:1) 👩‍👩‍👧 ﷽";
const boats = bodyOf({
  title: { de: "Boote leihen", en: "Renting boats" },
  text: { de: `Am See leiht niemand Boote.\n${naughty}`, en: `Nobody rents boats at the lake.\n${naughty}` },
  questions: [
    { lang: "de", text: "Wo kann man ein Boot leihen?" },
    { lang: "en", text: "Where can one rent a boat?" },
  ],
});
const right: ArticleBody = { ...boats, text: { de: "Am See leiht der Verleih Boote.", en: "You can rent boats at the lake." } };

let botApi: FakeBotApi;
let server: RunningServer;
let folder: string;
let lastChat = 91_000;

beforeAll(async () => {
  await trainedCache();
  botApi = await startFakeBotApi();
  server = await startStadtlotse({ env: telegramEnvironment(botApi) });
  folder = await makeFolder();
}, trainingMs);

afterAll(async () => {
  await cleanUp();
  await botApi.close();
});

const Done = z.object({ id: z.number() });

/** Runs a command of staff on the running server's database. */
async function staff(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<unknown> {
  const { code, lines } = await runProgram("cli", ["staff", "articles", ...args, "--json"], env);
  expect(code, lines.join("\n")).toBe(0);
  return JSON.parse(lines.at(-1) ?? "null");
}
const here = () => ({ DATA_DIR: server.dataDir });

async function fileOf(article: ArticleBody): Promise<string> {
  const path = join(folder, `${randomUUID()}.json`);
  await writeFile(path, JSON.stringify(article));
  return path;
}

/** Has Anna write and Ben approve. */
async function publish(env: Readonly<Record<string, string>>, ...writing: readonly string[]): Promise<number> {
  const { id } = Done.parse(await staff(env, ...writing, "--by", "anna"));
  await staff(env, "submit", String(id), "--by", "anna");
  await staff(env, "approve", String(id), "--by", "ben");
  return id;
}

const Known = z.object({ text: z.string(), lang: z.string(), expect: z.object({ kind: z.string() }) });
const Tried = z.object({
  ...{ questions: z.number(), worse: z.number(), better: z.number(), unknown: z.number(), tookMs: z.number() },
  changed: z.array(z.object({ verdict: z.string(), after: z.object({ first: z.string().optional() }) })),
});

/** So many German questions that are known to be answered with offers. */
async function knownOffers(most: number): Promise<readonly string[]> {
  const lines = (await readFile(join(projectRoot, "knowledge/questions.jsonl"), "utf8")).trim().split("\n");
  const questions = lines.map((line) => Known.parse(JSON.parse(line)));
  return questions
    .filter(({ lang, text, expect: { kind } }) => lang === "de" && kind === "offers" && text.length < 120)
    .slice(0, most)
    .map(({ text }) => text);
}

const openChat = () => openTelegramChat(botApi, server.url, ++lastChat);
const pressedOf = ({ values }: { readonly values: readonly string[] }, action: string) =>
  values.find((each) => each.startsWith(action)) ?? "";
const settle = () => new Promise((resolve) => setTimeout(resolve, 4_500));

/** Asks what nobody can answer, says that the answer is wrong, and wants to be told. */
async function askAndWait(text: string) {
  const chat = openChat();
  const shown = await chat.say(text);
  const rejected = await chat.press(pressedOf(shown, "wrong:"));
  await chat.press(pressedOf(rejected, "tell-yes:"));
  return chat;
}

describe("a question that nobody could answer", () => {
  let german: ReturnType<typeof openChat>;
  let english: ReturnType<typeof openChat>;
  let code = "";
  let article = 0;
  let turns = "";

  test("is waited for by three people, in two languages and in the web chat", async () => {
    german = await askAndWait(question);
    english = await askAndWait(inEnglish);
    const web = await openWebChat(server.url);
    const asked = await web.say(question);
    await web.answered([asked], 20_000);
    const rejected = await web.press(`wrong:${asked.split("|").at(-1)}`);
    await web.answered([rejected], 20_000);
    const yes = await web.press(`tell-yes:${asked.split("|").at(-1)}`);
    const said = (await web.answered([yes], 20_000)).find(({ replyToId }) => replyToId === yes)?.text ?? "";
    code = /(?:[a-z]+ ){12}[a-z]+/.exec(said)?.[0] ?? "";
    expect(code.split(" ")).toHaveLength(13);
    const waiting = z.array(z.object({ turn: z.string(), lang: z.string() })).parse(await staff(here(), "waiting"));
    expect(waiting.map(({ lang }) => lang)).toEqual(["de", "en", "de"]);
    turns = waiting.map(({ turn }) => turn).join(",");
  }, 90_000);

  test("is answered for each of them once, in their language, as soon as staff publish an article to them", async () => {
    article = await publish(here(), "write", await fileOf(boats));
    expect(await staff(here(), "publish-to", String(article), turns, "--by", "ben")).toMatchObject({ turns: 3, waiting: 3 });
    const [inGerman, toEnglish] = [await german.next(), await english.next()];
    expect(inGerman.text).toContain(de.askers.told);
    expect(inGerman.text).toContain("Am See leiht niemand Boote.");
    expect(inGerman.text).toContain(naughty);
    expect(toEnglish.text).toContain(en.askers.told);
    expect(toEnglish.text).toContain("Nobody rents boats at the lake.");
    await expect.poll(async () => (await openChat().say(code)).text, within).toContain("Am See leiht niemand Boote.");
    await staff(here(), "publish-to", String(article), turns, "--by", "ben");
    await settle();
    expect([german.unseen(), english.unseen()]).toEqual([0, 0]);
  }, 120_000);

  test("is answered at once for the fourth who asks it, and corrected for exactly those who got it", async () => {
    const [fourth, bystander] = [openChat(), openChat()];
    const answered = await fourth.say(question);
    expect(answered.text).toContain("Am See leiht niemand Boote.");
    expect(pressedOf(answered, "right")).not.toBe("");
    await bystander.say("Wo finde ich eine Kita?");
    await publish(here(), "correct", String(article), await fileOf(right));
    for (const chat of [german, fourth]) {
      const corrected = await chat.next();
      expect(corrected.text).toContain(de.askers.corrected);
      expect(corrected.text).toContain("Am See leiht der Verleih Boote.");
    }
    expect((await english.next()).text).toContain(en.askers.corrected);
    const later = openChat();
    expect((await later.say(question)).text).toContain("Am See leiht der Verleih Boote.");
    await settle();
    expect([german, english, fourth, bystander, later].map((chat) => chat.unseen())).toEqual([0, 0, 0, 0, 0]);
  }, 120_000);

  test("is answered no more from the end of the article on", async () => {
    const end = new Date(Date.now() + 45_000);
    const cellar = bodyOf({
      title: { de: "Alpaka-Wanderung im Perlacher Forst" },
      questions: [{ lang: "de", text: "Gibt es eine Alpaka-Wanderung im Perlacher Forst?" }],
      validUntil: end.toISOString(),
    });
    await publish(here(), "write", await fileOf(cellar));
    const ask = async () => (await openChat().say("Gibt es im Perlacher Forst eine Alpaka-Wanderung?")).text;
    await expect.poll(ask, within).toContain("Trinkbrunnen");
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, end.getTime() - Date.now()) + 50));
    expect(await ask()).not.toContain("Trinkbrunnen");
  }, 120_000);

  test("is not answered at the cost of others: who publishes an article that worsens known questions gives a reason", async () => {
    const greedy = bodyOf({
      title: { de: "Alles auf einmal" },
      questions: [...(await knownOffers(8)).map((text) => ({ lang: "de" as const, text }))],
    });
    const { id } = Done.parse(await staff(here(), "write", await fileOf(greedy), "--by", "anna"));
    await staff(here(), "submit", String(id), "--by", "anna");
    const refused = await runProgram("cli", ["staff", "articles", "approve", String(id), "--by", "ben"], here());
    expect(refused.code).not.toBe(0);
    expect(refused.lines.join("\n")).toMatch(/answers \d known questions worse/);
    const trial = Tried.parse(await staff(here(), "trial", String(id), "--by", "ben"));
    expect(trial.worse).toBeGreaterThanOrEqual(3);
    expect(trial.changed.filter(({ verdict }) => verdict === "worse").every(({ after }) => after.first === `article:${id}`)).toBe(true);
    expect(trial.questions).toBeGreaterThan(700);
    expect(await staff(here(), "approve", String(id), "--by", "ben", "--reason", "Das ist geprüft.")).toMatchObject({ state: "published" });
    await staff(here(), "retire", String(id), "--by", "ben");
  }, 180_000);

  test("left no words of anybody where it is kept who waits", async () => {
    await server.stop();
    const rows = await queryStored(server.dataDir, "select a::text as row from askers a");
    expect(rows.length).toBe(3);
    for (const { row } of rows) expect(String(row)).not.toMatch(/Boot|boat/i);
    const twice = await queryStored(
      server.dataDir,
      "select 1 from publication_recipients where outbox_id is not null group by publication_id, conversation_id having count(*) > 1",
    );
    expect(twice).toEqual([]);
  });
});

describe.runIf(databaseKinds().includes("server"))("two processes of one database", () => {
  test("both answer with the older text within 5 seconds of a roll back", async () => {
    const database = await openTestDatabase("server");
    try {
      const env = { DATABASE_URL: database.url ?? "", DATA_KEY: "ab".repeat(32) };
      const first = await startStadtlotse({ env });
      const second = await startStadtlotse({ env, dataDir: first.dataDir });
      const id = String(await publish({ ...env, DATA_DIR: first.dataDir }, "write", await fileOf(boats)));
      await publish({ ...env, DATA_DIR: first.dataDir }, "write", await fileOf(right), "--id", id);
      const ask = async (url: string) => await (await openWebChat(url)).ask(question);
      for (const { url } of [first, second]) await expect.poll(() => ask(url), within).toContain("leiht der Verleih");
      await staff({ ...env, DATA_DIR: first.dataDir }, "rollback", id, "1", "--by", "ben");
      const since = Date.now();
      for (const { url } of [first, second])
        await expect.poll(() => ask(url), { timeout: 5_000 - (Date.now() - since), interval: 50 }).toContain("leiht niemand");
      await Promise.all([first.stop(), second.stop()]);
    } finally {
      await database.close();
    }
  }, 180_000);
});
