import { setTimeout as sleep } from "node:timers/promises";
import { Cron } from "croner";
import { openLog } from "#core/log.ts";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { openHouse } from "./house.ts";

const config = readConfig(process.env);
const logger = openLog(config.LOG_LEVEL, "worker");
const house = openHouse(config, logger);
const endTraces = config.OTEL_EXPORTER_OTLP_ENDPOINT
  ? (await import("#core/trace-export.ts")).exportTraces(config.OTEL_EXPORTER_OTLP_ENDPOINT, "sutong-worker")
  : null;
const { deliver, jobs } = createApp({ ...house.options, process: "worker" });
const IDLE_MS = 250;
const DRAIN_MS = 8_000;
const underWay = new Set<Promise<void>>();
let stopping = false;

// Any number of workers may run: events are claimed row by row, and each job takes a lock of its own where it needs one.
const timers = jobs.map(
  (job) =>
    new Cron(
      "* * * * * *",
      { name: job.name, interval: job.everySeconds, protect: true, timezone: "Asia/Shanghai" },
      async () => {
        const run = job.run().catch((error: unknown) => logger.error({ err: error, job: job.name }, "job failed"));
        underWay.add(run);
        await run;
        underWay.delete(run);
      },
    ),
);

process.on("SIGTERM", stop);
process.on("SIGINT", stop);
function stop(): void {
  stopping = true;
  for (const timer of timers) timer.stop();
}

logger.info({ jobs: jobs.length }, "working");
while (!stopping) {
  const told = await deliver().catch((error: unknown) => {
    logger.error({ err: error }, "cannot claim events");
    return 0;
  });
  if (told === 0) await sleep(IDLE_MS);
}
// What is under way is finished, in 8 s of the ten that rule 39 gives; whatever takes longer is taken up again by the next one.
await Promise.race([Promise.all(underWay), sleep(DRAIN_MS)]);
await Promise.allSettled(jobs.map((job) => job.end?.()));
await endTraces?.();
await house.close();
process.exit(0);
