import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import type { FeeFacts, FeeStep } from "#modules/reference/index.ts";
import { assessAnew } from "./assessment.ts";
import { CHANGE_REASONS } from "./changes.ts";
import { factsOf } from "./events.ts";
import { dueFen, outstandingFen, overpaidFen, type Posting, post, unappliedFen } from "./ledger.ts";
import type { FeeNotice } from "./model.ts";
import { moveNotice, writeNotice } from "./move.ts";
import { servedByActing } from "./period.ts";
import { closePaidRelief } from "./relief-end.ts";
import { PAYABLE } from "./workflow.ts";

/**
 * Money of a payment has come in. What the notice needs is applied to it, in every state in which something is owed, also
 * late; what is too much is surplus, which `payment` gives back by itself. The notice must be held, and each payment
 * comes once: the ledger's unique fact refuses a second.
 */
export async function receiveMoney(
  work: Work,
  means: Pick<Means, "vault">,
  notice: FeeNotice,
  { paymentId, amountFen }: { paymentId: string; amountFen: number },
): Promise<{ appliedFen: number; surplusFen: number }> {
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0) throw new RangeError("money is a positive number of fen");
  const appliedFen = PAYABLE.includes(notice.state) ? Math.min(amountFen, outstandingFen(notice)) : 0;
  const surplusFen = amountFen - appliedFen;
  const from = { debit: "wechat", paymentId } as const;
  const received = { ...from, credit: "receivable", amountFen: appliedFen } as const;
  const surplus = { ...from, credit: "surplus", amountFen: surplusFen } as const;
  await post(work, notice, once(`payment:${paymentId}`, "received", received, "surplus", surplus));
  await servedByActing(work, notice);
  if (appliedFen > 0) await writeNotice(work, notice, { paidFen: notice.paidFen + appliedFen, payingUntil: null });
  await settleIfPaid(work, means, notice);
  return { appliedFen, surplusFen };
}

/**
 * Money has gone back. What came twice goes back first where the refund is for that; otherwise it is money the notice
 * had taken. Given back from a fee that was paid in full, it was given back for good: the court has decided that it is
 * not owed (诉讼费用交纳办法§53), so the fee becomes less by it. While something is still owed, the whole stays owed: one of
 * several payers has only got back their part.
 */
export async function returnMoney(
  work: Work,
  means: Pick<Means, "vault">,
  notice: FeeNotice,
  { refundId, amountFen, fromSurplus }: { refundId: string; amountFen: number; fromSurplus: boolean },
): Promise<void> {
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0) throw new RangeError("money is a positive number of fen");
  const unapplied = fromSurplus ? Math.min(amountFen, await unappliedFen(work, notice)) : 0;
  const ofNotice = amountFen - unapplied;
  const overpaid = Math.min(ofNotice, overpaidFen(notice));
  const to = { credit: "wechat", refundId } as const;
  const returned = { ...to, debit: "surplus", amountFen: unapplied + overpaid } as const;
  const takenBack = { ...to, debit: "receivable", amountFen: ofNotice - overpaid } as const;
  await post(work, notice, once(`refund:${refundId}`, "returned", returned, "taken_back", takenBack));
  if (ofNotice === 0) return;
  await writeNotice(work, notice, { refundedFen: notice.refundedFen + ofNotice });
  const forgivenFen = outstandingFen(notice);
  if (notice.state !== "paid" || forgivenFen === 0) return;
  const label = "退还的部分不再收取";
  const { basis } = CHANGE_REASONS.returned;
  await assessAnew(work, means, notice, {
    reason: "returned",
    facts: JSON.parse(notice.facts) as FeeFacts,
    feeFen: notice.assessedFen - forgivenFen,
    reliefFen: notice.reliefFen,
    steps: [...(JSON.parse(notice.steps) as FeeStep[]), { label, basis, amountFen: -forgivenFen }],
    basis: [...(JSON.parse(notice.basis) as string[]), basis],
    note: "",
  });
}

/** An order of this notice is under way until then (null: no longer). Shown to all; it stops nobody else from paying. */
export async function markPaying(work: Work, notice: FeeNotice, until: Date | null): Promise<void> {
  // Who pays for somebody else shows nothing of what the payer has received.
  if (work.actor.accountId === String(notice.accountId)) await servedByActing(work, notice);
  await writeNotice(work, notice, { payingUntil: until });
}

/** Nothing is owed any more: the notice is paid. One that asks to pay less, or nothing, stays with the court until it has decided. */
export async function settleIfPaid(work: Work, means: Pick<Means, "vault">, notice: FeeNotice): Promise<void> {
  if (!PAYABLE.includes(notice.state) || outstandingFen(notice) > 0) return;
  if (notice.state === "relief_pending" && !(await closePaidRelief(work, means, notice))) return;
  await moveNotice(
    work,
    means,
    notice,
    "settle",
    { name: "fee.paid", ...factsOf(notice), dueFen: dueFen(notice) },
    { bySystem: true, set: { paidAt: work.at, payingUntil: null } },
  );
}

/**
 * The two parts of one payment or refund. Whichever of them is there bears the first name, so that a second telling always
 * meets the ledger's unique fact, also where the notice has changed meanwhile and the parts would be others.
 */
function once(
  of: string,
  first: string,
  one: Omit<Posting, "fact">,
  second: string,
  other: Omit<Posting, "fact">,
): Posting[] {
  const parts = [one, other].filter(({ amountFen }) => amountFen > 0);
  return parts.map((part, at) => ({ ...part, fact: `${of}:${at === 0 ? first : second}` }));
}
