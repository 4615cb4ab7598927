import { createServer } from "node:http";
import { openLog } from "#core/log.ts";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import { openHouse } from "./house.ts";

const config = readConfig(process.env);
const logger = openLog(config.LOG_LEVEL, "api");
const house = openHouse(config, logger);
const endTraces = config.OTEL_EXPORTER_OTLP_ENDPOINT
  ? (await import("#core/trace-export.ts")).exportTraces(config.OTEL_EXPORTER_OTLP_ENDPOINT, "sutong-api")
  : null;
const { app, state, jobs } = createApp({
  ...house.options,
  process: "api",
  instance: String(config.PORT || process.pid),
  prompt: true,
  ...(config.STALL_AT ? { committed: stall } : {}),
});

/**
 * Rule 32: slow headers are cut after 5 s, slow JSON bodies after 15 s (`readBody`), slow uploads by the store's own floor
 * of bytes a second; the limit here is the longest upload of one part.
 */
const answer = app.callback();
const server = createServer(
  {
    headersTimeout: 5_000,
    requestTimeout: 600_000,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16_384,
    keepAliveTimeout: 65_000,
  },
  (request, response) => {
    // Whoever still sends a body that nobody wants is cut off.
    response.once("finish", () => request.complete || request.destroy());
    void answer(request, response);
  },
);
server.maxConnections = 2_000;
server.listen(config.PORT, config.HOST, () => {
  const address = server.address();
  logger.info({ port: typeof address === "object" ? address?.port : config.PORT }, "listening");
});
server.on("error", (error) => {
  logger.fatal({ err: error }, "cannot listen");
  process.exit(1);
});

const own = jobs.filter((job) => job.everywhere);
for (const job of own) {
  const run = () => job.run().catch((error: unknown) => logger.error({ err: error, job: job.name }, "job failed"));
  setInterval(run, job.everySeconds * 1_000).unref();
  void run();
}

/** For tests of what a crash leaves behind: nothing more happens in this process, and it must be killed. */
function stall(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Readiness fails first, then what is under way is finished, at most 10 s (rule 39). */
async function drain(): Promise<void> {
  if (state.draining) return;
  state.draining = true;
  setTimeout(() => process.exit(0), 10_000).unref();
  server.close(async () => {
    await Promise.allSettled(own.map((job) => job.end?.()));
    await endTraces?.();
    await house.close();
    process.exit(0);
  });
  server.closeIdleConnections();
}
process.on("SIGTERM", drain);
process.on("SIGINT", drain);
process.on("unhandledRejection", (error) => logger.error({ err: error }, "unhandled rejection"));
