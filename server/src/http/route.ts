import type { Readable } from "node:stream";
import type { z } from "zod";
import type { Actor, Role } from "#core/actor.ts";
import type { Transact, Work } from "#core/work.ts";

/**
 * One HTTP operation, as data: the router, the OpenAPI document, the authorisation table and the tests all read it.
 *
 * ```ts
 * route({
 *   method: "GET", path: "/causes", tag: "reference", summary: "查找案由",
 *   query: causeQuery,                       // z.strictObject(...)
 *   answers: { 200: listOf(causeView) },
 *   async handle({ query }) { return { status: 200, body: listCauses(query) }; },
 * })
 * ```
 * Reads have `handle`. What creates or moves something has `command`: it runs inside one transaction, together with the
 * record of its `Idempotency-Key`; `before` may speak to gateways first, outside the transaction.
 * Each route needs an entry `"METHOD /path"` in its module's policy, or the application does not start.
 */
export interface Route<Params = unknown, Query = unknown, Body = unknown, Prepared = unknown> {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below /api/v1, parameters as `:name`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** Status → schema of the JSON answer, a media type for bytes, or null for no body. */
  readonly answers: Readonly<Record<number, z.ZodType | string | null>>;
  /** Idempotency-Key: taken by every command; `required` answers 428 without one. */
  readonly key?: "required" | ((body: Body) => boolean);
  /** If-Match: "<version>" is required (428 without). */
  readonly ifMatch?: true;
  /** A name from the table of rate limits; the general limit applies to all. */
  readonly limit?: "sign-in" | "costly" | "peer";
  /** A token with this scope may ask it; without one, no token may. */
  readonly scope?: string;
  /** The body is some other system's own: it is handed on unread, as `rawBody`. */
  readonly raw?: true;
  before?(call: Call<Params, Query, Body>): Promise<Prepared>;
  command?(work: Work, call: Call<Params, Query, Body>, prepared: Prepared): Promise<Answer>;
  handle?(call: Call<Params, Query, Body>): Promise<Answer>;
}

/** What a handler sees of a request. */
export interface Call<Params, Query, Body> {
  readonly actor: Actor;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The Idempotency-Key, where one was sent. */
  readonly key: string | null;
  /** The bytes of the body as they came, at most 256 KiB. */
  readonly rawBody: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The version in If-Match, where the route asks for it. */
  readonly ifMatch: number;
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
  /** A transaction of this caller's, for the few handlers that are not commands. */
  readonly work: <T>(body: (work: Work) => Promise<T>) => Promise<T>;
}

export interface Answer {
  readonly status: number;
  /** JSON, unless `bytes` is given. */
  readonly body?: unknown;
  readonly bytes?: Buffer | Readable;
  readonly headers?: Readonly<Record<string, string>>;
}

// Erases the type parameters, so that routes of all shapes stand in one list.
export type AnyRoute = Omit<Route, "params" | "query" | "body" | "before" | "command" | "handle" | "key"> & {
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly key?: "required" | ((body: never) => boolean);
  before?(call: never): Promise<unknown>;
  command?(work: Work, call: never, prepared: never): Promise<Answer>;
  handle?(call: never): Promise<Answer>;
};

export function route<P = Record<string, never>, Q = Record<string, never>, B = undefined, R = undefined>(
  spec: Route<P, Q, B, R>,
): AnyRoute {
  return spec as unknown as AnyRoute;
}

/** Who may call: everybody, everybody who is signed in, or the roles named. */
export type Access = "public" | "signed-in" | readonly Role[];
export type Policy = Readonly<Record<string, Access>>;

export const routeName = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

export type { Transact };
export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent = (): Answer => ({ status: 204 });
