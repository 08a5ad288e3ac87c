import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";

const Request = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.object({ type: z.literal("json_schema"), json_schema: z.object({ name: z.string() }) }),
});
const Question = z.object({
  question: z.string(),
  offers: z.array(z.object({ id: z.string(), title: z.string(), texts: z.array(z.string()) })).default([]),
});

/** What the model is asked: in which form, with what rules and data. */
export interface ModelQuestion extends z.output<typeof Question> {
  readonly form: string;
  readonly rules: string;
}

/** What it does: says something, as JSON unless it is a text already, hangs, or fails. */
export type ModelBehaviour =
  | { readonly kind: "says"; readonly content: unknown; readonly tokens?: { readonly input: number; readonly output: number } }
  | { readonly kind: "hangs" }
  | { readonly kind: "trickles" }
  | { readonly kind: "fails"; readonly status: 400 | 401 | 500 }
  | { readonly kind: "raw"; readonly body: string };

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

/** Starts it; it says nothing useful until told how to behave. */
export function startModelServer(): Promise<ModelServer> {
  const asked: ModelQuestion[] = [];
  const state: { behaviour: (question: ModelQuestion) => ModelBehaviour } = { behaviour: () => ({ kind: "says", content: {} }) };
  const app = new Hono();
  app.post("/v1/chat/completions", async (c) => {
    const { messages, response_format } = Request.parse(await c.req.json());
    const data = Question.parse(JSON.parse(messages.find(({ role }) => role === "user")?.content ?? "{}"));
    const rules = messages.find(({ role }) => role === "system")?.content ?? "";
    const question = { ...data, form: response_format.json_schema.name, rules };
    asked.push(question);
    const behaviour = state.behaviour(question);
    switch (behaviour.kind) {
      case "hangs":
        return new Promise<Response>(() => undefined);
      case "trickles":
        return trickle();
      case "fails":
        return c.json({ error: { message: "no" } }, behaviour.status);
      case "raw":
        return c.body(behaviour.body, 200, { "content-type": "application/json" });
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
