import { ProblemError, UnknownOutcome } from "./problem.ts";
import type { TokenBox, Tokens } from "./tokens.ts";

export interface Ask {
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  /** One key per action of the user; the same key again asks for the same work, never for more. */
  key?: string;
  /** The version a change rests on: somebody else's newer one is never overwritten. */
  version?: number;
  signal?: AbortSignal;
  /** Without a session: sign-in and public reference data. */
  open?: boolean;
}
export interface ClientParts {
  fetch: typeof fetch;
  tokens: TokenBox;
  onSignedOut: () => void;
  now?: () => number;
  /** Lets one tab at a time refresh: the refresh token works once. */
  lock?: <T>(work: () => Promise<T>) => Promise<T>;
  timeoutMs?: number;
}
export type Client = ReturnType<typeof makeClient>;

/** The road to /api/v1: tokens, their rotation, problems, time limits, and the server's clock. */
export function makeClient(parts: ClientParts) {
  const now = parts.now ?? Date.now;
  const lock = parts.lock ?? ((work) => work());
  const timeoutMs = parts.timeoutMs ?? 15_000;
  let offsetMs = 0;
  let refreshing: Promise<void> | null = null;

  async function json<T>(method: string, path: string, ask: Ask = {}): Promise<T> {
    const response = await authorised(method, path, ask);
    if (response.status === 204) return null as T;
    try {
      return (await response.json()) as T;
    } catch {
      throw new UnknownOutcome("the answer broke off");
    }
  }

  async function blob(path: string, signal?: AbortSignal, query?: Ask["query"]): Promise<Blob> {
    const response = await authorised("GET", path, { signal, query });
    return response.blob();
  }

  async function authorised(method: string, path: string, ask: Ask): Promise<Response> {
    if (ask.open) return once(method, path, ask, null);
    let tokens = parts.tokens.read();
    if (tokens && tokens.expiresAt - now() < 20_000) {
      await refresh(tokens);
      tokens = parts.tokens.read();
    }
    if (!tokens) {
      parts.onSignedOut();
      throw new ProblemError(401, { code: "session.missing", title: "请先登录" }, null);
    }
    try {
      return await once(method, path, ask, tokens.accessToken);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) throw error;
      await refresh(tokens);
      const fresh = parts.tokens.read();
      if (!fresh) throw error;
      return once(method, path, ask, fresh.accessToken);
    }
  }

  /** Single-flight in this tab and, through the lock, among tabs: whoever finds the token already changed uses the new one. */
  function refresh(used: Tokens): Promise<void> {
    refreshing ??= lock(async () => {
      const stored = parts.tokens.read();
      if (!stored || stored.accessToken !== used.accessToken) return;
      try {
        const response = await once("POST", "/sessions/refresh", { body: { refreshToken: stored.refreshToken } }, null);
        const fresh = (await response.json()) as { accessToken: string; expiresIn: number; refreshToken: string };
        parts.tokens.write({
          accessToken: fresh.accessToken,
          refreshToken: fresh.refreshToken,
          expiresAt: now() + fresh.expiresIn * 1000,
        });
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status === 429) throw error;
        parts.tokens.clear();
        parts.onSignedOut();
      }
    }).finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  async function once(method: string, path: string, ask: Ask, accessToken: string | null): Promise<Response> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (accessToken) headers["Authorization"] = `Bearer ${accessToken}`;
    if (ask.key) headers["Idempotency-Key"] = ask.key;
    if (ask.version !== undefined) headers["If-Match"] = `"${ask.version}"`;
    if (ask.body !== undefined) headers["Content-Type"] = "application/json";
    const limit = AbortSignal.timeout(timeoutMs);
    let response: Response;
    try {
      response = await parts.fetch(`/api/v1${path}${queryText(ask.query)}`, {
        method,
        headers,
        body: ask.body === undefined ? undefined : JSON.stringify(ask.body),
        signal: ask.signal ? AbortSignal.any([ask.signal, limit]) : limit,
        cache: "no-store",
      });
    } catch (error) {
      if (ask.signal?.aborted) throw error;
      throw new UnknownOutcome("no answer");
    }
    noteServerTime(response);
    if (response.ok) return response;
    const retryAfter = response.headers.get("Retry-After");
    if (response.status >= 500) throw new UnknownOutcome(`answer ${response.status}`, Number(retryAfter) || null);
    const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    throw new ProblemError(response.status, body, retryAfter);
  }

  function noteServerTime(response: Response): void {
    const stamp = Date.parse(response.headers.get("Date") ?? "");
    // The header counts whole seconds; small differences are its rounding, not a wrong clock.
    if (Number.isFinite(stamp) && Math.abs(stamp - now() - offsetMs) > 1500) offsetMs = stamp - now();
  }

  return {
    get: <T>(path: string, query?: Ask["query"], signal?: AbortSignal) => json<T>("GET", path, { query, signal }),
    getOpen: <T>(path: string, query?: Ask["query"]) => json<T>("GET", path, { query, open: true }),
    post: <T>(path: string, body: unknown, key: string) => json<T>("POST", path, { body, key }),
    postOpen: <T>(path: string, body: unknown) => json<T>("POST", path, { body, open: true }),
    put: <T>(path: string, body: unknown, version?: number) => json<T>("PUT", path, { body, version }),
    delete: (path: string) => json<null>("DELETE", path),
    blob,
    /** Now by the server's clock: leases end by that one. */
    serverNow: () => now() + offsetMs,
  };
}

function queryText(query: Ask["query"]): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  const text = search.toString();
  return text ? `?${text}` : "";
}
