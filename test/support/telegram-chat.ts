import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { z } from "zod";
import type { BotApiCall, FakeBotApi } from "../fixtures/fake-bot-api.ts";

const token = "123456:AAsecretTokenOfTheBot";
const secret = "right_secret-of-16";

/** The platform's own limits would make tests wait a second for each answer. */
const pace = { TELEGRAM_SENDS_PER_SECOND: "1000", TELEGRAM_SENDS_PER_CHAT_PER_SECOND: "1000" };

/** The environment of a server whose bot talks to the fake platform. */
export function telegramEnvironment(botApi: FakeBotApi): Readonly<Record<string, string>> {
  return { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret, TELEGRAM_API_ROOT: botApi.url, ...pace };
}

/** What must never be logged. */
export const telegramSecrets = [token, secret] as const;

/** Posts a body to the webhook as the platform does. */
export function postUpdate(url: string, body: BodyInit, withSecret: string = secret): Promise<Response> {
  return fetch(`${url}/telegram/webhook`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": withSecret },
    body,
  });
}

/** An update with words of one person in a private chat. */
export function textUpdate(updateId: number, chatId: number, text: string, from: object = {}): string {
  const person = { id: chatId, is_bot: false, first_name: "Beispiel", language_code: "de", ...from };
  const message = { message_id: updateId, from: person, chat: { ...person, type: "private" }, date: 1_795_341_600, text };
  return JSON.stringify({ update_id: updateId, message });
}

const fixtures = join(import.meta.dirname, "../fixtures/telegram");
const Ids = z.object({ update_id: z.int() });

/** A payload of test/fixtures/telegram as another update of another chat; a group stays one. `change` is made to its text, so that a test can press what it was shown. */
export async function fixtureUpdate(name: string, updateId: number, chatId: number, change = (json: string) => json): Promise<string> {
  const json = await readFile(join(fixtures, `${name}.json`), "utf8");
  const moved = json.replaceAll("-1001234567890", String(-chatId)).replaceAll(/\b4711\b/g, String(chatId));
  return change(moved.replace(`"update_id": ${Ids.parse(JSON.parse(json)).update_id}`, `"update_id": ${updateId}`));
}

const SentTo = z.object({ chat_id: z.coerce.number(), text: z.string() });

/** The sendMessage calls to one chat, in the order of their arrival. */
export function sentTo(botApi: FakeBotApi, chatId: number): readonly (BotApiCall & { readonly text: string })[] {
  return botApi.callsOf("sendMessage").flatMap((call) => {
    const { chat_id, text } = SentTo.parse(call.body);
    return chat_id === chatId ? [{ ...call, text }] : [];
  });
}

const AsksPlace = z.object({ reply_markup: z.object({ keyboard: z.array(z.unknown()) }) });

/** The answers to one chat: the message that asks for a place below an answer is none of its own. */
export function answersTo(botApi: FakeBotApi, chatId: number): ReturnType<typeof sentTo> {
  return sentTo(botApi, chatId).filter(({ body }) => !AsksPlace.safeParse(body).success);
}

const Keyboard = z.object({ reply_markup: z.object({ inline_keyboard: z.array(z.array(z.object({ callback_data: z.string() }))) }) });
const within = { timeout: 20_000, interval: 50 };
const updatesOfChat = 1000;

/** A person's chat with the bot of a running server; each call resolves to the text and button values of what it was answered. */
export function openTelegramChat(botApi: FakeBotApi, url: string, chat: number) {
  let seen = 0;
  let sent = 0;
  const nextUpdate = () => chat * updatesOfChat + ++sent;
  async function next() {
    await expect.poll(() => answersTo(botApi, chat).length, within).toBeGreaterThan(seen);
    const answer = answersTo(botApi, chat)[seen];
    seen += 1;
    const keyboard = Keyboard.safeParse(answer?.body);
    const values = keyboard.success ? keyboard.data.reply_markup.inline_keyboard.flat().map((button) => button.callback_data) : [];
    return { text: answer?.text ?? "", values };
  }
  const post = (text: string) => postUpdate(url, textUpdate(nextUpdate(), chat, text));
  return {
    next,
    /** Posts words and waits for no answer. */
    post,
    press: async (value: string) => {
      const update = await fixtureUpdate("callback-query", nextUpdate(), chat, (json) =>
        json.replace("more:kita-platz:2", value).replace('"sr"', '"de"'),
      );
      await postUpdate(url, update);
      return await next();
    },
    say: async (text: string) => {
      await post(text);
      return await next();
    },
    /** How many messages came that nobody has looked at. */
    unseen: () => answersTo(botApi, chat).length - seen,
  };
}
