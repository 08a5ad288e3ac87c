import { writeFile } from "node:fs/promises";
import { defineCommand } from "citty";
import { measureScale, type ScaleRow } from "../bench/scale.ts";
import { drawScale } from "../bench/scale-plot.ts";
import { AppError } from "../core/errors.ts";
import { drawBar } from "./progress.ts";
import { isEngine, openEngine, searchEngines } from "./search-engines.ts";

/** Where the engine in memory is not measured any more: a catalogue of this size belongs into a database. */
const mostInMemory = 100_000;

function readSizes(list: string): readonly number[] {
  const sizes = list.split(",").map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1 || size > 10_000_000))
    throw new AppError("USAGE", `--offers ${list}: numbers of offers from 1 to 10000000, with commas between them.`);
  return sizes;
}

function printRow({ offers, engine, buildSeconds, megabytes, p50Ms, p99Ms }: ScaleRow): string {
  const cells = [String(offers).padStart(9), engine.padEnd(8), buildSeconds.toFixed(1).padStart(9), megabytes.toFixed(0).padStart(9)];
  return [...cells, p50Ms.toFixed(2).padStart(9), p99Ms.toFixed(2).padStart(9)].join(" ");
}

/** `npm run bench -- scale`. */
export function createScaleBench(databaseUrl: () => string | undefined) {
  return defineCommand({
    meta: {
      name: "scale",
      description: `Build each engine over generated catalogues of growing size, and ask questions. Memory is measured up to ${mostInMemory} offers.

Examples:
  DATABASE_URL=postgres://… npm run -s bench -- scale
  DATABASE_URL=postgres://… npm run -s bench -- scale --offers 1000000 --engine postgres
  npm run -s bench -- scale --offers 1000,10000 --engine memory --json
  npm run -s bench -- scale --plot docs/images/search-scale.svg`,
    },
    args: {
      offers: { type: "string", default: "1000,10000,100000", description: "sizes, with commas between them" },
      engine: { type: "string", description: "memory or postgres; both otherwise" },
      plot: { type: "string", description: "an SVG file to write" },
      json: { type: "boolean", description: "print one JSON object" },
    },
    run: async ({ args }) => {
      const { engine } = args;
      if (engine !== undefined && !isEngine(engine))
        throw new AppError("USAGE", `--engine ${engine} is none of ${searchEngines.join(", ")}.`);
      const rows: ScaleRow[] = [];
      if (args.json !== true) process.stdout.write("   offers engine   build (s)      (MB)  p50 (ms)  p99 (ms)\n");
      for (const offers of readSizes(args.offers))
        for (const each of engine === undefined ? searchEngines : [engine]) {
          if (each === "memory" && offers > mostInMemory) continue;
          const opened = await openEngine(each, databaseUrl());
          try {
            const row = await measureScale(each, offers, opened, drawBar(process.stderr, `${each} ${offers}`, offers));
            rows.push(row);
            if (args.json !== true) process.stdout.write(`${printRow(row)}\n`);
          } finally {
            await opened.close();
          }
        }
      if (args.json === true) process.stdout.write(`${JSON.stringify({ rows })}\n`);
      if (args.plot !== undefined) await writeFile(args.plot, drawScale(rows));
    },
  });
}
