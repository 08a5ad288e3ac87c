import { join } from "node:path";
import { defineCommand } from "citty";
import { projectRoot } from "../node-content.ts";
import { buildWidget } from "../operations/build-widget.ts";

/** `npm run build`: the browser's part, into dist/widget. */
export function createBuildCommand() {
  return defineCommand({
    meta: { name: "build", description: "Build the browser's part into dist/widget.\n\nExample:\n  npm run build" },
    run: async () => {
      const { files, bytes } = await buildWidget({ outDir: join(projectRoot, "dist", "widget") });
      process.stdout.write(`Built ${files.join(", ")}: ${(bytes / 1024).toFixed(1)} KB.\n`);
    },
  });
}
