import { createApp } from "../app.ts";
import { createHealth } from "../operations/health.ts";

const log = {
  error: (...line: unknown[]) => console.error(JSON.stringify(line)),
  warn: (...line: unknown[]) => console.warn(JSON.stringify(line)),
};

/** The Worker: the same app as on Node; without a database bound it lives but is not ready. */
export default createApp({ routes: [createHealth(async () => false)], log });
