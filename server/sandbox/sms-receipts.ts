import { setTimeout as sleep } from "node:timers/promises";

/**
 * The reports a provider brings to its customer by itself, a moment after a message reached the phone. `to` is what the
 * customer has entered in the provider's console; nowhere where it has entered nothing.
 */
export function receiptPost() {
  const held = { to: null as string | null, afterMs: 300, stopped: false };
  return {
    /** `https://…/notices/receipts/{provider}?token=…` */
    enter(address: string | null): void {
      held.to = address;
    },
    stop(): void {
      held.stopped = true;
    },
    async bring(provider: string, report: unknown): Promise<void> {
      const address = held.to?.replace("{provider}", provider);
      if (!address) return;
      for (let attempt = 0; attempt < 3 && !held.stopped; attempt += 1) {
        await sleep(held.afterMs * 2 ** attempt);
        const answer = await fetch(address, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(report),
          signal: AbortSignal.timeout(5000),
        }).catch(() => null);
        if (answer?.ok) return;
      }
    },
  };
}

export type ReceiptPost = ReturnType<typeof receiptPost>;
