import { DrizzleQueryError } from "drizzle-orm/errors";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { AppError } from "../core/errors.ts";

/** Drizzle over either engine; also the type of a transaction. */
export type Database = Pick<
  PgDatabase<PgQueryResultHKT>,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute" | "transaction"
>;

/** Runs one SQL text, which may hold several statements, and returns the rows of the last one. */
export type RunSql = (text: string) => Promise<readonly Record<string, unknown>[]>;

/** An open database: the query layer, plain SQL for migrations, and its end. */
export interface OpenDatabase {
  readonly engine: "embedded" | "server";
  readonly db: Database;
  /** Runs `work` in one transaction over plain SQL. */
  transact<Result>(work: (run: RunSql) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const connectionCodes = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"],
  ...["CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECTION_DESTROYED", "CONNECT_TIMEOUT"],
]);

/** The driver's error below Drizzle's, whose message holds the values of the query. */
function driverError(error: unknown): unknown {
  return error instanceof DrizzleQueryError && error.cause !== undefined ? driverError(error.cause) : error;
}

/** The SQLSTATE of a fault, or the code of a failed connection; undefined if no database said it. */
export function databaseCode(error: unknown): string | undefined {
  const fault = driverError(error);
  if (!(fault instanceof Error)) return undefined;
  if ("code" in fault && typeof fault.code === "string") return fault.code;
  return /^PGlite is clos(ed|ing)$/.test(fault.message) ? "CONNECTION_ENDED" : undefined;
}

/** True if the server could not be reached or is going down (SQLSTATE classes 08, 53 and 57P). */
function isUnavailable(error: unknown): boolean {
  const code = databaseCode(error);
  return code !== undefined && (connectionCodes.has(code) || /^(08|53|57P)/.test(code));
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

/** The rows of `db.execute`, which the two engines hand over differently. */
export function rowsOf(result: unknown): readonly unknown[] {
  if (Array.isArray(result)) return result;
  if (typeof result === "object" && result !== null && "rows" in result && Array.isArray(result.rows)) return result.rows;
  throw new AppError("DATABASE_FAILED", "A query gave no rows where rows were due.");
}
