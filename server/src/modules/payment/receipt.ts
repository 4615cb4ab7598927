import { timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { findNoticeRow, openNoticeWord, type Receipt } from "#modules/fee/index.ts";
import type { Means } from "#modules/module.ts";
import { maskName } from "#modules/reference/index.ts";
import type { receiptView } from "./schema.ts";

interface ReceiptRow {
  readonly receiptNumber: string;
  readonly receiptCode: string;
  readonly noticeId: string;
  readonly courtCode: string;
  readonly appliedFen: string;
  readonly refundedFen: string;
  readonly paidFen: string;
  readonly paidAt: Date;
  readonly transactionNumber: string | null;
}
const SELECT = `SELECT receipt_number AS receiptNumber, receipt_code AS receiptCode, notice_id AS noticeId, court_code AS courtCode,
  applied_fen AS appliedFen, refunded_fen AS refundedFen, paid_fen AS paidFen, paid_at AS paidAt, transaction_number AS transactionNumber
  FROM payment`;

/** What of the receipt's own amount went back; what was paid too much is not on it. */
const returnedOf = ({ appliedFen, refundedFen, paidFen }: ReceiptRow): number =>
  Math.max(0, Number(refundedFen) - (Number(paidFen) - Number(appliedFen)));

const NOT_VALID = { valid: false, court: null, amountFen: null, paidOn: null, payer: null, refundedFen: null };

/** Whether a receipt is genuine, for whoever holds it: number and code together. Which of the two is wrong is not said. */
export async function checkReceipt(
  means: Means,
  { number, code }: { number: string; code: string },
): Promise<z.infer<typeof receiptView>> {
  const [row] = await means.database.read<ReceiptRow>(`${SELECT} WHERE receipt_number = ?`, [number]);
  const given = Buffer.from(code.toUpperCase());
  if (!row || !timingSafeEqual(Buffer.from(row.receiptCode), given)) return NOT_VALID;
  const notice = await findNoticeRow(means.database, SYSTEM, String(row.noticeId));
  return {
    valid: true,
    court: await nameOfCourt(row.courtCode),
    amountFen: Number(row.appliedFen),
    paidOn: courtDayOf(row.paidAt),
    payer: maskName(openNoticeWord(means.vault, notice, "payer", notice.payer)),
    refundedFen: returnedOf(row),
  };
}

/** The receipts of a notice, for its bill. */
export async function listReceipts({ database }: Means, noticeId: string): Promise<Receipt[]> {
  const rows = await database.read<ReceiptRow>(
    `${SELECT} WHERE notice_id = ? AND receipt_number IS NOT NULL ORDER BY id`,
    [noticeId],
  );
  return rows.map((row) => ({
    number: row.receiptNumber,
    code: row.receiptCode,
    amountFen: Number(row.appliedFen),
    refundedFen: returnedOf(row),
    channel: "微信支付",
    paidAt: row.paidAt,
    transactionNumber: row.transactionNumber,
  }));
}
