import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { words } from "../../src/words/words.ts";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, type RunningServer, runProgram, startStadtlotse } from "../support/server.ts";
import { fixtureUpdate, postUpdate, sentTo, telegramEnvironment, textUpdate } from "../support/telegram-chat.ts";
import { openWebChat } from "../support/web-chat.ts";

const { participation, volunteering } = words.de;
const project = "unser-muenchen";
const task = "tatendrang";
const measureNeed = "digital-massnahme";
const receipt = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

let botApi: FakeBotApi;
let server: RunningServer;
let lastUpdate = 700_000;

beforeAll(async () => {
  await trainedCache();
  botApi = await startFakeBotApi();
  server = await startStadtlotse({ env: telegramEnvironment(botApi) });
  // An organisation posts a task with one place.
  const capacity = { unit: { de: "Plätze", en: "places" }, available: 1, asOf: new Date().toISOString() };
  await staff("edit", task, "capacity", JSON.stringify(capacity));
}, trainingMs);

afterAll(async () => {
  await cleanUp();
  await botApi.close();
});

async function staff(...args: readonly string[]): Promise<string> {
  const { code, lines } = await runProgram("cli", ["staff", ...args], { DATA_DIR: server.dataDir });
  expect(code, lines.join("\n")).toBe(0);
  return lines.join("\n");
}

const Sent = z.object({
  reply_markup: z
    .object({ inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string().optional() }))) })
    .optional(),
});

/** A chat with the bot: each turn gives the text of its answer and the values of its buttons. */
function openTelegram(chat: number) {
  async function answerTo(update: string) {
    const before = sentTo(botApi, chat).length;
    expect((await postUpdate(server.url, update)).status).toBe(200);
    await expect.poll(() => sentTo(botApi, chat).length, { timeout: 20_000, interval: 20 }).toBeGreaterThan(before);
    const call = sentTo(botApi, chat).at(-1);
    const buttons = Sent.parse(call?.body).reply_markup?.inline_keyboard.flat() ?? [];
    expect(call?.body).not.toHaveProperty("parse_mode");
    return { text: call?.text ?? "", values: buttons.flatMap(({ callback_data }) => callback_data ?? []) };
  }
  return {
    say: (text: string) => answerTo(textUpdate(++lastUpdate, chat, text)),
    press: async (value: string) =>
      await answerTo(
        await fixtureUpdate("callback-query", ++lastUpdate, chat, (json) =>
          json
            .replace("more:kita-platz:2", value)
            .replace('"20235519873465"', `"${lastUpdate}"`)
            .replace('"language_code": "sr"', '"language_code": "de"'),
        ),
      ),
  };
}

/** A chat on the page. */
async function openPage() {
  const chat = await openWebChat(server.url);
  return {
    say: chat.ask,
    press: async (value: string) => {
      const id = await chat.press(value);
      return (await chat.answered([id], 20_000)).find(({ replyToId }) => replyToId === id);
    },
  };
}

const yesOf = (values: readonly string[]) => values.find((value) => value.startsWith("write-yes:")) ?? "";

describe("having a say over Telegram", () => {
  test("from the question to the receipt, staff's decision, the export and the withdrawal", async () => {
    const chat = openTelegram(81_001);
    const shown = await chat.say("Wo kann ich bei der Stadt mitreden?");
    expect(shown.values.some((value) => value.startsWith("say:"))).toBe(true);
    const asked = await chat.press(`say:${project}`);
    expect(asked.text).toContain("https://unser.muenchen.de");
    const preview = await chat.say("=Mehr <b>Bäume</b> am Harras in Sendling. Rufen Sie mich an: 0176 55501987");
    expect(preview.text).toContain("=Mehr <b>Bäume</b> am Harras in Sendling. Rufen Sie mich an: [Telefon]");
    const done = await chat.press(yesOf(preview.values));
    const code = receipt.exec(done.text)?.[0] ?? "";
    expect(done.text).toContain(participation.submitted);

    const waiting = await staff("contributions", "--state", "waiting");
    expect(waiting).toContain(code);
    expect(waiting).toContain("[Telefon]");
    expect(waiting).toContain("Sendling");
    expect(await staff("export-contributions")).not.toContain("Bäume");
    await staff("approve-contribution", code);
    const csv = await staff("export-contributions");
    expect(csv).toContain("'=Mehr <b>Bäume</b>");
    expect(csv).toContain("https://unser.muenchen.de");
    expect(csv).not.toContain(code);

    expect((await chat.say(code)).text).toContain("geprüft");
    expect((await chat.say(`Beitrag zurückziehen ${code}`)).text).toContain(participation.withdrawn);
    expect(await staff("export-contributions", "--format", "json")).toBe("[]");
  }, 60_000);

  test("a crisis is answered as one where a text was asked for", async () => {
    const chat = openTelegram(81_002);
    await chat.press(`say:${project}`);
    expect((await chat.say("Ich will nicht mehr leben, ich bringe mich um")).text).toContain("0800 6553000");
    expect(await staff("contributions", "--state", "waiting", "--json")).toBe("[]");
  }, 60_000);

  test("a question is answered where a text was asked for", async () => {
    const chat = openTelegram(81_003);
    await chat.press(`say:${project}`);
    expect((await chat.say("Wo finde ich einen Kita-Platz in Sendling?")).text).toContain("Kita");
    expect((await chat.say("abbrechen")).values).not.toContain("write-no");
  }, 60_000);
});

describe("taking part on the page", () => {
  test("measures are voted on, and staff see counts", async () => {
    const chat = await openPage();
    await chat.press(`need:${measureNeed}`);
    const listed = z
      .object({ id: z.string(), kind: z.string().optional() })
      .array()
      .parse(JSON.parse(await staff("list", "--json")));
    const measure = listed.find(({ id }) => id === "open-data-muenchen")?.id ?? "";
    expect(measure).not.toBe("");
    const voted = await chat.press(`pro:${measure}`);
    expect(voted?.text).toContain(participation.voteStores);
    await chat.press(`contra:${measure}`);
    expect(JSON.parse(await staff("votes", "--json"))).toEqual([{ measure, important: 0, unimportant: 1, all: 1 }]);
  }, 60_000);

  test("a task is taken by one tap, is then full for others, and is given back", async () => {
    const [first, second] = [await openPage(), await openPage()];
    expect(await first.say("Ich möchte mich ehrenamtlich engagieren")).toContain(volunteering.joinStores.slice(0, 40));
    const joined = await first.press(`join:${task}`);
    const code = receipt.exec(joined?.text ?? "")?.[0] ?? "";
    expect((await second.press(`join:${task}`))?.text).toContain(volunteering.full);
    await first.press(`tell:${code}`);
    const preview = await first.say("Ich bringe <i>Kuchen</i> mit");
    expect(preview).toContain("Ich bringe <i>Kuchen</i> mit");
    expect(await first.say("ja")).toContain(volunteering.told);
    const helpers = JSON.parse(await staff("helpers", "Freiwilligenagentur Tatendrang", "--json"));
    expect(helpers).toMatchObject([{ offer: task, helpers: 1, messages: [{ code, text: "Ich bringe <i>Kuchen</i> mit" }] }]);
    await first.press(`leave:${code}`);
    expect((await second.press(`join:${task}`))?.text).toMatch(receipt);
  }, 60_000);
});

test("nobody guesses receipts from one address in many web chats, and others go on", async () => {
  for (let chat = 0; chat < 4; chat += 1) {
    const { ask } = await openWebChat(server.url, "203.0.113.7");
    for (let time = 0; time < 5; time += 1) expect(await ask(`A1B2-C3D${time}`)).toContain(participation.unknownReceipt);
  }
  expect(await (await openWebChat(server.url, "203.0.113.7")).ask("A1B2-C3D4")).toContain(words.de.watches.tooManyCodes);
  expect(await (await openWebChat(server.url, "203.0.113.8")).ask("A1B2-C3D4")).toContain(participation.unknownReceipt);
});
