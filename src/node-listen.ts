import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { Config } from "./config.ts";
import { AppError } from "./core/errors.ts";

const startingAnswer = { error: { code: "STARTING", message: "The server is starting. Try again in a few seconds." } };

/** An HTTP server that is there before its app is. */
interface Listening {
  readonly url: string;
  /** From now on requests go to this app. */
  use(app: Hono): void;
  close(): Promise<void>;
}

/** Listens at once, so that the port is known and nobody else's; answers 503 until an app is there. */
export function listen(config: Pick<Config, "host" | "port" | "publicUrl">): Promise<Listening> {
  let current = new Hono().all("*", (c) => c.json(startingAnswer, 503, { "Retry-After": "2" }));
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: (request, env) => current.fetch(request, env), hostname: config.host, port: config.port }, ({ port }) => {
      const host = config.host.includes(":") ? `[${config.host}]` : config.host;
      resolve({
        url: config.publicUrl ?? `http://${host}:${port}`,
        use: (app) => {
          current = app;
        },
        close: () => new Promise((done) => server.close(() => done())),
      });
    });
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const reason =
        cause.code === "EADDRINUSE"
          ? `Port ${config.port} is taken. Choose another: npm start -- --port 0`
          : `Cannot listen on ${config.host}:${config.port}: ${cause.message}`;
      reject(new AppError("CONFIG_INVALID", reason, { cause }));
    });
  });
}
