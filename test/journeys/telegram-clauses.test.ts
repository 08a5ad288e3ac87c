import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { languages } from "../../src/core/languages.ts";
import { commandIds, commandName } from "../../src/words/commands.ts";
import { words } from "../../src/words/words.ts";
import { type FakeBotApi, startFakeBotApi } from "../fixtures/fake-bot-api.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, type RunningServer, startStadtlotse } from "../support/server.ts";
import { queryStored } from "../support/stored.ts";
import { fixtureUpdate, postUpdate, telegramEnvironment, textUpdate } from "../support/telegram-chat.ts";

let botApi: FakeBotApi;
let server: RunningServer;
let lastUpdate = 700_000;
let lastChat = 70_000;
let carrier: string;

beforeAll(async () => {
  await trainedCache();
  botApi = await startFakeBotApi();
  server = await startStadtlotse({ env: telegramEnvironment(botApi) });
  carrier = words.de.carrier("Telegram", server.url);
  // Groups are heard once the bot knows its name.
  await botApi.waitFor("setMyCommands", languages.length + 3);
}, trainingMs);

afterAll(async () => {
  await cleanUp();
  await botApi.close();
});

const { de } = words;
const { notice } = de.page;
const Keyboard = z.object({
  reply_markup: z.object({ inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string() }))) }).optional(),
});

/** A private chat (or the group of that number) with what Telegram was told to do in it. */
function openChat(chat = ++lastChat) {
  const calls = (id: number) =>
    botApi.calls.flatMap(({ method, body }, index) =>
      String(body["chat_id"]) === String(id) ? [{ method, body, messageId: index + 1 }] : [],
    );

  /** Posts an update and gives what was called for it, once nothing more comes. */
  async function post(update: string, expected: number, id = chat) {
    const before = calls(id).length;
    expect((await postUpdate(server.url, update)).status).toBe(200);
    await expect.poll(() => calls(id).length, { timeout: 10_000, interval: 10 }).toBeGreaterThanOrEqual(before + expected);
    await sleep(expected === 0 ? 700 : 150);
    return calls(id).slice(before);
  }
  const told = async (update: string) => {
    const [call, ...more] = await post(update, 1);
    expect(more).toEqual([]);
    if (call === undefined) throw new Error("Nothing was sent.");
    const buttons = (Keyboard.parse(call.body).reply_markup?.inline_keyboard ?? []).flat();
    return { ...call, text: String(call.body["text"]), buttons, values: buttons.map(({ callback_data }) => callback_data) };
  };
  return {
    chat,
    post,
    /** Says words; the one call that answers them. */
    say: (text: string, from: object = {}) => told(textUpdate(++lastUpdate, chat, text, from)),
    /** Posts a payload; the one call that answers it. */
    show: async (name: string) => told(await fixtureUpdate(name, ++lastUpdate, chat)),
    /** Posts a payload in a group; what was called for it there. */
    inGroup: async (name: string, expected: number) => post(await fixtureUpdate(name, ++lastUpdate, chat), expected, -chat),
    press: async (value: string, messageId: number) =>
      told(
        await fixtureUpdate("callback-query", ++lastUpdate, chat, (json) =>
          json.replace("more:kita-platz:2", value).replace('"message_id": 55', `"message_id": ${messageId}`).replace('"sr"', '"de"'),
        ),
      ),
  };
}

/** A chat that has been told already who writes and who carries the messages. */
async function openKnownChat() {
  const chat = openChat();
  await chat.show("message-start");
  return chat;
}

const plain = (chat: number, text: string) => ({ chat_id: String(chat), text, link_preview_options: { is_disabled: true } });
const deletion = { inline_keyboard: [[{ text: de.deleteButton, callback_data: "delete" }]] };
const paragraphs = (...texts: readonly string[]) => texts.join("\n\n");

describe("opening the talk", () => {
  test("/start is answered by a welcome that says a programme writes, who carries the messages, and where it goes without", async () => {
    const chat = openChat();
    const { method, body } = await chat.show("message-start");
    expect({ method, body }).toEqual({ method: "sendMessage", body: plain(chat.chat, paragraphs(de.welcome, carrier)) });
  });

  test("a link with a topic shows the offers of that need at once", async () => {
    const { text, values } = await openChat().show("message-start-topic");
    expect(text.split("\n\n").slice(0, 3)).toEqual([notice, carrier, de.foundFor("Kita-Platz")]);
    expect(text.match(/https:\/\//g)?.length).toBeGreaterThanOrEqual(3);
    expect(values).toEqual([expect.stringMatching(/^more:3:/), expect.stringMatching(/^right:\d+$/), expect.stringMatching(/^wrong:\d+$/)]);
  });

  test("words after /start are a question", async () => {
    const { text, values } = await openChat().show("message-start-words");
    expect(text).toContain(de.foundFor("Kita-Platz"));
    expect(values).toEqual([expect.stringMatching(/^more:3:/), expect.stringMatching(/^right:\d+$/), expect.stringMatching(/^wrong:\d+$/)]);
  });

  test("the notice stands before the first answer, and once", async () => {
    const chat = openChat();
    const first = await chat.show("message-text");
    expect(first.text.startsWith(paragraphs(notice, carrier, ""))).toBe(true);
    expect((await chat.show("message-text")).text).not.toContain(carrier);
  });

  test("the notice is in the person's language, with the link to the web chat", async () => {
    const { text } = await openChat().say("/help", { language_code: "uk" });
    expect(text).toContain(words.uk.carrier("Telegram", server.url));
  });

  test("a crisis comes before the notice", async () => {
    const { text } = await openChat().say("Ich will nicht mehr leben, ich bringe mich um");
    expect(text.startsWith(de.crisis.suicide)).toBe(true);
    expect(text.indexOf(carrier)).toBeGreaterThan(0);
  });
});

describe("commands", () => {
  test("/help lists what can be asked and every command by its German name", async () => {
    const chat = await openKnownChat();
    const { method, body } = await chat.show("message-command-help");
    const list = commandIds.map((id) => `/${commandName(id, "de")} – ${de.commands[id]}`).join("\n");
    expect({ method, body }).toEqual({ method: "sendMessage", body: plain(chat.chat, paragraphs(de.whatCanYouDo, de.help, list)) });
  });

  test("a command that is not known is answered by the help", async () => {
    const { text } = await (await openKnownChat()).show("message-command-unknown");
    expect(text.startsWith(paragraphs(de.unknownCommand, de.whatCanYouDo, de.help))).toBe(true);
  });

  test("/settings shows how it writes, with a button for every change", async () => {
    const chat = await openKnownChat();
    const { text, values, messageId } = await chat.show("message-command-settings");
    expect(text).toBe(paragraphs(`${de.answerLanguage("Deutsch")}\n${de.simpleOff}`, de.settings));
    expect(values).toEqual(["simple:on", ...languages.map((lang) => `lang:${lang}`)]);
    expect((await chat.press("lang:tr", messageId)).text).toBe(words.tr.languageSet);
    expect((await chat.say("Wo finde ich einen Kita-Platz?")).text).toContain(words.tr.where);
  });

  test("/einfach writes shorter, and its button undoes that", async () => {
    const chat = await openKnownChat();
    const { text, messageId } = await chat.show("message-command-simple");
    expect(text).toBe(de.simplerSet);
    expect((await chat.press("simple:off", messageId)).text).toBe(de.longerSet);
  });

  test("/privacy says what is kept, and who carries the messages", async () => {
    const chat = await openKnownChat();
    const { body } = await chat.show("message-command-privacy");
    expect(body).toEqual({ ...plain(chat.chat, paragraphs(carrier, de.privacy)), reply_markup: deletion });
  });

  test("/loeschen asks, and its button deletes", async () => {
    const chat = await openKnownChat();
    await chat.say("Wo finde ich einen Kita-Platz in Sendling?");
    const { body, messageId } = await chat.show("message-command");
    expect(body).toEqual({ ...plain(chat.chat, de.deleteAsk), reply_markup: deletion });
    expect((await chat.press("delete", messageId)).text).toBe(de.deleted);
    const left = await chat.show("message-command-my-data");
    expect(left.text).toContain(de.myData.messages(5, 1));
    expect(left.text).not.toContain("Sendling");
  });

  test("/meinedaten tells what is kept of this chat, and of no other", async () => {
    const other = await openKnownChat();
    await other.say("Mein Hund braucht eine Marke");
    const chat = await openKnownChat();
    await chat.say("Wo finde ich einen Kita-Platz in Sendling?");
    const { text, values } = await chat.show("message-command-my-data");
    expect(text).toContain(de.myData.messages(3, 2));
    expect(text).toContain(de.myData.answers(2));
    expect(text).toContain(de.myData.search("Wo finde ich einen Kita-Platz in Sendling?"));
    expect(text).not.toContain("Hund");
    expect(values).toEqual(["delete"]);
  });

  test("/mensch passes the question on to a person", async () => {
    expect((await (await openKnownChat()).show("message-command-human")).text).toContain(de.handover.waiting);
  });

  test("/abos says plainly that there are none yet", async () => {
    expect((await (await openKnownChat()).show("message-command-watches")).text).toBe(de.watches.none);
  });

  test.each([
    ["/delete", words.en.deleteAsk],
    ["/mydata", words.en.myData.lead],
    ["/human", words.en.handover.waiting],
    ["/watches", words.en.watches.none],
    ["/simple", words.en.simplerSet],
  ])("%s works as the English name", async (command, sentence) => {
    const chat = openChat();
    expect((await chat.say(command, { language_code: "en" })).text).toContain(sentence);
  });
});

/** What a message shows: its rating buttons name the message that it answers. */
const withoutIds = (body: object): unknown => JSON.parse(JSON.stringify(body).replace(/\b(right|wrong):\d+/g, "$1"));

describe("buttons", () => {
  test("more pages of a list are shown in its place, forth and back, with their own buttons", async () => {
    const chat = await openKnownChat();
    const first = await chat.say("Wo finde ich einen Kita-Platz?");
    const [next = ""] = first.values;
    const second = await chat.press(next, first.messageId);
    expect([second.method, second.body["message_id"]]).toEqual(["editMessageText", first.messageId]);
    expect(second.text).not.toBe(first.text);
    const back = second.buttons.map(({ callback_data }) => callback_data).find((value) => value.startsWith("more:0:")) ?? "";
    const again = await chat.press(back, first.messageId);
    expect(withoutIds(again.body)).toEqual(withoutIds({ ...first.body, message_id: first.messageId }));
    expect(botApi.callsOf("answerCallbackQuery").length).toBeGreaterThanOrEqual(2);
  });

  test("a button of an older list turns no page of the new one", async () => {
    const chat = await openKnownChat();
    const old = await chat.say("Wo finde ich einen Kita-Platz?");
    await chat.say("Mein Ausweis ist abgelaufen");
    const { method, text } = await chat.press(old.values[0] ?? "", old.messageId);
    expect([method, text]).toEqual(["sendMessage", de.outdatedList]);
  });

  test("a list that was deleted in the chat is sent anew", async () => {
    const chat = await openKnownChat();
    const first = await chat.say("Wo finde ich einen Kita-Platz?");
    const unknownMessage = 1;
    const calls = await chat.post(
      await fixtureUpdate("callback-query", ++lastUpdate, chat.chat, (json) =>
        json.replace("more:kita-platz:2", first.values[0] ?? "").replace('"message_id": 55', `"message_id": ${unknownMessage}`),
      ),
      2,
    );
    expect(calls.map(({ method }) => method)).toEqual(["editMessageText", "sendMessage"]);
  });
});

describe("what holds no words", () => {
  test.each([
    ["message-photo", de.photo],
    ["message-voice", de.voice],
    ["message-sticker", de.sticker],
  ])("%s is answered kindly", async (name, sentence) => {
    const chat = await openKnownChat();
    const { method, body } = await chat.show(name);
    expect({ method, body }).toEqual({ method: "sendMessage", body: plain(chat.chat, sentence) });
  });

  test("an album is answered once", async () => {
    const chat = await openKnownChat();
    const album = (json: string) => json.replace("13579", String(chat.chat));
    const first = await fixtureUpdate("message-album-first", ++lastUpdate, chat.chat, album);
    expect(await chat.post(first, 1)).toHaveLength(1);
    expect(await chat.post(await fixtureUpdate("message-album-second", ++lastUpdate, chat.chat, album), 0)).toEqual([]);
  });

  test("a place is answered, and where it matters the answer asks for it with a button that shares it", async () => {
    const chat = await openKnownChat();
    const [offers, question] = await chat.post(textUpdate(++lastUpdate, chat.chat, "Welche Kita ist am nächsten bei mir?"), 2);
    expect(offers?.body).toHaveProperty("reply_markup.inline_keyboard");
    expect(question?.body).toEqual({
      ...plain(chat.chat, de.askPlaceByButton),
      reply_markup: { keyboard: [[{ text: de.sharePlace, request_location: true }]], one_time_keyboard: true, resize_keyboard: true },
    });
    const near = await chat.show("message-location");
    expect(near.method).toBe("sendMessage");
    expect(String(near.body["text"])).toContain("Kita");
  });

  test("a live place that moves is answered no more", async () => {
    const chat = await openKnownChat();
    expect(await chat.post(await fixtureUpdate("edited-location", ++lastUpdate, chat.chat), 0)).toEqual([]);
  });
});

describe("changed words", () => {
  test("are a new question, whose answer says so, once", async () => {
    const chat = await openKnownChat();
    await chat.show("message-text");
    const update = await fixtureUpdate("edited-message", ++lastUpdate, chat.chat);
    const [answer, ...more] = await chat.post(update, 1);
    expect(more).toEqual([]);
    expect(String(answer?.body["text"]).startsWith(paragraphs(de.edited, ""))).toBe(true);
    expect(await chat.post(update, 0)).toEqual([]);
  });
});

describe("groups", () => {
  test.each(["group-mention", "group-command", "group-start", "group-reply", "group-anonymous-admin"])(
    "%s is meant for the bot",
    async (name) => {
      const [answer, ...more] = await openChat().inGroup(name, 1);
      expect(answer?.method).toBe("sendMessage");
      expect(more).toEqual([]);
    },
  );

  test.each([
    "group-talk",
    "group-photo",
    "group-person",
    "group-reply-to-person",
    "group-command-bare",
    "group-command-other-bot",
    "group-mention-other-bot",
    "group-link-with-name",
    "group-bot",
  ])("%s is none of the bot's business", async (name) => {
    expect(await openChat().inGroup(name, 0)).toEqual([]);
  });

  test("another bot is never answered", async () => {
    const chat = openChat();
    expect(await chat.post(await fixtureUpdate("private-bot", ++lastUpdate, chat.chat), 0, 777_111)).toEqual([]);
  });
});

describe("a bot without a public address", () => {
  test("says that no webhook is registered, and why", () => {
    expect(botApi.callsOf("setWebhook")).toEqual([]);
    expect(server.logLines.join("")).toContain("PUBLIC_URL is not https");
  });

  test("answers what it polls with --telegram-polling, without webhook and secret", async () => {
    const platform = await startFakeBotApi();
    const { TELEGRAM_WEBHOOK_SECRET: _, ...env } = telegramEnvironment(platform);
    const polling = await startStadtlotse({ env, args: ["--port", "0", "--telegram-polling"] });
    platform.deliver(JSON.parse(textUpdate(1, 4711, "/abos")));
    const [call] = await expect
      .poll(() => platform.callsOf("sendMessage"), { timeout: 10_000 })
      .toHaveLength(1)
      .then(() => platform.callsOf("sendMessage"));
    expect(String(call?.body["text"])).toContain(de.watches.none);
    expect(platform.callsOf("deleteWebhook")).toHaveLength(1);
    expect((await postUpdate(polling.url, textUpdate(2, 4711, "Hallo"))).status).toBe(404);
    expect((await polling.stop()).code).toBe(0);
    await platform.close();
  }, 60_000);
});

describe("what is stored at the end", () => {
  test("is one answer for each message, places to a hundredth of a degree, and nothing of what was not meant for the bot", async () => {
    expect((await server.stop()).code).toBe(0);
    const rows = await queryStored(
      server.dataDir,
      `select count(*) filter (where state <> 'answered')::int as open,
        count(*) filter (where content::text like '%777111%' or content::text like '%Bis morgen%' or content::text like '%Danke dir%')::int as foreign_talk
        from inbox`,
    );
    expect(rows).toMatchObject([{ open: 0, foreign_talk: 0 }]);
    const places = await queryStored(server.dataDir, "select content from inbox where content ->> 'kind' = 'location'");
    expect(places).toEqual([{ content: { kind: "location", latitude: 48.12, longitude: 11.54 } }]);
  }, 30_000);
});
