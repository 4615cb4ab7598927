import { performance } from "node:perf_hooks";
import autocannon from "autocannon";
import { processorMs, type Served } from "./served.ts";

/** What is asked: always the same (GET), or one after the other, each its own. */
export interface Asked {
  readonly name: string;
  readonly origin: Served;
  /** Requests of one round. */
  readonly amount: number;
  /** At once; 8 unless each request waits for the answer to the one before. */
  readonly connections?: number;
  /** The next request. */
  readonly next: () => Request;
  /** What was answered, for those that follow from it. */
  readonly heard?: (body: string) => void;
  /** Lays down what so many requests need, where each needs a row of its own. */
  readonly lay?: (requests: number) => Promise<void>;
  /** Leaves something behind. */
  readonly writes?: true;
  /** Of the floor's processor time, at most. */
  readonly target?: number;
}
export interface Request {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: object;
  /** Some other system's own body, as it is. */
  readonly bytes?: Uint8Array;
}
export interface Round {
  readonly requests: number;
  /** Processor time of the server and of the database for one request, ms. */
  readonly server: number;
  readonly database: number;
  /** Of a worker and of the database for what one request led to, afterwards, ms. */
  readonly told: number;
  readonly perSecond: number;
  readonly times: readonly number[];
}

/**
 * One round of requests from this process against the server's own; every answer must be a 2xx. Then the teller, where there
 * is one, tells what was written.
 */
export async function round(
  { name, origin, amount, connections = 8, next, heard, writes }: Asked,
  databasePid: number,
  teller?: Served,
): Promise<Round> {
  const spent = (server: Served) => [processorMs(server.pid), processorMs(databasePid)] as const;
  const before = spent(origin);
  const began = performance.now();
  const times: number[] = [];
  const refused: string[] = [];
  await new Promise<void>((done, failed) => {
    const shot = autocannon(
      {
        url: origin.origin,
        connections: Math.min(connections, amount),
        amount,
        requests: [
          {
            setupRequest: (given) => ({ ...given, ...wire(next()) }),
            ...(heard ? { onResponse: (_status: number, body: string) => heard(body) } : {}),
          },
        ],
      },
      (error) => (error ? failed(error as Error) : done()),
    );
    shot.on("response", (_client, status, _bytes, ms) => {
      times.push(ms);
      if (status >= 300) refused.push(String(status));
    });
  });
  if (refused.length > 0) throw new Error(`${name}: ${refused.length} of ${amount} refused, first with ${refused[0]}`);
  const seconds = (performance.now() - began) / 1000;
  const after = spent(origin);
  let told = 0;
  if (writes && teller) {
    const [worker, database] = spent(teller);
    await fetch(teller.origin);
    const [workerAfter, databaseAfter] = spent(teller);
    told = workerAfter - worker + databaseAfter - database;
  }
  return {
    requests: times.length,
    server: (after[0] - before[0]) / times.length,
    database: (after[1] - before[1]) / times.length,
    told: told / times.length,
    perSecond: times.length / seconds,
    times,
  };
}

const wire = ({ method, path, headers = {}, body, bytes }: Request) => ({
  method,
  path,
  headers: { ...headers, ...(body ? { "content-type": "application/json" } : {}) },
  ...(body ? { body: JSON.stringify(body) } : {}),
  ...(bytes ? { body: Buffer.from(bytes) } : {}),
});

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
export function share(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
