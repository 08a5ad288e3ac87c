import { defineCommand } from "citty";
import { type ImportBenchReport, importSteps, measureImport } from "../bench/import.ts";
import { AppError } from "../core/errors.ts";
import { drawBar } from "./progress.ts";

const mostRows = 1_000_000;

function readRows(given: string): number {
  const rows = Number(given);
  if (!(Number.isInteger(rows) && rows >= 1 && rows <= mostRows))
    throw new AppError("USAGE", `--rows ${given}: a whole number from 1 to ${mostRows}.`);
  return rows;
}

function printReport({ rows, engine, fileMegabytes, loadAverage, runs }: ImportBenchReport): string {
  return [
    `${rows} rows (${fileMegabytes.toFixed(0)} MB) into the ${engine} database, load average ${loadAverage.toFixed(1)}`,
    "table      seconds  CPU (s)  peak (MB)   rows/s    added  changed  rejected   stored",
    ...runs.map((run) =>
      [
        run.table.padEnd(9),
        run.seconds.toFixed(1).padStart(8),
        run.cpuSeconds.toFixed(1).padStart(8),
        run.peakMegabytes.toFixed(0).padStart(10),
        run.rowsPerSecond.toFixed(0).padStart(8),
        String(run.added).padStart(8),
        String(run.changed).padStart(8),
        String(run.rejected).padStart(9),
        String(run.stored).padStart(8),
      ].join(" "),
    ),
  ].join("\n");
}

/** `npm run bench -- import`. */
export function createImportBench() {
  return defineCommand({
    meta: {
      name: "import",
      description: `Write a CSV file of generated offers and send it through the import command, in a process of its own: first all of it new, then with a tenth changed.
Measures time, processor time and the most memory of that process (Linux only), and holds the counts against the database.
Starts a PostgreSQL cluster of its own on a free port (Debian's programs), or works with --embedded in a folder of its own.

Examples:
  npm run -s bench -- import
  npm run -s bench -- import --embedded
  npm run -s bench -- import --embedded --rows 10000 --json`,
    },
    args: {
      rows: { type: "string", default: "100000", description: "rows of the file" },
      embedded: { type: "boolean", description: "the embedded database" },
      json: { type: "boolean", description: "print one JSON object" },
    },
    run: async ({ args }) => {
      const report = await measureImport({
        rows: readRows(args.rows),
        embedded: args.embedded === true,
        onProgress: drawBar(process.stderr, "Importing", importSteps),
      });
      process.stdout.write(`${args.json === true ? JSON.stringify(report) : printReport(report)}\n`);
    },
  });
}
