import { serve } from "@hono/node-server";
import { Hono } from "hono";

/** A hub of models on loopback. */
export interface FakeHub {
  readonly url: string;
  /** The paths that were asked for, below the model and its revision. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Serves the files of one model as the hub does, at <owner>/<name>/resolve/<revision>/<path>. */
export function startFakeHub(model: string, files: ReadonlyMap<string, string | Buffer>): Promise<FakeHub> {
  const asked: string[] = [];
  const app = new Hono();
  app.get("*", (c) => {
    const prefix = `/${model}/resolve/main/`;
    const path = c.req.path.startsWith(prefix) ? c.req.path.slice(prefix.length) : "";
    asked.push(path);
    const file = files.get(path);
    if (file === undefined) return c.text("Entry not found", 404);
    const bytes = new Uint8Array(Buffer.from(file));
    return c.body(bytes, 200, { "content-length": String(bytes.length) });
  });
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
      resolve({ url: `http://127.0.0.1:${port}`, asked, close: () => new Promise((done) => server.close(() => done())) }),
    );
  });
}
