import { z } from "zod";

const Rows = z.array(z.record(z.string(), z.unknown())).catch([]);

/** Prints what an operation gave: JSON, or one line a row. */
export function print(result: unknown, json: boolean): void {
  if (json) return void process.stdout.write(`${JSON.stringify(result ?? null)}\n`);
  const rows = Rows.parse(result);
  const lines = rows.map((row) =>
    Object.values(row)
      .map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
      .join("  "),
  );
  process.stdout.write(`${[...lines, result === undefined || result === null ? "Done." : `${rows.length} in all.`].join("\n")}\n`);
}
