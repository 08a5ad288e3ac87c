import { readFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
import { AppError, messageOf } from "../core/errors.ts";

/** The checkout, and the folder that its part is built into. */
export interface BuildPlaces {
  readonly root: string;
  readonly outDir: string;
}

/** Names and size together of what was built, not compressed. */
export interface BuiltFiles {
  readonly files: readonly string[];
  readonly bytes: number;
}

/** Every engine that we run on knows \p{…}; esbuild's table says otherwise, and writes `new RegExp` in place of the literal, which is then compiled at each use. */
const supported = { "regexp-unicode-property-escapes": true };

async function bundle(options: BuildOptions & { readonly outdir: string }): Promise<Metafile> {
  try {
    return (await build({ ...options, supported, bundle: true, format: "esm", metafile: true, logLevel: "silent" })).metafile;
  } catch (error) {
    throw new AppError("CONTENT_INVALID", `The sources could not be built into ${options.outdir}: ${messageOf(error)}`, { cause: error });
  }
}

/** Builds the browser's part into `outDir`: chat.js, chat.css, icon.svg, the style of the pages for organisations, and the console's style and script. */
export async function buildWidget({ root, outDir }: BuildPlaces): Promise<BuiltFiles> {
  const source = join(root, "src/widget");
  const { outputs } = await bundle({
    entryPoints: [
      { in: join(source, "main.ts"), out: "chat" },
      { in: join(source, "chat.css"), out: "chat" },
      { in: join(source, "icon.svg"), out: "icon" },
      { in: join(root, "src/review/provider.css"), out: "provider" },
      { in: join(root, "src/review/console/console.css"), out: "console" },
      { in: join(root, "src/review/console/browser/console.ts"), out: "console" },
    ],
    outdir: outDir,
    target: "es2022",
    minify: true,
    loader: { ".svg": "copy" },
  });
  const built = Object.entries(outputs);
  return { files: built.map(([file]) => basename(file)), bytes: built.reduce((sum, [, output]) => sum + output.bytes, 0) };
}

/** Packages of many small modules: loaded one by one they cost half of a start. The others have files of their own beside them, or are loaded late. */
const bundledPackages = [
  "@hono/node-server",
  "@orama/stemmers",
  "chrono-node",
  "citty",
  "drizzle-orm",
  "eld",
  "hono",
  "js-yaml",
  "yaml",
  "zod",
];

/** `sourceFolder`, which stands for import.meta.dirname: where a module's neighbours lie does not change by bundling it. */
const keepPlaces: Plugin = {
  name: "keep-places",
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]src[\\/].*\.tsx?$/ }, async ({ path }) => ({
      contents: `const sourceFolder = ${JSON.stringify(dirname(path))};${await readFile(path, "utf8")}`,
      loader: extname(path) === ".tsx" ? "tsx" : "ts",
    }));
  },
};

/** Builds the server, the commands and the worker threads into `outDir`, one file an entry and what they share; readable, since stack traces point into it. */
export async function buildServer({ root, outDir }: BuildPlaces): Promise<void> {
  const source = join(root, "src");
  const { dependencies, peerDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
    peerDependencies: Record<string, string>;
  };
  await bundle({
    entryPoints: {
      node: join(source, "entry/node.ts"),
      cli: join(source, "entry/cli.ts"),
      "train-worker": join(source, "understanding/train-worker.ts"),
      "embed-worker": join(source, "catalogue/vectors/embed-worker.ts"),
    },
    outdir: outDir,
    platform: "node",
    target: "node24",
    splitting: true,
    define: { "import.meta.dirname": "sourceFolder" },
    external: Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !bundledPackages.includes(name)),
    // What was written for require needs one.
    banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
    plugins: [keepPlaces],
  });
}
