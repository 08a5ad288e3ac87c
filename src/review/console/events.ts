import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { staffRoles } from "../../core/people.ts";
import type { StaffRoute } from "./routes.ts";

/** Calls back with a topic, such as `inbox`, when what it names has changed; the returned function ends it. */
export type Subscribe = (heard: (topic: string) => void) => () => void;

/** Shorter than the minute after which proxies cut silent connections. */
const heartbeatMs = 20_000;
const reconnectMs = 5000;
const mostStreams = 500;

/** `/console/events`: tells open pages what has changed, never what it is. A stream ends with the session; it keeps none alive. */
export function eventRoutes(subscribe: Subscribe, isSignedIn: (c: Context) => Promise<boolean>) {
  const streams = new Set<() => void>();
  const stream = async (c: Context): Promise<Response> => {
    if (streams.size >= mostStreams) return c.body(null, 503, { "Retry-After": "30" });
    c.header("X-Accel-Buffering", "no");
    return streamSSE(c, async (events) => {
      const topics = new Set<string>();
      const state = { over: false, wake: (): void => undefined };
      const end = () => {
        state.over = true;
        state.wake();
      };
      streams.add(end);
      const stop = subscribe((topic) => {
        topics.add(topic);
        state.wake();
      });
      events.onAbort(end);
      await events.writeSSE({ event: "ready", data: "", retry: reconnectMs });
      while (!state.over) {
        if (topics.size === 0)
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, heartbeatMs);
            state.wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        if (state.over) break;
        if (!(await isSignedIn(c))) {
          await events.writeSSE({ event: "over", data: "" });
          break;
        }
        const changed = [...topics];
        topics.clear();
        for (const topic of changed) await events.writeSSE({ event: "changed", data: topic });
        if (changed.length === 0) await events.writeSSE({ event: "alive", data: "" });
      }
      stop();
      streams.delete(end);
    });
  };
  const routes: readonly StaffRoute[] = [["GET", "/console/events", staffRoles, ({ c }) => stream(c)]];
  return {
    routes,
    close: () => {
      for (const end of streams) end();
    },
  };
}
