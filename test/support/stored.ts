import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { openEmbedded } from "../../src/database/embedded.ts";
import { embeddedFolder } from "../../src/node-platform.ts";

const Names = z.array(z.object({ name: z.string() }));
const Rows = z.array(z.object({ row: z.string() }));

/** Every table of every schema that is not PostgreSQL's own, each row as text; the server of that DATA_DIR must have ended. */
export async function dumpTables(dataDir: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const database = await openEmbedded({ folder: embeddedFolder(dataDir) });
  try {
    return await database.transact(async (run) => {
      const tables = Names.parse(
        await run(`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
          where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1`),
      );
      const dump = new Map<string, readonly string[]>();
      for (const { name } of tables) {
        dump.set(
          name,
          Rows.parse(await run(`select t::text as row from ${name} t`)).map(({ row }) => row),
        );
      }
      return dump;
    });
  } finally {
    await database.close();
  }
}

/** Runs one query on the database of a DATA_DIR whose server has ended. */
export async function queryStored(dataDir: string, query: string): Promise<readonly Record<string, unknown>[]> {
  const database = await openEmbedded({ folder: embeddedFolder(dataDir) });
  try {
    return await database.transact((run) => run(query));
  } finally {
    await database.close();
  }
}

/** The files of the database, write-ahead log included, that hold one of the texts as UTF-8. */
export async function filesWith(dataDir: string, texts: readonly string[]): Promise<readonly string[]> {
  const entries = await readdir(embeddedFolder(dataDir), { withFileTypes: true, recursive: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    if (texts.some((text) => bytes.includes(text))) found.push(path);
  }
  return found;
}
