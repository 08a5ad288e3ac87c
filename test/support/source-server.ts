import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { serve } from "@hono/node-server";
import { Hono } from "hono";

/** A server of sources on loopback. */
export interface SourceServer {
  readonly url: string;
  /** Answers everything below a path by an app. */
  mount(path: string, app: Hono): void;
  /** Answers an address with these bytes. */
  answer(path: string, body: string | Uint8Array, type: string): void;
  /** Answers an address with a file. */
  answerFile(path: string, file: string, type: string): Promise<void>;
  /** Answers an address with `megabytes` of spaces, compressed to a thousandth. */
  answerBomb(path: string, megabytes: number, type: string): void;
  /** Announces more than it sends, then ends the connection. */
  cutOff(path: string, body: string, type: string): void;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startSourceServer(): Promise<SourceServer> {
  const app = new Hono();
  const answers = new Map<string, () => Response>();
  const mounted = new Map<string, Hono>();
  // A test that is busy for seconds must not meet a connection that the server has closed meanwhile.
  app.use(async (c, next) => {
    await next();
    c.header("connection", "close");
  });
  app.all("*", (c) => {
    const [prefix, own] = [...mounted].find(([path]) => c.req.path.startsWith(`${path}/`)) ?? ["", undefined];
    if (own === undefined) return answers.get(c.req.path)?.() ?? c.notFound();
    const url = new URL(c.req.url);
    url.pathname = url.pathname.slice(prefix.length);
    return own.fetch(new Request(url, c.req.raw));
  });
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve) => {
    const started = serve({ fetch: (request, env) => app.fetch(request, env), port: 0, hostname: "127.0.0.1" }, (info) =>
      resolve({ server: started, port: info.port }),
    );
  });
  const answer: SourceServer["answer"] = (path, body, type) => {
    answers.set(path, () => new Response(typeof body === "string" ? body : new Uint8Array(body), { headers: { "content-type": type } }));
  };
  return {
    url: `http://127.0.0.1:${port}`,
    mount: (path, own) => mounted.set(path, own),
    answer,
    answerFile: async (path, file, type) => answer(path, await readFile(file), type),
    answerBomb(path, megabytes, type) {
      const bytes = gzipSync(Buffer.alloc(megabytes * 1_000_000, " "));
      answers.set(path, () => new Response(new Uint8Array(bytes), { headers: { "content-type": type, "content-encoding": "gzip" } }));
    },
    cutOff(path, body, type) {
      answers.set(path, () => {
        const stream = new ReadableStream({
          async pull(controller) {
            controller.enqueue(Buffer.from(body));
            await setTimeout(50);
            controller.error(new Error("cut off"));
          },
        });
        return new Response(stream, { headers: { "content-type": type, "content-length": String(Buffer.byteLength(body) + 1000) } });
      });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
