import { Hono } from "hono";

/** Answers whether the process lives (/health) and whether it can do its work (/ready). `isReady` may throw: then it cannot. */
export function createHealth(isReady: () => Promise<boolean>): Hono {
  const health = new Hono();
  health.get("/health", (c) => c.json({ status: "ok" }));
  health.get("/ready", async (c) => {
    const ready = await isReady().catch(() => false);
    return c.json({ status: ready ? "ready" : "not ready" }, ready ? 200 : 503);
  });
  return health;
}
