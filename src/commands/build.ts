import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { defineCommand } from "citty";
import { projectRoot } from "../node-content.ts";
import { ensureBuilt } from "../operations/built.ts";
import { fillFolder } from "../operations/copy-files.ts";

/** `npm run build`: the server's and the browser's part, into dist; what is built already stays. */
export function createBuildCommand() {
  return defineCommand({
    meta: {
      name: "build",
      description: `Build the server and the browser's part into dist.

Examples:
  npm run build
  npm run build -- --assets dist/worker-assets`,
    },
    args: { assets: { type: "string", description: "a folder that is made anew with the browser's part alone, for Workers" } },
    run: async ({ args }) => {
      const folder = await ensureBuilt(projectRoot);
      if (args.assets !== undefined) {
        const names = await readdir(join(folder, "widget"));
        const files = new Map<string, Uint8Array>();
        for (const name of names) files.set(name, await readFile(join(folder, "widget", name)));
        files.set("questions.jsonl", await readFile(join(projectRoot, "knowledge/questions.jsonl")));
        await fillFolder(resolve(args.assets), files);
      }
      for (const part of ["server", "widget"]) {
        for (const file of await readdir(join(folder, part))) {
          const { size } = await stat(join(folder, part, file));
          process.stdout.write(`${relative(projectRoot, join(folder, part, file))}  ${(size / 1024).toFixed(1)} KB\n`);
        }
      }
    },
  });
}
