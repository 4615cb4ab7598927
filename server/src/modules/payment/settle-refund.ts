import { SYSTEM } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import type { RefundFact } from "#gateways/payments/port.ts";
import { returnMoney } from "#modules/fee/index.ts";
import type { Means } from "#modules/module.ts";
import { type AlarmKind, raiseAlarm } from "./alarms.ts";
import { changePayment, changeRefund, type Payment, type Refund } from "./model.ts";
import { tellRefund } from "./refund.ts";
import { afterFailure, nextRefundAsk } from "./schedule.ts";
import { type Held, holdRefund } from "./store.ts";
import type { RefundState } from "./workflow.ts";

export type RefundOutcome = "settled" | "known" | "failed" | "processing" | "quarantined" | "unchanged";

/** Before this WeChat was not asked, and after it nothing more can come. */
const NOT_SENT: readonly RefundState[] = ["requested", "rejected"];

/** WeChat's word about a refund, from a notice, a query or the answer to our asking: one road for all three. */
export async function settleRefund(work: Work, means: Means, fact: RefundFact): Promise<RefundOutcome> {
  const [row] = await work.query<{ id: string }>("SELECT id FROM refund WHERE refund_number = ?", [fact.refundNumber]);
  if (!row) return quarantine(work, means, "unknown_refund", fact, null);
  const held = await holdRefund(work, String(row.id));
  const { payment, refund } = held;
  const fits =
    fact.orderNumber === payment.orderNumber &&
    fact.amountFen === refund.amountFen &&
    fact.totalFen === payment.paidFen;
  if (!fits) return quarantine(work, means, "refund_differs", fact, payment);
  if (NOT_SENT.includes(refund.state)) return quarantine(work, means, "refund_unexpected", fact, payment);
  if (refund.state === "succeeded") return "known";
  switch (fact.state) {
    case "succeeded":
      await succeed(work, means, held, fact);
      return "settled";
    case "processing":
      return proceed(work, refund, payment, fact);
    default:
      return fail(work, means, refund, payment, fact);
  }
}

export const settleRefundAlone = (means: Means, fact: RefundFact): Promise<RefundOutcome> =>
  means.transact(SYSTEM, (work) => settleRefund(work, means, fact), { repeatable: true });

async function succeed(
  work: Work,
  means: Means,
  { notice, payment, refund }: Held & { refund: Refund },
  fact: RefundFact,
): Promise<void> {
  const { amountFen } = refund;
  await returnMoney(work, means, notice, {
    refundId: String(refund.id),
    amountFen,
    fromSurplus: refund.origin === "duplicate",
  });
  await changeRefund(work, refund, {
    state: "succeeded",
    wechatId: fact.refundId,
    finishedAt: fact.succeededAt ?? work.at,
    askAt: null,
  });
  const refundedFen = payment.refundedFen + amountFen;
  const all = refundedFen === payment.paidFen;
  await changePayment(work, payment, { refundedFen, ...(all ? { state: "refunded" } : {}) });
  await tellRefund(work, "refund.succeeded", refund);
}

async function proceed(work: Work, refund: Refund, payment: Payment, fact: RefundFact): Promise<RefundOutcome> {
  // News from before the failure.
  if (refund.state === "failed") return "unchanged";
  await changeRefund(work, refund, {
    state: "processing",
    wechatId: fact.refundId,
    askAt: nextRefundAsk(work.at, refund.asked),
  });
  const all = payment.refundedFen + refund.amountFen === payment.paidFen;
  if (all && payment.state === "succeeded") await changePayment(work, payment, { state: "refunding" });
  return "processing";
}

async function fail(
  work: Work,
  means: Means,
  refund: Refund,
  payment: Payment,
  fact: RefundFact,
): Promise<RefundOutcome> {
  // Closed is the end at WeChat; what is abnormal may yet be put right there by hand.
  const askAt = fact.state === "closed" ? null : afterFailure(work.at);
  if (refund.state === "failed") {
    await changeRefund(work, refund, { askAt });
    return "unchanged";
  }
  await changeRefund(work, refund, { state: "failed", wechatId: fact.refundId, askAt });
  await raiseAlarm(work, means, {
    kind: fact.state === "closed" ? "refund_closed" : "refund_abnormal",
    source: fact.refundNumber,
    courtCode: refund.courtCode,
    orderNumber: payment.orderNumber,
    facts: { refundNumber: fact.refundNumber, orderNumber: payment.orderNumber, amountFen: refund.amountFen },
  });
  await tellRefund(work, "refund.failed", refund);
  return "failed";
}

async function quarantine(
  work: Work,
  means: Means,
  kind: AlarmKind,
  fact: RefundFact,
  payment: Payment | null,
): Promise<"quarantined"> {
  const { refundNumber, orderNumber, amountFen, totalFen, state } = fact;
  await raiseAlarm(work, means, {
    kind,
    source: `${refundNumber} ${amountFen} ${state}`,
    courtCode: payment?.courtCode ?? null,
    orderNumber,
    facts: { refundNumber, orderNumber, amountFen, totalFen, state },
  });
  return "quarantined";
}
