import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { z } from "zod";

/** A message that the platform took. */
export interface Delivery {
  readonly id: number;
  readonly chat: string;
  /** Milliseconds of performance.now(). */
  readonly at: number;
}

/** What the platform may do instead of answering properly. */
export type Mischief = "throttle" | "fail" | "hang" | "cut-off";

/** A messenger's Bot API that takes messages and sometimes misbehaves. */
export interface FakePlatform {
  readonly url: string;
  readonly deliveries: readonly Delivery[];
  /** Messages that it took and whose sender it never told, since it cut the connection. */
  readonly cutOff: number;
  /** When it last misbehaved (performance.now()); a hang ends when its sender gives up. */
  readonly lastMischiefAt: number;
  close(): Promise<void>;
}

/** How it behaves; the default takes everything at once. */
export interface PlatformManners {
  /** Milliseconds that an answer takes, at least and at most. */
  readonly delayMs?: readonly [number, number];
  /** Drawn anew for each message. */
  readonly mischief?: () => Mischief | undefined;
  readonly onDelivery?: (delivery: Delivery) => void;
}

const throttleSeconds = 1;
const Send = z.object({ chat_id: z.union([z.string(), z.number()]) });

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === "" ? {} : JSON.parse(text);
}

function answer(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) }).end(text);
}

function refuse(response: ServerResponse, status: number, parameters: object = {}): void {
  answer(response, status, { ok: false, error_code: status, description: "made up for a measurement", ...parameters });
}

const bot = { id: 123456, is_bot: true, first_name: "Bench", username: "bench_bot" };

/** Starts it on a free port of loopback. */
export async function startFakePlatform({
  delayMs = [0, 0],
  mischief = () => undefined,
  onDelivery,
}: PlatformManners = {}): Promise<FakePlatform> {
  const deliveries: Delivery[] = [];
  const state = { cutOff: 0, lastMischiefAt: 0 };
  const sockets = new Set<Socket>();

  function take(chat: string): Delivery {
    const delivery = { id: deliveries.length + 1, chat, at: performance.now() };
    deliveries.push(delivery);
    onDelivery?.(delivery);
    return delivery;
  }

  function deliver(response: ServerResponse, chat: string): void {
    const { id } = take(chat);
    answer(response, 200, { ok: true, result: { message_id: id, date: 0, chat: { id: Number(chat), type: "private" }, text: "" } });
  }

  function misbehave(kind: Mischief, request: IncomingMessage, response: ServerResponse, chat: string): void {
    state.lastMischiefAt = performance.now();
    switch (kind) {
      case "throttle":
        refuse(response, 429, { parameters: { retry_after: throttleSeconds } });
        break;
      case "fail":
        refuse(response, 500);
        break;
      case "hang":
        request.socket.once("close", () => {
          state.lastMischiefAt = performance.now();
        });
        break;
      case "cut-off":
        take(chat);
        state.cutOff += 1;
        request.socket.destroy();
    }
  }

  function send(request: IncomingMessage, response: ServerResponse, chat: string): void {
    const kind = mischief();
    const [least, most] = delayMs;
    if (kind !== undefined) misbehave(kind, request, response, chat);
    else if (most === 0) deliver(response, chat);
    else setTimeout(() => deliver(response, chat), least + Math.random() * (most - least));
  }

  const server = createServer(async (request, response) => {
    const method = request.url?.split("/").at(-1);
    const body = await readBody(request);
    if (method === "sendMessage") send(request, response, String(Send.parse(body).chat_id));
    else answer(response, 200, { ok: true, result: method === "getMe" ? bot : true });
  });
  server.keepAliveTimeout = 60_000;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    deliveries,
    get cutOff() {
      return state.cutOff;
    },
    get lastMischiefAt() {
      return state.lastMischiefAt;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
