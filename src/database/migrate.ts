import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, messageOf } from "../core/errors.ts";
import { databaseCode, guarded, type OpenDatabase } from "./database.ts";

const folder = join(import.meta.dirname, "migrations");

/** Another process created the same table at the same moment: unique_violation, duplicate_table, duplicate_object. */
const createdElsewhere = new Set(["23505", "42P07", "42710"]);

async function createLedger(database: OpenDatabase): Promise<void> {
  const create = () =>
    database.transact((run) =>
      run("create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())"),
    );
  try {
    await create();
  } catch (error) {
    if (!createdElsewhere.has(databaseCode(error) ?? "")) throw error;
    await create();
  }
}

async function applyWaiting(database: OpenDatabase): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  await createLedger(database);
  return await database.transact(async (run) => {
    await run("lock table schema_migrations in access exclusive mode");
    const applied = new Set((await run("select name from schema_migrations")).map((row) => String(row["name"])));
    const waiting = names.filter((name) => !applied.has(name));
    for (const name of waiting) {
      try {
        await run(await readFile(join(folder, name), "utf8"));
      } catch (error) {
        throw new AppError("DATABASE_FAILED", `Migration ${name} failed: ${messageOf(error)}. Nothing was changed.`, { cause: error });
      }
      await run(`insert into schema_migrations (name) values ('${name.replaceAll("'", "''")}')`);
    }
    return waiting;
  });
}

/** Applies the SQL files that this database has not seen, in the order of their names; returns their names. Processes that start at once wait for each other. */
export function migrate(database: OpenDatabase): Promise<readonly string[]> {
  return guarded("Preparing the database", () => applyWaiting(database));
}
