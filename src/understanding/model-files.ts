import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isMissing } from "../core/errors.ts";
import type { ModelStore } from "./models.ts";

/** Sets of lessons whose models are kept beside the shipped ones. */
const keptLessons = 4;

/** Removes the models of old lessons: the folders beside `folder`, but for the newest. */
async function dropOld(folder: string): Promise<void> {
  const entries = await readdir(dirname(folder), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  const aged = await Promise.all(folders.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
  const old = aged.sort((a, b) => b.at - a.at).slice(keptLessons);
  await Promise.all(old.map(({ path }) => rm(path, { recursive: true, force: true })));
}

/** The models as files of a cache folder, `<key>/<kind>.model`; a key with lessons is a folder in the content's. */
export function createModelFiles(cacheDir: string): ModelStore {
  return {
    find: async (kind, key) => {
      try {
        return new Uint8Array(await readFile(join(cacheDir, key, `${kind}.model`)));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    save: async (kind, key, bytes) => {
      const folder = join(cacheDir, key);
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${kind}.model`);
      await writeFile(`${path}.${process.pid}`, bytes);
      await rename(`${path}.${process.pid}`, path);
      if (key.includes("/")) await dropOld(folder);
    },
  };
}
