import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { type Attributes, type Tracer, traceBy } from "#core/trace.ts";

interface Place {
  readonly traceId: string;
  readonly spanId: string;
}

const FLUSH_MS = 2_000;
const PATIENCE_MS = 5_000;
/** What waits when the receiver is away; what comes after is not kept. */
const MOST_WAITING = 2_000;

/**
 * Sends spans to an OpenTelemetry receiver (OTLP over HTTP, JSON) by and by. Loaded only where one is set up; a receiver that
 * is away costs nothing but the spans. Gives what sends the last of them.
 */
export function exportTraces(endpoint: string, service: string): () => Promise<void> {
  const url = `${endpoint.replace(/\/$/, "")}/v1/traces`;
  const here = new AsyncLocalStorage<Place>();
  let waiting: object[] = [];

  const trace: Tracer = async (name, attributes, run) => {
    const above = here.getStore();
    const place = {
      traceId: above?.traceId ?? randomBytes(16).toString("hex"),
      spanId: randomBytes(8).toString("hex"),
    };
    const began = Date.now();
    const start = performance.now();
    let failed = true;
    try {
      const result = await here.run(place, run);
      failed = false;
      return result;
    } finally {
      const nanos = (ms: number) => String(BigInt(Math.round(ms * 1_000)) * 1_000n);
      if (waiting.length < MOST_WAITING)
        waiting.push({
          ...place,
          ...(above ? { parentSpanId: above.spanId } : {}),
          name,
          kind: above ? 3 : 2,
          startTimeUnixNano: nanos(began),
          endTimeUnixNano: nanos(began + performance.now() - start),
          attributes: listed(attributes),
          status: { code: failed ? 2 : 0 },
        });
    }
  };

  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const spans = waiting;
    waiting = [];
    const resource = { attributes: listed({ "service.name": service }) };
    await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "sutong" }, spans }] }] }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => undefined);
  };
  const timer = setInterval(flush, FLUSH_MS).unref();
  traceBy(trace);
  return async () => {
    clearInterval(timer);
    traceBy(null);
    await flush();
  };
}

const listed = (attributes: Attributes): object[] =>
  Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
  }));
