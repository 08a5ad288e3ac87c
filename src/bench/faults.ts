import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { rowsOf } from "../database/database.ts";
import { openEmbedded } from "../database/embedded.ts";
import { openServer } from "../database/server.ts";
import { embeddedFolder } from "../node-platform.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { type FakePlatform, type Mischief, startFakePlatform } from "./fake-platform.ts";
import { type FaultReport, judge, readStored, type Stored } from "./fault-report.ts";
import { findFreePort } from "./free-port.ts";
import { createProduct, type Product } from "./product.ts";
import { benchBot, openWebChat, type Post, postUntilAccepted, telegramPost, type WebChat } from "./senders.ts";

/** What a run does; `questions` are dealt out to the conversations, half of them Telegram chats and half web chats. */
export interface FaultOptions {
  readonly messages: number;
  readonly conversations: number;
  readonly kills: number;
  readonly restarts: number;
  readonly processes: number;
  readonly embedded: boolean;
  readonly policy: "resend" | "flag";
  readonly questions: readonly string[];
  /** Holds the trained models in its folder cache. */
  readonly dataDir: string;
  readonly onProgress: (posted: number) => void;
}

const repeatedShare = 0.1;
const postersAtOnce = 24;
const delayMs = [5, 25] as const;
const mischiefShares: readonly (readonly [Mischief, number])[] = [
  ["throttle", 0.003],
  ["fail", 0.01],
  ["hang", 0.002],
  ["cut-off", 0.003],
];
const drainedWithinMs = 120_000;
const quietMs = 7000;
const origin = "http://bench.localhost";
/** Telegram's own limits would stretch a run to minutes without making it harder. */
const sendsPerSecond = "100000";

function drawMischief(): Mischief | undefined {
  let drawn = Math.random();
  for (const [kind, share] of mischiefShares) {
    if (drawn < share) return kind;
    drawn -= share;
  }
  return undefined;
}

function shuffle<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

interface Scene {
  readonly products: readonly Product[];
  readonly platform: FakePlatform;
  readonly cluster: Cluster | undefined;
  readonly dataDir: string;
  /** Sends that a process found broken off. */
  readonly brokenOff: () => number;
  readonly lastLineAt: () => number;
  close(): Promise<void>;
}

/** Settings of a process; those of its database come with it. */
function environmentOf(platform: FakePlatform, dataDir: string, cluster: Cluster | undefined, policy: string): Record<string, string> {
  const telegram = { TELEGRAM_BOT_TOKEN: benchBot.token, TELEGRAM_WEBHOOK_SECRET: benchBot.secret, TELEGRAM_API_ROOT: platform.url };
  const sending = {
    TELEGRAM_AMBIGUOUS_SEND: policy,
    TELEGRAM_SENDS_PER_SECOND: sendsPerSecond,
    TELEGRAM_SENDS_PER_CHAT_PER_SECOND: sendsPerSecond,
  };
  const database: Record<string, string> = cluster === undefined ? {} : { DATABASE_URL: cluster.url, DATA_KEY: "0b".repeat(32) };
  return { ...telegram, ...sending, ...database, DATA_DIR: dataDir, ALLOWED_ORIGINS: origin };
}

async function openScene({ embedded, processes, policy, dataDir: modelsDir }: FaultOptions): Promise<Scene> {
  const dataDir = await mkdtemp(join(tmpdir(), "stadtlotse-faults-"));
  await mkdir(join(modelsDir, "cache"), { recursive: true });
  await symlink(resolve(modelsDir, "cache"), join(dataDir, "cache"));
  const cluster = embedded ? undefined : await startCluster();
  const platform = await startFakePlatform({ delayMs, mischief: drawMischief });
  const env = environmentOf(platform, dataDir, cluster, policy);
  const seen = { brokenOff: 0, lineAt: 0 };
  const onLine = (line: string) => {
    seen.lineAt = performance.now();
    if (line.includes("sending was broken off") || line.includes("Its sending was broken off")) seen.brokenOff += 1;
  };
  const products: Product[] = [];
  for (let number = 0; number < (embedded ? 1 : processes); number += 1)
    products.push(createProduct({ port: await findFreePort(), env, onLine }));
  for (const product of products) await product.start();
  return {
    products,
    platform,
    cluster,
    dataDir,
    brokenOff: () => seen.brokenOff,
    lastLineAt: () => seen.lineAt,
    close: async () => {
      await Promise.all(products.map((product) => product.kill()));
      await platform.close();
      await cluster?.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Every message of every conversation, a tenth of them twice, in any order. */
async function preparePosts(
  options: FaultOptions,
  url: string,
): Promise<{ readonly posts: readonly Post[]; readonly chats: readonly WebChat[] }> {
  const { messages, conversations, questions } = options;
  const question = (number: number) => questions[number % questions.length] ?? "Hallo";
  const chats: WebChat[] = [];
  for (let index = 0; index < conversations / 2; index += 1) chats.push(await openWebChat(url, origin));
  const posts = Array.from({ length: messages }, (_, number): Post => {
    const conversation = number % conversations;
    const chat = chats[conversation];
    return chat === undefined ? telegramPost(number + 1, 1000 + conversation, question(number)) : chat.say(number, question(number));
  });
  return { posts: shuffle([...posts, ...shuffle(posts).slice(0, Math.round(messages * repeatedShare))]), chats };
}

/** Kills one of the processes that are up, and starts it again beside what goes on. */
async function killOne(products: readonly Product[], starting: Set<Promise<void>>): Promise<void> {
  const [victim] = shuffle(products.filter(({ isUp }) => isUp));
  if (victim === undefined) return;
  await victim.kill();
  const start = victim.start().finally(() => starting.delete(start));
  starting.add(start);
}

/** Posts everything, with the kills and the crashes of the database spread evenly over it. Returns when the last fault was, on performance.now(). */
async function postThroughFaults(scene: Scene, posts: readonly Post[], options: FaultOptions): Promise<{ readonly lastFaultAt: number }> {
  const { products, cluster } = scene;
  const urls = () => products.filter(({ isUp }) => isUp).map(({ url }) => url);
  const starting = new Set<Promise<void>>();
  const state = { next: 0, posted: 0, kills: 0, restarts: 0, lastFaultAt: 0 };

  async function post(): Promise<void> {
    for (let each = posts[state.next++]; each !== undefined; each = posts[state.next++]) {
      await postUntilAccepted(each, urls);
      state.posted += 1;
      options.onProgress(state.posted);
    }
  }

  async function harm(): Promise<void> {
    const due = (done: number, all: number) => done < all && state.posted >= ((done + 0.5) * posts.length) / all;
    while (state.kills < options.kills || (cluster !== undefined && state.restarts < options.restarts)) {
      if (due(state.kills, options.kills) && urls().length > 0) {
        state.kills += 1;
        await killOne(products, starting);
        state.lastFaultAt = performance.now();
      }
      if (cluster !== undefined && due(state.restarts, options.restarts)) {
        state.restarts += 1;
        await cluster.crash();
        state.lastFaultAt = performance.now();
      }
      await sleep(10);
    }
  }

  await Promise.all([harm(), ...Array.from({ length: postersAtOnce }, post)]);
  await Promise.all(starting);
  return state;
}

/** Waits until nothing is left to answer or to send; where nobody else may look, until the process has been quiet for longer than a lease. */
async function waitUntilDrained({ cluster, lastLineAt }: Scene): Promise<void> {
  const end = performance.now() + drainedWithinMs;
  if (cluster === undefined) {
    while (performance.now() < end && performance.now() - lastLineAt() < quietMs) await sleep(100);
    return;
  }
  const database = openServer(cluster.url, { connections: 1 });
  const left = sql`select 1 from inbox where state = 'waiting' union all select 1 from outbox where state = 'waiting' limit 1`;
  while (performance.now() < end && rowsOf(await database.db.execute(left)).length > 0) await sleep(100);
  await database.close();
}

async function readDatabase({ cluster, dataDir }: Scene): Promise<Stored> {
  const database =
    cluster === undefined ? await openEmbedded({ folder: embeddedFolder(dataDir) }) : openServer(cluster.url, { connections: 1 });
  try {
    return await readStored(database.db);
  } finally {
    await database.close();
  }
}

/** Messages and answers that a chat shows more than once. */
async function countShownTwice(chats: readonly WebChat[], url: string): Promise<number> {
  let doubled = 0;
  for (const chat of chats) {
    const shown = await chat.read(url);
    const keys = shown.map(({ id, replyToId, channelData }) => replyToId ?? channelData.clientActivityID ?? id);
    doubled += keys.length - new Set(keys).size;
  }
  return doubled;
}

/** Posts messages to processes of the real product while these are killed, the database crashes and the platform misbehaves; counts what was lost, doubled or out of order. */
export async function measureFaults(options: FaultOptions): Promise<FaultReport> {
  const scene = await openScene(options);
  try {
    const first = scene.products[0]?.url ?? "";
    const { posts, chats } = await preparePosts(options, first);
    const { lastFaultAt } = await postThroughFaults(scene, posts, options);
    await waitUntilDrained(scene);
    const doubledInWebChat = await countShownTwice(chats, first);
    await Promise.all(scene.products.map((product) => product.stop()));
    const { platform } = scene;
    const stored = await readDatabase(scene);
    const { lastDoneAt, ...judged } = judge(stored, new Set(posts.map(({ externalId }) => externalId)), platform.deliveries);
    const lastFault = (performance.timeOrigin + Math.max(lastFaultAt, platform.lastMischiefAt)) / 1000;
    return {
      messages: options.messages,
      kills: options.kills,
      restarts: scene.cluster === undefined ? 0 : options.restarts,
      ...judged,
      doubledInWebChat,
      inFlightAtKills: scene.brokenOff() + platform.cutOff,
      drainSeconds: Math.round(Math.max(0, lastDoneAt - lastFault) * 10) / 10,
    };
  } finally {
    await scene.close();
  }
}
