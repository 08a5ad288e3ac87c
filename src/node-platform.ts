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
import { type EncodedModels, findModels, hasModels, saveModels } from "./understanding/models.ts";

/** Migrates, and loads the content if the database holds another state of it. */
export async function prepareDatabase(database: OpenDatabase, source: ContentSource): Promise<void> {
  await migrate(database);
  if ((await storedHash(database.db)) !== source.hash) await loadContent(database.db, await source.read());
}

/** The models that another process of this database has trained for this content, else this source's. */
export async function obtainModels({ db }: OpenDatabase, source: ContentSource): Promise<EncodedModels> {
  return (await findModels(db, source.modelKey)) ?? (await source.models());
}

/** Keeps the models in the database, for the other processes of it; does nothing if they are there. */
export async function keepModels({ db }: OpenDatabase, source: ContentSource, models: EncodedModels): Promise<void> {
  if (!(await hasModels(db, source.modelKey))) await saveModels(db, source.modelKey, models);
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
