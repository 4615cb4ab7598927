import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { traced } from "#core/trace.ts";
import { type Clock, circuitBreaker } from "./circuit-breaker.ts";
import { GatewayError } from "./gateway-error.ts";

export type { Clock } from "./circuit-breaker.ts";

export interface OutboundConfig {
  readonly baseUrl: string;
  /** Until the connection (with TLS) stands. 2 s by default. */
  readonly connectMs?: number;
  /** From the first byte sent to the last byte read, for one attempt. 8 s by default. */
  readonly totalMs?: number;
  /** Attempts in all. 3 by default. */
  readonly attempts?: number;
}

export interface OutboundRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Made anew for every attempt, so that each carries its own nonce. */
  readonly sign?: (message: OutboundMessage) => Readonly<Record<string, string>>;
  /** May be sent again after it may have arrived. Otherwise it is only repeated where no connection was made. */
  readonly repeatable: boolean;
  /** The peer's own word for "busy, come again": such an answer is a failed attempt. */
  readonly busy?: (answer: OutboundAnswer) => boolean;
  /** The longest answer that is read. 1 MiB by default. */
  readonly maxBytes?: number;
}

export interface OutboundMessage {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

export interface OutboundAnswer {
  readonly status: number;
  /** The parsed body; `undefined` where it is no JSON. */
  readonly json: unknown;
  readonly headers: IncomingHttpHeaders;
  /** The body as it was sent; what a signature is over. */
  readonly bytes: Buffer;
}

export type Outbound = (request: OutboundRequest) => Promise<OutboundAnswer>;

const MAX_ANSWER_BYTES = 1024 * 1024;
const UNANSWERED = new Set([429, 500, 502, 503, 504]);

/**
 * The one way to call a peer over HTTP: every call has a limit on connecting and on the whole, a bounded retry with
 * jitter, and a circuit breaker that answers at once while the peer is down (rule 11). Gives every answer that is the
 * peer's word (2xx, 4xx); throws `GatewayError` for silence, 5xx, 429 and `busy`.
 */
export function outbound(gateway: string, config: OutboundConfig, clock?: Clock): Outbound {
  const { baseUrl, connectMs = 2000, totalMs = 8000, attempts = 3 } = config;
  const breaker = circuitBreaker(gateway, clock);

  return async (request) => {
    const url = new URL(baseUrl.replace(/\/$/, "") + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);

    for (let attempt = 1; ; attempt++) {
      breaker.pass();
      const failure = await traced(
        `gateway ${gateway}`,
        () => ({ "http.method": request.method, attempt }),
        () => once(url, request, connectMs, totalMs),
      ).then((answer) => {
        if (UNANSWERED.has(answer.status))
          return new Failure(`answered ${answer.status}`, answer.status === 503 || answer.status === 429);
        if (request.busy?.(answer)) return new Failure("answered busy", true);
        breaker.succeeded();
        return answer;
      }, asFailure);
      if (!(failure instanceof Failure)) return failure;
      breaker.failed();
      // What was turned away, or never arrived, may always be sent again.
      const again = attempt < attempts && (request.repeatable || failure.unprocessed);
      if (!again) {
        const { cause, unprocessed: unsent } = failure;
        throw new GatewayError(gateway, failure.message, { cause, unsent });
      }
      await sleep(Math.random() * 200 * 2 ** (attempt - 1) + 50);
    }
  };
}

/** One attempt that failed. `unprocessed`: the peer surely did nothing. */
class Failure extends Error {
  readonly unprocessed: boolean;
  constructor(what: string, unprocessed: boolean, cause?: unknown) {
    super(what, { cause });
    this.unprocessed = unprocessed;
  }
}

const asFailure = (error: unknown) => (error instanceof Failure ? error : new Failure("failed", false, error));

function once(url: URL, request: OutboundRequest, connectMs: number, totalMs: number): Promise<OutboundAnswer> {
  const body = request.body === undefined ? null : Buffer.from(JSON.stringify(request.body));
  const headers: Record<string, string> = { accept: "application/json" };
  if (body) {
    headers["content-type"] = "application/json";
    headers["content-length"] = String(body.length);
  }
  Object.assign(headers, request.sign?.({ method: request.method, url, headers, body }));

  return new Promise((resolve, reject) => {
    let connected = false;
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const outgoing = send(url, { method: request.method, headers, agent: false }, (response) => {
      read(response, request.maxBytes ?? MAX_ANSWER_BYTES).then(resolve, fail);
    });
    const fail = (error: unknown) => {
      outgoing.destroy();
      reject(
        error instanceof Failure ? error : new Failure(connected ? "broke off" : "unreachable", !connected, error),
      );
    };
    const connecting = setTimeout(() => fail(new Failure("took too long to connect", true)), connectMs);
    const total = setTimeout(() => fail(new Failure("took too long to answer", !connected)), totalMs);
    outgoing.on("socket", (socket) => {
      socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => {
        connected = true;
        clearTimeout(connecting);
      });
    });
    outgoing.on("error", fail);
    outgoing.on("close", () => {
      clearTimeout(connecting);
      clearTimeout(total);
    });
    outgoing.end(body ?? undefined);
  });
}

async function read(response: IncomingMessage, maxBytes: number): Promise<OutboundAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Failure("answered without end", false);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return { status: response.statusCode ?? 0, json: parsed(body), headers: response.headers, bytes: body };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
