import { performance } from "node:perf_hooks";
import type { Logger } from "pino";
import { Histogram, type Registry } from "prom-client";
import type { Ctx, Next } from "#http/context.ts";

/** One line a request, allowlisted fields only: no bodies, no query, no ids in the path (reliability rule 37). */
export function requestLog(logger: Logger, registry: Registry) {
  const seconds = new Histogram({
    name: "http_request_seconds",
    help: "Time to answer, by route and status",
    labelNames: ["route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  return async (ctx: Ctx, next: Next): Promise<void> => {
    const start = performance.now();
    await next();
    const ms = performance.now() - start;
    const { route, requestId, actor } = ctx.state;
    seconds.observe({ route, status: String(ctx.status) }, ms / 1000);
    logger.info({
      requestId,
      route,
      method: ctx.method,
      status: ctx.status,
      ms: Math.round(ms * 10) / 10,
      account: actor?.accountId ?? null,
      role: actor?.role ?? null,
    });
  };
}
