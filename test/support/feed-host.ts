import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a path answers: a text, or a handler for what is special. */
export type Answer = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** A source on loopback that serves files with validators and keeps count. */
export interface FeedHost {
  readonly url: string;
  /** Requests that were answered, with their status, in order. */
  readonly log: readonly { readonly path: string; readonly status: number; readonly at: number }[];
  /** Replaces everything that is served. */
  serve(answers: Readonly<Record<string, Answer>>): void;
  close(): Promise<void>;
}

/** Starts a source; paths begin with a slash, queries are part of them. */
export async function startFeedHost(answers: Readonly<Record<string, Answer>> = {}): Promise<FeedHost> {
  let served = answers;
  const log: { path: string; status: number; at: number }[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    response.on("finish", () => log.push({ path, status: response.statusCode, at: performance.now() }));
    const answer = served[path];
    if (answer === undefined) response.writeHead(404).end("not here");
    else if (typeof answer !== "string") answer(request, response);
    else {
      const etag = `"${createHash("sha256").update(answer).digest("hex").slice(0, 16)}"`;
      if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
      else response.writeHead(200, { etag, "content-type": "application/json" }).end(answer);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // A server on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    serve: (next) => {
      served = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
