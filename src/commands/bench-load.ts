import { defineCommand } from "citty";
import { startCluster } from "../bench/cluster.ts";
import { type FloodReport, measureFlood, type OthersReport } from "../bench/flood.ts";
import { type IdleReport, measureIdleSockets } from "../bench/idle-sockets.ts";
import { withOwnProduct } from "../bench/own-product.ts";
import { AppError } from "../core/errors.ts";
import { prepareModels } from "./bench-faults.ts";
import { drawBar } from "./progress.ts";

function printFlood({ floodPerSecond, let: through, refused, before, during }: FloodReport): string {
  const line = (name: string, { requests, p50Ms, p99Ms, refused: lost }: OthersReport) =>
    `${name.padEnd(14)} ${String(requests).padStart(8)} ${p50Ms.toFixed(1).padStart(10)} ${p99Ms.toFixed(1).padStart(8)} ${String(lost).padStart(8)}`;
  return [
    `One address: ${floodPerSecond} requests a second, ${through} let through, ${refused} refused.`,
    `${"others".padEnd(14)} ${"requests".padStart(8)} ${"median ms".padStart(10)} ${"p99 ms".padStart(8)} ${"refused".padStart(8)}`,
    line("without it", before),
    line("during it", during),
  ].join("\n");
}

const printIdle = ({ sockets, stayed, megabytesBefore, megabytesWith }: IdleReport): string =>
  `${sockets} open WebSockets, ${stayed} stayed: ${megabytesBefore} MB before, ${megabytesWith} MB with them.`;

function readWhole(name: string, given: string, most: number): number {
  const value = Number(given);
  if (!(Number.isInteger(value) && value >= 1 && value <= most))
    throw new AppError("USAGE", `--${name} ${given}: a whole number from 1 to ${most}.`);
  return value;
}

/** A PostgreSQL cluster of its own on a free port, as servers have; or none. */
async function withDatabase<Result>(embedded: boolean, work: (databaseUrl: string | undefined) => Promise<Result>): Promise<Result> {
  if (embedded) return await work(undefined);
  const cluster = await startCluster();
  try {
    return await work(cluster.url);
  } finally {
    await cluster.stop();
  }
}

const options = {
  embedded: { type: "boolean", description: "the embedded database" },
  json: { type: "boolean", description: "print one JSON object" },
} as const;

/** `npm run bench -- load`. */
export function createLoadBench(dataDir: () => string) {
  const flood = defineCommand({
    meta: {
      name: "flood",
      description: `What a flood from one address does to others who begin talks at the same time, at one process. Starts a PostgreSQL cluster of its own on a free port (Debian's programs).

Example:
  npm run -s bench -- load flood --rate 2000 --seconds 20`,
    },
    args: {
      rate: { type: "string", default: "2000", description: "requests a second of the one address" },
      seconds: { type: "string", default: "20", description: "how long" },
      ...options,
    },
    run: async ({ args }) => {
      const [perSecond, seconds] = [readWhole("rate", args.rate, 20_000), readWhole("seconds", args.seconds, 3600)];
      await prepareModels(dataDir());
      const onProgress = drawBar(process.stderr, "Flooding", seconds);
      const report = await withDatabase(args.embedded === true, (databaseUrl) =>
        withOwnProduct({ dataDir: dataDir(), databaseUrl }, ({ url }, port) => measureFlood({ url, port, perSecond, seconds, onProgress })),
      );
      process.stdout.write(`${args.json === true ? JSON.stringify(report) : printFlood(report)}\n`);
    },
  });
  const idle = defineCommand({
    meta: {
      name: "idle",
      description: `How much memory open chats take that say nothing, at one process (Linux; ulimit -n must be above their number).

Example:
  npm run -s bench -- load idle --sockets 10000`,
    },
    args: {
      sockets: { type: "string", default: "10000", description: "open WebSockets" },
      seconds: { type: "string", default: "30", description: "how long they rest" },
      ...options,
    },
    run: async ({ args }) => {
      const [sockets, restSeconds] = [readWhole("sockets", args.sockets, 25_000), readWhole("seconds", args.seconds, 3600)];
      await prepareModels(dataDir());
      const onProgress = drawBar(process.stderr, "Opening", sockets);
      const report = await withDatabase(args.embedded === true, (databaseUrl) =>
        withOwnProduct({ dataDir: dataDir(), databaseUrl }, ({ url, pid }) =>
          measureIdleSockets({ url, pid, sockets, restSeconds, onProgress }),
        ),
      );
      process.stdout.write(`${args.json === true ? JSON.stringify(report) : printIdle(report)}\n`);
    },
  });
  return defineCommand({
    meta: { name: "load", description: "Load that is out of the ordinary. Example: npm run -s bench -- load flood" },
    subCommands: { flood, idle },
  });
}
