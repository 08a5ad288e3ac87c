import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Older builds that stay: a server that is running may still load a part of its own. */
const keptBuilds = 2;

/** Tells one state of the sources from another, by path, size and time of change; 16 hexadecimal digits. */
async function stampOf(root: string): Promise<string> {
  const sources = await readdir(join(root, "src"), { recursive: true });
  const files = [...sources.map((name) => join("src", name)), "package.json", "package-lock.json"].sort();
  const states = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs } = await stat(join(root, file));
      return `${file} ${size} ${mtimeMs}`;
    }),
  );
  const hash = createHash("sha256").update([root, process.version, ...states].join("\n"));
  return hash.digest("hex").slice(0, 16);
}

async function removeOld(dist: string, current: string): Promise<void> {
  const others = (await readdir(dist)).filter((name) => name !== current);
  const aged = await Promise.all(
    others.map(async (name) => ({ name, made: (await stat(join(dist, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  const old = aged.sort((a, b) => b.made - a.made).slice(keptBuilds);
  await Promise.all(old.map(({ name }) => rm(join(dist, name), { recursive: true, force: true })));
}

/**
 * The folder dist/<state of the sources> with `server/` and `widget/` in it, built first if it is missing (about a second).
 * Whoever builds it at the same time ends with the same folder, whole. Throws CONTENT_INVALID if the sources do not build.
 */
export async function ensureBuilt(root: string): Promise<string> {
  const stamp = await stampOf(root);
  const dist = join(root, "dist");
  const folder = join(dist, stamp);
  if (await stat(folder).catch(() => undefined)) return folder;
  const { buildServer, buildWidget } = await import("./build.ts");
  const unfinished = join(dist, `${stamp}.${process.pid}`);
  await mkdir(unfinished, { recursive: true });
  try {
    await Promise.all([
      buildServer({ root, outDir: join(unfinished, "server") }),
      buildWidget({ root, outDir: join(unfinished, "widget") }),
    ]);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process was first: its folder is the same.
    if (!(await stat(folder).catch(() => undefined))) throw error;
  }
  await removeOld(dist, stamp);
  return folder;
}
