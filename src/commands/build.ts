import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { defineCommand } from "citty";
import { projectRoot } from "../node-content.ts";
import { ensureBuilt } from "../operations/built.ts";

/** `npm run build`: the server's and the browser's part, into dist; what is built already stays. */
export function createBuildCommand() {
  return defineCommand({
    meta: { name: "build", description: "Build the server and the browser's part into dist.\n\nExample:\n  npm run build" },
    run: async () => {
      const folder = await ensureBuilt(projectRoot);
      for (const part of ["server", "widget"]) {
        for (const file of await readdir(join(folder, part))) {
          const { size } = await stat(join(folder, part, file));
          process.stdout.write(`${relative(projectRoot, join(folder, part, file))}  ${(size / 1024).toFixed(1)} KB\n`);
        }
      }
    },
  });
}
