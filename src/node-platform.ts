import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadContent, storedHash } from "./catalogue/content-store.ts";
import type { Config } from "./config.ts";
import { AppError, isMissing } from "./core/errors.ts";
import type { OpenDatabase } from "./database/database.ts";
import { migrate } from "./database/migrate.ts";
import { type ContentSource, projectRoot } from "./node-content.ts";
import { ensureBuilt } from "./operations/built.ts";
import type { Asset } from "./pages/pages.tsx";
import { type KeyedModels, type ModelSource, readModelKeys } from "./understanding/live-models.ts";
import { createDatabaseModels, findModels, keepModels, keysOf } from "./understanding/models.ts";

/** Migrates, and loads the content if the database holds another state of it. */
export async function prepareDatabase(database: OpenDatabase, source: ContentSource): Promise<void> {
  await migrate(database);
  if ((await storedHash(database.db)) !== source.hash) await loadContent(database.db, await source.read());
}

/** Where this process has its models from: files for an embedded database, which nobody else reads, else the database that all processes share. */
export function openModels({ engine, db }: OpenDatabase, source: ContentSource): ModelSource {
  const store = engine === "embedded" ? source.store : createDatabaseModels(db);
  async function first(): Promise<KeyedModels> {
    const keys = await readModelKeys(db, source.modelKey);
    const known = await findModels(store, keys);
    return known === undefined ? { models: await source.models(), keys: keysOf(source.modelKey) } : { models: known, keys };
  }
  const models = first();
  // A fault is met where they are awaited.
  models.catch(() => undefined);
  return { store, contentKey: source.modelKey, first: models, learn: source.learn };
}

/** Keeps a process's first models where all processes of a shared database find them; does nothing for an embedded one. */
export async function shareModels({ engine }: OpenDatabase, { store, first }: ModelSource): Promise<void> {
  const { models, keys } = await first;
  if (engine === "server") await keepModels(store, keys, models);
}

const keyBytes = 32;

/** DATA_KEY, or for the embedded database a key made once and kept in DATA_DIR for the owner alone. */
export async function readDataKey(config: Pick<Config, "dataKey" | "dataDir" | "databaseUrl">): Promise<Uint8Array> {
  if (config.dataKey !== undefined) return Buffer.from(config.dataKey, "hex");
  if (config.databaseUrl !== undefined) {
    throw new AppError(
      "CONFIG_INVALID",
      "DATABASE_URL needs DATA_KEY beside it (64 hexadecimal digits, the same in every process): openssl rand -hex 32",
    );
  }
  const path = join(config.dataDir, "data.key");
  try {
    return Buffer.from((await readFile(path, "utf8")).trim(), "hex");
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const key = randomBytes(keyBytes);
  await mkdir(config.dataDir, { recursive: true });
  await writeFile(`${path}.new`, key.toString("hex"), { mode: 0o600 });
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
  return key;
}

const contentTypes: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

/** The built browser files by name; builds them first where they are missing. */
export async function openAssets(): Promise<(name: string) => Promise<Asset | undefined>> {
  const folder = join(await ensureBuilt(projectRoot), "widget");
  return async (name: string): Promise<Asset | undefined> => {
    const contentType = contentTypes[name.split(".").at(-1) ?? ""];
    if (contentType === undefined || !/^[\w-]+\.\w+$/.test(name)) return undefined;
    try {
      return { body: new Uint8Array(await readFile(join(folder, name))), contentType };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
}

/** Where PGlite lies in DATA_DIR. */
export function embeddedFolder(dataDir: string): string {
  return join(dataDir, "database");
}
