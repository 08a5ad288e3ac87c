import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    // Files of a worker share their modules: half of the time went into loading them anew. What a file leaves behind, the next one meets.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
