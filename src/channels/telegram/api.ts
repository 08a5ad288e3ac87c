import { type Telegram, TelegramError } from "telegraf";
import type { Opts } from "telegraf/types";
import { AppError } from "../../core/errors.ts";

/** Calls a method of the Bot API; throws SEND_FAILED, which names the status or error code and nothing that was sent. */
export type CallTelegram = <Method extends "sendMessage" | "answerCallbackQuery">(
  method: Method,
  payload: Opts<Method>,
) => Promise<unknown>;

function networkCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? code : "no code";
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof TelegramError) {
    const seconds = error.parameters?.retry_after;
    return `was refused with ${Number(error.code)}${seconds === undefined ? "" : `, retry after ${Number(seconds)} s`}`;
  }
  if (error instanceof Error && error.name === "AbortError") return `had no answer within ${timeoutMs} ms`;
  return `did not reach Telegram or its answer was unreadable (${networkCode(error)})`;
}

/** telegraf's types want the signal of a polyfill; at run time it takes the platform's. */
function stopAfter(timeoutMs: number): Parameters<Telegram["callApi"]>[2] {
  const signal: unknown = AbortSignal.timeout(timeoutMs);
  return { signal } as Parameters<Telegram["callApi"]>[2];
}

/** Binds the calls to one bot; each ends after `timeoutMs`. */
export function createTelegramApi(telegram: Telegram, timeoutMs: number): CallTelegram {
  return async (method, payload) => {
    try {
      return await telegram.callApi(method, payload, stopAfter(timeoutMs));
    } catch (error) {
      // No cause: telegraf's errors carry the payload, node-fetch's the URL with the token.
      throw new AppError("SEND_FAILED", `Telegram's ${method} ${reasonOf(error, timeoutMs)}.`);
    }
  };
}
