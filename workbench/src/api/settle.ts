import { ProblemError, UnknownOutcome } from "./problem.ts";

/** The first copy of this call is still being worked on (409): that does not tell how it ends. */
export function isInFlight(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 409 && error.code.startsWith("idempotency.");
}

/** A small move (claim, extend, release): the same call with the same key up to three times, then the trouble is told. */
export async function steady<T>(call: () => Promise<T>, wait = pause, tries = 3): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const undecided = error instanceof UnknownOutcome || isInFlight(error);
      if (!undecided || attempt >= tries) throw error;
      await wait(500 * attempt);
    }
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
