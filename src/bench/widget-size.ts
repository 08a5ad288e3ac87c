import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildWidget } from "../operations/build.ts";

/** What `bench -- widget` prints: bytes as gzip sends them at its best level. */
export interface WidgetReport {
  /** What every page that embeds the widget loads. */
  readonly loaderGzBytes: number;
  /** What comes with the first press. */
  readonly panelGzBytes: number;
  /** The fonts of a page in German; they are compressed already. */
  readonly fontBytes: number;
}

/** Builds the widget of a checkout and weighs it. */
export async function weighWidget(root: string): Promise<WidgetReport> {
  const folder = await mkdtemp(join(tmpdir(), "stadtlotse-widget-"));
  try {
    await buildWidget({ root, outDir: folder });
    const bytes = async (name: string) => await readFile(join(folder, name));
    const gzipped = async (name: string) => gzipSync(await bytes(name), { level: 9 }).length;
    const fonts = await Promise.all(["open-sans-latin.woff2", "roboto-condensed-latin.woff2"].map(bytes));
    return {
      loaderGzBytes: await gzipped("loader.js"),
      panelGzBytes: await gzipped("panel.js"),
      fontBytes: fonts.reduce((sum, { length }) => sum + length, 0),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
