import type { IncomingMessage, ServerResponse } from "node:http";
import { hostname } from "node:os";
import Koa from "koa";
import compress from "koa-compress";
import helmet from "koa-helmet";
import type { Logger } from "pino";
import { collectDefaultMetrics, Registry } from "prom-client";
import { Clock } from "#core/clock.ts";
import type { Database } from "#core/database.ts";
import { deliver } from "#core/outbox.ts";
import type { Vault } from "#core/sealed.ts";
import { transactor } from "#core/work.ts";
import type { Gateways } from "#gateways/index.ts";
import { OUTSIDE_CHANNELS } from "#gateways/messages/port.ts";
import { answerProblems, isBrokenConversation } from "#http/answer-problems.ts";
import type { State } from "#http/context.ts";
import { registerGauges } from "#http/gauges.ts";
import { openLimits } from "#http/limits.ts";
import { operationPages } from "#http/operation.ts";
import { requestLog } from "#http/request-log.ts";
import { accessTable, serveRoutes } from "#http/serve-routes.ts";
import { sitePages } from "#http/site.ts";
import { modules } from "#modules/index.ts";
import type { Means, ModuleSettings } from "#modules/module.ts";

export interface AppOptions {
  readonly database: Database;
  readonly gateways: Gateways;
  readonly vault: Vault;
  readonly logger: Logger;
  readonly settings: ModuleSettings;
  readonly version: string;
  readonly process?: "api" | "worker";
  /** Tells processes of one machine apart; one that is started again bears the name it had. */
  readonly instance?: string;
  readonly clock?: Clock;
  readonly trustProxy?: number;
  readonly metricsToken?: string;
  /** Multiplies every rate limit; tests that are not about limits raise it. */
  readonly limitFactor?: number;
  /** Tells events as soon as they are committed, without waiting for the worker's next look. */
  readonly prompt?: boolean;
  /** Called after every commit that recorded events, before the caller is answered. */
  readonly committed?: () => void;
  /** Serves the disk store's signed addresses below /store. */
  readonly store?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Speaks to the media server for pages that hold a ticket, below /video. */
  readonly video?: (request: IncomingMessage, response: ServerResponse) => void;
}

export type App = ReturnType<typeof createApp>;

/** The whole application, without a port: HTTP on one side, `deliver` and `jobs` for a worker on the other. */
export function createApp(options: AppOptions) {
  const { database, gateways, vault, logger, settings, version, process: kind = "api", clock = new Clock() } = options;
  for (const module of modules) module.define?.(database.sequelize);

  let telling: Promise<unknown> | null = null;
  const transact = transactor(database, clock, () => {
    options.committed?.();
    if (!options.prompt || telling) return;
    telling = tellAll().finally(() => {
      telling = null;
    });
  });
  const node = { id: `${kind}-${hostname()}-${options.instance ?? process.pid}`, process: kind, version };
  const means: Means = { database, transact, gateways, clock, vault, logger, settings, node };
  const routes = modules.flatMap((module) => module.routes?.(means) ?? []);
  const policies = modules.flatMap((module) => (module.policy ? [module.policy] : []));
  const access = accessTable(routes, policies);
  const identify = modules.map((module) => module.identify?.(means)).find(Boolean) ?? (async () => null);
  const subscribers = modules.flatMap((module) => module.subscribers?.(means) ?? []);
  const listeners = modules.flatMap((module) => module.listener?.(means) ?? []);

  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const gauges of modules.flatMap((module) => module.gauges?.(means) ?? [])) registerGauges(registry, gauges);
  const state = { draining: false };

  const app = new Koa<State>();
  app.proxy = (options.trustProxy ?? 0) > 0;
  app.maxIpsCount = options.trustProxy ?? 0;
  app.on("error", (error: unknown, ctx?: Koa.Context) => {
    // Koa tells of sockets that failed, too.
    if (ctx?.req.socket.destroyed && isBrokenConversation(error)) return;
    logger.error({ err: error, requestId: ctx?.["state"]?.requestId, route: ctx?.["state"]?.route }, "unexpected");
  });
  app.use(requestLog(logger, registry));
  app.use(answerProblems);
  // Before the doors beside Koa, so that their answers carry these headers too; the store sets its own policy over this one.
  app.use(
    helmet({
      contentSecurityPolicy: { directives: contentPolicy(settings.publicUrl, gateways) },
      crossOriginEmbedderPolicy: false,
      hsts: settings.demonstration ? false : undefined,
    }),
  );
  const limits = openLimits({ pool: database.pool, factor: options.limitFactor ?? 1 });
  if (options.store) app.use(besides("/store", options.store));
  // A page that speaks to the media server without pause is held up before the others' hearing is.
  if (options.video) app.use(besides("/video", options.video, (ip) => limits.spend("general", null, ip)));
  app.use(compress({ threshold: 1024, br: false }));
  app.use(serveRoutes({ routes, policies, transact, limits, identify }));
  app.use(
    operationPages({ database, registry, state, channels: channelsOf(gateways), metricsToken: options.metricsToken }),
  );
  app.use(sitePages({ routes, access, version }));

  const tellAll = async (): Promise<void> => {
    try {
      while ((await tellDue()) > 0);
    } catch (error) {
      logger.error({ err: error }, "cannot claim events");
    }
  };
  const tellDue = () =>
    deliver({
      database,
      subscribers,
      listeners,
      now,
      failed: (row, error) =>
        logger.error({ err: error, event: row.name, id: row.id, attempts: row.attempts }, "event not told"),
    });
  const now = async () => {
    const [row] = await database.read<{ now: Date }>("SELECT UTC_TIMESTAMP(3) AS now");
    return clock.shifted(row?.now ?? new Date());
  };
  return {
    app,
    means,
    routes,
    access,
    state,
    /** Tells what is due; gives how many events were told. */
    deliver: tellDue,
    jobs: modules.flatMap((module) => module.jobs?.(means) ?? []),
  };
}

/** What a page of ours may load: our own files, and materials from where signed addresses lead. It speaks to nobody else but the court's video. */
function contentPolicy(publicUrl: string, { filesOrigin, video }: Gateways) {
  const materials = [new URL(publicUrl).origin, ...(filesOrigin ? [filesOrigin] : [])];
  return {
    defaultSrc: ["'self'"],
    baseUri: ["'none'"],
    // The web page's framework sets inline styles; scripts come from our own files only.
    styleSrc: ["'self'", "'unsafe-inline'"],
    // The workbench reads scanned PDFs, whose pictures are decoded by WebAssembly.
    scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
    // pdf.js hands a page's typefaces over as data.
    fontSrc: ["'self'", "data:"],
    imgSrc: ["'self'", "data:", "blob:", ...materials],
    // A voice note is fetched with our sign-in and heard in place; the film of a hearing comes from the store.
    mediaSrc: ["'self'", "blob:", ...materials],
    connectSrc: ["'self'", ...materials, ...video.origins],
    // A paper is opened in a tab of its own, by the browser's reader; no page holds another.
    objectSrc: ["'none'"],
    frameSrc: ["'none'"],
    workerSrc: ["'self'", "blob:"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  };
}

const channelsOf = ({ messages }: Gateways): Record<string, "on" | "off"> =>
  Object.fromEntries(
    OUTSIDE_CHANNELS.map((channel) => [channel, messages.providers(channel).length > 0 ? "on" : "off"]),
  );

/** A plain request handler at a path, beside Koa; `first` may refuse whoever asks too often. */
function besides(
  prefix: string,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  first: (ip: string) => Promise<void> = async () => undefined,
): Koa.Middleware<State> {
  return async (ctx, next) => {
    if (!ctx.path.startsWith(`${prefix}/`)) return next();
    await first(ctx.ip);
    ctx.respond = false;
    handle(ctx.req, ctx.res);
  };
}
