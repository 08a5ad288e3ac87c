import { createHash, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import type { Metrics } from "../core/metrics.ts";
import type { Database } from "../database/database.ts";

const hash = (text: string) => createHash("sha256").update(text).digest();

/** What a process counts and the state of its database, as Prometheus reads it. */
export interface WatchedMetrics extends Metrics {
  read(db: Database): Promise<{ readonly text: string; readonly contentType: string }>;
}

export interface MetricsRouteParts {
  /** Whoever knows it may read; without one there is no such address. */
  readonly token: string | undefined;
  /** The figures as Prometheus reads them, with their content type. */
  readonly read: () => Promise<{ readonly text: string; readonly contentType: string }>;
}

/** GET /metrics, for a bearer of the token. */
export function createMetricsRoute({ token, read }: MetricsRouteParts): Hono {
  const route = new Hono();
  if (token === undefined) return route;
  route.get("/metrics", async (c) => {
    if (!timingSafeEqual(hash(c.req.header("Authorization") ?? ""), hash(`Bearer ${token}`)))
      return c.json({ error: { code: "UNAUTHORIZED", message: "Send METRICS_TOKEN: Authorization: Bearer TOKEN." } }, 401);
    const { text, contentType } = await read();
    return c.body(text, 200, { "Content-Type": contentType, "Cache-Control": "no-store" });
  });
  return route;
}
