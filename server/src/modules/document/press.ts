import { fileURLToPath } from "node:url";
import type { Worker } from "node:worker_threads";
import { FONT_FILES } from "./glyphs.ts";
import type { PressAnswer, PressOrder, PressSettings } from "./press-thread.ts";
import { problem } from "./problems.ts";
import { openThread } from "./thread.ts";

/**
 * The typesetter, in a thread of its own: it is made with the first paper (about 0.4 s), and a long paper never holds up
 * other requests. One thread does some hundred papers a second; a paper that takes longer than any real one is given up.
 */
const MOST_MS = 20_000;
const MOST_WAITING = 200;

interface Waiting {
  readonly done: (pdf: Buffer) => void;
  readonly fail: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

let thread: Worker | null = null;
let last = 0;
const waiting = new Map<number, Waiting>();

/** A PDF of what `paper` (JSON) says. Throws `document.busy` where too many wait, an ordinary error for our own mistakes. */
export function press(paper: string, pictures: Readonly<Record<string, Buffer>>, at: Date): Promise<Buffer> {
  if (waiting.size >= MOST_WAITING) throw problem("document.busy", { retryAfter: 5 });
  const running = start();
  const id = ++last;
  return new Promise<Buffer>((done, fail) => {
    const timer = setTimeout(() => {
      stop(new Error(`a paper took longer than ${MOST_MS} ms`));
    }, MOST_MS);
    waiting.set(id, { done, fail, timer });
    running.ref();
    running.postMessage({ id, paper, pictures, at: Math.floor(at.getTime() / 1000) } satisfies PressOrder);
  });
}

function start(): Worker {
  if (thread !== null) return thread;
  const made = openThread("press-thread", {
    fonts: FONT_FILES,
    templates: fileURLToPath(new URL("../../../data/templates/", import.meta.url)),
  } satisfies PressSettings);
  made.on("message", ({ id, pdf, error }: PressAnswer) => {
    const order = waiting.get(id);
    if (order === undefined) return;
    settle(id, order);
    if (pdf !== null) order.done(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength));
    else order.fail(new Error(`the paper could not be set: ${error}`));
  });
  made.on("error", (error) => stop(error));
  made.on("exit", (code) => {
    if (thread === made) stop(new Error(`the typesetter ended (${code})`));
  });
  made.unref();
  thread = made;
  return made;
}

function settle(id: number, order: Waiting): void {
  clearTimeout(order.timer);
  waiting.delete(id);
  // An idle typesetter does not keep the program from ending.
  if (waiting.size === 0) thread?.unref();
}

/** Everybody who waits is told; the next paper starts a new thread. */
function stop(error: Error): void {
  const ended = thread;
  thread = null;
  for (const [id, order] of waiting) {
    settle(id, order);
    order.fail(error);
  }
  void ended?.terminate();
}
