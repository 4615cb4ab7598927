import { exact, roundHalfUp, times } from "#core/money.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import type { FeeFacts, FeeStep } from "#modules/reference/index.ts";
import type { ChangeReason } from "./changes.ts";
import { factsOf } from "./events.ts";
import { dueFen, easing, netPaidFen, owing, post } from "./ledger.ts";
import { FeeChange, type FeeNotice } from "./model.ts";
import { writeNotice } from "./move.ts";
import { sealWord } from "./store.ts";

export interface Assessment {
  readonly reason: ChangeReason;
  readonly facts: FeeFacts;
  readonly feeFen: number;
  readonly reliefFen: number;
  readonly steps: readonly FeeStep[];
  readonly basis: readonly string[];
  readonly note: string;
}

/** Relief that was granted keeps its share of the fee: a reduction of a third stays one, an exemption covers all. */
export function reliefAfter({ assessedFen, reliefFen }: FeeNotice, feeFen: number): number {
  if (reliefFen === 0 || assessedFen === 0) return 0;
  return Math.min(feeFen, roundHalfUp(times(exact(reliefFen), feeFen, assessedFen)));
}

/** Writes a new assessment of a held notice: its record, the ledger, the row. Says nothing of its state. */
export async function assessAnew(
  work: Work,
  { vault }: Pick<Means, "vault">,
  notice: FeeNotice,
  { reason, facts, feeFen, reliefFen, steps, basis, note }: Assessment,
): Promise<FeeChange> {
  const change = await FeeChange.create(
    {
      noticeId: notice.id,
      reason,
      facts: JSON.stringify(facts),
      beforeFen: notice.assessedFen,
      afterFen: feeFen,
      steps: JSON.stringify(steps),
      note: note ? sealWord(vault, notice, "note", note) : null,
      actorId: work.actor.accountId,
      at: work.at,
    },
    { transaction: work.tx },
  );
  const charge = () => shift(work, notice, `notice:${notice.id}:change:${change.id}`, "assessedFen", feeFen);
  const relieve = () => shift(work, notice, `notice:${notice.id}:relief_of:${change.id}`, "reliefFen", reliefFen);
  // Never less assessed than relieved, not even between two entries.
  if (reliefFen < notice.reliefFen) {
    await relieve();
    await charge();
  } else {
    await charge();
    await relieve();
  }
  await writeNotice(work, notice, {
    facts: JSON.stringify(facts),
    steps: JSON.stringify(steps),
    basis: JSON.stringify(basis),
  });
  await work.emit({
    name: "fee.changed",
    ...factsOf(notice),
    changeId: String(change.id),
    reason,
    beforeFen: change.beforeFen,
    afterFen: feeFen,
  });
  return change;
}

/** Brings what is assessed, or relieved, to a new amount, in the ledger and on the notice. */
export async function shift(
  work: Work,
  notice: FeeNotice,
  fact: string,
  what: "assessedFen" | "reliefFen",
  toFen: number,
): Promise<void> {
  const account = what === "assessedFen" ? "income" : "relief";
  const more = toFen - notice[what];
  if (more === 0) return;
  // A higher fee and less relief are owed by the payer; a lower fee and more relief ease them.
  const isOwed = what === "assessedFen" ? more > 0 : more < 0;
  const size = Math.abs(more);
  await post(work, notice, isOwed ? owing(fact, notice, account, size) : easing(fact, notice, account, size));
  await writeNotice(work, notice, { [what]: toFen });
}

/** Tells once of what is to be given back: beyond what earlier changes promised and has not left yet. */
export async function promiseRefund(work: Work, notice: FeeNotice, changeId: string): Promise<void> {
  const underWay = Math.max(0, notice.refundPromisedFen - notice.refundedFen);
  const amountFen = netPaidFen(notice) - dueFen(notice) - underWay;
  if (amountFen <= 0) return;
  await writeNotice(work, notice, { refundPromisedFen: notice.refundedFen + underWay + amountFen });
  await work.emit({ name: "fee.refund_due", ...factsOf(notice), changeId, amountFen });
}
