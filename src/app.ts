import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Logger } from "pino";
import { AppError, httpStatusOf, messageOf } from "./core/errors.ts";

/** What the app is made of: groups of routes, each from one room. */
export interface AppParts {
  readonly routes: readonly Hono[];
  readonly log: Pick<Logger, "error" | "warn">;
}

const retryAfterSeconds = "1";

/** What a log may hold of a fault: our own message, of a foreign one its kind and where it came from; its message may repeat what somebody wrote. */
export function traceOf(error: Error): { readonly reason: string; readonly at?: string | undefined } {
  if (error instanceof AppError) return { reason: error.message };
  return {
    reason: error.name,
    at: error.stack
      ?.split("\n")
      .find((line) => /^\s+at /.test(line))
      ?.trim(),
  };
}

/** The whole HTTP surface, the same on Node and on Workers. Answers faults without their text; logs them without anybody's. */
export function createApp({ routes, log }: AppParts): Hono {
  const app = new Hono();
  for (const group of routes) app.route("/", group);
  app.notFound((c) => c.json({ error: { code: "NOT_FOUND", message: "There is nothing at this address." } }, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    const code = error instanceof AppError ? error.code : "INTERNAL";
    const status = httpStatusOf(error) ?? 500;
    if (status >= 500) log.error({ code, path: c.req.path, ...traceOf(error) }, "request failed");
    if (status === 503) c.header("Retry-After", retryAfterSeconds);
    return c.json(
      { error: { code, message: status === 500 ? "Something went wrong on our side. Try again later." : messageOf(error) } },
      status,
    );
  });
  return app;
}
