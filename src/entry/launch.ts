import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "../operations/built.ts";

/** `node src/entry/launch.ts node|cli …`: builds the sources where they changed, then runs that entry with the other arguments. */
async function launch(): Promise<void> {
  const [entry] = process.argv.splice(2, 1);
  const folder = await ensureBuilt(join(import.meta.dirname, "../.."));
  enableCompileCache(join(folder, "compiled"));
  await import(pathToFileURL(join(folder, "server", `${entry}.js`)).href);
}

try {
  await launch();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
