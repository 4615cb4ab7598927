import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// `#core/x.ts` means server/src in tests, in this process and in the ones tests start.
// No `import`: the same list reaches require(), and packages that hold both kinds would give it the wrong one.
const conditions = ["source", "node", "development|production"];

export default defineConfig({
  // `@` is the mini-program's own name for its sources: its offline queue is tested against our own merging.
  resolve: { conditions, alias: { "@": fileURLToPath(new URL("./miniprogram/src", import.meta.url)) } },
  ssr: { resolve: { conditions, externalConditions: ["source", "node"] } },
  test: {
    projects: [
      // Tests of the rooms share the modules they load: the house was opened anew for two hundred files, a fifth of the whole time.
      // Tests of materials put an owner of their own in the place of a filing: they stay apart.
      {
        extends: true,
        test: {
          name: "rooms",
          include: ["server/src/**/*.test.ts"],
          exclude: ["server/src/modules/material/**"],
          isolate: false,
        },
      },
      // What only `npm run rel` measures is too long for every change.
      {
        extends: true,
        test: {
          name: "house",
          include: [
            "server/{test,launcher,sandbox}/**/*.test.ts",
            "server/src/modules/material/**/*.test.ts",
            ...(process.env["REL"] ? ["server/test/reliability/*.rel.ts"] : []),
          ],
        },
      },
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    globalSetup: ["server/test/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    execArgv: ["--conditions=source"],
    env: { TZ: process.env["TZ"] ?? "UTC", NODE_ENV: "test" },
    // Room for a machine that does much else besides: what hangs is found all the same, and nothing is red for being slow.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
  },
});
