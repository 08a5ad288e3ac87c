import { serve, type WebSocketServerLike } from "@hono/node-server";
import { Hono } from "hono";
import { WebSocketServer } from "ws";
import type { Config } from "./config.ts";
import { AppError } from "./core/errors.ts";

const startingAnswer = { error: { code: "STARTING", message: "The server is starting. Try again in a few seconds." } };

/** Clients say nothing on a WebSocket but that they are there. */
const largestSocketMessageBytes = 4096;
const closingMs = 1000;
/** RFC 6455: the server is going down. */
const goingAway = 1001;

/** An HTTP server that is there before its app is. */
interface Listening {
  readonly url: string;
  /** From now on requests go to this app. */
  use(app: Hono): void;
  close(): Promise<void>;
}

/** Asks the clients of all WebSockets to close them; who does not answer is cut off. */
function closeSockets(sockets: WebSocketServer): void {
  for (const socket of sockets.clients) socket.close(goingAway, "ServerStopping");
  setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
  }, closingMs).unref();
}

/** Listens at once, so that the port is known and nobody else's; answers 503 until an app is there. */
export function listen(config: Pick<Config, "host" | "port" | "publicUrl">): Promise<Listening> {
  let current = new Hono().all("*", (c) => c.json(startingAnswer, 503, { "Retry-After": "2" }));
  return new Promise((resolve, reject) => {
    const sockets = new WebSocketServer({ noServer: true, maxPayload: largestSocketMessageBytes });
    // The adapter asks for this very object, but its types do not fit those of ws where optional properties are exact.
    const websocket = { server: sockets as unknown as WebSocketServerLike };
    const fetch = (request: Request, env: object) => current.fetch(request, env);
    const server = serve({ fetch, hostname: config.host, port: config.port, websocket }, ({ port }) => {
      const host = config.host.includes(":") ? `[${config.host}]` : config.host;
      resolve({
        url: config.publicUrl ?? `http://${host}:${port}`,
        use: (app) => {
          current = app;
        },
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            closeSockets(sockets);
          }),
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
