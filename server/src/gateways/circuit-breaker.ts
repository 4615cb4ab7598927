import { GatewayError } from "./gateway-error.ts";
import { noteFailure, noteSuccess } from "./health.ts";

export interface CircuitBreaker {
  /** Throws while the circuit is open; lets one call through when it is time to try. */
  pass(): void;
  succeeded(): void;
  failed(): void;
}

/** Milliseconds that never run backwards. */
export type Clock = () => number;

const FAILURES_TO_OPEN = 5;
const OPEN_MS = 10_000;

/** After five failures in a row the peer is left alone for ten seconds; then one call tries whether it is back. */
export function circuitBreaker(gateway: string, clock: Clock = () => performance.now()): CircuitBreaker {
  let failures = 0;
  let closedUntil = 0;
  return {
    pass() {
      if (failures < FAILURES_TO_OPEN) return;
      const left = closedUntil - clock();
      if (left > 0)
        throw new GatewayError(gateway, "circuit is open", { retryAfter: Math.ceil(left / 1000), unsent: true });
      // The one that tries; the others wait for its outcome for another while.
      closedUntil = clock() + OPEN_MS;
    },
    succeeded() {
      failures = 0;
      noteSuccess(gateway);
    },
    failed() {
      failures++;
      if (failures >= FAILURES_TO_OPEN) closedUntil = clock() + OPEN_MS;
      noteFailure(gateway, failures >= FAILURES_TO_OPEN);
    },
  };
}
