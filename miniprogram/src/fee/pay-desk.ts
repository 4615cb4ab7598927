import type { PaymentOrder } from "@/api/payments";
import { Problem } from "@/api/problem";
import type { OpenedPayment } from "@/api/types";
import type { Storage } from "@/platform/storage";

/** A tap on "pay" the court has not answered yet. */
interface Attempt {
  key: string;
  order: string;
  at: number;
}

// Beyond this an unanswered order is no longer what the person means; the court closes or finds it by itself.
const KEPT_MS = 10 * 60_000;
const PREFIX = "cache:pay:";

export interface PayDeskMeans {
  storage: Storage;
  open(noticeId: string, order: PaymentOrder, key: string): Promise<OpenedPayment>;
  newKey(): string;
  now(): number;
}

/**
 * Opens orders so that one wish makes one order: a second tap joins the first, and after a lost answer, or a restart of
 * the app, the same wish carries the same key again.
 */
export class PayDesk {
  private readonly means: PayDeskMeans;
  private readonly running = new Map<string, Promise<OpenedPayment>>();

  constructor(means: PayDeskMeans) {
    this.means = means;
  }

  open(noticeId: string, order: PaymentOrder): Promise<OpenedPayment> {
    const running = this.running.get(noticeId);
    if (running) return running;
    const opening = this.send(noticeId, order).finally(() => this.running.delete(noticeId));
    this.running.set(noticeId, opening);
    return opening;
  }

  private async send(noticeId: string, order: PaymentOrder): Promise<OpenedPayment> {
    const { storage } = this.means;
    const place = PREFIX + noticeId;
    const key = this.keyFor(place, JSON.stringify(order));
    try {
      const opened = await this.means.open(noticeId, order, key);
      storage.remove(place);
      return opened;
    } catch (error) {
      if (!mayHaveArrived(error)) storage.remove(place);
      throw error;
    }
  }

  private keyFor(place: string, order: string): string {
    const { storage, now, newKey } = this.means;
    const kept = storage.read<Attempt>(place);
    if (kept && kept.order === order && now() - kept.at < KEPT_MS) return kept.key;
    const key = newKey();
    storage.write(place, { key, order, at: now() } satisfies Attempt);
    return key;
  }
}

/** No answer, or one that says nothing of the order: it may exist all the same, so the key must not be lost. */
function mayHaveArrived(error: unknown): boolean {
  if (!(error instanceof Problem)) return true;
  return error.temporary || error.status >= 500 || error.status === 401 || error.code === "idempotency.in_flight";
}
