import type { Worker } from "node:worker_threads";
import { problem } from "./problems.ts";
import { openThread } from "./thread.ts";

export interface Numbered<Order> {
  readonly id: number;
  readonly order: Order;
}
export interface Made {
  readonly id: number;
  readonly file: Uint8Array | null;
  readonly error: string;
}
/** Makes one file of one order. Throws `document.busy` where too many wait, an ordinary error for our own mistakes. */
export type Workshop<Order> = (order: Order) => Promise<Buffer>;

/** An order that takes longer than any real one is given up. */
const MOST_MS = 20_000;
const MOST_WAITING = 200;

interface Waiting {
  readonly done: (file: Buffer) => void;
  readonly fail: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * A thread that makes files, one after the other: it begins with the first order, and while it works other requests are
 * answered. When it breaks, everybody who waits is told, and the next order begins a new one.
 */
export function openWorkshop<Order>(name: string, settings: unknown): Workshop<Order> {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let last = 0;

  function start(): Worker {
    if (thread !== null) return thread;
    const made = openThread(name, settings);
    made.on("message", ({ id, file, error }: Made) => {
      const order = waiting.get(id);
      if (order === undefined) return;
      settle(id, order);
      if (file !== null) order.done(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
      else order.fail(new Error(`${name}: ${error}`));
    });
    made.on("error", (error) => made === thread && stop(error));
    made.on("exit", (code) => made === thread && stop(new Error(`${name} ended (${code})`)));
    made.unref();
    thread = made;
    return made;
  }

  function settle(id: number, order: Waiting): void {
    clearTimeout(order.timer);
    waiting.delete(id);
    // While idle it does not keep the program from ending.
    if (waiting.size === 0) thread?.unref();
  }

  function stop(error: Error): void {
    const ended = thread;
    thread = null;
    for (const [id, order] of waiting) {
      settle(id, order);
      order.fail(error);
    }
    void ended?.terminate();
  }

  return async (order) => {
    if (waiting.size >= MOST_WAITING) throw problem("document.busy", { retryAfter: 5 });
    const running = start();
    const id = ++last;
    return new Promise<Buffer>((done, fail) => {
      const timer = setTimeout(() => stop(new Error(`${name} took longer than ${MOST_MS} ms`)), MOST_MS);
      waiting.set(id, { done, fail, timer });
      running.ref();
      running.postMessage({ id, order } satisfies Numbered<Order>);
    });
  };
}
