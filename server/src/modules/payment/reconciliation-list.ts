import type { z } from "zod";
import type { Actor } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { DIFFERENCES, type DifferenceKind } from "./compare.ts";
import { problem } from "./problems.ts";
import type { differenceView, reconciliationListView, reconciliationView } from "./schema.ts";

const STATES = { matched: "已对平", differing: "有差异待处理" } as const;
const DIFFERENCE_STATES = { open: "待处理", settled: "已自动处理", explained: "已说明" } as const;

interface DayRow {
  readonly day: string;
  readonly state: keyof typeof STATES;
  readonly at: Date;
  readonly billPayments: number;
  readonly billPaidFen: string;
  readonly billRefunds: number;
  readonly billRefundedFen: string;
  readonly ourPayments: number;
  readonly ourPaidFen: string;
  readonly ourRefunds: number;
  readonly ourRefundedFen: string;
}
const DAY = `SELECT DATE_FORMAT(day, '%Y-%m-%d') AS day, state, at, bill_payments AS billPayments, bill_paid_fen AS billPaidFen,
  bill_refunds AS billRefunds, bill_refunded_fen AS billRefundedFen, our_payments AS ourPayments, our_paid_fen AS ourPaidFen,
  our_refunds AS ourRefunds, our_refunded_fen AS ourRefundedFen FROM reconciliation`;

/** Differences of the reader's court, and those that belong to none. */
const VISIBLE = "(court_code = ? OR court_code IS NULL)";

const presentDay = (row: DayRow) => ({
  day: row.day,
  state: { code: row.state, label: STATES[row.state] },
  at: row.at.toISOString(),
  bill: {
    count: row.billPayments + row.billRefunds,
    paidFen: Number(row.billPaidFen),
    refundedFen: Number(row.billRefundedFen),
  },
  ours: {
    count: row.ourPayments + row.ourRefunds,
    paidFen: Number(row.ourPaidFen),
    refundedFen: Number(row.ourRefundedFen),
  },
});

/** Days that were reconciled, the latest first; one more than `limit`. The sums are the merchant's: of all its courts. */
export async function listReconciliations(
  database: Database,
  actor: Actor,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<z.infer<typeof reconciliationListView>["items"]> {
  const rows = await database.read<DayRow>(
    `${DAY} ${before ? "WHERE day < ?" : ""} ORDER BY day DESC LIMIT ${Number(limit) + 1}`,
    before ? [before] : [],
  );
  if (rows.length === 0) return [];
  const counts = await database.read<{ day: string; open: string }>(
    `SELECT DATE_FORMAT(day, '%Y-%m-%d') AS day, COUNT(*) AS open FROM reconciliation_difference
     WHERE day BETWEEN ? AND ? AND state = 'open' AND ${VISIBLE} GROUP BY day`,
    [rows.at(-1)?.day ?? "", rows[0]?.day ?? "", actor.courtCode],
  );
  const open = new Map(counts.map((row) => [row.day, Number(row.open)]));
  return rows.map((row) => ({ ...presentDay(row), differences: open.get(row.day) ?? 0 }));
}

/** One day with its differences. Throws `reconciliation.not_found`. */
export async function findReconciliation(
  database: Database,
  actor: Actor,
  day: string,
): Promise<z.infer<typeof reconciliationView>> {
  const [row] = await database.read<DayRow>(`${DAY} WHERE day = ?`, [day]);
  if (!row) throw problem("reconciliation.not_found");
  const differences = await database.read<DifferenceRow>(
    `${DIFFERENCE} WHERE day = ? AND ${VISIBLE} ORDER BY id LIMIT 1000`,
    [day, actor.courtCode],
  );
  return { ...presentDay(row), differences: differences.map(presentDifference) };
}

interface DifferenceRow {
  readonly id: string;
  readonly kind: DifferenceKind;
  readonly orderNumber: string | null;
  readonly refundNumber: string | null;
  readonly billFen: string | null;
  readonly oursFen: string | null;
  readonly state: keyof typeof DIFFERENCE_STATES;
  readonly note: string | null;
}
const DIFFERENCE = `SELECT id, kind, order_number AS orderNumber, refund_number AS refundNumber, bill_fen AS billFen, our_fen AS oursFen,
  state, note FROM reconciliation_difference`;

const presentDifference = (row: DifferenceRow): z.infer<typeof differenceView> => ({
  id: String(row.id),
  kind: { code: row.kind, label: DIFFERENCES[row.kind].label },
  orderNumber: row.orderNumber,
  refundNumber: row.refundNumber,
  billFen: row.billFen === null ? null : Number(row.billFen),
  oursFen: row.oursFen === null ? null : Number(row.oursFen),
  advice: DIFFERENCES[row.kind].advice,
  state: { code: row.state, label: DIFFERENCE_STATES[row.state] },
  moves: row.state === "open" ? [{ action: "explain", label: "写明处理结果" }] : [],
  note: row.note,
});

/** A person says what lay behind a difference. Throws 409 where it is no longer open. */
export async function explainDifference(work: Work, id: string, note: string): Promise<z.infer<typeof differenceView>> {
  const [row] = await work.query<DifferenceRow & { day: string }>(
    `${DIFFERENCE.replace("SELECT id", "SELECT DATE_FORMAT(day, '%Y-%m-%d') AS day, id")} WHERE id = ? AND ${VISIBLE} FOR UPDATE`,
    [id, work.actor.courtCode],
  );
  if (!row) throw problem("reconciliation.not_found");
  if (row.state !== "open") throw problem("reconciliation.difference_closed");
  await work.change(
    "UPDATE reconciliation_difference SET state = 'explained', note = ?, explained_by = ?, explained_at = ? WHERE id = ?",
    [note, work.actor.accountId, work.at, id],
  );
  const [left] = await work.query<{ open: string }>(
    "SELECT COUNT(*) AS open FROM reconciliation_difference WHERE day = ? AND state = 'open'",
    [row.day],
  );
  if (Number(left?.open ?? 0) === 0)
    await work.change("UPDATE reconciliation SET state = 'matched' WHERE day = ?", [row.day]);
  return presentDifference({ ...row, state: "explained", note });
}
