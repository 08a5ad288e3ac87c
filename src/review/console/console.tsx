import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { Logger } from "pino";
import { AppError, httpStatusOf } from "../../core/errors.ts";
import { type StaffAccess, staffRoles, type VouchedAccess } from "../../core/people.ts";
import { comesFromHere, ownOrigins } from "../provider-guard.ts";
import { eventRoutes, type Subscribe } from "./events.ts";
import { consoleHeaders } from "./guard.ts";
import { homeRoutes } from "./home.tsx";
import { ownAccountRoutes } from "./own-account.tsx";
import type { ConsoleRoute } from "./routes.ts";
import { signInRoutes } from "./sign-in.tsx";
import { createReception, type ReceptionParts, refuse } from "./visit.tsx";

const largestFormBytes = 256 * 1024;

export interface ConsoleParts extends ReceptionParts {
  readonly access: StaffAccess;
  readonly vouched: VouchedAccess | undefined;
  /** Calls back with a topic when something has changed that pages show. */
  readonly subscribe: Subscribe;
  readonly onFault: Pick<Logger, "error">;
  /** Where nothing can be trained: true while staff's lessons wait for a process that can. */
  readonly trainingWaits?: (() => Promise<boolean>) | undefined;
}

/** The console, and the table of all that can be reached in it. */
export interface Console {
  readonly app: Hono;
  readonly table: readonly ConsoleRoute[];
  /** Ends the streams of all pages that are open. */
  close(): void;
}

/** The staff console: every page and action is a row of one table. */
export function createConsole(parts: ConsoleParts): Console {
  const { access, sections, publicUrl, onFault } = parts;
  const app = new Hono();
  const reception = createReception(parts);
  const origins = ownOrigins(publicUrl);
  const events = eventRoutes(parts.subscribe, async (c) => {
    const session = reception.cookies.session(c);
    return session !== undefined && (await access.find(session, true))?.kind === "staff";
  });
  const publicRoutes = signInRoutes(parts, reception);
  const staffRoutes = [
    ...homeRoutes(parts.trainingWaits),
    ...ownAccountRoutes(access, reception),
    ...events.routes,
    ...sections.flatMap(({ routes }) => routes),
  ];

  for (const path of ["/console", "/console/*"]) {
    app.use(path, consoleHeaders);
    app.use(path, async (c, next) => (comesFromHere(c, origins) ? await next() : await refuse(await reception.greet(c), "forbidden")));
    app.use(path, bodyLimit({ maxSize: largestFormBytes, onError: async (c) => await refuse(await reception.greet(c), "too-large") }));
  }
  for (const [method, path, , answer] of publicRoutes) app.on(method, path, async (c) => await answer(await reception.greet(c)));
  for (const [method, path, roles, answer] of staffRoutes) app.on(method, path, reception.admit(roles, answer));
  app.all(
    "/console/*",
    reception.admit(staffRoles, async (visit) => await refuse(visit, "not-found")),
  );

  app.onError(async (error, c) => {
    if (error instanceof HTTPException) return await refuse(reception.arrive(c), "invalid");
    const status = httpStatusOf(error);
    if (status === 404) return await refuse(await reception.greet(c), "not-found");
    if (status !== undefined && status < 500) return await refuse(await reception.greet(c), "invalid");
    onFault.error({ code: error instanceof AppError ? error.code : "INTERNAL", path: c.req.path, reason: error.name }, "request failed");
    return await refuse(reception.arrive(c), "fault");
  });
  return { app, table: [...publicRoutes, ...staffRoutes], close: events.close };
}
