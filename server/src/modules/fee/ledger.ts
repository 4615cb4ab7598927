import type { Work } from "#core/work.ts";
import type { FeeNotice } from "./model.ts";

/**
 * 诉讼费账簿: double entry, one row for each fact, only ever added to. Of every notice, at every moment:
 *   receivable 应收 = max(0, due − net paid)       income 诉讼费 = assessed        relief 减免 = relief granted
 *   surplus 待退 = max(0, net paid − due) + what came twice and is on its way back
 *   wechat 微信待清算 = all that came in − all that went back
 */
export type LedgerAccount = "receivable" | "income" | "relief" | "wechat" | "surplus";

type Amounts = Pick<FeeNotice, "assessedFen" | "reliefFen" | "paidFen" | "refundedFen">;
export const dueFen = ({ assessedFen, reliefFen }: Pick<Amounts, "assessedFen" | "reliefFen">): number =>
  assessedFen - reliefFen;
export const netPaidFen = ({ paidFen, refundedFen }: Pick<Amounts, "paidFen" | "refundedFen">): number =>
  paidFen - refundedFen;
/** What is still to be paid, in fen; never less than nothing. */
export const outstandingFen = (notice: Amounts): number => Math.max(0, dueFen(notice) - netPaidFen(notice));
/** What was paid beyond what is due. */
export const overpaidFen = (notice: Amounts): number => Math.max(0, netPaidFen(notice) - dueFen(notice));

export interface Posting {
  /** `notice:5:charged:1`, `payment:8:received`: the fact that is written down, once. */
  readonly fact: string;
  readonly debit: LedgerAccount;
  readonly credit: LedgerAccount;
  readonly amountFen: number;
  readonly paymentId?: string;
  readonly refundId?: string;
}

/** Writes entries; amounts of nothing leave no row. */
export async function post(work: Work, notice: FeeNotice, postings: readonly Posting[]): Promise<void> {
  for (const { fact, debit, credit, amountFen, paymentId, refundId } of postings) {
    if (amountFen === 0) continue;
    await work.change(
      `INSERT INTO ledger_entry (fact, court_code, notice_id, payment_id, refund_id, debit, credit, amount_fen, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [fact, notice.courtCode, notice.id, paymentId ?? null, refundId ?? null, debit, credit, amountFen, work.at],
    );
  }
}

/** More is owed by the payer: what was overpaid covers it first, the rest is to be received. */
export function owing(fact: string, notice: Amounts, credit: LedgerAccount, amountFen: number): Posting[] {
  const covered = Math.min(amountFen, overpaidFen(notice));
  return [
    { fact: `${fact}:surplus`, debit: "surplus", credit, amountFen: covered },
    { fact, debit: "receivable", credit, amountFen: amountFen - covered },
  ];
}

/** Less is owed by the payer: first what is still to be received falls away, the rest is to be given back. */
export function easing(fact: string, notice: Amounts, debit: LedgerAccount, amountFen: number): Posting[] {
  const open = Math.min(amountFen, outstandingFen(notice));
  return [
    { fact, debit, credit: "receivable", amountFen: open },
    { fact: `${fact}:surplus`, debit, credit: "surplus", amountFen: amountFen - open },
  ];
}

/** What came in beyond what the notice took and has not gone back yet. */
export async function unappliedFen(work: Work, notice: FeeNotice): Promise<number> {
  const [row] = await work.query<{ fen: string }>(
    `SELECT COALESCE(SUM(CASE WHEN credit = 'surplus' THEN amount_fen WHEN debit = 'surplus' THEN -amount_fen ELSE 0 END), 0) AS fen
     FROM ledger_entry WHERE notice_id = ?`,
    [notice.id],
  );
  return Number(row?.fen ?? 0) - overpaidFen(notice);
}
