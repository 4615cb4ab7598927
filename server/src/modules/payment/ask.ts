import { SYSTEM } from "#core/actor.ts";
import { GatewayError, PaymentAlreadyPaid, type PaymentFact, type Payments } from "#gateways/payments/port.ts";
import type { Means } from "#modules/module.ts";
import { afterFailure, askAgain, LEASE_MS, nextAsk, promiseFor } from "./schedule.ts";
import { settleAlone } from "./settle.ts";
import { momentOf } from "./store.ts";

const BATCH = 40;
const AT_ONCE = 8;

interface Claimed {
  readonly id: string;
  readonly orderNumber: string;
  readonly amountFen: string;
  readonly createdAt: Date | string;
  readonly expiresAt: Date | string;
  readonly asked: number;
}

/**
 * Asks WeChat about every order whose time has come, until nothing is due: whatever notice was lost is found here. An
 * order that has expired is closed. Any number of workers may do it: a row is asked about by one at a time, and no row is
 * locked while WeChat is asked.
 */
export async function askPayments(means: Means): Promise<number> {
  let done = 0;
  for (;;) {
    const { claimed, at } = await claim(means);
    if (claimed.length === 0) return done;
    await inTurns(claimed, AT_ONCE, (order) => attend(means, order, at));
    done += claimed.length;
  }
}

function claim(means: Means): Promise<{ claimed: Claimed[]; at: Date }> {
  return means.transact(SYSTEM, async (work) => {
    const claimed = await work.query<Claimed>(
      `SELECT id, order_number AS orderNumber, amount_fen AS amountFen, created_at AS createdAt, expires_at AS expiresAt, asked + 1 AS asked
       FROM payment WHERE ask_at <= ? ORDER BY ask_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      [work.at],
    );
    if (claimed.length > 0) {
      const ids = claimed.map(({ id }) => String(id));
      await work.change(
        `UPDATE payment SET ask_at = ?, asked = asked + 1 WHERE id IN (${ids.map(() => "?").join(", ")})`,
        [new Date(work.at.getTime() + LEASE_MS), ...ids],
      );
    }
    return { claimed, at: work.at };
  });
}

async function attend(means: Means, order: Claimed, at: Date): Promise<void> {
  const { payments } = means.gateways;
  const { orderNumber, asked } = order;
  const [createdAt, expiresAt] = [momentOf(order.createdAt), momentOf(order.expiresAt)];
  try {
    const fact = await payments.find(orderNumber);
    const open = fact === null || fact.state === "unpaid" || fact.state === "paying";
    if (fact && !open) {
      // What does not fit is with people now; that they have put it right at WeChat is seen later.
      if ((await settleAlone(means, fact, "query")) === "quarantined") await plan(means, order, afterFailure, null);
      return;
    }
    if (at >= expiresAt) {
      const last = await closeAtWechat(payments, order, fact);
      if ((await settleAlone(means, last, "query")) === "quarantined") await plan(means, order, afterFailure, null);
      return;
    }
    await plan(means, order, (now) => nextAsk({ createdAt, expiresAt }, now));
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    means.logger.warn({ err: error, orderNumber }, "payment not answered");
    await plan(means, order, (now) => askAgain(now, Math.max(asked - 1, 0) % 6));
  }
}

/** When to ask next; whoever claimed the row since then has another number, and decides. */
function plan(
  means: Means,
  { id, asked }: Claimed,
  when: (now: Date) => Date,
  promise: typeof promiseFor | null = promiseFor,
): Promise<number> {
  return means.transact(
    SYSTEM,
    (work) => {
      const askAt = when(work.at);
      return work.change(
        "UPDATE payment SET ask_at = ?, promised_at = ? WHERE id = ? AND asked = ? AND state IN ('created', 'processing')",
        [askAt, promise?.(askAt) ?? null, String(id), asked],
      );
    },
    { repeatable: true },
  );
}

/**
 * Closes an order by asking, never by assuming: gives WeChat's word, which may be that it was paid after all. `fact` is
 * what WeChat has just said of it; null where it knows of none.
 */
export async function closeAtWechat(
  payments: Payments,
  order: { readonly orderNumber: string; readonly amountFen: string | number },
  fact: PaymentFact | null,
): Promise<PaymentFact> {
  const { orderNumber } = order;
  if (fact && fact.state !== "unpaid" && fact.state !== "paying") return fact;
  if (fact) {
    try {
      await payments.close(orderNumber);
    } catch (error) {
      if (!(error instanceof PaymentAlreadyPaid)) throw error;
      const paid = await payments.find(orderNumber);
      if (paid && paid.state !== "unpaid" && paid.state !== "paying") return paid;
      throw new GatewayError("payments", "an order is neither paid nor open");
    }
  }
  return {
    orderNumber,
    transactionNumber: null,
    state: "closed",
    amountFen: Number(order.amountFen),
    currency: "CNY",
    paidAt: null,
  };
}

/** So many at a time; every one of them is tried, and the first failure is thrown when all are done. */
export async function inTurns<T>(list: readonly T[], width: number, run: (one: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  let next = 0;
  const turn = async (): Promise<void> => {
    while (next < list.length) {
      const one = list[next++] as T;
      await run(one).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, turn));
  if (failures.length > 0) throw failures[0];
}
