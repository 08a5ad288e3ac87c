import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError, type ErrorCode } from "../../core/errors.ts";

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
  tooLarge: { status: 413, code: "RequestTooLarge", message: "The body is larger than 256 kB." },
  fault: { status: 500, code: "ServiceError", message: "Something failed here. Try again in a moment." },
} as const satisfies Record<string, Refusal>;

const statusOf: { readonly [code in ErrorCode]?: readonly [ContentfulStatusCode, string] } = {
  REQUEST_INVALID: [400, "BadArgument"],
  UNAUTHORIZED: [401, "Unauthorized"],
  FORBIDDEN: [403, "Forbidden"],
  NOT_FOUND: [404, "NotFound"],
  TOO_LARGE: [413, "RequestTooLarge"],
  DATABASE_UNAVAILABLE: [503, "ServiceUnavailable"],
  DATABASE_FAILED: [503, "ServiceUnavailable"],
};

/** Every fault as a refusal; what is not an AppError with a status is told as a bare 500. */
export function refusalOf(error: unknown): Refusal {
  const known = error instanceof AppError ? statusOf[error.code] : undefined;
  if (!(error instanceof AppError) || known === undefined) return refusals.fault;
  const [status, code] = known;
  return { status, code, message: status === 503 ? "The server cannot store anything right now. Try again in a moment." : error.message };
}
