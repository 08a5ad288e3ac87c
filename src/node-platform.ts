import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import { type ContentFolders, hashContent, readContent } from "./catalogue/content-files.ts";
import { loadContent, storedHash } from "./catalogue/content-store.ts";
import type { Config } from "./config.ts";
import type { Content } from "./core/content.ts";
import { AppError, isMissing } from "./core/errors.ts";
import type { OpenDatabase } from "./database/database.ts";
import { migrate } from "./database/migrate.ts";
import { buildWidget } from "./operations/build-widget.ts";
import type { Asset } from "./pages/pages.tsx";
import { readModelFiles, writeModelFiles } from "./understanding/model-files.ts";
import { type EncodedModels, findModels, hasModels, saveModels } from "./understanding/models.ts";
import { type TrainingProgress, trainInWorkers } from "./understanding/train.ts";
import { modelVersion } from "./understanding/training-set.ts";

/** The checkout: intents/, knowledge/ and dist/ lie in it. */
export const projectRoot = join(import.meta.dirname, "..");

/** Content that is read from the files at most once, and models that are trained at most once. */
export interface ContentSource {
  readonly hash: string;
  /** What the models are kept under: the content, and the way they are trained. */
  readonly modelKey: string;
  read(): Promise<Content>;
  /** From the cache folder, else trained in a worker thread and kept there. */
  models(): Promise<EncodedModels>;
  /** Resolves once `models` leaves this thread free for other heavy work: they were cached, or other threads have what they need. */
  learning(): Promise<void>;
}

export interface ContentSourceOptions extends ContentFolders {
  readonly cacheDir: string;
  readonly onProgress: TrainingProgress;
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined;
  return () => {
    running ??= work();
    return running;
  };
}

/** The shipped content with its trained models, cached by content hash in `cacheDir`. */
export async function openContentSource({ cacheDir, onProgress, ...folders }: ContentSourceOptions): Promise<ContentSource> {
  const hash = await hashContent(folders);
  const modelKey = `${hash}-${modelVersion}`;
  const folder = join(cacheDir, modelKey);
  const read = once(() => readContent(folders));
  const begun = Promise.withResolvers<void>();
  const models = once(async () => {
    try {
      const cached = await readModelFiles(folder);
      if (cached !== undefined) return cached;
      const trained = await trainInWorkers(read, onProgress, begun.resolve);
      await writeModelFiles(folder, trained);
      return trained;
    } finally {
      begun.resolve();
    }
  });
  return { hash, modelKey, read, models, learning: () => begun.promise };
}

/** Migrates, and loads the content if the database holds another state of it. */
export async function prepareDatabase(database: OpenDatabase, source: ContentSource): Promise<void> {
  await migrate(database);
  if ((await storedHash(database.db)) !== source.hash) await loadContent(database.db, await source.read());
}

/** The models that another process of this database has trained for this content, else this source's. */
export async function obtainModels({ db }: OpenDatabase, source: ContentSource): Promise<EncodedModels> {
  return (await findModels(db, source.modelKey)) ?? (await source.models());
}

/** Keeps the models in a server's database, for the other processes of it. An embedded one has one process only, which has them in its cache folder. */
export async function keepModels({ db, engine }: OpenDatabase, source: ContentSource, models: EncodedModels): Promise<void> {
  if (engine === "server" && !(await hasModels(db, source.modelKey))) await saveModels(db, source.modelKey, models);
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
export async function openAssets(log: Pick<Logger, "info">): Promise<(name: string) => Promise<Asset | undefined>> {
  const folder = join(projectRoot, "dist", "widget");
  const read = async (name: string): Promise<Asset | undefined> => {
    const contentType = contentTypes[name.split(".").at(-1) ?? ""];
    if (contentType === undefined || !/^[\w-]+\.\w+$/.test(name)) return undefined;
    try {
      return { body: new Uint8Array(await readFile(join(folder, name))), contentType };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  if ((await read("chat.js")) === undefined) {
    const { files } = await buildWidget({ outDir: folder });
    log.info({ files }, "built the browser's part");
  }
  return read;
}

/** Where PGlite lies in DATA_DIR. */
export function embeddedFolder(dataDir: string): string {
  return join(dataDir, "database");
}
