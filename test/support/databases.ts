import { randomBytes } from "node:crypto";
import { vector } from "@electric-sql/pglite-pgvector";
import type { OpenDatabase } from "../../src/database/database.ts";
import { openEmbedded } from "../../src/database/embedded.ts";
import { migrate } from "../../src/database/migrate.ts";
import { openServer } from "../../src/database/server.ts";

export type DatabaseKind = OpenDatabase["engine"];

/** A database of one test file; on a server it is dropped by `close`. */
export type TestDatabase = OpenDatabase & {
  readonly name: string;
  /** Undefined for an embedded database, which nobody else can open. */
  readonly url: string | undefined;
};

const serverUrl = process.env["DATABASE_URL"];

/** The engines that contract suites run on: the embedded one, and with DATABASE_URL that server as well. */
export function databaseKinds(): readonly DatabaseKind[] {
  return serverUrl === undefined ? ["embedded"] : ["embedded", "server"];
}

/** Opens a new database without any table. */
export async function openEmptyDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  if (kind === "embedded") return { ...(await openEmbedded({})), name: "memory", url: undefined };
  const url = new URL(serverUrl ?? "");
  const name = `stadtlotse_test_${randomBytes(6).toString("hex")}`;
  await onServer(url.href, `create database ${name}`);
  const administration = url.href;
  url.pathname = `/${name}`;
  const database = openServer(url.href, { connections: 4 });
  const close = async () => {
    await database.close();
    await onServer(administration, `drop database if exists ${name} with (force)`);
  };
  return { ...database, close, name, url: url.href };
}

/** Opens a new database with all its tables; takes 3 s embedded, so open one a file and empty its tables between tests. */
export async function openTestDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  const database = await openEmptyDatabase(kind);
  await migrate(database);
  return database;
}

/** Opens a new embedded database with all its tables, in which pgvector can be created: the real one, built for PGlite. */
export async function openPgvectorDatabase(): Promise<OpenDatabase> {
  const database = await openEmbedded({}, { vector });
  await migrate(database);
  return database;
}

/** Runs one statement outside any transaction, as CREATE DATABASE wants it. */
async function onServer(url: string, statement: string): Promise<void> {
  const administration = openServer(url, { connections: 1 });
  try {
    await administration.db.execute(statement);
  } finally {
    await administration.close();
  }
}
