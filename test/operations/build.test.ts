import { cp, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { projectRoot } from "../../src/node-content.ts";
import { buildWidget } from "../../src/operations/build.ts";
import { ensureBuilt } from "../../src/operations/built.ts";

let folder: string | undefined;
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true });
});

/** The whole product is built several times. */
const slow = { timeout: 60_000 };
/** As npm and browsers count: kilobytes of 1,000 bytes. */
const kilobyte = 1000;

test("builds a light browser part without server code, other hosts or words of nine languages", async () => {
  folder = await mkdtemp(join(tmpdir(), "stadtlotse-widget-"));
  const built = await buildWidget({ root: projectRoot, outDir: folder });
  const names = (await readdir(folder)).sort();
  expect(names.filter((name) => !name.endsWith(".woff2"))).toEqual([
    ...["console.css", "console.js", "embed.js", "icon.svg", "loader.js", "pages.css", "panel.js", "provider.css", "start.js"],
  ]);
  expect(names.filter((name) => name.endsWith(".woff2"))).toHaveLength(6);
  expect([...built.files].sort()).toEqual(names);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder ?? "", name))).size));
  expect(built.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
  const text = (name: string) => readFile(join(folder ?? "", name), "utf8");
  const [loader, panel] = [await text("loader.js"), await text("panel.js")];
  expect(gzipSync(loader).length).toBeLessThanOrEqual(3 * kilobyte);
  expect(gzipSync(panel).length).toBeLessThanOrEqual(40 * kilobyte);
  for (const script of [loader, panel]) expect(script).not.toMatch(/"node:|Behörden-Telefon|import *["{]|https?:\/\//);
  for (const name of ["pages.css", "console.css"]) expect(await text(name)).not.toMatch(/https?:|@import/);
  expect(await text("console.js")).not.toMatch(/node:|Behörden-Telefon|Protokoll/);
});

/** A checkout of its own with this one's packages. */
async function copyCheckout(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "stadtlotse-build-"));
  folder = root;
  for (const part of ["src", "knowledge", "package.json", "package-lock.json"])
    await cp(join(projectRoot, part), join(root, part), { recursive: true });
  await symlink(join(projectRoot, "node_modules"), join(root, "node_modules"));
  return root;
}

test(
  "builds anew when a source changed, once for all who ask at the same time, and keeps what a running server may still load",
  slow,
  async () => {
    const root = await copyCheckout();
    const [first, same] = await Promise.all([ensureBuilt(root), ensureBuilt(root)]);
    expect(same).toBe(first);
    expect(await ensureBuilt(root)).toBe(first);
    expect((await readdir(join(first, "server"))).filter((name) => /^(cli|node|train-worker|embed-worker)\.js$/.test(name))).toHaveLength(
      4,
    );
    await writeFile(join(root, "src/widget/icon.svg"), "<svg/>");
    const second = await ensureBuilt(root);
    expect(second).not.toBe(first);
    expect(await readFile(join(second, "widget/icon.svg"), "utf8")).toBe("<svg/>");
    expect((await readdir(join(root, "dist"))).sort()).toEqual([basename(first), basename(second)].sort());
  },
);

test("says which source does not build, and leaves nothing half built", slow, async () => {
  const root = await copyCheckout();
  await writeFile(join(root, "src/config.ts"), "\nexport const = 1;");
  await expect(ensureBuilt(root)).rejects.toThrow(/src\/config\.ts:2:13/);
  expect(await readdir(join(root, "dist"))).toEqual([]);
});
