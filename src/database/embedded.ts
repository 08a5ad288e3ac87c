import { access } from "node:fs/promises";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { type Extensions, PGlite, type PGliteOptions, types } from "@electric-sql/pglite";
import { dataDir as preparedDataDir } from "@electric-sql/pglite-prepopulatedfs";
import { drizzle } from "drizzle-orm/pglite";
import { isMissing } from "../core/errors.ts";
import type { OpenDatabase } from "./database.ts";

/** An embedded database that can also be copied whole. */
export interface EmbeddedDatabase extends OpenDatabase {
  /** The whole data folder as an archive, to start copies from. */
  dump(): Promise<Blob>;
}

/** PGlite's own way with bytea goes byte by byte: 17 s to write 14 MB of models, 4 s to read them; this takes 1.2 s and 0.2 s. */
const bytesAsHex: PGliteOptions = {
  serializers: { [types.BYTEA]: (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString("hex")}` },
  parsers: { [types.BYTEA]: (hex: string) => new Uint8Array(Buffer.from(hex.slice(2), "hex")) },
};

async function isInitialized(folder: string): Promise<boolean> {
  try {
    await access(join(folder, "PG_VERSION"));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** What an empty database starts as: PGlite's makers ship the result of initdb, which takes 5 s by itself. */
async function placeOf(where: EmbeddedPlace): Promise<PGliteOptions> {
  if (!("folder" in where)) return { loadDataDir: where.template ?? (await preparedDataDir()) };
  if (await isInitialized(where.folder)) return { dataDir: where.folder };
  return { dataDir: where.folder, loadDataDir: await preparedDataDir() };
}

/** A folder, or memory as a copy of `template`. */
export type EmbeddedPlace = { readonly folder: string } | { readonly template?: Blob | undefined };

async function open(where: EmbeddedPlace, options: PGliteOptions): Promise<EmbeddedDatabase> {
  const client = new PGlite({ ...bytesAsHex, ...(await placeOf(where)), ...options });
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

/**
 * Opens PGlite in a folder (created if missing), or in memory without one, empty or as a copy of `template`. One process a folder: hold the control socket first.
 * `extensions` can then be created in it; a folder that uses one must always be opened with it.
 */
export function openEmbedded(where: EmbeddedPlace, extensions: Extensions = {}): Promise<EmbeddedDatabase> {
  return open(where, { extensions });
}

/** PGlite's own are 128 MB, all of which a large import fills. */
const sparingBuffers = "16MB";

/**
 * The same with a third of the memory at its most, for commands, which end soon: V8 needs 600 MB and 2 s of processor time to optimise a single one of PGlite's functions soon after the start, and
 * is told not to optimise WebAssembly in this process. Statements take up to twice as long, so that this is not for a server.
 */
export function openSparing(where: EmbeddedPlace): Promise<EmbeddedDatabase> {
  setFlagsFromString("--no-wasm-tier-up");
  setFlagsFromString("--no-wasm-dynamic-tiering");
  return open(where, { startParams: [...PGlite.defaultStartParams, "-c", `shared_buffers=${sparingBuffers}`] });
}
