import type { z } from "zod";
import { type Actor, isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import { describeAccounts } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { ALARMS, type AlarmRow } from "./alarms.ts";
import { nextOfPayment, nextOfRefund } from "./next.ts";
import { problem } from "./problems.ts";
import type { alarmView, paymentView, refundView } from "./schema.ts";
import { type PaymentRow, visiblePayments } from "./store.ts";
import {
  CHANNELS,
  isLive,
  paymentWorkflow,
  REFUND_ORIGINS,
  type RefundOrigin,
  type RefundState,
  refundWorkflow,
} from "./workflow.ts";

export type PaymentView = z.infer<typeof paymentView>;
export type RefundView = z.infer<typeof refundView>;

export interface RefundRow {
  readonly id: string;
  readonly paymentId: string;
  readonly noticeId: string;
  readonly refundNumber: string;
  readonly origin: RefundOrigin;
  readonly amountFen: string;
  readonly reason: string;
  readonly state: RefundState;
  readonly requestedBy: string | null;
  readonly requestedAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly note: string | null;
  readonly dueOn: string;
  readonly finishedAt: Date | null;
}
const REFUND = `SELECT r.id, r.payment_id AS paymentId, r.notice_id AS noticeId, r.refund_number AS refundNumber, r.origin,
  r.amount_fen AS amountFen, r.reason, r.state, r.requested_by AS requestedBy, r.requested_at AS requestedAt, r.approved_by AS approvedBy,
  r.approved_at AS approvedAt, r.note, DATE_FORMAT(r.due_on, '%Y-%m-%d') AS dueOn, r.finished_at AS finishedAt FROM refund r`;

/** Payments as this reader sees them, with their refunds. */
export async function presentPayments(means: Means, actor: Actor, rows: readonly PaymentRow[]): Promise<PaymentView[]> {
  if (rows.length === 0) return [];
  const now = means.clock.now();
  const marks = rows.map(() => "?").join(", ");
  const [refunds, looked] = await Promise.all([
    means.database.read<RefundRow>(
      `${REFUND} WHERE r.payment_id IN (${marks}) ORDER BY r.id`,
      rows.map(({ id }) => String(id)),
    ),
    means.database.read<{ orderNumber: string }>(
      `SELECT order_number AS orderNumber FROM payment_alarm WHERE order_number IN (${marks}) AND resolved_at IS NULL`,
      rows.map(({ orderNumber }) => orderNumber),
    ),
  ]);
  const shown = await presentRefunds(actor, refunds);
  const quarantined = new Set(looked.map(({ orderNumber }) => orderNumber));
  return rows.map((row) => {
    const own = shown.filter(({ paymentId }) => paymentId === String(row.id));
    const underWay = own.find(({ state }) => ["approved", "processing", "failed"].includes(state.code));
    const said = {
      ...row,
      amountFen: Number(row.amountFen),
      appliedFen: Number(row.appliedFen),
      paidFen: row.paidFen === null ? null : Number(row.paidFen),
      refundedFen: Number(row.refundedFen),
      returnDueOn: underWay?.dueOn ?? null,
      quarantined: quarantined.has(row.orderNumber) && isLive(row.state),
    };
    return {
      id: String(row.id),
      noticeId: String(row.noticeId),
      orderNumber: row.orderNumber,
      channel: { code: row.channel, label: CHANNELS[row.channel] },
      state: paymentWorkflow.present(row.state),
      moves: mayMove(actor, row) ? paymentWorkflow.open(row.state, actor.role) : [],
      amountFen: said.amountFen,
      refundedFen: said.refundedFen,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      paidAt: row.paidAt?.toISOString() ?? null,
      promisedAt: isLive(row.state) ? (row.promisedAt?.toISOString() ?? null) : null,
      receiptNumber: row.receiptNumber,
      duplicate: said.paidFen !== null && said.appliedFen < said.paidFen,
      transactionNumber: row.transactionNumber,
      next: nextOfPayment(said, now),
      refunds: own,
    };
  });
}

/** Whoever opened it, and the people at the counter of its court. */
export const mayMove = (actor: Actor, row: { readonly accountId: string; readonly courtCode: string }): boolean =>
  isStaff(actor) ? row.courtCode === actor.courtCode : String(row.accountId) === actor.accountId;

export async function presentRefunds(actor: Actor, rows: readonly RefundRow[]): Promise<RefundView[]> {
  if (rows.length === 0) return [];
  const ids = rows.flatMap(({ requestedBy, approvedBy }) => [requestedBy, approvedBy].filter((id) => id !== null));
  const people = await describeAccounts(ids.map(String));
  const name = (id: string | null) => (id === null ? null : (people.get(String(id))?.displayName ?? null));
  return rows.map((row) => {
    const amountFen = Number(row.amountFen);
    const moves = refundWorkflow.open(row.state, actor.role);
    const asker = String(row.requestedBy) === actor.accountId;
    return {
      id: String(row.id),
      paymentId: String(row.paymentId),
      noticeId: String(row.noticeId),
      number: row.refundNumber,
      amountFen,
      reason: row.reason,
      origin: { code: row.origin, label: REFUND_ORIGINS[row.origin] },
      state: refundWorkflow.present(row.state),
      // Two persons: whoever asked does not decide.
      moves: asker ? moves.filter(({ action }) => action === "retry") : moves,
      requestedBy: name(row.requestedBy),
      requestedAt: row.requestedAt.toISOString(),
      approvedBy: name(row.approvedBy),
      approvedAt: row.approvedAt?.toISOString() ?? null,
      finishedAt: row.finishedAt?.toISOString() ?? null,
      dueOn: row.dueOn,
      note: row.note,
      next: nextOfRefund({ ...row, amountFen }),
    };
  });
}

/** One refund; what the reader may not see does not exist. Of the public, whoever paid sees it. */
export async function findRefund(database: Database, actor: Actor, id: string): Promise<RefundRow> {
  const { sql, values } = visiblePayments(actor);
  const [row] = await database.read<RefundRow>(
    `${REFUND} JOIN payment p ON p.id = r.payment_id WHERE r.id = ? AND ${sql}`,
    [id, ...values],
  );
  if (!row) throw problem("refund.not_found");
  return row;
}

/** The court's refunds, newest first; one row more than `limit`. */
export function listRefunds(
  database: Database,
  actor: Actor,
  { state, before, limit }: { state: RefundState | undefined; before: string | undefined; limit: number },
): Promise<RefundRow[]> {
  const where = ["r.court_code = ?"];
  const values: Value[] = [actor.courtCode];
  if (state) {
    where.push("r.state = ?");
    values.push(state);
  }
  if (before) {
    where.push("r.id < ?");
    values.push(before);
  }
  return database.read<RefundRow>(
    `${REFUND} WHERE ${where.join(" AND ")} ORDER BY r.id DESC LIMIT ${Number(limit) + 1}`,
    values,
  );
}

export const presentAlarm = ({
  id,
  kind,
  orderNumber,
  facts,
  at,
  resolvedAt,
  note,
}: AlarmRow): z.infer<typeof alarmView> => ({
  id: String(id),
  kind: { code: kind, label: ALARMS[kind].label },
  orderNumber,
  facts: JSON.parse(facts) as Record<string, string | number | null>,
  advice: ALARMS[kind].advice,
  at: at.toISOString(),
  resolvedAt: resolvedAt?.toISOString() ?? null,
  moves: resolvedAt === null ? [{ action: "resolve", label: "记录处理结果" }] : [],
  note,
});
