import { existsSync } from "node:fs";
import { join } from "node:path";
import { it } from "vitest";

const folder = join(import.meta.dirname, "../../../shared");
const here = existsSync(folder);
const absent = "needs ../shared, which is not here";

/** A path in ../shared, the folder of data and facts that is not part of the repository. */
export function sharedPath(...parts: readonly string[]): string {
  return join(folder, ...parts);
}

/** A test on ../shared; without the folder it is skipped, or fails where STADTLOTSE_REQUIRE_SHARED is 1. */
export function itShared(name: string, run: () => void | Promise<void>, timeoutMs?: number): void {
  if (here) {
    it(name, run, timeoutMs);
    return;
  }
  it(name, (context) => {
    if (process.env["STADTLOTSE_REQUIRE_SHARED"] === "1") throw new Error(absent);
    context.skip(absent);
  });
}
