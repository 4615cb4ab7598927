import { defineConfig } from "vitest/config";

// End-to-end tests: the whole product as `npm start` gives it, in a real browser.
export default defineConfig({
  test: {
    include: ["e2e/**/*.e2e.ts"],
    globalSetup: ["server/launcher/e2e-setup.ts"],
    pool: "forks",
    maxWorkers: 1,
    fileParallelism: false,
    // Of those tests of a file that say they may run beside each other.
    maxConcurrency: 2,
    execArgv: ["--conditions=source"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
  },
});
