import { timingSafeEqual } from "node:crypto";
import type { Registry } from "prom-client";
import type { Database } from "#core/database.ts";
import { problem } from "#core/problem.ts";
import type { Ctx, Next } from "#http/context.ts";

export interface OperationOptions {
  readonly database: Database;
  readonly registry: Registry;
  readonly state: { draining: boolean };
  /** Which ways to people are set up: one that is off says so. */
  readonly channels: Readonly<Record<string, "on" | "off">>;
  readonly metricsToken?: string | undefined;
}

/** /healthz: the process is alive. /readyz: it may be sent traffic. /metrics: for loopback or the holder of the token. */
export function operationPages({ database, registry, state, channels, metricsToken }: OperationOptions) {
  const pages: Record<string, (ctx: Ctx) => Promise<void>> = {
    async "/healthz"(ctx) {
      ctx.body = { status: "alive" };
    },
    async "/readyz"(ctx) {
      if (state.draining) throw problem("service.unavailable", { retryAfter: 5 });
      try {
        await database.read("SELECT 1");
      } catch {
        throw problem("service.unavailable", { retryAfter: 2 });
      }
      ctx.body = { status: "ready", channels };
    },
    async "/metrics"(ctx) {
      if (!mayMeasure(ctx, metricsToken)) throw problem("request.not_found");
      ctx.type = registry.contentType;
      ctx.body = await registry.metrics();
    },
  };
  return async (ctx: Ctx, next: Next): Promise<void> => {
    const page = ctx.method === "GET" || ctx.method === "HEAD" ? pages[ctx.path] : undefined;
    if (!page) return void (await next());
    ctx.state.route = `GET ${ctx.path}`;
    ctx.set("cache-control", "no-store");
    await page(ctx);
  };
}

function mayMeasure(ctx: Ctx, token: string | undefined): boolean {
  const given = Buffer.from(ctx.get("authorization"));
  const wanted = Buffer.from(`Bearer ${token}`);
  if (token) return given.length === wanted.length && timingSafeEqual(given, wanted);
  const peer = ctx.req.socket.remoteAddress ?? "";
  return /^(127\.|::1$|::ffff:127\.)/.test(peer) && !ctx.get("x-forwarded-for");
}
