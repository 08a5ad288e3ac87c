import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, stat, symlink, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hashContent } from "../../src/catalogue/content-files.ts";
import { openSession } from "../../src/commands/session.ts";
import { AppError, isMissing } from "../../src/core/errors.ts";
import { openEmbedded } from "../../src/database/embedded.ts";
import { lockFolder } from "../../src/database/folder-lock.ts";
import { openContentSource, projectRoot } from "../../src/node-content.ts";
import { embeddedFolder, prepareDatabase } from "../../src/node-platform.ts";

const prefix = "stadtlotse-test-cache-";
const keptMs = 6 * 60 * 60 * 1000;
const lockedForMs = 240_000;
/** What models, template and prepared database are made by, besides the content. */
const makers = [/^understanding\//, /^text\//, /^core\//, /^database\//, /^catalogue\/content-/, /^node-platform\.ts$/];

async function hashMakers(): Promise<string> {
  const source = join(projectRoot, "src");
  const entries = await readdir(source, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(source.length + 1));
  const hash = createHash("sha256");
  for (const path of paths.filter((each) => makers.some((maker) => maker.test(each))).sort()) {
    hash.update(`${path}\0`).update(await readFile(join(source, path)));
  }
  return hash.digest("hex").slice(0, 12);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Trains, and prepares a database as a first start leaves it. */
async function fill(folder: string): Promise<void> {
  const onProgress = () => undefined;
  const session = await openSession({ demo: false, dataDir: folder, onProgress });
  await session.close();
  const source = await openContentSource({ root: projectRoot, demo: false, cacheDir: join(folder, "cache"), onProgress });
  const half = join(folder, "half");
  await rm(half, { recursive: true, force: true });
  const database = await openEmbedded({ folder: half });
  await prepareDatabase(database, source);
  await database.close();
  await rename(half, embeddedFolder(folder));
}

/** Waits for whoever fills the folder at this moment. */
async function lockWhenFree(folder: string): Promise<() => Promise<void>> {
  for (const end = Date.now() + lockedForMs; ; await sleep(200)) {
    try {
      return await lockFolder(folder);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "DATABASE_HELD" || Date.now() > end) throw error;
    }
  }
}

async function removeOld(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    const path = join(tmpdir(), name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > keptMs) await rm(path, { recursive: true, force: true });
  }
}

async function prepare(): Promise<string> {
  const hash = `${await hashContent({ root: projectRoot, demo: false })}-${await hashMakers()}`;
  const folder = join(tmpdir(), `${prefix}${hash}`);
  await mkdir(folder, { recursive: true });
  if (!(await exists(embeddedFolder(folder)))) {
    const release = await lockWhenFree(folder);
    try {
      if (!(await exists(embeddedFolder(folder)))) await fill(folder);
    } finally {
      await release();
    }
  }
  await utimes(folder, new Date(), new Date());
  await removeOld();
  return folder;
}

let prepared: Promise<string> | undefined;

/** The most that a test's set-up waits for `trainedCache`: the first one on a machine trains. */
export const trainingMs = 240_000;

/** A folder that is a DATA_DIR for commands and sessions: trained models and templates of this content; filled once for all runs and test files. */
export function trainedCache(): Promise<string> {
  prepared ??= prepare();
  return prepared;
}

/** Makes an empty folder a DATA_DIR that holds the content and, in its cache, the models. */
export async function seedDataDir(dataDir: string): Promise<void> {
  const cache = await trainedCache();
  await symlink(join(cache, "cache"), join(dataDir, "cache"));
  await cp(embeddedFolder(cache), embeddedFolder(dataDir), { recursive: true });
}
