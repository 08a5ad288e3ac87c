import { setTimeout as sleep } from "node:timers/promises";
import { openServer } from "../database/server.ts";
import { startCluster } from "./cluster.ts";
import { cpuMsOf } from "./cpu-time.ts";
import { startFakePlatform } from "./fake-platform.ts";
import { findFreePort } from "./free-port.ts";
import type { LoadClient } from "./http-load.ts";
import type { PathMode } from "./path-server.ts";
import { percentile } from "./percentile.ts";
import { createProduct, type Product } from "./product.ts";
import { benchBot } from "./senders.ts";
import { postAll, postSteadily, waitForAnswers, withProduct } from "./telegram-load.ts";
import { type Bench, withWholeProduct } from "./whole-product.ts";

/** What `bench -- throughput` prints; processor time in milliseconds of one core a message, by stage, the database's included. */
export interface ThroughputReport {
  readonly bareAckPerSecond: number;
  readonly ackPerSecond: number;
  readonly ackRatio: number;
  /** Messages to delivered answers, with a constant answer. */
  readonly pathPerSecond: number;
  /** The same with the real assistant, by one process and by two that share the work; the embedded database has only one. */
  readonly answersPerSecond: number;
  readonly answersPerSecondOfTwo: number | undefined;
  readonly ackP99Ms: number;
  readonly answerP50Ms: number;
  readonly answerP99Ms: number;
  readonly coreMs: Readonly<Record<"bare" | "acknowledge" | "answer" | "send" | "assistant", StageCost>>;
}

/** Milliseconds of a core for a message. */
export interface StageCost {
  readonly process: number;
  readonly database: number;
}

export interface ThroughputOptions {
  readonly embedded: boolean;
  /** Messages a second at which acknowledging is timed. */
  readonly rate: number;
  readonly questions: readonly string[];
  /** Holds the trained models in its folder cache. */
  readonly dataDir: string;
  readonly onProgress: (done: number) => void;
}

const warmUp = 500;
const ackMessages = { server: 6000, embedded: 1500 };
const pathMessages = { server: 5000, embedded: 800 };
const answerMessages = { server: 2000, embedded: 400 };
const answerRate = 100;
const settleMs = 300;

const round = (value: number, digits = 1) => Math.round(value * 10 ** digits) / 10 ** digits;

/** Processor time of a process and of the database so far. */
async function readCost({ cluster }: Bench, product: Product): Promise<StageCost> {
  return { process: await cpuMsOf(product.pid), database: cluster === undefined ? 0 : await cpuMsOf(await cluster.pid()) };
}

async function costOf(bench: Bench, product: Product, messages: number, work: () => Promise<void>): Promise<StageCost> {
  const before = await readCost(bench, product);
  await work();
  await sleep(settleMs);
  const after = await readCost(bench, product);
  return { process: (after.process - before.process) / messages, database: (after.database - before.database) / messages };
}

function costBeyond(whole: StageCost, part: StageCost): StageCost {
  return { process: round(whole.process - part.process, 3), database: round(whole.database - part.database, 3) };
}

/** A process that has a part of the path. */
async function createPathProcess({ cluster, platform }: Bench, mode: PathMode, port: number): Promise<Product> {
  const where = cluster === undefined ? [] : ["--database", cluster.url];
  const args = ["cli", "bench", "path-server", "--mode", mode, "--port", String(port), "--platform", platform.url, ...where];
  return createProduct({ port, args: [...args, "--secret", benchBot.secret], env: {}, onLine: () => undefined });
}

const greeting = () => "Guten Tag";

/** Messages a second that a mode takes or answers, and what each costs. */
async function measureMode(bench: Bench, mode: PathMode, messages: number) {
  const port = await findFreePort();
  return await withProduct(await createPathProcess(bench, mode, port), port, async (product, client) => {
    const run = async (count: number) => {
      const started = performance.now();
      const chats = await postAll(client, count, greeting);
      if (mode === "path") await waitForAnswers(bench.deliveredAt, chats);
      return (performance.now() - started) / 1000;
    };
    await run(warmUp);
    let perSecond = 0;
    const cost = await costOf(bench, product, messages, async () => {
      perSecond = messages / (await run(messages));
    });
    return { perSecond, cost };
  });
}

/** How long an acknowledgement takes at a steady rate, the 99th of a hundred, with the whole path behind it. */
async function measureAckTime(bench: Bench, rate: number): Promise<number> {
  const port = await findFreePort();
  return await withProduct(await createPathProcess(bench, "path", port), port, async (_, client) => {
    await postAll(client, warmUp, greeting);
    await sleep(settleMs);
    const { tookMs } = await postSteadily(client, rate, greeting);
    return percentile(tookMs, 0.99);
  });
}

/** The real product: its answers a second, what they cost, and how long each takes when there are a hundred a second. */
async function measureProduct(bench: Bench, options: ThroughputOptions, messages: number) {
  const { deliveredAt } = bench;
  const question = (index: number) => options.questions[index % options.questions.length] ?? "Hallo";
  return await withWholeProduct(bench, options.dataDir, async (product, client) => {
    const run = async (count: number) => {
      const started = performance.now();
      await waitForAnswers(deliveredAt, await postAll(client, count, question));
      return (performance.now() - started) / 1000;
    };
    await run(warmUp);
    let seconds = 0;
    const cost = await costOf(bench, product, messages, async () => {
      seconds = await run(messages);
    });
    const { postedAt } = await postSteadily(client, options.embedded ? answerRate / 2 : answerRate, question);
    await waitForAnswers(deliveredAt, postedAt.keys());
    const tookMs = [...postedAt].map(([chat, at]) => (deliveredAt.get(chat) ?? Number.POSITIVE_INFINITY) - at).sort((a, b) => a - b);
    return { perSecond: messages / seconds, cost, p50Ms: percentile(tookMs, 0.5), p99Ms: percentile(tookMs, 0.99) };
  });
}

/** Posts to one server and the other in turn, as a load balancer does. */
function takeTurns(first: LoadClient, second: LoadClient): Pick<LoadClient, "post"> {
  let posted = 0;
  return {
    post: (...message) => {
      posted += 1;
      return (posted % 2 === 0 ? first : second).post(...message);
    },
  };
}

/** Answers a second of two processes of the real product over one database. */
async function measureTwo(bench: Bench, { dataDir, questions }: ThroughputOptions, messages: number): Promise<number> {
  const question = (index: number) => questions[index % questions.length] ?? "Hallo";
  return await withWholeProduct(bench, dataDir, (_first, client) =>
    withWholeProduct(bench, dataDir, async (_second, other) => {
      const run = async (count: number) => waitForAnswers(bench.deliveredAt, await postAll(takeTurns(client, other), count, question));
      await run(2 * warmUp);
      const started = performance.now();
      await run(messages);
      return (1000 * messages) / (performance.now() - started);
    }),
  );
}

/** Empties the tables, so that one part's messages are not the next one's work. */
async function forget({ cluster }: Bench): Promise<void> {
  if (cluster === undefined) return;
  const database = openServer(cluster.url, { connections: 1 });
  await database.db.execute("truncate contacts cascade");
  await database.close();
}

/** Measures, one after the other and on the same database server, what a bare server does and what each part of the message path does. */
export async function measureThroughput(options: ThroughputOptions): Promise<ThroughputReport> {
  const deliveredAt = new Map<string, number>();
  const platform = await startFakePlatform({ onDelivery: ({ chat, at }) => void deliveredAt.set(chat, at) });
  const cluster = options.embedded ? undefined : await startCluster();
  const bench = { cluster, platform, deliveredAt };
  const size = options.embedded ? "embedded" : "server";
  let steps = 0;
  const step = async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await work;
    options.onProgress(++steps);
    return result;
  };
  try {
    const bare = await step(measureMode(bench, "bare", ackMessages[size]));
    const acknowledge = await step(measureMode(bench, "acknowledge", ackMessages[size]));
    await forget(bench);
    const answer = await step(measureMode(bench, "answer", pathMessages[size]));
    await forget(bench);
    const path = await step(measureMode(bench, "path", pathMessages[size]));
    const ackP99Ms = await step(measureAckTime(bench, options.rate));
    const product = await step(measureProduct(bench, options, answerMessages[size]));
    const ofTwo = options.embedded ? undefined : await step(measureTwo(bench, options, 2 * answerMessages.server));
    return {
      bareAckPerSecond: round(bare.perSecond),
      ackPerSecond: round(acknowledge.perSecond),
      ackRatio: round(acknowledge.perSecond / bare.perSecond, 2),
      pathPerSecond: round(path.perSecond),
      answersPerSecond: round(product.perSecond),
      answersPerSecondOfTwo: ofTwo === undefined ? undefined : round(ofTwo),
      ackP99Ms: round(ackP99Ms),
      answerP50Ms: round(product.p50Ms),
      answerP99Ms: round(product.p99Ms),
      coreMs: {
        bare: costBeyond(bare.cost, { process: 0, database: 0 }),
        acknowledge: costBeyond(acknowledge.cost, { process: 0, database: 0 }),
        answer: costBeyond(answer.cost, acknowledge.cost),
        send: costBeyond(path.cost, answer.cost),
        assistant: costBeyond(product.cost, path.cost),
      },
    };
  } finally {
    await platform.close();
    await cluster?.stop();
  }
}
