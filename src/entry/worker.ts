import { DurableObject } from "cloudflare:workers";
import type { Hono } from "hono";
import type { EventContext, WorkerEvents } from "../worker-events.ts";
import type { Bindings } from "../worker-platform.ts";

let events: Promise<WorkerEvents> | undefined;

/** Loaded within the first event: while a Worker starts, packages may not even make an AbortController, and the time is limited. */
function eventsOf(bindings: Bindings): Promise<WorkerEvents> {
  events ??= import("../worker-events.ts").then(({ createWorkerEvents }) => createWorkerEvents(bindings));
  return events;
}

/** The Durable Object of one conversation, which holds its WebSockets. */
export class ConversationStreams extends DurableObject<Bindings> {
  #app: Promise<Hono> | undefined;

  override async fetch(request: Request): Promise<Response> {
    this.#app ??= import("../worker-streams.ts").then(({ openConversationStreams }) => openConversationStreams(this.env));
    return await (await this.#app).fetch(request);
  }
}

/** The Worker: the same app as on Node. The queue and the clock begin what a process does in loops. */
export default {
  fetch: async (request: Request, bindings: Bindings, context: EventContext) => await (await eventsOf(bindings)).fetch(request, context),
  queue: async (batch: Parameters<WorkerEvents["wake"]>[0], bindings: Bindings) => await (await eventsOf(bindings)).wake(batch),
  scheduled: async (_controller: unknown, bindings: Bindings) => await (await eventsOf(bindings)).sweep(),
};
