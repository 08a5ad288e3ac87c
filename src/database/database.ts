import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { AppError } from "../core/errors.ts";

/** Drizzle over either engine; also the type of a transaction. */
export type Database = Pick<PgDatabase<PgQueryResultHKT>, "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute" | "transaction">;

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

const connectionCodes = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "CONNECTION_CLOSED", "CONNECTION_ENDED", "CONNECTION_DESTROYED", "CONNECT_TIMEOUT"]);

function codeOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  }
  return undefined;
}

/** True if the server could not be reached or is going down (SQLSTATE classes 08, 53 and 57P). */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return error instanceof Error && /PGlite is closed/.test(error.message);
  return connectionCodes.has(code) || code.startsWith("08") || code.startsWith("53") || code.startsWith("57P");
}

/** Runs database work; a fault comes out as DATABASE_UNAVAILABLE or DATABASE_FAILED without the values of the query. */
export async function guarded<Result>(doing: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (isUnavailable(error)) throw new AppError("DATABASE_UNAVAILABLE", `${doing}: the database cannot be reached. Is it running?`, { cause: error });
    throw new AppError("DATABASE_FAILED", `${doing}: the database refused (SQLSTATE ${codeOf(error) ?? "unknown"}).`, { cause: error });
  }
}
