import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { buildWidget } from "../../src/operations/build-widget.ts";

let folder: string | undefined;
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true });
});

test("builds a light browser part without server code, other hosts or words of nine languages", async () => {
  folder = await mkdtemp(join(tmpdir(), "stadtlotse-widget-"));
  const built = await buildWidget({ outDir: folder });
  const names = (await readdir(folder)).sort();
  expect(names).toEqual(["chat.css", "chat.js", "icon.svg"]);
  expect([...built.files].sort()).toEqual(names);
  const script = await readFile(join(folder, "chat.js"), "utf8");
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder ?? "", name))).size));
  expect(built.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
  expect(gzipSync(script).length).toBeLessThan(20_000);
  expect(script).not.toMatch(/innerHTML|node:|Behörden-Telefon/);
  expect(await readFile(join(folder, "chat.css"), "utf8")).not.toMatch(/https?:|@import/);
});
