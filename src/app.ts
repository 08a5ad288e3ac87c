import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Logger } from "pino";
import { AppError, type ErrorCode, messageOf } from "./core/errors.ts";

/** What the app is made of: groups of routes, each from one room. */
export interface AppParts {
  readonly routes: readonly Hono[];
  readonly log: Pick<Logger, "error" | "warn">;
}

const statusOf: { readonly [code in ErrorCode]?: ContentfulStatusCode } = {
  REQUEST_INVALID: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  TOO_LARGE: 413,
  DATABASE_UNAVAILABLE: 503,
  DATABASE_FAILED: 503,
};

const retryAfterSeconds = "1";

/** The whole HTTP surface, the same on Node and on Workers. Answers faults without their text; logs them without anybody's. */
export function createApp({ routes, log }: AppParts): Hono {
  const app = new Hono();
  for (const group of routes) app.route("/", group);
  app.notFound((c) => c.json({ error: { code: "NOT_FOUND", message: "There is nothing at this address." } }, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    const code = error instanceof AppError ? error.code : "INTERNAL";
    const status = error instanceof AppError ? (statusOf[error.code] ?? 500) : 500;
    if (status >= 500) log.error({ code, path: c.req.path, reason: messageOf(error) }, "request failed");
    if (status === 503) c.header("Retry-After", retryAfterSeconds);
    return c.json(
      { error: { code, message: status === 500 ? "Something went wrong on our side. Try again later." : messageOf(error) } },
      status,
    );
  });
  return app;
}
