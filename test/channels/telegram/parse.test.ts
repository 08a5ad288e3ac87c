import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isUpdate, parseUpdate } from "../../../src/channels/telegram/parse.ts";

const fixtures = join(import.meta.dirname, "../../fixtures/telegram");

async function parseFixture(name: string) {
  return parseUpdate(JSON.parse(await readFile(join(fixtures, `${name}.json`), "utf8")), 123456);
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
    ["message-start", { kind: "start" }, "4711"],
    ["message-command", { kind: "text", text: "/loeschen" }, "4711"],
    ["message-photo-caption", { kind: "text", text: "Wo melde ich diesen Sperrmüll?" }, "4711"],
    ["message-document-caption", { kind: "text", text: "Was bedeutet das?" }, "4711"],
    ["message-photo", { kind: "attachment" }, "4711"],
    ["message-voice", { kind: "attachment" }, "4711"],
    ["message-sticker", { kind: "attachment" }, "4711"],
    ["group-mention", { kind: "text", text: "wo ist der Flohmarkt?" }, "-1001234567890"],
    ["group-command", { kind: "text", text: "/hilfe" }, "-1001234567890"],
    ["group-start", { kind: "start" }, "-1001234567890"],
  ])("reads %s", async (name, content, address) => {
    expect(await parseFixture(name)).toEqual({
      kind: "message",
      message: { channel: "telegram", externalId: expect.stringMatching(/^123456:9000\d\d$/), address, content, interfaceLang: "de" },
    });
  });

  it.each(["callback-query", "callback-query-old"])("reads %s as a button of its chat", async (name) => {
    expect(await parseFixture(name)).toMatchObject({
      kind: "button",
      queryId: expect.stringMatching(/^2023551987346\d$/),
      message: { address: "4711", content: { kind: "button", value: "more:kita-platz:2" } },
    });
  });

  it.each([
    ["message-pinned", "message"],
    ["callback-query-inline", "callback_query"],
    ["edited-message", "edited_message"],
    ["channel-post", "channel_post"],
    ["my-chat-member", "my_chat_member"],
    ["future-type", "managed_assistant_session"],
    ["group-talk", "message"],
    ["group-photo", "message"],
    ["group-person", "message"],
  ])("ignores %s and names its type", async (name, type) => {
    expect(await parseFixture(name)).toEqual({ kind: "ignored", type });
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
    expect(parseUpdate(textUpdate("Hallo", code), 1)).toMatchObject({ message: { interfaceLang: lang } });
  });

  it.each(["/startx", "start", " /start", "/starten"])("does not take %j for a start", (text) => {
    expect(parseUpdate(textUpdate(text), 1)).toMatchObject({ message: { content: { kind: "text", text } } });
  });

  it("repeats no type's name that Telegram would not use", () => {
    expect(parseUpdate({ update_id: 1, "Ich heiße Eva": {} }, 1)).toEqual({ kind: "ignored", type: "unknown" });
    expect(parseUpdate({ update_id: 1 }, 1)).toEqual({ kind: "ignored", type: "none" });
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
    ["a button without a sender", { update_id: 1, callback_query: { id: "1", data: "x" } }],
  ])("refuses %s", (_, body) => {
    expect(isUpdate(body)).toBe(false);
    expect(() => parseUpdate(body, 1)).toThrow(expect.objectContaining({ code: "REQUEST_INVALID" }));
  });
});
