import { z } from "zod";
import type { BotApiCall, FakeBotApi } from "../fixtures/fake-bot-api.ts";

const token = "123456:AAsecretTokenOfTheBot";
const secret = "right_secret-of-16";

/** The environment of a server whose bot talks to the fake platform. */
export function telegramEnvironment(botApi: FakeBotApi): Readonly<Record<string, string>> {
  return { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret, TELEGRAM_API_ROOT: botApi.url };
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

const SentTo = z.object({ chat_id: z.coerce.number(), text: z.string() });

/** The sendMessage calls to one chat, in the order of their arrival. */
export function sentTo(botApi: FakeBotApi, chatId: number): readonly (BotApiCall & { readonly text: string })[] {
  return botApi.callsOf("sendMessage").flatMap((call) => {
    const { chat_id, text } = SentTo.parse(call.body);
    return chat_id === chatId ? [{ ...call, text }] : [];
  });
}
