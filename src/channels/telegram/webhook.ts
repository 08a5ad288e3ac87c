import { createHash, timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import type { Update } from "telegraf/types";
import { AppError, httpStatusOf } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import { isUpdate } from "./parse.ts";

const maxBodyBytes = 1024 * 1024;
const maxDepth = 64;

/** Hashes make both sides equally long, which the comparison needs and which hides the secret's length. */
function createSecretCheck(secret: string): (given: string) => boolean {
  if (!/^[\w-]{1,256}$/.test(secret)) {
    throw new AppError("CONFIG_INVALID", "TELEGRAM_WEBHOOK_SECRET must have 1 to 256 characters out of A-Z, a-z, 0-9, _ and -.");
  }
  const hash = (text: string) => createHash("sha256").update(text).digest();
  const expected = hash(secret);
  return (given) => timingSafeEqual(hash(given), expected);
}

/** Telegram tries again after 503, also where the bot's own name cannot be asked for yet. */
function statusOf(error: Error): ContentfulStatusCode | undefined {
  return error instanceof AppError && error.code === "SERVER_UNREACHABLE" ? 503 : httpStatusOf(error);
}

/** The route that Telegram delivers to. `handle` resolves once the update is stored; only then is it acknowledged. Throws CONFIG_INVALID on a malformed secret. */
export function createWebhook(secret: string, handle: (update: Update) => Promise<void>, log: Logger): Hono {
  const isSecret = createSecretCheck(secret);

  function renderError(error: Error, c: Context): Response {
    const status = statusOf(error);
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
      await handle(update);
      return c.json({});
    },
  );
  return routes;
}
