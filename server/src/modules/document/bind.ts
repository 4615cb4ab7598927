import type { BinderAnswer, BinderOrder } from "./binder-thread.ts";
import { problem } from "./problems.ts";
import { openThread } from "./thread.ts";

/** One leaf of a bundle: a PDF, a JPEG, or nothing that could be bound. */
export interface Leaf {
  readonly kind: "pdf" | "picture" | "none";
  readonly bytes: Buffer;
}
const MOST_MS = 60_000;
const MOST_WAITING = 10;

/** One bundle at a time: binding large files takes memory and seconds, in a thread that ends with it. */
let turn: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * Binds leaves into one PDF; they are read when it is their turn. `around` is told how many pages each leaf has (null: it
 * cannot be bound) and gives what comes before them, a page for each that cannot be bound, and one stamp for every page.
 * Throws `document.busy`.
 */
export async function bind(
  read: () => Promise<readonly Leaf[]>,
  around: (pages: readonly (number | null)[]) => Promise<Around>,
): Promise<Buffer> {
  if (waiting >= MOST_WAITING) throw problem("document.busy", { retryAfter: 20 });
  waiting += 1;
  const mine = turn.then(async () => bindNow(await read(), around));
  turn = mine.then(
    () => {},
    () => {},
  );
  try {
    return await mine;
  } finally {
    waiting -= 1;
  }
}

export interface Around {
  readonly front: Buffer;
  /** One page each, in the order of the leaves that could not be bound. */
  readonly instead: readonly Buffer[];
  readonly stamps: Buffer;
}

function bindNow(
  leaves: readonly Leaf[],
  around: (pages: readonly (number | null)[]) => Promise<Around>,
): Promise<Buffer> {
  const thread = openThread("binder-thread", null);
  return new Promise<Buffer>((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`a bundle took longer than ${MOST_MS} ms`)), MOST_MS);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      settle();
      void thread.terminate();
    };
    thread.on("message", (answer: BinderAnswer) => {
      if (answer.step === "bound") end(() => done(Buffer.from(answer.pdf)));
      else if (answer.step === "failed") end(() => fail(new Error(`the bundle could not be bound: ${answer.error}`)));
      else
        around(answer.pages).then(
          (given) => thread.postMessage({ step: "bind", ...given } satisfies BinderOrder),
          (error: unknown) => end(() => fail(error)),
        );
    });
    thread.on("error", (error) => end(() => fail(error)));
    thread.on("exit", () => end(() => fail(new Error("the binder ended"))));
    thread.postMessage({ step: "look", leaves } satisfies BinderOrder);
  });
}
