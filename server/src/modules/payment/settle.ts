import { SYSTEM } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import type { PaymentFact } from "#gateways/payments/port.ts";
import { type FeeNotice, markPaying, receiveMoney } from "#modules/fee/index.ts";
import type { Means } from "#modules/module.ts";
import { type AlarmKind, raiseAlarm } from "./alarms.ts";
import type { Source } from "./events.ts";
import { changePayment, type Payment } from "./model.ts";
import { takeReceipt } from "./numbers.ts";
import { returnSurplus } from "./refund.ts";
import { holdPayment, momentOf } from "./store.ts";
import { isPaid, type PaymentState, RANK } from "./workflow.ts";

/** `settled`: the money is in the ledger now. `known`: it was already. `quarantined`: people must look, nothing moved. */
export type Outcome = "settled" | "known" | "quarantined" | "closed" | "failed" | "unchanged";

interface Standing {
  readonly id: string;
  readonly courtCode: string;
  readonly state: PaymentState;
  readonly amountFen: string;
  readonly transactionNumber: string | null;
}

/**
 * The one place where money is taken. Notice, query and bill all end here with WeChat's word about an order; it is safe to
 * be told the same any number of times, by any of them, in any order, at once. States go only forward. What does not fit
 * our row moves nothing: it raises an alarm.
 */
export async function settle(work: Work, means: Means, fact: PaymentFact, source: Source): Promise<Outcome> {
  const [row] = await work.query<Standing>(
    `SELECT id, court_code AS courtCode, state, amount_fen AS amountFen, transaction_number AS transactionNumber
     FROM payment WHERE order_number = ?`,
    [fact.orderNumber],
  );
  const paid = fact.state === "paid" || fact.state === "refunded";
  if (!row) return paid ? quarantine(work, means, "unknown_order", fact, null) : "unchanged";
  if (paid) {
    const fault = faultOf({ ...row, amountFen: Number(row.amountFen) }, fact);
    if (fault) return quarantine(work, means, fault, fact, row.courtCode);
    // Paid is paid for good: a copy that comes later needs no lock.
    if (isPaid(row.state)) return "known";
  } else if (!isNews(row.state, fact)) return "unchanged";

  const { notice, payment } = await holdPayment(work, String(row.id));
  if (!paid) return isNews(payment.state, fact) ? end(work, notice, payment, fact.state) : "unchanged";
  const fault = faultOf(payment, fact);
  if (fault) return quarantine(work, means, fault, fact, payment.courtCode);
  if (isPaid(payment.state)) return "known";
  const [other] = await work.query("SELECT id FROM payment WHERE transaction_number = ?", [fact.transactionNumber]);
  if (other) return quarantine(work, means, "transaction_reused", fact, payment.courtCode);
  await take(work, means, notice, payment, fact, source);
  return "settled";
}

/** The same in a transaction of its own. */
export const settleAlone = (means: Means, fact: PaymentFact, source: Source): Promise<Outcome> =>
  means.transact(SYSTEM, (work) => settle(work, means, fact, source), { repeatable: true });

/** What of WeChat's word does not fit what we asked for. */
function faultOf(
  row: { readonly amountFen: number; readonly transactionNumber?: string | null },
  fact: PaymentFact,
): AlarmKind | null {
  if (fact.currency !== "CNY") return "currency_differs";
  if (fact.amountFen !== row.amountFen) return "amount_differs";
  if (fact.transactionNumber === null) return "transaction_differs";
  if (row.transactionNumber && row.transactionNumber !== fact.transactionNumber) return "transaction_differs";
  return null;
}

const ENDS: Partial<Record<PaymentFact["state"], "closed" | "failed">> = { closed: "closed", failed: "failed" };
const isNews = (state: PaymentState, fact: PaymentFact): boolean => {
  const to = ENDS[fact.state];
  return to !== undefined && RANK[to] > RANK[state];
};

async function take(
  work: Work,
  means: Means,
  notice: FeeNotice,
  payment: Payment,
  fact: PaymentFact,
  source: Source,
): Promise<void> {
  const { id: paymentId, noticeId, courtCode } = payment;
  const { amountFen, transactionNumber } = fact;
  const { appliedFen, surplusFen } = await receiveMoney(work, means, notice, {
    paymentId: String(paymentId),
    amountFen,
  });
  await work.emit({
    name: "payment.succeeded",
    about: `payment:${paymentId}`,
    courtCode,
    paymentId: String(paymentId),
    noticeId: String(noticeId),
    amountFen,
    source,
  });
  if (surplusFen > 0) await returnSurplus(work, payment, surplusFen);
  await markStillPaying(work, notice, payment);
  // A receipt says what the court keeps: money that goes back at once has none.
  const receipt = appliedFen > 0 ? await takeReceipt(work, courtCode) : {};
  await changePayment(work, payment, {
    state: appliedFen > 0 ? "succeeded" : "refunding",
    liveOf: null,
    transactionNumber,
    paidFen: amountFen,
    appliedFen,
    paidAt: fact.paidAt ?? work.at,
    settledAt: work.at,
    settledBy: source,
    askAt: null,
    promisedAt: null,
    ...receipt,
  });
}

async function end(
  work: Work,
  notice: FeeNotice,
  payment: Payment,
  state: PaymentFact["state"],
): Promise<"closed" | "failed"> {
  const to = ENDS[state] as "closed" | "failed";
  await changePayment(work, payment, { state: to, liveOf: null, askAt: null, promisedAt: null });
  await markStillPaying(work, notice, payment);
  await work.emit({
    name: "payment.closed",
    about: `payment:${payment.id}`,
    courtCode: payment.courtCode,
    paymentId: String(payment.id),
    noticeId: String(payment.noticeId),
  });
  return to;
}

/** The notice is being paid as long as an order of somebody's is under way. */
async function markStillPaying(work: Work, notice: FeeNotice, settled: Payment): Promise<void> {
  const [left] = await work.query<{ until: Date | string | null }>(
    "SELECT MAX(expires_at) AS until FROM payment WHERE notice_id = ? AND id <> ? AND state IN ('created', 'processing')",
    [String(settled.noticeId), String(settled.id)],
  );
  const until = left?.until ? momentOf(left.until) : null;
  if (until?.getTime() !== notice.payingUntil?.getTime()) await markPaying(work, notice, until);
}

async function quarantine(
  work: Work,
  means: Means,
  kind: AlarmKind,
  { orderNumber, transactionNumber, amountFen, currency }: PaymentFact,
  courtCode: string | null,
): Promise<"quarantined"> {
  await raiseAlarm(work, means, {
    kind,
    source: `${orderNumber} ${transactionNumber} ${amountFen} ${currency}`,
    courtCode,
    orderNumber,
    facts: { orderNumber, transactionNumber, amountFen, currency },
  });
  return "quarantined";
}
