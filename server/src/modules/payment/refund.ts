import { createHash } from "node:crypto";
import { readableYuan } from "#core/money.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { raiseAlarm } from "./alarms.ts";
import { changeRefund, type Payment, Refund } from "./model.ts";
import { refundNumber } from "./numbers.ts";
import { problem } from "./problems.ts";
import { holdPayment, holdRefund } from "./store.ts";
import { isPaid, type RefundAction, type RefundOrigin, refundWorkflow, SPOKEN_FOR } from "./workflow.ts";

/** 诉讼费用交纳办法§53: what is to be returned is returned within fifteen days. */
const RETURN_DAYS = 15;

/** Asks for a refund of a payment of one's own court; another must approve it. Throws `refund.too_much`, `refund.not_paid`. */
export async function requestRefund(
  work: Work,
  paymentId: string,
  { amountFen, reason, key }: { amountFen: number; reason: string; key: string },
): Promise<Refund> {
  const { payment } = await holdPayment(work, paymentId);
  if (payment.courtCode !== work.actor.courtCode) throw problem("payment.not_found");
  if (!isPaid(payment.state)) throw problem("refund.not_paid");
  const left = await refundableFen(work, payment);
  if (amountFen > left) {
    throw problem("refund.too_much", {
      detail: left > 0 ? `这笔款项还可退 ${readableYuan(left)}。` : "这笔款项已全部退回或正在退回。",
      members: { refundableFen: left },
      errors: [{ pointer: "/amountFen", code: "too_much", message: `最多可退 ${readableYuan(left)}` }],
    });
  }
  return createRefund(work, payment, {
    amountFen,
    reason,
    origin: "staff",
    source: `staff:${createHash("sha256").update(`${work.actor.accountId}\0${key}`).digest("hex").slice(0, 48)}`,
    requestedBy: work.actor.accountId,
  });
}

/** Money that the notice did not need goes back at once: nobody has to ask for it. */
export async function returnSurplus(work: Work, payment: Payment, surplusFen: number): Promise<void> {
  const refund = await createRefund(work, payment, {
    amountFen: surplusFen,
    reason: "重复支付，自动退回",
    origin: "duplicate",
    source: "duplicate",
    requestedBy: null,
  });
  await work.emit({
    name: "payment.duplicate",
    about: `payment:${payment.id}`,
    courtCode: payment.courtCode,
    paymentId: String(payment.id),
    noticeId: String(payment.noticeId),
    refundId: String(refund.id),
    surplusFen,
  });
}

/**
 * The fee became less than what was paid: the difference is asked back from the payments, newest first, and waits for
 * approval. Whoever changed the fee counts as the one who asks. Told twice, it does nothing more.
 */
export async function requestChangeRefunds(
  work: Work,
  means: Means,
  {
    noticeId,
    changeId,
    amountFen,
    changedBy,
  }: { noticeId: string; changeId: string; amountFen: number; changedBy: string | null },
): Promise<void> {
  const source = `change:${changeId}`;
  const paid = await work.query<{ id: string }>(
    "SELECT id FROM payment WHERE notice_id = ? AND state IN ('succeeded', 'refunding', 'refunded') ORDER BY id DESC",
    [noticeId],
  );
  let left = amountFen;
  let courtCode: string | null = null;
  for (const { id } of paid) {
    const { payment } = await holdPayment(work, String(id));
    courtCode = payment.courtCode;
    const known = await Refund.findOne({ where: { noticeId, source }, transaction: work.tx });
    // The first of them stands: all of them were made with it.
    if (known && left === amountFen) return;
    const part = Math.min(left, await refundableFen(work, payment));
    if (part <= 0) continue;
    await createRefund(work, payment, {
      amountFen: part,
      reason: "诉讼费变动，退还多交部分",
      origin: "change",
      source,
      requestedBy: changedBy,
    });
    left -= part;
    if (left === 0) return;
  }
  await raiseAlarm(work, means, {
    kind: "refund_short",
    source: `notice ${noticeId} ${source}`,
    courtCode,
    orderNumber: null,
    facts: { noticeId, changeId, amountFen, shortFen: left },
  });
}

/** The decision on a refund. Throws `refund.same_person` to whoever asked for it: two persons, always. */
export async function moveRefund(
  work: Work,
  id: string,
  action: RefundAction,
  { note, freshNumber }: { note?: string | undefined; freshNumber?: boolean },
): Promise<Refund> {
  const { refund } = await holdRefund(work, id);
  const state = refundWorkflow.next(refund.state, action, work.actor.role);
  if (action === "retry") {
    await changeRefund(work, refund, {
      state,
      askAt: work.at,
      finishedAt: null,
      // What WeChat has closed is closed for good: the same amount goes out under a new number.
      ...(freshNumber ? { refundNumber: refundNumber(work.at) } : {}),
    });
    await tellRefund(work, "refund.approved", refund);
    return refund;
  }
  if (String(refund.requestedBy) === work.actor.accountId) throw problem("refund.same_person");
  if (action === "reject") {
    if (!note) throw problem("refund.note_required");
    await changeRefund(work, refund, { state, note, finishedAt: work.at });
    await tellRefund(work, "refund.rejected", refund);
    return refund;
  }
  await changeRefund(work, refund, {
    state,
    approvedBy: work.actor.accountId,
    approvedAt: work.at,
    askAt: work.at,
    ...(note ? { note } : {}),
  });
  await tellRefund(work, "refund.approved", refund);
  return refund;
}

interface RefundToMake {
  readonly amountFen: number;
  readonly reason: string;
  readonly origin: RefundOrigin;
  readonly source: string;
  readonly requestedBy: string | null;
}

async function createRefund(work: Work, payment: Payment, made: RefundToMake): Promise<Refund> {
  const byItself = made.origin === "duplicate";
  const refund = await Refund.create(
    {
      paymentId: payment.id,
      noticeId: payment.noticeId,
      courtCode: payment.courtCode,
      refundNumber: refundNumber(work.at),
      ...made,
      state: byItself ? "approved" : "requested",
      requestedAt: work.at,
      approvedAt: byItself ? work.at : null,
      askAt: byItself ? work.at : null,
      dueOn: addDays(courtDayOf(work.at), RETURN_DAYS),
    },
    { transaction: work.tx },
  );
  await tellRefund(work, byItself ? "refund.approved" : "refund.requested", refund);
  return refund;
}

/** What of a payment may still be asked back; the payment is held. */
async function refundableFen(work: Work, payment: Payment): Promise<number> {
  const [row] = await work.query<{ spoken: string | null }>(
    `SELECT SUM(amount_fen) AS spoken FROM refund WHERE payment_id = ? AND state IN (${SPOKEN_FOR.map(() => "?").join(", ")})`,
    [String(payment.id), ...SPOKEN_FOR],
  );
  return (payment.paidFen ?? 0) - Number(row?.spoken ?? 0);
}

type RefundEvent = "refund.requested" | "refund.approved" | "refund.rejected" | "refund.succeeded" | "refund.failed";

export const tellRefund = (work: Work, name: RefundEvent, refund: Refund): Promise<void> =>
  work.emit({
    name,
    about: `refund:${refund.id}`,
    courtCode: refund.courtCode,
    refundId: String(refund.id),
    paymentId: String(refund.paymentId),
    noticeId: String(refund.noticeId),
    amountFen: refund.amountFen,
    origin: refund.origin,
  });
