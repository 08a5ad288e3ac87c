import { setTimeout as sleep } from "node:timers/promises";
import { createLoadClient, type LoadClient } from "./http-load.ts";
import { percentile } from "./percentile.ts";

/** How long others waited, in milliseconds, and what they were answered. */
export interface OthersReport {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Requests that were not answered with 200. */
  readonly refused: number;
}

/** What a flood of one address does to others. */
export interface FloodReport {
  readonly floodPerSecond: number;
  /** Requests of the flood that were let through, and that were refused. */
  readonly let: number;
  readonly refused: number;
  readonly before: OthersReport;
  readonly during: OthersReport;
}

export interface FloodOptions {
  readonly url: string;
  readonly port: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly onProgress: (doneSeconds: number) => void;
}

const connections = 200;
const othersPerSecond = 20;
const secondsBefore = 5;
const sliceMs = 10;
const path = "/v3/directline/tokens/generate";

/** Sends at a steady rate, however slow the answers are; resolves when all are answered. */
async function sendSteadily(perSecond: number, seconds: number, send: (index: number) => Promise<void>): Promise<void> {
  const began = performance.now();
  const under: Promise<void>[] = [];
  while (performance.now() - began < seconds * 1000) {
    const due = Math.floor(((performance.now() - began) / 1000) * perSecond);
    while (under.length < due) under.push(send(under.length));
    await sleep(sliceMs);
  }
  await Promise.all(under);
}

function reportOf(times: readonly number[], refused: number): OthersReport {
  const sorted = [...times].sort((one, other) => one - other);
  const round = (ms: number) => Math.round(ms * 10) / 10;
  return { requests: times.length, p50Ms: round(percentile(sorted, 0.5)), p99Ms: round(percentile(sorted, 0.99)), refused };
}

/** Has people of many addresses begin talks, each on a connection of theirs. */
async function measureOthers({ url, port }: FloodOptions, seconds: number): Promise<OthersReport> {
  const times: number[] = [];
  let refused = 0;
  await sendSteadily(othersPerSecond, seconds, async (index) => {
    const client = createLoadClient(port, 1);
    const from = `203.0.113.${index % 250}`;
    const began = performance.now();
    const status = await client.post(path, { Origin: url, "X-Forwarded-For": from }, "").finally(client.close);
    times.push(performance.now() - began);
    if (status !== 200) refused += 1;
  });
  return reportOf(times, refused);
}

/** Floods the product from one address while others begin talks. */
export async function measureFlood(options: FloodOptions): Promise<FloodReport> {
  const { url, port, perSecond, seconds, onProgress } = options;
  const before = await measureOthers(options, secondsBefore);
  const client: LoadClient = createLoadClient(port, connections);
  const counts = { let: 0, refused: 0 };
  const began = performance.now();
  const timer = setInterval(() => onProgress(Math.round((performance.now() - began) / 1000)), 1000);
  try {
    const [during] = await Promise.all([
      measureOthers(options, seconds),
      sendSteadily(perSecond, seconds, async () => {
        const status = await client.post(path, { Origin: url, "X-Forwarded-For": "198.51.100.7" }, "");
        counts[status === 200 ? "let" : "refused"] += 1;
      }),
    ]);
    const took = (performance.now() - began) / 1000;
    return { floodPerSecond: Math.round((counts.let + counts.refused) / took), ...counts, before, during };
  } finally {
    clearInterval(timer);
    client.close();
  }
}
