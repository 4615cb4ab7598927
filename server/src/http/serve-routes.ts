import type { IncomingMessage } from "node:http";
import findMyWay from "find-my-way";
import type { z } from "zod";
import type { Actor } from "#core/actor.ts";
import { once } from "#core/idempotency.ts";
import { problem } from "#core/problem.ts";
import { traced } from "#core/trace.ts";
import type { Transact } from "#core/work.ts";
import { invalid } from "#http/answer-problems.ts";
import type { Ctx, Next } from "#http/context.ts";
import type { Limits } from "#http/limits.ts";
import { readBody, readBytes } from "#http/read-body.ts";
import { type Access, type Answer, type AnyRoute, type Call, type Policy, routeName } from "#http/route.ts";

export const API = "/api/v1";
const NOBODY: Actor = { accountId: "0", role: "litigant", courtCode: null, sessionId: null };

export interface ServeOptions {
  readonly routes: readonly AnyRoute[];
  readonly policies: readonly Policy[];
  readonly transact: Transact;
  readonly limits: Limits;
  /** Who stands behind an Authorization header; null where there is none; throws 401 where it is no good. */
  readonly identify: (authorization: string) => Promise<Actor | null>;
}

type Serve = (ctx: Ctx, params: unknown) => Promise<void>;

/**
 * All routes behind one door, found in a tree: three hundred patterns tried one after the other cost a fifteenth of a
 * request. Throws at start where a route has no policy entry, or an entry has no route.
 */
export function serveRoutes({ routes, policies, transact, limits, identify }: ServeOptions) {
  const access = accessTable(routes, policies);
  const tree = findMyWay({ caseSensitive: true, ignoreTrailingSlash: false, maxParamLength: 2_000 });
  for (const route of routes) {
    const name = routeName(route);
    const allowed = access.get(name) as Access;
    const serve: Serve = async (ctx, params) => {
      const actor = await admit(ctx, allowed, identify);
      // What is signed, consented to or paid is done by a person: tokens read, and only where the route says so.
      if (actor?.scopes && allowed !== "public" && !(route.scope && actor.scopes.includes(route.scope)))
        throw problem("token.scope");
      await limits.spend(route.limit ?? "general", actor, ctx.ip);
      send(ctx, await answer(ctx, route, params, actor ?? NOBODY, transact));
    };
    const store: Serve = (ctx, params) => {
      ctx.state.route = name;
      return traced(
        name,
        () => ({ "request.id": ctx.state.requestId }),
        () => serve(ctx, params),
      );
    };
    tree.on(route.method, API + route.path, () => undefined, store);
  }
  const methods = [...new Set(routes.map(({ method }) => method))];

  return async (ctx: Ctx, next: Next): Promise<void> => {
    if (!ctx.path.startsWith(`${API}/`)) return void (await next());
    const asked = ctx.method === "HEAD" ? "GET" : (ctx.method as "GET");
    const found = tree.find(asked, ctx.path);
    if (found) return (found.store as Serve)(ctx, found.params);
    const others = methods.filter((method) => tree.find(method, ctx.path));
    if (others.length === 0) return;
    ctx.set("allow", (others.includes("GET") ? ["HEAD", ...others] : others).join(", "));
    ctx.status = ctx.method === "OPTIONS" ? 200 : 405;
    if (ctx.method === "OPTIONS") ctx.body = "";
  };
}

export function accessTable(routes: readonly AnyRoute[], policies: readonly Policy[]): Map<string, Access> {
  const table = new Map<string, Access>();
  for (const policy of policies) for (const [name, access] of Object.entries(policy)) table.set(name, access);
  const names = new Set(routes.map(routeName));
  const bare = [...names].filter((name) => !table.has(name));
  const idle = [...table.keys()].filter((name) => !names.has(name));
  if (bare.length > 0) throw new Error(`routes without a policy entry: ${bare.join(", ")}`);
  if (idle.length > 0) throw new Error(`policy entries without a route: ${idle.join(", ")}`);
  if (names.size !== routes.length) throw new Error("two routes share a method and path");
  return table;
}

async function admit(ctx: Ctx, allowed: Access, identify: ServeOptions["identify"]): Promise<Actor | null> {
  const header = ctx.get("authorization");
  if (allowed === "public" && !header) return null;
  const actor = await identify(header).catch((error: unknown) => {
    // A public page stays readable with a session that has ended.
    if (allowed === "public") return null;
    throw error;
  });
  ctx.state.actor = actor;
  if (allowed === "public") return actor;
  if (!actor) throw problem("account.required");
  if (allowed !== "signed-in" && !allowed.includes(actor.role)) throw problem("account.forbidden");
  return actor;
}

async function answer(
  ctx: Ctx,
  route: AnyRoute,
  params: unknown,
  actor: Actor,
  transact: Transact,
): Promise<Answer & { replayed?: boolean }> {
  const body =
    route.method === "POST" || route.method === "PUT"
      ? await takeBody(ctx.req, route)
      : { raw: Buffer.alloc(0), value: undefined };
  const { requestId } = ctx.state;
  const call: Call<unknown, unknown, unknown> = {
    actor,
    params: take(route.params, params, "path"),
    query: take(route.query, queryOf(ctx), "?"),
    body: body.value,
    key: idempotencyKey(ctx, route, body.value),
    rawBody: body.raw,
    headers: ctx.headers,
    ifMatch: route.ifMatch ? versionIn(ctx.get("if-match")) : 0,
    ip: ctx.ip,
    userAgent: ctx.get("user-agent").slice(0, 200),
    requestId,
    work: (run) => transact(actor, run, { requestId }),
  };
  if (route.handle) return route.handle(call as never);
  const command = route.command;
  if (!command) throw new Error(`${routeName(route)} does nothing`);

  const { key } = call;
  const prepared = await route.before?.(call as never);
  if (key === null || actor === NOBODY) {
    return transact(actor, (work) => command(work, call as never, prepared as never), { requestId });
  }
  const scope = `${actor.accountId} ${route.method} ${ctx.path}`;
  return transact(
    actor,
    async (work) => {
      const told = await once(work, { scope, key, body: body.raw }, async () => {
        const { status, body: json } = await command(work, call as never, prepared as never);
        return { status, body: json === undefined ? "" : JSON.stringify(json) };
      });
      return {
        status: told.status,
        ...(told.body ? { bytes: Buffer.from(told.body) } : {}),
        replayed: told.replayed,
        headers: { "content-type": "application/json; charset=utf-8" },
      };
    },
    { requestId, repeatable: true },
  );
}

async function takeBody(request: IncomingMessage, route: AnyRoute): Promise<{ raw: Buffer; value: unknown }> {
  if (route.raw) return { raw: await readBytes(request), value: undefined };
  const none =
    !request.headers["content-type"] &&
    !request.headers["transfer-encoding"] &&
    Number(request.headers["content-length"] ?? 0) === 0;
  if (!route.body) {
    // A command without a body may be sent with none, or with an empty object.
    if (none) return { raw: Buffer.alloc(0), value: undefined };
    const { raw, json } = await readBody(request);
    const [unknown] = Object.keys(json as object);
    if (unknown !== undefined)
      throw problem("request.invalid", {
        errors: [{ pointer: `/${unknown}`, code: "unknown", message: "没有这个字段" }],
      });
    return { raw, value: undefined };
  }
  const { raw, json } = await readBody(request);
  const parsed = route.body.safeParse(json);
  if (!parsed.success) throw invalid(parsed.error, "");
  return { raw, value: parsed.data };
}

function take(schema: z.ZodType | undefined, given: unknown, where: "path" | "?"): unknown {
  if (!schema) {
    const [unknown] = where === "?" ? Object.keys(given as object) : [];
    if (unknown !== undefined)
      throw problem("request.invalid", {
        detail: "网址中有不认识的参数。",
        errors: [{ pointer: `?${unknown}`, code: "unknown", message: "没有这个参数" }],
      });
    return {};
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  // A malformed id is an id that does not exist.
  if (where === "path") throw problem("request.not_found");
  throw invalid(parsed.error, "?");
}

/** Each parameter once; nothing nested. */
function queryOf(ctx: Ctx): Record<string, string> {
  const found: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(ctx.querystring)) {
    if (name in found)
      throw problem("request.invalid", { errors: [{ pointer: `?${name}`, code: "repeated", message: "参数重复" }] });
    if (!value.isWellFormed() || value.includes("\0")) throw problem("request.unreadable");
    found[name] = value;
  }
  return { ...found };
}

function versionIn(header: string): number {
  if (!header) throw problem("request.precondition_required", { detail: "请在 If-Match 中写明所依据的版本号。" });
  const match = /^"(\d{1,15})"$/.exec(header);
  if (!match) throw problem("request.precondition", { detail: 'If-Match 的格式应为带引号的版本号，例如 "3"。' });
  return Number(match[1]);
}

function idempotencyKey(ctx: Ctx, route: AnyRoute, body: unknown): string | null {
  const header = ctx.headers["idempotency-key"];
  const required = route.key === "required" || (typeof route.key === "function" && route.key(body as never));
  if (header === undefined) {
    if (required)
      throw problem("request.precondition_required", { detail: "此操作须带 Idempotency-Key，以免重复提交。" });
    return null;
  }
  if (typeof header !== "string" || !/^[\x21-\x7e]{1,255}$/.test(header)) {
    throw problem("request.unreadable", { detail: "Idempotency-Key 须为 1–255 个可见字符。" });
  }
  return header;
}

function send(ctx: Ctx, { status, body, bytes, headers, replayed }: Answer & { replayed?: boolean }): void {
  ctx.status = status;
  ctx.set("cache-control", "no-store");
  for (const [name, value] of Object.entries(headers ?? {})) ctx.set(name, value);
  if (replayed) ctx.set("idempotent-replayed", "true");
  if (bytes) {
    ctx.body = bytes;
    if (headers?.["content-type"]) ctx.type = headers["content-type"];
  } else if (body !== undefined) {
    ctx.body = JSON.stringify(body);
    ctx.type = "application/json; charset=utf-8";
  } else if (status !== 204 && status < 300) {
    ctx.body = "";
  }
}
