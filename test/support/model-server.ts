import { type HttpBindings, serve } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";

const Request = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  stream: z.boolean().default(false),
  response_format: z.object({ type: z.literal("json_schema"), json_schema: z.object({ name: z.string() }) }),
});
const Question = z.object({
  question: z.string(),
  offers: z.array(z.object({ id: z.string(), title: z.string(), texts: z.array(z.string()) })).default([]),
});

/** What the model is asked: in which form, with what rules and data. */
export interface ModelQuestion extends z.output<typeof Question> {
  readonly form: string;
  /** True if the answer may come in pieces. */
  readonly stream: boolean;
  readonly rules: string;
}

/** What it does: says something, as JSON unless it is a text already, hangs, or fails. */
export type ModelBehaviour =
  | { readonly kind: "says"; readonly content: unknown; readonly tokens?: { readonly input: number; readonly output: number } }
  /** Says it piece by piece, as server-sent events, and ends as it should, in the middle, or never. */
  | { readonly kind: "streams"; readonly pieces: readonly string[]; readonly everyMs: number; readonly end: "done" | "breaks" | "hangs" }
  | { readonly kind: "hangs" }
  | { readonly kind: "trickles" }
  | { readonly kind: "fails"; readonly status: 400 | 401 | 500 }
  | { readonly kind: "raw"; readonly body: string; readonly type?: string };

/** An OpenAI-compatible server on loopback. */
export interface ModelServer {
  readonly url: string;
  /** All that it was asked, in order. */
  readonly asked: readonly ModelQuestion[];
  /** What it does from now on. */
  behave(behaviour: (question: ModelQuestion) => ModelBehaviour): void;
  close(): Promise<void>;
}

function trickle(): Response {
  const timers: NodeJS.Timeout[] = [];
  const body = new ReadableStream({
    start: (stream) => {
      timers.push(setInterval(() => stream.enqueue(new TextEncoder().encode(" ")), 50));
    },
    cancel: () => timers.forEach(clearInterval),
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}

function streamPieces({ pieces, everyMs, end }: Extract<ModelBehaviour, { kind: "streams" }>, cut: () => void): Response {
  const timers: NodeJS.Timeout[] = [];
  const encoder = new TextEncoder();
  const event = (data: unknown) => encoder.encode(`data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`);
  const usage = { prompt_tokens: 500, completion_tokens: 100 };
  const body = new ReadableStream({
    start: (stream) => {
      const left = pieces.map((content) => event({ choices: [{ index: 0, delta: { content } }] }));
      const timer = setInterval(() => {
        const piece = left.shift();
        if (piece !== undefined) return stream.enqueue(piece);
        clearInterval(timer);
        if (end === "breaks") return cut();
        if (end === "hangs") return;
        stream.enqueue(event({ choices: [], usage }));
        stream.enqueue(event("[DONE]"));
        stream.close();
      }, everyMs);
      timers.push(timer);
    },
    cancel: () => timers.forEach(clearInterval),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

/** Starts it; it says nothing useful until told how to behave. */
export function startModelServer(): Promise<ModelServer> {
  const asked: ModelQuestion[] = [];
  const state: { behaviour: (question: ModelQuestion) => ModelBehaviour } = { behaviour: () => ({ kind: "says", content: {} }) };
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.post("/v1/chat/completions", async (c) => {
    const { messages, response_format, stream } = Request.parse(await c.req.json());
    const data = Question.parse(JSON.parse(messages.find(({ role }) => role === "user")?.content ?? "{}"));
    const rules = messages.find(({ role }) => role === "system")?.content ?? "";
    const question = { ...data, form: response_format.json_schema.name, stream, rules };
    asked.push(question);
    const behaviour = state.behaviour(question);
    switch (behaviour.kind) {
      case "streams":
        return streamPieces(behaviour, () => c.env.outgoing.destroy());
      case "hangs":
        return new Promise<Response>(() => undefined);
      case "trickles":
        return trickle();
      case "fails":
        return c.json({ error: { message: "no" } }, behaviour.status);
      case "raw":
        return c.body(behaviour.body, 200, { "content-type": behaviour.type ?? "application/json" });
      case "says": {
        const content = typeof behaviour.content === "string" ? behaviour.content : JSON.stringify(behaviour.content);
        const usage =
          behaviour.tokens === undefined
            ? {}
            : { usage: { prompt_tokens: behaviour.tokens.input, completion_tokens: behaviour.tokens.output } };
        return c.json({ id: "x", object: "chat.completion", choices: [{ index: 0, message: { role: "assistant", content } }], ...usage });
      }
      default:
        return behaviour satisfies never;
    }
  });
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
      resolve({
        url: `http://127.0.0.1:${port}/v1`,
        asked,
        behave: (behaviour) => {
          state.behaviour = behaviour;
        },
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            if ("closeAllConnections" in server) server.closeAllConnections();
          }),
      }),
    );
  });
}
