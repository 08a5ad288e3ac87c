import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { count, eq } from "drizzle-orm";
import { z } from "zod";
import { readLabels } from "../catalogue/content-store.ts";
import { AppError } from "../core/errors.ts";
import type { OpenDatabase } from "../database/database.ts";
import { openEmbedded } from "../database/embedded.ts";
import { importedOffers } from "../database/schema.ts";
import { openServer } from "../database/server.ts";
import { openContentSource, projectRoot } from "../node-content.ts";
import { embeddedFolder, prepareDatabase } from "../node-platform.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { cpuMsOf } from "./cpu-time.ts";
import { countFaulty, generateTable, tableMapping } from "./generated-table.ts";
import { peakMegabytesOf } from "./process-memory.ts";

/** What one run of the import command cost; `peakMegabytes` is the most that its process held resident, `stored` what the database holds of the source afterwards. */
export interface ImportRun {
  readonly table: (typeof tables)[number];
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly rowsPerSecond: number;
  readonly added: number;
  readonly changed: number;
  readonly rejected: number;
  readonly stored: number;
}

/** What `bench -- import` prints; `loadAverage` is of the minute before its end. */
export interface ImportBenchReport {
  readonly rows: number;
  readonly engine: OpenDatabase["engine"];
  readonly fileMegabytes: number;
  readonly loadAverage: number;
  readonly runs: readonly ImportRun[];
}

export interface ImportBenchOptions {
  readonly rows: number;
  readonly embedded: boolean;
  /** Hears how many of the `importSteps` are done. */
  readonly onProgress: (steps: number) => void;
}

/** A table that is new, and the same one with a tenth of its rows changed. */
const tables = ["new", "changed"] as const;
/** The preparation, and the run of each table. */
export const importSteps = 1 + tables.length;

const sampleMs = 100;
const source = "bench";
const Report = z.object({ state: z.string(), added: z.number(), changed: z.number(), rejected: z.number() });

interface Bench {
  readonly rows: number;
  readonly folder: string;
  /** Of the import command. */
  readonly env: Readonly<Record<string, string>>;
  open(): Promise<OpenDatabase>;
}

async function withDatabase<Result>({ open }: Bench, work: (database: OpenDatabase) => Promise<Result>): Promise<Result> {
  const database = await open();
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Loads the content that ships, as a first start does; returns the ids of the needs. */
async function prepare(bench: Bench): Promise<readonly string[]> {
  const content = await openContentSource({
    root: projectRoot,
    demo: false,
    cacheDir: join(bench.folder, "cache"),
    onProgress: () => undefined,
  });
  return await withDatabase(bench, async (database) => {
    await prepareDatabase(database, content);
    return await readLabels(database.db, "need");
  });
}

/** Runs the import command to its end and looks at its process meanwhile. */
async function runMeasured(args: readonly string[], env: Readonly<Record<string, string>>) {
  const began = performance.now();
  const child = spawn(process.execPath, ["src/entry/launch.ts", "cli", "import", ...args, "--json"], {
    cwd: projectRoot,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const { pid = 0 } = child;
  const cost = { peakMegabytes: 0, cpuSeconds: 0 };
  const sampling = setInterval(async () => {
    // A process that is ending has no memory any more; what was seen before is kept.
    cost.peakMegabytes = await peakMegabytesOf(pid).catch(() => cost.peakMegabytes);
    cost.cpuSeconds = Math.max(cost.cpuSeconds, (await cpuMsOf(pid)) / 1000);
  }, sampleMs);
  try {
    const [code, output] = await Promise.all([ended, text(child.stdout)]);
    if (code !== 0) throw new AppError("USAGE", `The import ended with ${code}; what it said stands above.`);
    return { ...cost, seconds: (performance.now() - began) / 1000, report: Report.parse(JSON.parse(output)) };
  } finally {
    clearInterval(sampling);
  }
}

/** Imports one table; throws where the report, the database and the table do not say the same. */
async function measureRun(bench: Bench, table: ImportRun["table"], needs: readonly string[]): Promise<ImportRun> {
  const { rows, folder, env } = bench;
  const [file, mapping] = [join(folder, "angebote.csv"), join(folder, "mapping.json")];
  await pipeline(Readable.from(generateTable({ rows, needs, changed: table === "changed" })), createWriteStream(file));
  await writeFile(mapping, JSON.stringify(tableMapping));
  const { seconds, report, ...cost } = await runMeasured(["csv", file, "--source", source, "--option", `mapping=${mapping}`], env);
  const stored = await withDatabase(bench, async ({ db }) => {
    const [all] = await db.select({ offers: count() }).from(importedOffers).where(eq(importedOffers.source, source));
    return all?.offers ?? 0;
  });
  const { state, ...counts } = report;
  if (state !== "done" || counts.rejected !== countFaulty(rows) || stored !== rows - countFaulty(rows))
    throw new AppError(
      "SOURCE_INVALID",
      `${rows} rows, ${countFaulty(rows)} of them faulty: the import is ${state} with ${counts.rejected} rejected, the database holds ${stored}.`,
    );
  return { table, seconds, ...cost, rowsPerSecond: rows / seconds, ...counts, stored };
}

function openerOf(cluster: Cluster | undefined, folder: string): Pick<Bench, "env" | "open"> {
  if (cluster === undefined) return { env: { DATA_DIR: folder }, open: () => openEmbedded({ folder: embeddedFolder(folder) }) };
  const env = { DATA_DIR: folder, DATABASE_URL: cluster.url, DATA_KEY: "01".repeat(32) };
  return { env, open: async () => openServer(cluster.url, { connections: 2 }) };
}

/** Sends a generated CSV file through the whole import command, in a process of its own, twice: all of it new, then a tenth changed. */
export async function measureImport({ rows, embedded, onProgress }: ImportBenchOptions): Promise<ImportBenchReport> {
  const folder = await mkdtemp(join(tmpdir(), "stadtlotse-import-"));
  const cluster = embedded ? undefined : await startCluster();
  const bench: Bench = { rows, folder, ...openerOf(cluster, folder) };
  try {
    const needs = await prepare(bench);
    onProgress(1);
    const runs: ImportRun[] = [];
    for (const table of tables) {
      runs.push(await measureRun(bench, table, needs));
      onProgress(1 + runs.length);
    }
    const fileMegabytes = (await stat(join(folder, "angebote.csv"))).size / 2 ** 20;
    return { rows, engine: embedded ? "embedded" : "server", fileMegabytes, loadAverage: loadavg()[0] ?? 0, runs };
  } finally {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
