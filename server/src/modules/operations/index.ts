import type { Module } from "#modules/module.ts";
import { BEAT_SECONDS, beat, leave } from "./nodes.ts";
import { FIGURES, look, samplesOf } from "./overview.ts";
import { runRetention } from "./retention.ts";
import { operationsPolicy, operationsRoutes } from "./routes.ts";

/** 运行: how the house itself is doing, and what is let go when its time has come. */
export const operations: Module = {
  name: "operations",
  policy: operationsPolicy,
  routes: operationsRoutes,
  jobs: (means) => [
    {
      name: "beat",
      everySeconds: BEAT_SECONDS,
      everywhere: true,
      run: () => beat(means),
      end: () => leave(means),
    },
    { name: "retention", everySeconds: 3600, run: () => runRetention(means) },
  ],
  gauges: (means) => ({ help: FIGURES, measure: async () => samplesOf(await look(means)) }),
};

export { ALARMS } from "./alarms.ts";
export { RETENTION } from "./retention-rules.ts";
