import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Bot } from "../../../src/channels/telegram/groups.ts";
import { isUpdate, parseUpdate } from "../../../src/channels/telegram/parse.ts";

const bot = { id: 123456, name: "stadtlotse_bot" };
const fixtures = join(import.meta.dirname, "../../fixtures/telegram");

async function parseFixture(name: string, us: Bot = bot) {
  return parseUpdate(JSON.parse(await readFile(join(fixtures, `${name}.json`), "utf8")), us);
}

function textUpdate(text: string, languageCode?: string) {
  return {
    update_id: 1,
    message: { message_id: 1, date: 0, chat: { id: 7, type: "private" }, from: { id: 7, language_code: languageCode }, text },
  };
}

describe("parseUpdate", () => {
  it.each([
    ["message-text", { kind: "text", text: "Wo finde ich einen Kita-Platz in Sendling?" }, "4711"],
    ["message-start", { kind: "start", topic: "quartier_12" }, "4711"],
    ["message-command", { kind: "text", text: "/loeschen" }, "4711"],
    ["message-photo-caption", { kind: "text", text: "Wo melde ich diesen Sperrmüll?" }, "4711"],
    ["message-document-caption", { kind: "text", text: "Was bedeutet das?" }, "4711"],
    ["message-photo", { kind: "attachment", what: "photo" }, "4711"],
    ["message-voice", { kind: "attachment", what: "voice" }, "4711"],
    ["message-sticker", { kind: "attachment", what: "sticker" }, "4711"],
    ["message-location", { kind: "location", latitude: 48.118277, longitude: 11.543791 }, "4711"],
    ["message-venue", { kind: "location", latitude: 48.137154, longitude: 11.576124 }, "4711"],
    ["message-start-topic", { kind: "start", topic: "kita-platz" }, "4711"],
    ["message-start-words", { kind: "text", text: "/start wo finde ich eine Kita?" }, "4711"],
    ["edited-message", { kind: "text", text: "Wo finde ich einen Kita-Platz in Giesing?", edited: true }, "4711"],
    ["group-reply", { kind: "text", text: "Und am Sonntag?" }, "-1001234567890"],
    ["group-mention", { kind: "text", text: "wo ist der Flohmarkt?" }, "-1001234567890"],
    ["group-command", { kind: "text", text: "/hilfe" }, "-1001234567890"],
    ["group-start", { kind: "start" }, "-1001234567890"],
  ])("reads %s", async (name, content, address) => {
    const who = address.startsWith("-") ? { writer: "4711" } : {};
    const externalId = expect.stringMatching(/^123456:9000\d\d$/);
    expect(await parseFixture(name)).toEqual({
      kind: "message",
      message: { channel: "telegram", externalId, address, content, interfaceLang: "de", ...who },
    });
  });

  it.each(["callback-query", "callback-query-old"])("reads %s as a button of its chat", async (name) => {
    expect(await parseFixture(name)).toMatchObject({
      kind: "button",
      queryId: expect.stringMatching(/^2023551987346\d$/),
      message: { address: "4711", content: { kind: "button", value: "more:kita-platz:2", on: expect.stringMatching(/^\d+$/) } },
    });
  });

  it.each([
    ["message-pinned", "message"],
    ["callback-query-inline", "callback_query"],
    ["edited-location", "edited_message"],
    ["channel-post", "channel_post"],
    ["my-chat-member", "my_chat_member"],
    ["future-type", "managed_assistant_session"],
    ["group-talk", "message"],
    ["group-photo", "message"],
    ["group-person", "message"],
    ["group-reply-to-person", "message"],
    ["group-command-bare", "message"],
    ["group-command-other-bot", "message"],
    ["group-mention-other-bot", "message"],
    ["group-link-with-name", "message"],
    ["group-bot", "message"],
    ["private-bot", "message"],
  ])("ignores %s and names its type", async (name, type) => {
    expect(await parseFixture(name)).toEqual({ kind: "ignored", type });
  });

  it("reads what a group's anonymous administrator says to the bot, although a stand-in bot sends it", async () => {
    expect(await parseFixture("group-anonymous-admin")).toMatchObject({
      message: { content: { text: "wo ist der Wertstoffhof?" }, writer: "-1001234567890" },
    });
  });

  it("takes the pictures of an album for one message", async () => {
    const [first, second] = [await parseFixture("message-album-first"), await parseFixture("message-album-second")];
    expect(first).toMatchObject({ message: { externalId: "123456:album:13579", content: { kind: "attachment", what: "photo" } } });
    expect(second).toEqual(first);
  });

  it.each(["group-mention", "group-command", "group-command-other-bot"])(
    "cannot tell whom %s addresses before it knows its name",
    async (name) => {
      await expect(parseFixture(name, { id: 123456, name: undefined })).rejects.toMatchObject({ code: "SERVER_UNREACHABLE" });
    },
  );

  it("needs no name for private chats, for replies and for talk without an @", async () => {
    const nameless = { id: 123456, name: undefined };
    expect(await parseFixture("message-text", nameless)).toMatchObject({ kind: "message" });
    expect(await parseFixture("group-reply", nameless)).toMatchObject({ kind: "message" });
    expect(await parseFixture("group-talk", nameless)).toMatchObject({ kind: "ignored" });
  });

  it.each(["@STADTLOTSE_BOT wo?", "wo @stadtlotse_bot ?", "wo?\n@stadtlotse_bot"])("hears its name in %j", (text) => {
    const update = { update_id: 1, message: { chat: { id: -7, type: "group" }, text } };
    expect(parseUpdate(update, bot)).toMatchObject({ message: { content: { kind: "text", text: expect.stringMatching(/^wo *\?$/) } } });
  });

  it.each(["@stadtlotse_botter wo?", "mail@stadtlotse_bot", "@@stadtlotse_bot", "/help@stadtlotse_botter"])(
    "does not hear its name in %j",
    (text) => {
      expect(parseUpdate({ update_id: 1, message: { chat: { id: -7, type: "group" }, text } }, bot)).toMatchObject({ kind: "ignored" });
    },
  );

  it.each([
    ["/start", { kind: "start" }],
    ["/START", { kind: "start" }],
    ["/start@stadtlotse_bot hund", { kind: "start", topic: "hund" }],
    [`/start ${"a".repeat(64)}`, { kind: "start", topic: "a".repeat(64) }],
    [`/start ${"a".repeat(65)}`, { kind: "text", text: `/start ${"a".repeat(65)}` }],
    ["/start a/b", { kind: "text", text: "/start a/b" }],
    ["/help@stadtlotse_bot", { kind: "text", text: "/help" }],
  ])("reads the command %j", (text, content) => {
    expect(parseUpdate(textUpdate(text), bot)).toMatchObject({ message: { content } });
  });

  it.each([
    ["de", "de"],
    ["de-AT", "de"],
    ["en_GB", "en"],
    ["UK", "uk"],
    ["ru", "ru"],
    ["bs", "hr"],
    ["sr-Latn", "hr"],
    ["hr", "hr"],
    ["pl", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("takes the app's language %s as %s", (code, lang) => {
    expect(parseUpdate(textUpdate("Hallo", code), bot)).toMatchObject({ message: { interfaceLang: lang } });
  });

  it.each(["/startx", "start", " /start", "/starten"])("does not take %j for a start", (text) => {
    expect(parseUpdate(textUpdate(text), bot)).toMatchObject({ message: { content: { kind: "text", text } } });
  });

  it("repeats no type's name that Telegram would not use", () => {
    expect(parseUpdate({ update_id: 1, "Ich heiße Eva": {} }, bot)).toEqual({ kind: "ignored", type: "unknown" });
    expect(parseUpdate({ update_id: 1 }, bot)).toEqual({ kind: "ignored", type: "none" });
  });

  it.each([
    ["null", null],
    ["a list", []],
    ["a string", "hello"],
    ["no update_id", { message: {} }],
    ["update_id as text", { update_id: "1" }],
    ["update_id with a fraction", { update_id: 1.5 }],
    ["a message that is text", { update_id: 1, message: "hello" }],
    ["a message without a chat", { update_id: 1, message: { text: "hello" } }],
    ["text that is an object", { update_id: 1, message: { chat: { id: 1, type: "private" }, text: {} } }],
    [
      "a place that is not on this planet",
      { update_id: 1, message: { chat: { id: 1, type: "private" }, location: { latitude: 91, longitude: 0 } } },
    ],
    ["a button without a sender", { update_id: 1, callback_query: { id: "1", data: "x" } }],
  ])("refuses %s", (_, body) => {
    expect(isUpdate(body)).toBe(false);
    expect(() => parseUpdate(body, bot)).toThrow(expect.objectContaining({ code: "REQUEST_INVALID" }));
  });
});
