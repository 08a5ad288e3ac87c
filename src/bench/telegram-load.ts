import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../core/errors.ts";
import { createLoadClient, type LoadClient } from "./http-load.ts";
import type { Product } from "./product.ts";
import { telegramHeaders, telegramUpdate, telegramWebhook } from "./senders.ts";

const connections = 32;
const timedSeconds = 5;
const deliveredWithinMs = 60_000;

/** Ids of updates and chats that were not used yet. */
const used = { updates: 0, chats: 0 };

/** Starts a process, works with it and ends it. */
export async function withProduct<Result>(
  product: Product,
  port: number,
  work: (product: Product, client: LoadClient) => Promise<Result>,
): Promise<Result> {
  await product.start();
  const client = createLoadClient(port, connections);
  try {
    return await work(product, client);
  } finally {
    client.close();
    await product.kill();
  }
}

/** A message of a chat that has not written before; the chat. */
function nextMessage(text: string): { readonly chat: number; readonly body: string } {
  used.updates += 1;
  used.chats += 1;
  return { chat: used.chats, body: telegramUpdate(used.updates, used.chats, text) };
}

async function post(client: Pick<LoadClient, "post">, body: string): Promise<void> {
  const status = await client.post(telegramWebhook, telegramHeaders, body);
  if (status !== 200) throw new AppError("SERVER_UNREACHABLE", `A message was answered with ${status}.`);
}

/** Posts messages as fast as they are taken; the chats that wrote them. */
export async function postAll(
  client: Pick<LoadClient, "post">,
  count: number,
  text: (index: number) => string,
): Promise<readonly string[]> {
  const chats: string[] = [];
  const poster = async () => {
    while (chats.length < count) {
      const { chat, body } = nextMessage(text(chats.length));
      chats.push(String(chat));
      await post(client, body);
    }
  };
  await Promise.all(Array.from({ length: connections }, poster));
  return chats;
}

/** Posts at a steady rate, however slow the answers are; milliseconds that each took, and when each chat wrote. */
export async function postSteadily(client: LoadClient, rate: number, text: (index: number) => string) {
  const tookMs: number[] = [];
  const postedAt = new Map<string, number>();
  const underWay: Promise<void>[] = [];
  const started = performance.now();
  const send = async (due: number, index: number) => {
    const { chat, body } = nextMessage(text(index));
    postedAt.set(String(chat), due);
    await post(client, body);
    tookMs.push(performance.now() - due);
  };
  for (let index = 0; index < rate * timedSeconds; index += 1) {
    const due = started + (1000 * index) / rate;
    const earlyMs = due - performance.now();
    if (earlyMs > 0) await sleep(earlyMs);
    underWay.push(send(due, index));
  }
  await Promise.all(underWay);
  return { tookMs: tookMs.sort((a, b) => a - b), postedAt };
}

/** Waits until each of these chats has got something. */
export async function waitForAnswers(deliveredAt: ReadonlyMap<string, number>, chats: Iterable<string>): Promise<void> {
  const end = performance.now() + deliveredWithinMs;
  for (const chat of chats) {
    while (!deliveredAt.has(chat)) {
      if (performance.now() > end) throw new AppError("SERVER_UNREACHABLE", "Some messages were not answered within a minute.");
      await sleep(2);
    }
  }
}
