import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { Logger } from "pino";
import { AppError, httpStatusOf } from "../core/errors.ts";
import { addArrivalRoutes } from "./arrival-routes.tsx";
import { addLetterRoutes } from "./letter-routes.tsx";
import { addOfferRoutes } from "./offer-routes.tsx";
import { comesFromHere, ownOrigins, providerHeaders } from "./provider-guard.ts";
import { createReception, type ProviderPagesParts, refuse } from "./visit.tsx";

const largestFormBytes = 64 * 1024;

/** The pages on which organisations keep their offers: server-rendered, without scripts, in German and English. */
export function createProviderPages(parts: ProviderPagesParts & { readonly log: Pick<Logger, "error"> }): Hono {
  const app = new Hono();
  const reception = createReception(parts);
  const origins = ownOrigins(parts.publicUrl);

  for (const path of ["/provider", "/provider/*"]) {
    app.use(path, providerHeaders);
    app.use(path, async (c, next) => (comesFromHere(c, origins) ? await next() : await refuse(reception.arrive(c), "forbidden")));
    app.use(path, bodyLimit({ maxSize: largestFormBytes, onError: async (c) => await refuse(reception.arrive(c), "too-large") }));
  }
  addArrivalRoutes(app, parts, reception);
  addOfferRoutes(app, parts, reception);
  addLetterRoutes(app, parts, reception);
  app.all(
    "/provider/*",
    reception.signedIn(async (visit) => await refuse(visit, "not-found")),
  );

  app.onError(async (error, c) => {
    if (error instanceof HTTPException) return await refuse(reception.arrive(c), "invalid");
    const status = httpStatusOf(error);
    if (status !== undefined && status < 500) return await refuse(reception.arrive(c), "invalid");
    parts.log.error({ code: error instanceof AppError ? error.code : "INTERNAL", path: c.req.path, reason: error.name }, "request failed");
    return await refuse(reception.arrive(c), "fault");
  });
  return app;
}
