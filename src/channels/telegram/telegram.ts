import { createHash, timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import { Telegraf } from "telegraf";
import { AppError, messageOf } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import type { Inbox, Sender } from "../../core/message.ts";
import { createTelegramApi } from "./api.ts";
import { isUpdate, parseUpdate } from "./parse.ts";
import { createTelegramSender } from "./sender.ts";

const maxBodyBytes = 1024 * 1024;
const maxDepth = 64;

export interface TelegramDependencies {
  readonly token: string;
  readonly webhookSecret: string;
  readonly apiRoot?: string | undefined;
  readonly inbox: Inbox;
  readonly log: Logger;
  readonly fetchTimeoutMs?: number | undefined;
  /** How long a webhook call waits for the inbox before it answers 503. */
  readonly acceptTimeoutMs?: number | undefined;
}

function botIdOf(token: string): number {
  const id = /^(\d{1,15}):\S+$/.exec(token)?.[1];
  if (id === undefined)
    throw new AppError("CONFIG_INVALID", "TELEGRAM_BOT_TOKEN is not a bot token. It looks like 123456:ABC… and comes from @BotFather.");
  return Number(id);
}

/** Hashes make both sides equally long, which the comparison needs and which hides the secret's length. */
function createSecretCheck(secret: string): (given: string) => boolean {
  if (!/^[\w-]{1,256}$/.test(secret)) {
    throw new AppError("CONFIG_INVALID", "TELEGRAM_WEBHOOK_SECRET must have 1 to 256 characters out of A-Z, a-z, 0-9, _ and -.");
  }
  const hash = (text: string) => createHash("sha256").update(text).digest();
  const expected = hash(secret);
  return (given) => timingSafeEqual(hash(given), expected);
}

function statusOf(error: AppError): ContentfulStatusCode | undefined {
  switch (error.code) {
    case "REQUEST_INVALID":
      return 400;
    case "UNAUTHORIZED":
      return 401;
    case "TOO_LARGE":
      return 413;
    case "DATABASE_UNAVAILABLE":
    case "DATABASE_FAILED":
      return 503;
    default:
      return undefined;
  }
}

function createBot(deps: TelegramDependencies): Telegraf {
  const { apiRoot = "https://api.telegram.org", acceptTimeoutMs = 20_000 } = deps;
  const bot = new Telegraf(deps.token, { telegram: { apiRoot, webhookReply: false }, handlerTimeout: acceptTimeoutMs });
  bot.botInfo = {
    id: botIdOf(deps.token),
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

/** The Telegram channel: its webhook and the way replies leave. Throws CONFIG_INVALID on a malformed token or secret. */
export function createTelegramChannel(deps: TelegramDependencies): { readonly routes: Hono; readonly sender: Sender } {
  const { inbox, log } = deps;
  const botId = botIdOf(deps.token);
  const isSecret = createSecretCheck(deps.webhookSecret);
  const bot = createBot(deps);
  const call = createTelegramApi(bot.telegram, deps.fetchTimeoutMs ?? 10_000);

  /** Stops the button's spinner; the answer is on its way whether this succeeds or not. */
  function acknowledge(queryId: string): void {
    call("answerCallbackQuery", { callback_query_id: queryId }).catch((error: unknown) => {
      log.warn({ reason: messageOf(error) }, "telegram button not acknowledged");
    });
  }

  bot.use(async (ctx) => {
    const parsed = parseUpdate(ctx.update, botId);
    if (parsed.kind === "ignored") {
      log.debug({ type: parsed.type }, "telegram update ignored");
      return;
    }
    await inbox.accept(parsed.message);
    if (parsed.kind === "button") acknowledge(parsed.queryId);
  });

  function renderError(error: Error, c: Context): Response {
    const status = error instanceof AppError ? statusOf(error) : undefined;
    if (!(error instanceof AppError) || status === undefined) throw error;
    log.warn({ status, code: error.code, reason: error.message }, "telegram webhook refused");
    if (status === 503) c.header("Retry-After", "1");
    // Node's server cuts a connection whose body nobody read half a second later, maybe in the middle of the next update.
    if (status === 413) c.header("Connection", "close");
    return c.json({ error: error.code }, status);
  }

  const routes = new Hono();
  routes.onError(renderError);
  routes.post(
    "/telegram/webhook",
    async (c, next) => {
      const given = c.req.header("x-telegram-bot-api-secret-token");
      if (given === undefined || !isSecret(given)) throw new AppError("UNAUTHORIZED", "The webhook's secret is missing or wrong.");
      await next();
    },
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: () => {
        throw new AppError("TOO_LARGE", `The body is larger than ${maxBodyBytes} bytes.`);
      },
    }),
    async (c) => {
      const update = parseJson(await c.req.text(), maxDepth);
      if (!isUpdate(update)) throw new AppError("REQUEST_INVALID", "The body is not an update of the Bot API.");
      await bot.handleUpdate(update);
      return c.json({});
    },
  );
  return { routes, sender: createTelegramSender(call, log) };
}
