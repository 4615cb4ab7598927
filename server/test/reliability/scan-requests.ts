import { API } from "#http/serve-routes.ts";
import type { TestApp } from "../app.ts";
import type { Schema } from "../edges/arbitrary.ts";
import { plans } from "../edges/authorisation.requests.ts";
import { PERSONAS, type Persona, rows } from "../edges/authorisation.table.ts";
import type { World } from "../edges/world.ts";

/** One request that succeeds, and every place in it where something could be put in. */
export interface Asked {
  readonly route: string;
  readonly method: string;
  readonly persona: Persona;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
/** These end the sessions the others are asked with, or lock their owner out. */
const LEFT_OUT = new Set(["DELETE /sessions/current", "PUT /me/password"]);
/** How sqlmap is told where to put its own. */
export const MARK = "*";

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>>;
}

/** Every route with the request that the table of authorisation is checked with, and all query parameters that go with it. */
export async function requestsOf(app: TestApp, world: World): Promise<Asked[]> {
  const document = (await app.ask("GET", "//openapi.json")).json as Document;
  const asked: Asked[] = [];
  for (const { route, object, expected } of rows) {
    if (LEFT_OUT.has(route) || asked.some((one) => one.route === route)) continue;
    const persona = (["clerk", ...PERSONAS] as const).find(
      (one): one is Exclude<Persona, "anonymous"> => one !== "anonymous" && expected[one] < 400,
    );
    const plan = plans[`${route} | ${object}`] ?? plans[route] ?? {};
    if (!persona) continue;
    const [method = "", path = ""] = route.split(" ");
    const standing = path.includes("/:") ? await plan.standing?.(world) : undefined;
    const fresh = await (plan.publicly?.(world) ?? plan.fresh?.(world, persona));
    const ids = (fresh?.id ?? standing ?? "").split("/");
    const whole = API + path.replace(/:\w+/g, () => encodeURIComponent(ids.shift() ?? "0") + MARK);
    const { parameters = [] } = document.paths[API + path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()] ?? {};
    const given = typeof plan.query === "function" ? plan.query(world) : (plan.query ?? "");
    const query = new Map(new URLSearchParams(given));
    for (const { name, schema } of parameters.filter((one) => one.in === "query"))
      if (!query.has(name)) query.set(name, sampleOf(schema));
    const body = fresh?.body ?? plan.body?.(world);
    const headers = { ...plan.headers, ...fresh?.headers };
    asked.push({
      route,
      method,
      persona,
      path: whole,
      query: [...query],
      headers,
      ...(body === undefined ? {} : { body }),
    });
  }
  return asked;
}

/** As it goes into a file for sqlmap. */
export function asHttp({ method, persona, path, query, headers, body }: Asked, host: string): string {
  const search = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}${MARK}`).join("&");
  return [
    `${method} ${path}${search && `?${search}`} HTTP/1.1`,
    `Host: ${host}`,
    `x-scan-as: ${persona}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ["content-type: application/json"]),
    "",
    body === undefined ? "" : JSON.stringify(marked(body)).replaceAll(`${MARK}N"`, MARK).replaceAll(`"N${MARK}`, ""),
  ].join("\r\n");
}

/** How many places are tried. */
export const placesOf = (asked: Asked): number => asHttp(asked, "").split(MARK).length - 1;

/** A mark behind every text and number. */
function marked(value: unknown): unknown {
  if (typeof value === "string") return `${value}${MARK}`;
  // Between these the number stands bare: its quotes are taken off afterwards.
  if (typeof value === "number") return `N${MARK}${value}${MARK}N`;
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, marked(each)]));
}

function sampleOf({ type, enum: allowed, example, format, anyOf, pattern }: Schema): string {
  const known = allowed?.[0] ?? example;
  if (known !== undefined) return String(known);
  if (anyOf?.[0]) return sampleOf(anyOf[0]);
  if (type === "integer" || type === "number" || pattern?.includes("\\d"))
    return format === "date" ? "2026-01-05" : "1";
  return format === "date" ? "2026-01-05" : format === "date-time" ? "2026-01-05T02:00:00.000Z" : "1";
}
