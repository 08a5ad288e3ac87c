import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { httpStatusOf, messageOf } from "../../core/errors.ts";

/** An error as Direct Line 3.0 words it. */
export interface Refusal {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly message: string;
}

export const refusals = {
  noToken: { status: 401, code: "Unauthorized", message: "Send a token of this chat: Authorization: Bearer TOKEN." },
  wrongSecret: { status: 403, code: "Forbidden", message: "This is not the DIRECTLINE_SECRET of this server." },
  expired: { status: 403, code: "TokenExpired", message: "The token has expired. Start a new conversation." },
  wrongOrigin: { status: 403, code: "Forbidden", message: "This Origin may not use this chat. The operator lists it in ALLOWED_ORIGINS." },
  otherConversation: { status: 403, code: "Forbidden", message: "The token belongs to another conversation." },
  noFiles: { status: 415, code: "NotSupported", message: "This chat takes no files, sorry. Please write in words what you need." },
  noWebSocket: { status: 426, code: "UpgradeRequired", message: "This address is a WebSocket. Read /activities to poll instead." },
  noStream: { status: 404, code: "NotFound", message: "This server has no WebSocket. Read /activities to poll." },
  tooLarge: { status: 413, code: "RequestTooLarge", message: "The body is larger than 256 kB." },
  fault: { status: 500, code: "ServiceError", message: "Something failed here. Try again in a moment." },
} as const satisfies Record<string, Refusal>;

const codes = {
  400: "BadArgument",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  413: "RequestTooLarge",
  503: "ServiceUnavailable",
} as const;

/** Every fault as a refusal; what is not an AppError with a status is told as a bare 500. */
export function refusalOf(error: unknown): Refusal {
  const status = httpStatusOf(error);
  if (status === undefined) return refusals.fault;
  const message = status === 503 ? "The server cannot store anything right now. Try again in a moment." : messageOf(error);
  return { status, code: codes[status], message };
}

const retryAfterSeconds = 5;

/** Answers with a refusal. */
export function refuse(c: Context, refusal: Refusal): Response {
  if (refusal.status === 503) c.header("Retry-After", String(retryAfterSeconds));
  // Node's server cuts a connection whose body nobody read half a second later, maybe in the middle of the next request.
  if (refusal.status === 413 || refusal.status === 415) c.header("Connection", "close");
  return c.json({ error: { code: refusal.code, message: refusal.message } }, refusal.status);
}
