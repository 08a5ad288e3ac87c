import type { Logger } from "pino";
import type { BotCommand } from "telegraf/types";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { type Lang, languages } from "../../core/languages.ts";
import { commandIds, commandName } from "../../words/commands.ts";
import { words } from "../../words/words.ts";
import type { CallOptions, CallTelegram } from "./api.ts";
import { allowedUpdates } from "./parse.ts";

/** Updates that Telegram may deliver at once; what waits longer waits at Telegram. */
const maxConnections = 40;
const webhookPath = "/telegram/webhook";

const Me = z.object({ id: z.int(), username: z.string().regex(/^\w{1,64}$/) });

/** How updates come: by a webhook with a secret, or asked for again and again, for trials without a public address. */
export type Arrival = { readonly kind: "webhook"; readonly secret: string } | { readonly kind: "polling" };

export interface RegistrationDependencies {
  readonly call: CallTelegram;
  readonly botId: number;
  readonly arrival: Arrival;
  readonly publicUrl: string;
  readonly log: Logger;
}

/** Telegram's language codes for each of ours, and none for everybody else, who gets English. */
const menus: readonly (readonly [code: string | undefined, lang: Lang])[] = [
  [undefined, "en"],
  ...languages.map((lang) => [lang, lang] as const),
  ["bs", "hr"],
  ["sr", "hr"],
];

function menuOf(lang: Lang): readonly BotCommand[] {
  return commandIds.map((id) => ({ command: commandName(id, lang), description: words[lang].commands[id] }));
}

/** The bot's name as Telegram knows it. Throws SendError, and CONFIG_INVALID where the token is another bot's. */
export async function askBotName(call: CallTelegram, botId: number, options: CallOptions = {}): Promise<string> {
  const me = Me.parse(await call("getMe", {}, options));
  if (me.id !== botId) throw new AppError("CONFIG_INVALID", "TELEGRAM_BOT_TOKEN belongs to another bot than its number says.");
  return me.username;
}

/** Tells Telegram what the bot's commands are and how updates are to come, and asks its name; resolves to the name. Throws SendError; may be called again. */
export async function register(deps: RegistrationDependencies, options: CallOptions = {}): Promise<string> {
  const { call, botId, arrival, publicUrl, log } = deps;

  async function setMenus(): Promise<void> {
    for (const [code, lang] of menus) {
      await call("setMyCommands", { commands: menuOf(lang), ...(code === undefined ? {} : { language_code: code }) }, options);
    }
  }

  async function setArrival(): Promise<void> {
    if (arrival.kind === "polling") {
      await call("deleteWebhook", {}, options);
      log.warn("telegram updates are polled; the bot's webhook was removed, and a server that had it has to be started again");
      return;
    }
    if (!publicUrl.startsWith("https://")) {
      log.warn({ publicUrl }, "telegram webhook not registered: PUBLIC_URL is not https; for a trial: npm start -- --telegram-polling");
      return;
    }
    const url = new URL(webhookPath, publicUrl).href;
    const webhook = { url, secret_token: arrival.secret, allowed_updates: [...allowedUpdates], max_connections: maxConnections };
    await call("setWebhook", webhook, options);
    log.info({ url }, "telegram webhook registered");
  }

  const name = await askBotName(call, botId, options);
  await setMenus();
  await setArrival();
  return name;
}
