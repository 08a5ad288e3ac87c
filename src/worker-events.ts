import { randomUUID } from "node:crypto";
import { traceOf } from "./app.ts";
import { openEventServer } from "./database/server.ts";
import { type Stadtlotse, wire } from "./wire.ts";
import { joinOperations } from "./wire-operations.ts";
import { createWorkerLog } from "./worker-log.ts";
import {
  type Bindings,
  openKnownQuestions,
  openWorkerAssets,
  openWorkerModels,
  readWorkerConfig,
  readWorkerKey,
  refusedImports,
  trainingWaits,
  type WakeUp,
  workerClientAddress,
} from "./worker-platform.ts";
import { upgradeWebSocket } from "./worker-web-socket.ts";

/** What the platform gives with an event: work that goes on after the answer. */
export interface EventContext {
  waitUntil(work: Promise<unknown>): void;
}

/** The Worker's three kinds of events. */
export interface WorkerEvents {
  fetch(request: Request, context: EventContext): Promise<Response>;
  /** Answers and sends until nothing is due. */
  wake(batch: { readonly messages: readonly { readonly body: WakeUp }[] }): Promise<void>;
  /** Does all background work once, and what is due. */
  sweep(): Promise<void>;
}

/** workerd allows six connections at a time. */
const connectionsOfEvent = 5;
/** How often the clock's event comes, by wrangler.toml. */
const clockMs = 60_000;
/** As often as a process on Node looks. */
const freshForMs = 3_000;
const liveness = "/health";
const streamPath = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/;

/** The product in one isolate; it is opened by the first event, and by the next one where that failed. */
export function createWorkerEvents(bindings: Bindings): WorkerEvents {
  const config = readWorkerConfig(bindings);
  const log = createWorkerLog(config.logLevel);
  const server = openEventServer(bindings.HYPERDRIVE.connectionString, { connections: connectionsOfEvent });
  const woken = { isDue: false };
  let opening: Promise<Stadtlotse> | undefined;
  let freshAt = Date.now();

  async function open(): Promise<Stadtlotse> {
    const stadtlotse = await wire(config, {
      database: server.database,
      models: await openWorkerModels(server.database.db),
      loadHours: (await import("./catalogue/hours/load-hours.ts")).loadHours,
      dataKey: readWorkerKey(config),
      publicUrl: config.publicUrl ?? "",
      demo: false,
      assets: openWorkerAssets(bindings),
      upgradeWebSocket,
      clientAddress: workerClientAddress,
      now: () => new Date(),
      log,
      trainingWaits: () => trainingWaits(server.database.db),
      operations: (told) =>
        joinOperations(
          server.database.db,
          { ...told, forwards: config.forward.webhook !== undefined },
          { readKnownQuestions: openKnownQuestions(bindings), giveWay: async () => undefined, imports: refusedImports },
        ),
      byEvents: {
        wake: () => {
          woken.isDue = true;
        },
      },
    });
    await stadtlotse.answering;
    return stadtlotse;
  }

  function logFault(event: string, error: unknown): void {
    log.error({ event, ...traceOf(error instanceof Error ? error : new Error("unknown")) }, "event failed");
  }

  function opened(): Promise<Stadtlotse> {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  /** Takes over what has changed in the database, after the work of an event: nobody waits for it. */
  async function freshenIfDue(): Promise<void> {
    if (Date.now() - freshAt < freshForMs) return;
    freshAt = Date.now();
    await (await opened()).freshen();
  }

  async function callFor(delaySeconds: number, wakeUp: Omit<WakeUp, "id"> = {}): Promise<void> {
    await bindings.WAKE.send({ ...wakeUp, id: randomUUID() }, { delaySeconds });
  }

  /** What this event has stored is answered by another one, which the queue repeats until it succeeds. */
  async function passOn(): Promise<void> {
    if (!woken.isDue) return;
    woken.isDue = false;
    await callFor(0);
  }

  async function answerHere(request: Request): Promise<Response> {
    const response = await (await opened()).app.fetch(request);
    await passOn();
    return response;
  }

  /** The answer, and the end of the event, which comes later. Who hangs up must not leave a half-opened isolate to the next. */
  function answer(request: Request): { readonly response: Promise<Response>; readonly end: Promise<void> } {
    const conversation = streamPath.exec(new URL(request.url).pathname)?.[1];
    if (conversation !== undefined)
      return { response: bindings.STREAMS.get(bindings.STREAMS.idFromName(conversation)).fetch(request), end: Promise.resolve() };
    const { promise: response, resolve, reject } = Promise.withResolvers<Response>();
    const end = server.during(async () => {
      await answerHere(request).then(resolve, reject);
      await freshenIfDue();
    });
    return { response, end };
  }

  /** What is due later is called for once; after that the clock finds it. Else each message would begin a chain of calls that never ends. */
  async function drain(mayCall: boolean): Promise<void> {
    const nextMs = await (await opened()).drain();
    if (mayCall && nextMs !== undefined && nextMs < clockMs) await callFor(Math.ceil(nextMs / 1000), { again: true });
  }

  return {
    fetch: async (request, context) => {
      if (new URL(request.url).pathname === liveness) return Response.json({ status: "ok" });
      const { response, end } = answer(request);
      context.waitUntil(end.catch((error: unknown) => logFault("freshen", error)));
      try {
        return await response;
      } catch (error) {
        logFault("fetch", error);
        return Response.json(
          { error: { code: "DATABASE_UNAVAILABLE", message: "This cannot be answered right now. Try again in a moment." } },
          { status: 503, headers: { "Retry-After": "1" } },
        );
      }
    },
    wake: ({ messages }) =>
      server.during(async () => {
        await drain(messages.some(({ body }) => body.again !== true));
        await freshenIfDue();
      }),
    sweep: () =>
      server.during(async () => {
        await (await opened()).sweep();
        await drain(true);
      }),
  };
}
