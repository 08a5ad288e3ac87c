import { parse } from "csv-parse/sync";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";

const mostRows = 1000;

const count = z.coerce.number().int().min(0).max(1_000_000);
const Unit = z.union([z.string().trim().min(1), z.object({ name: z.string().trim().min(1) }).transform(({ name }) => name)]);

/** A row of HSDS's service_capacity; `unit` is a name or a unit object. Fields that are not needed are passed over. */
const Row = z.object({
  service_id: z.string().trim().min(1),
  unit: Unit.optional(),
  available: count,
  maximum: count.min(1).optional(),
  updated: z.iso.datetime({ offset: true }),
});

/** How many places of an offer are free, as its provider says; `updated` is ISO 8601. */
export type ReportedCapacity = z.output<typeof Row>;

/** Rows by their place, from 1, or why they cannot be read. */
export interface ReadReport {
  readonly rows: readonly { readonly row: number; readonly value: ReportedCapacity }[];
  readonly rejected: readonly { readonly row: number; readonly reason: string }[];
}

const Listed = z.union([
  z.array(z.unknown()),
  z.object({ service_capacities: z.array(z.unknown()) }).transform((body) => body.service_capacities),
  z.object({ contents: z.array(z.unknown()) }).transform((body) => body.contents),
]);

function listJson(body: string): readonly unknown[] {
  try {
    return Listed.parse(JSON.parse(body));
  } catch (cause) {
    throw new AppError("REQUEST_INVALID", "The body is no JSON list of service_capacity.", { cause });
  }
}

const CsvRows = z.array(z.record(z.string(), z.string()));

function listCsv(body: string): readonly unknown[] {
  try {
    const rows = CsvRows.parse(parse(body, { columns: true, bom: true, trim: true, skip_empty_lines: true, delimiter: [",", ";"] }));
    return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== "")));
  } catch (cause) {
    throw new AppError("REQUEST_INVALID", "The body is no CSV with a line of column names.", { cause });
  }
}

/** Reads a report of free places; throws REQUEST_INVALID for a body that is none as a whole. */
export function readReport(body: string, format: "json" | "csv"): ReadReport {
  const items = format === "json" ? listJson(body) : listCsv(body);
  if (items.length === 0 || items.length > mostRows)
    throw new AppError("REQUEST_INVALID", `A report has 1 to ${mostRows} rows, and this one has ${items.length}.`);
  const read = items.map((item, index) => ({ row: index + 1, parsed: Row.safeParse(item) }));
  return {
    rows: read.flatMap(({ row, parsed }) => (parsed.success ? [{ row, value: parsed.data }] : [])),
    rejected: read.flatMap(({ row, parsed }) => {
      const issue = parsed.error?.issues[0];
      return issue === undefined ? [] : [{ row, reason: `${issue.path.join(".") || "row"}: ${issue.message}` }];
    }),
  };
}
