import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { fillFolder } from "../../src/operations/copy-files.ts";

let folder = "";
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a folder holds exactly the files, and what was there already is not written again", async () => {
  folder = await mkdtemp(join(tmpdir(), "stadtlotse-files-"));
  await writeFile(join(folder, "old.js"), "old");
  await writeFile(join(folder, "same.js"), "same");
  const before = await stat(join(folder, "same.js"));
  const files = new Map(["same.js", "new.js"].map((name) => [name, new TextEncoder().encode(name.slice(0, -3))]));
  await Promise.all([fillFolder(folder, files), fillFolder(folder, files)]);
  expect((await readdir(folder)).sort()).toEqual(["new.js", "same.js"]);
  expect(await readFile(join(folder, "new.js"), "utf8")).toBe("new");
  expect((await stat(join(folder, "same.js"))).ino).toBe(before.ino);
});
