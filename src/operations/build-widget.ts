import { basename, join } from "node:path";
import { build } from "esbuild";
import { AppError, messageOf } from "../core/errors.ts";

const source = join(import.meta.dirname, "../widget");

/** Builds the browser's part into `outDir` (chat.js, chat.css, icon.svg); `bytes` is their size together, not compressed. */
export async function buildWidget({
  outDir,
}: {
  readonly outDir: string;
}): Promise<{ readonly files: readonly string[]; readonly bytes: number }> {
  try {
    const { metafile } = await build({
      entryPoints: [
        { in: join(source, "main.ts"), out: "chat" },
        { in: join(source, "chat.css"), out: "chat" },
        { in: join(source, "icon.svg"), out: "icon" },
      ],
      outdir: outDir,
      bundle: true,
      format: "esm",
      target: "es2022",
      minify: true,
      loader: { ".svg": "copy" },
      metafile: true,
      logLevel: "silent",
    });
    const outputs = Object.entries(metafile.outputs);
    return { files: outputs.map(([file]) => basename(file)), bytes: outputs.reduce((sum, [, output]) => sum + output.bytes, 0) };
  } catch (error) {
    throw new AppError("CONTENT_INVALID", `The browser's part could not be built into ${outDir}: ${messageOf(error)}`, { cause: error });
  }
}
