import { createRequire } from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import { GatewayError } from "../gateway-error.ts";
import { type Ocr, type ReadPage, Unreadable } from "./port.ts";
import type { ReadAnswer, ReaderSettings, ReadOrder } from "./reader-thread.ts";

export interface TesseractConfig {
  /** A picture that takes longer is given up, and the thread with it: it may never come back by itself. */
  readonly timeoutMs?: number;
  readonly mostWaiting?: number;
  /** The thread holds some 200 MB: it ends when nobody has asked for so long. */
  readonly idleMs?: number;
}

interface Order {
  readonly image: Buffer;
  readonly done: (page: ReadPage) => void;
  readonly fail: (error: Error) => void;
}

/**
 * Tesseract in one thread, one picture at a time. Reader and language are files of the installed packages: nothing is
 * fetched. A thread that hangs or breaks is ended, and the next picture begins a new one.
 */
export function tesseractOcr({ timeoutMs = 90_000, mostWaiting = 8, idleMs = 120_000 }: TesseractConfig = {}): Ocr & {
  stop(): void;
} {
  const waiting: Order[] = [];
  let thread: Worker | null = null;
  let current: { id: number; order: Order; timer: NodeJS.Timeout } | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last = 0;

  function start(): Worker {
    if (thread !== null) return thread;
    const made = openThread({ language: languageFolder() });
    made.on("message", (answer: ReadAnswer) => answer.id === current?.id && settle(answer));
    made.on("error", (cause) => made === thread && drop(new GatewayError("ocr", "the reader broke", { cause })));
    made.on("exit", (code) => made === thread && drop(new GatewayError("ocr", `the reader ended (${code})`)));
    made.unref();
    thread = made;
    return made;
  }

  function settle(answer: ReadAnswer): void {
    const order = finish();
    if ("page" in answer) order?.done(answer.page);
    else if (answer.unreadable) order?.fail(new Unreadable({ cause: answer.error }));
    else drop(new GatewayError("ocr", answer.error), order);
    next();
  }

  function finish(): Order | undefined {
    const order = current?.order;
    clearTimeout(current?.timer);
    current = null;
    thread?.unref();
    idle = setTimeout(() => drop(), idleMs).unref();
    return order;
  }

  /** Ends the thread; who is being read for is told, who waits is read for by a new one. */
  function drop(error?: GatewayError, order = finish()): void {
    const ended = thread;
    thread = null;
    clearTimeout(idle);
    void ended?.terminate();
    if (error) order?.fail(error);
    next();
  }

  function next(): void {
    if (current !== null) return;
    const order = waiting.shift();
    if (order === undefined) return;
    clearTimeout(idle);
    const running = start();
    const id = ++last;
    const timer = setTimeout(() => drop(new GatewayError("ocr", `longer than ${timeoutMs} ms`)), timeoutMs);
    current = { id, order, timer };
    running.ref();
    running.postMessage({ id, image: order.image } satisfies ReadOrder);
  }

  return {
    on: true,
    async read(image) {
      if (waiting.length >= mostWaiting) throw new GatewayError("ocr", "too many pictures wait", { retryAfter: 30 });
      return new Promise<ReadPage>((done, fail) => {
        waiting.push({ image, done, fail });
        next();
      });
    },
    stop() {
      for (const { fail } of waiting.splice(0)) fail(new GatewayError("ocr", "closing"));
      drop(new GatewayError("ocr", "closing"));
    },
  };
}

function languageFolder(): string {
  const root = dirname(createRequire(import.meta.url).resolve("@tesseract.js-data/chi_sim/package.json"));
  return `${root}/4.0.0_best_int`;
}

/** From sources the thread must be told how they are read (Node 20). */
function openThread(workerData: ReaderSettings): Worker {
  const name = "./reader-thread";
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL(`${name}.js`, import.meta.url), { workerData });
  const file = new URL(`${name}.ts`, import.meta.url).href;
  const code = `import("tsx/esm/api").then(({ register }) => { register(); return import("${file}"); })`;
  return new Worker(code, { workerData, eval: true, execArgv: ["--conditions=source"] });
}
