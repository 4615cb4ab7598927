import { defineConfig } from "vitest/config";

// `#core/x.ts` means server/src in tests, in this process and in the ones tests start.
const conditions = ["source", "node", "module", "import", "development"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["source", "node"] } },
  test: {
    include: ["server/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    globalSetup: ["server/test/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    execArgv: ["--conditions=source"],
    env: { TZ: process.env["TZ"] ?? "UTC", NODE_ENV: "test" },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
  },
});
