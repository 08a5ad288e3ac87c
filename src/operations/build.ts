import { readFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
import { AppError, messageOf } from "../core/errors.ts";
import { languages } from "../core/languages.ts";
import { words } from "../words/words.ts";

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

/** The letters that our nine languages need, but Arabic, for which devices have fonts of their own. */
const fontSubsets = ["latin", "latin-ext", "cyrillic"];
const fontFamilies = ["open-sans", "roboto-condensed"];

/** The city's fonts as npm brings them, under short names. */
function fontFiles(root: string) {
  return fontFamilies.flatMap((family) =>
    fontSubsets.map((subset) => ({
      in: join(root, `node_modules/@fontsource-variable/${family}/files/${family}-${subset}-wght-normal.woff2`),
      out: `${family}-${subset}`,
    })),
  );
}

/** One sentence of the widget in every language, as the loader has it before it has fetched anything. */
function labelsOf(name: "open" | "loading" | "loadFailed"): string {
  return JSON.stringify(Object.fromEntries(languages.map((lang) => [lang, words[lang].widget[name]])));
}

/**
 * Builds the browser's part into `outDir`: the widget (loader.js, panel.js, its fonts), styles and scripts of the pages, of the pages for organisations and of
 * the console.
 */
export async function buildWidget({ root, outDir }: BuildPlaces): Promise<BuiltFiles> {
  const source = join(root, "src/widget");
  const { outputs } = await bundle({
    entryPoints: [
      { in: join(source, "loader.ts"), out: "loader" },
      { in: join(source, "panel.ts"), out: "panel" },
      { in: join(source, "icon.svg"), out: "icon" },
      ...fontFiles(root),
      { in: join(root, "src/pages/pages.css"), out: "pages" },
      { in: join(root, "src/pages/browser/start.ts"), out: "start" },
      { in: join(root, "src/pages/browser/embed.ts"), out: "embed" },
      { in: join(root, "src/review/provider.css"), out: "provider" },
      { in: join(root, "src/review/console/console.css"), out: "console" },
      { in: join(root, "src/review/console/browser/console.ts"), out: "console" },
    ],
    outdir: outDir,
    target: "es2022",
    minify: true,
    define: { buttonLabels: labelsOf("open"), loadingLabels: labelsOf("loading"), failureLabels: labelsOf("loadFailed") },
    external: ["*.woff2"],
    loader: { ".svg": "copy", ".woff2": "copy" },
    plugins: [shortCss],
  });
  const built = Object.entries(outputs);
  return { files: built.map(([file]) => basename(file)), bytes: built.reduce((sum, [, output]) => sum + output.bytes, 0) };
}

/** Styles in templates of TypeScript are text to the bundler, which leaves their spaces in. */
const shortCss: Plugin = {
  name: "short-css",
  setup: ({ onLoad }) => {
    onLoad({ filter: /-style\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/\n\s+/g, "\n"),
      loader: "ts",
    }));
  },
};

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
  const { dependencies, peerDependencies, devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as Record<
    "dependencies" | "peerDependencies" | "devDependencies",
    Record<string, string>
  >;
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
    // Of what is there for developers, benchmarks load a browser's driver.
    external: Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies }).filter((name) => !bundledPackages.includes(name)),
    // What was written for require needs one.
    banner: { js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);' },
    plugins: [keepPlaces],
  });
}
