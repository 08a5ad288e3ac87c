import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import type { OpenDatabase } from "./database.ts";

/** An embedded database that can also be copied whole. */
export interface EmbeddedDatabase extends OpenDatabase {
  /** The whole data folder as an archive, to start copies from. */
  dump(): Promise<Blob>;
}

/** Opens PGlite in a folder (created if missing), or in memory without one, empty or as a copy of `template`. One process a folder: hold the control socket first. */
export async function openEmbedded(
  where: { readonly folder: string } | { readonly template?: Blob | undefined },
): Promise<EmbeddedDatabase> {
  const client =
    "folder" in where ? new PGlite(where.folder) : new PGlite(where.template === undefined ? {} : { loadDataDir: where.template });
  await client.waitReady;
  return {
    engine: "embedded",
    db: drizzle(client),
    transact: (work) =>
      client.transaction((transaction) =>
        work(async (text) => {
          const results = await transaction.exec(text);
          return (results.at(-1)?.rows ?? []) as Record<string, unknown>[];
        }),
      ),
    close: () => client.close(),
    dump: () => client.dumpDataDir("none"),
  };
}
