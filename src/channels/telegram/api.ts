import { type Telegram, TelegramError } from "telegraf";
import type { Opts } from "telegraf/types";
import { SendError, type SendFault } from "../../core/errors.ts";

const administration = ["getMe", "setMyCommands", "setWebhook", "deleteWebhook", "getUpdates"] as const;

type Method = "sendMessage" | "editMessageText" | "sendChatAction" | "answerCallbackQuery" | (typeof administration)[number];

/** `timeoutMs` is that of the bot if not given; `signal` ends the call earlier. */
export interface CallOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Calls a method of the Bot API; the result is what Telegram gave, not yet looked into. Throws SendError, which names the status or error code and nothing that was sent.
 * An edit that would change nothing is no error.
 */
export type CallTelegram = <Name extends Method>(method: Name, payload: Opts<Name>, options?: CallOptions) => Promise<unknown>;

function networkCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? code : "no code";
}

const statusTooMany = 429;
/** The token is refused: the operator has to act, and the answers can wait for that. */
const statusesOfToken = new Set([401, 404]);
const nobodyThere = /chat not found|user is deactivated|PEER_ID_INVALID|group chat was upgraded/i;

/** Codes of a connection that never was: nothing can have arrived. A connection that broke may have carried the message. */
const neverLeft = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Statuses of a chat that is not there for the bot any more, and of a message that will never be taken. */
function faultOf(error: unknown): SendFault {
  if (!(error instanceof TelegramError)) return neverLeft.has(networkCode(error)) ? "unreachable" : "uncertain";
  const { code } = error;
  if (code === statusTooMany) return "throttled";
  if (statusesOfToken.has(code)) return "unreachable";
  if (code === 403 || nobodyThere.test(error.description)) return "gone";
  return code >= 400 && code < 500 ? "refused" : "unreachable";
}

/** What Telegram says to the operator; what it says about messages may repeat them. */
function explanationOf(error: TelegramError, method: Method): string {
  return administration.some((name) => name === method) ? `: ${error.description}` : "";
}

function reasonOf(error: unknown, method: Method, timeoutMs: number): string {
  if (error instanceof TelegramError) {
    const seconds = error.parameters?.retry_after;
    const wait = seconds === undefined ? "" : `, retry after ${Number(seconds)} s`;
    return `was refused with ${Number(error.code)}${wait}${explanationOf(error, method)}`;
  }
  if (error instanceof Error && error.name === "AbortError") return `had no answer within ${timeoutMs} ms`;
  return `did not reach Telegram or its answer was unreadable (${networkCode(error)})`;
}

/** telegraf's types want the signal of a polyfill; at run time it takes the platform's. */
function stopAfter(timeoutMs: number, ended: AbortSignal | undefined): Parameters<Telegram["callApi"]>[2] {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal: unknown = ended === undefined ? timeout : AbortSignal.any([timeout, ended]);
  return { signal } as Parameters<Telegram["callApi"]>[2];
}

function isUnmodified(method: Method, error: unknown): boolean {
  return method === "editMessageText" && error instanceof TelegramError && /message is not modified/i.test(error.description);
}

/** Binds the calls to one bot; each ends after `defaultTimeoutMs` if it is not told otherwise. */
export function createTelegramApi(telegram: Telegram, defaultTimeoutMs: number): CallTelegram {
  return async (method, payload, { timeoutMs = defaultTimeoutMs, signal } = {}) => {
    try {
      return await telegram.callApi(method, payload, stopAfter(timeoutMs, signal));
    } catch (error) {
      if (isUnmodified(method, error)) return undefined;
      // No cause: telegraf's errors carry the payload, node-fetch's the URL with the token.
      const seconds = error instanceof TelegramError ? error.parameters?.retry_after : undefined;
      throw new SendError(
        faultOf(error),
        `Telegram's ${method} ${reasonOf(error, method, timeoutMs)}.`,
        seconds === undefined ? {} : { retryAfterSeconds: seconds },
      );
    }
  };
}
