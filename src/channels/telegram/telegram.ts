import { Hono } from "hono";
import type { Logger } from "pino";
import { Telegraf } from "telegraf";
import type { Update } from "telegraf/types";
import { AppError, messageOf } from "../../core/errors.ts";
import type { Inbox, Sender } from "../../core/message.ts";
import { createTelegramApi } from "./api.ts";
import { isUpdate, parseUpdate } from "./parse.ts";
import { pollUpdates } from "./polling.ts";
import { type Arrival, askBotName, register } from "./registration.ts";
import { untilDone } from "./retry.ts";
import { createTelegramSender } from "./sender.ts";
import type { Sleep } from "./stream.ts";
import { createWebhook } from "./webhook.ts";

export interface TelegramDependencies {
  readonly token: string;
  readonly arrival: Arrival;
  readonly apiRoot: string;
  /** Where the city's own chat is; also where the webhook lies, if it is https. */
  readonly publicUrl: string;
  readonly inbox: Inbox;
  readonly log: Logger;
  readonly fetchTimeoutMs?: number | undefined;
  /** How long an update waits for the inbox before it counts as not stored. */
  readonly acceptTimeoutMs?: number | undefined;
  readonly wait?: Sleep | undefined;
  /** False where another process registers the bot. */
  readonly registers?: boolean;
}

/** The Telegram channel: how updates come and how replies leave. */
export interface TelegramChannel {
  /** The webhook; no route at all where updates are polled. */
  readonly routes: Hono;
  readonly sender: Sender;
  /** Registers the bot and polls if that is wanted, in the background, until `stop`; faults are logged and tried again. */
  start(): void;
  stop(): Promise<void>;
}

function botIdOf(token: string): number {
  const id = /^(\d{1,15}):\S+$/.exec(token)?.[1];
  if (id === undefined)
    throw new AppError("CONFIG_INVALID", "TELEGRAM_BOT_TOKEN is not a bot token. It looks like 123456:ABC… and comes from @BotFather.");
  return Number(id);
}

function createBot({
  token,
  apiRoot,
  acceptTimeoutMs = 20_000,
}: Pick<TelegramDependencies, "token" | "apiRoot" | "acceptTimeoutMs">): Telegraf {
  const bot = new Telegraf(token, { telegram: { apiRoot, webhookReply: false }, handlerTimeout: acceptTimeoutMs });
  // telegraf would ask for it on the first update.
  bot.botInfo = {
    id: botIdOf(token),
    is_bot: true,
    first_name: "Stadtlotse",
    username: "",
    can_join_groups: false,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  };
  // telegraf's own handler prints the update and sets the exit code.
  bot.catch((error) => {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    throw timedOut ? new AppError("DATABASE_UNAVAILABLE", `The inbox did not answer within ${acceptTimeoutMs} ms.`) : error;
  });
  return bot;
}

const callWithinMs = 10_000;

/** Registers a bot once, for platforms on which no process does it at its start. Throws SendError where Telegram does not take it. */
export async function registerTelegramBot(
  deps: Pick<TelegramDependencies, "token" | "apiRoot" | "arrival" | "publicUrl" | "log">,
): Promise<void> {
  const call = createTelegramApi(createBot(deps).telegram, callWithinMs);
  await register({ ...deps, call, botId: botIdOf(deps.token) });
}

/** Throws CONFIG_INVALID on a malformed token or secret. */
export function createTelegramChannel(deps: TelegramDependencies): TelegramChannel {
  const { inbox, log, arrival, publicUrl } = deps;
  const botId = botIdOf(deps.token);
  const bot = createBot(deps);
  const call = createTelegramApi(bot.telegram, deps.fetchTimeoutMs ?? callWithinMs);
  const ending = new AbortController();
  let name: string | undefined;
  let working: Promise<void> = Promise.resolve();

  /** Stops the button's spinner; the answer is on its way whether this succeeds or not. */
  function acknowledge(queryId: string): void {
    call("answerCallbackQuery", { callback_query_id: queryId }).catch((error: unknown) => {
      log.warn({ reason: messageOf(error) }, "telegram button not acknowledged");
    });
  }

  /** In groups people call a bot by its name. Where another process registers it, it is asked for when it is needed first. */
  async function learnName(): Promise<void> {
    if (name !== undefined || deps.registers !== false) return;
    name = await askBotName(call, botId).catch((error: unknown) => {
      log.warn({ reason: messageOf(error) }, "telegram bot's name not known");
      return undefined;
    });
  }

  bot.use(async (ctx) => {
    if (ctx.chat?.type !== "private") await learnName();
    const parsed = parseUpdate(ctx.update, { id: botId, name });
    if (parsed.kind === "ignored") {
      log.debug({ type: parsed.type }, "telegram update ignored");
      return;
    }
    await inbox.accept(parsed.message);
    if (parsed.kind === "button") acknowledge(parsed.queryId);
  });
  const handle = (update: Update) => bot.handleUpdate(update);

  async function handlePolled(update: unknown): Promise<void> {
    if (!isUpdate(update)) throw new AppError("REQUEST_INVALID", "What Telegram gave is not an update of the Bot API.");
    await handle(update);
  }

  async function work(): Promise<void> {
    const { signal } = ending;
    const registered = () => register({ call, botId, arrival, publicUrl, log }, { signal });
    name = await untilDone(registered, "registering the telegram bot", log, signal);
    if (arrival.kind === "polling") await pollUpdates({ call, handle: handlePolled, log }, signal);
  }

  return {
    routes: arrival.kind === "webhook" ? createWebhook(arrival.secret, handle, log) : new Hono(),
    sender: createTelegramSender({ call, log, publicUrl, wait: deps.wait }),
    start: () => {
      working = work();
    },
    stop: async () => {
      ending.abort();
      await working;
    },
  };
}
