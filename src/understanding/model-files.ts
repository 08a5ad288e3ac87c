import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "../core/errors.ts";
import type { EncodedModels } from "./models.ts";
import { type ModelKind, modelKinds } from "./training-set.ts";

const fileOf = (folder: string, kind: ModelKind) => join(folder, `${kind}.model`);

/** Reads the models of a cache folder (one folder a content hash), undefined if any is missing. */
export async function readModelFiles(folder: string): Promise<EncodedModels | undefined> {
  const read = async (kind: ModelKind) => {
    try {
      return new Uint8Array(await readFile(fileOf(folder, kind)));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  const [intent, need, language] = await Promise.all(modelKinds.map(read));
  return intent === undefined || need === undefined || language === undefined ? undefined : { intent, need, language };
}

/** Writes the models so that a reader sees each whole or not at all. */
export async function writeModelFiles(folder: string, trained: EncodedModels): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const kind of modelKinds) {
    const path = fileOf(folder, kind);
    await writeFile(`${path}.${process.pid}`, trained[kind]);
    await rename(`${path}.${process.pid}`, path);
  }
}
