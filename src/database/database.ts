import { DrizzleQueryError } from "drizzle-orm/errors";
import type { PgDatabase, PgQueryResultHKT, PgTransactionConfig } from "drizzle-orm/pg-core";
import { AppError } from "../core/errors.ts";

/** Drizzle over either engine; also the type of a transaction, in which no further one is begun. */
export type Database = Pick<PgDatabase<PgQueryResultHKT>, "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute"> & {
  transaction<Result>(work: (transaction: Database) => Promise<Result>, config?: PgTransactionConfig): Promise<Result>;
};

/** Runs one SQL text, which may hold several statements, and returns the rows of the last one. */
export type RunSql = (text: string) => Promise<readonly Record<string, unknown>[]>;

/** An open database: the query layer, plain SQL for migrations, and its end. */
export interface OpenDatabase {
  readonly engine: "embedded" | "server";
  readonly db: Database;
  /** Runs `work` in one transaction over plain SQL. */
  transact<Result>(work: (run: RunSql) => Promise<Result>): Promise<Result>;
  /** Hears what other connections NOTIFY, also after the server was away; absent where there is one connection only. Resolves to the end. */
  readonly listen?: (channel: string, heard: (payload: string) => void) => Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const connectionCodes = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"],
  "CONNECTION_ENDED",
]);

/** The driver's error below Drizzle's, whose message holds the values of the query. */
function driverError(error: unknown): unknown {
  return error instanceof DrizzleQueryError && error.cause !== undefined ? driverError(error.cause) : error;
}

/** What drivers say without a code when a connection was lost or could not be had. */
const lostConnection =
  /^PGlite is clos(ed|ing)$|^Connection terminated|is not queryable$|^timeout exceeded when trying to connect|^timeout expired$|after calling end on the pool|^Query read timeout$/;

/** The SQLSTATE of a fault, or the code of a failed connection; undefined if no database said it. */
export function databaseCode(error: unknown): string | undefined {
  const fault = driverError(error);
  if (!(fault instanceof Error)) return undefined;
  if ("code" in fault && typeof fault.code === "string") return fault.code;
  return lostConnection.test(fault.message) ? "CONNECTION_ENDED" : undefined;
}

/** True if the server could not be reached, did not answer in time or is going down (SQLSTATE 57014, classes 08, 53 and 57P). */
function isUnavailable(error: unknown): boolean {
  const code = databaseCode(error);
  return code !== undefined && (connectionCodes.has(code) || /^(08|53|57P|57014)/.test(code));
}

/**
 * Runs database work; a fault comes out as DATABASE_UNAVAILABLE or DATABASE_FAILED. These carry no cause: drivers put
 * the values of the query into messages and fields. What is no fault of the database passes as it is.
 */
export async function guarded<Result>(doing: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = databaseCode(error);
    if (error instanceof AppError || code === undefined) throw driverError(error);
    if (isUnavailable(error))
      throw new AppError("DATABASE_UNAVAILABLE", `${doing}: the database cannot be reached (${code}). Is it running?`);
    throw new AppError("DATABASE_FAILED", `${doing}: the database refused (SQLSTATE ${code}).`);
  }
}

/**
 * Ids as an array for `= any(…)`, all of one kind; none of them is taken from outside. Beside a join with given rows it tells the planner how few they are: of JSON it expects a hundred
 * rows, and reads a whole table for them.
 */
export function idArray(ids: readonly (string | number)[]): string {
  return `{${ids.join(",")}}`;
}

/** The rows of `db.execute`, which the two engines hand over differently. */
export function rowsOf(result: unknown): readonly unknown[] {
  if (Array.isArray(result)) return result;
  if (typeof result === "object" && result !== null && "rows" in result && Array.isArray(result.rows)) return result.rows;
  throw new AppError("DATABASE_FAILED", "A query gave no rows where rows were due.");
}

const rowsOfPage = 2000;

/** Reads rows page by page, in the order of their ids: drivers hold a whole answer several times over. `read` gives those after an id, at most so many. */
export async function* readPages<Row extends { readonly id: string }>(
  read: (after: string, most: number) => Promise<readonly Row[]>,
): AsyncGenerator<Row> {
  for (let after = ""; ; ) {
    const rows = await read(after, rowsOfPage);
    yield* rows;
    if (rows.length < rowsOfPage) return;
    after = rows.at(-1)?.id ?? "";
  }
}
