import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";

const Address = z.object({ port: z.number() });

/** What the server answers; nothing at all for `hang`. */
export type ZmsAnswer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> } | "hang";

export interface FakeZms {
  readonly url: string;
  readonly requests: readonly { readonly method: string; readonly path: string; readonly query: Readonly<Record<string, string>> }[];
  /** From now on requests are answered so. */
  answer(by: (path: string, query: Readonly<Record<string, string>>) => ZmsAnswer): void;
  close(): Promise<void>;
}

/** A server on loopback that stands for the appointment system. */
export async function startFakeZms(): Promise<FakeZms> {
  const state: { by: Parameters<FakeZms["answer"]>[0] } = { by: () => ({ status: 404, body: {} }) };
  const requests: { method: string; path: string; query: Record<string, string> }[] = [];
  const app = new Hono().all("*", async (c) => {
    requests.push({ method: c.req.method, path: c.req.path, query: c.req.query() });
    const given = state.by(c.req.path, c.req.query());
    if (given === "hang") return await new Promise<Response>(() => undefined);
    return Response.json(given.body, { status: given.status, headers: given.headers ?? {} });
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${Address.parse(server.address()).port}`,
    requests,
    answer: (by) => {
      state.by = by;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
