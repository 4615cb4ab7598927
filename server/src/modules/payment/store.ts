import { type Actor, isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import type { PaymentChannel } from "#gateways/payments/port.ts";
import { type FeeNotice, holdNotice } from "#modules/fee/index.ts";
import { Payment, Refund } from "./model.ts";
import { problem } from "./problems.ts";
import type { PaymentState } from "./workflow.ts";

export interface PaymentRow {
  readonly id: string;
  readonly noticeId: string;
  readonly courtCode: string;
  readonly accountId: string;
  readonly orderNumber: string;
  readonly channel: PaymentChannel;
  readonly amountFen: string;
  readonly state: PaymentState;
  readonly opening: Buffer | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly promisedAt: Date | null;
  readonly transactionNumber: string | null;
  readonly paidFen: string | null;
  readonly appliedFen: string;
  readonly refundedFen: string;
  readonly paidAt: Date | null;
  readonly receiptNumber: string | null;
  readonly receiptCode: string | null;
}

const SELECT = `SELECT p.id, p.notice_id AS noticeId, p.court_code AS courtCode, p.account_id AS accountId, p.order_number AS orderNumber,
  p.channel, p.amount_fen AS amountFen, p.state, p.opening, p.created_at AS createdAt, p.expires_at AS expiresAt, p.promised_at AS promisedAt,
  p.transaction_number AS transactionNumber, p.paid_fen AS paidFen, p.applied_fen AS appliedFen, p.refunded_fen AS refundedFen,
  p.paid_at AS paidAt, p.receipt_number AS receiptNumber, p.receipt_code AS receiptCode FROM payment p`;

/**
 * Whose payments a reader sees: the court's people those of their court; of the public, whoever opened an order. (Whoever is
 * to pay a notice sees all payments towards it: `fee` says who that is.)
 */
export function visiblePayments(actor: Actor): { sql: string; values: Value[] } {
  if (actor.role === "system") return { sql: "TRUE", values: [] };
  if (!isStaff(actor)) return { sql: "p.account_id = ?", values: [actor.accountId] };
  if (actor.role === "admin" || actor.role === "auditor") return { sql: "FALSE", values: [] };
  return { sql: "p.court_code = ?", values: [actor.courtCode] };
}

/** Throws `payment.not_found` for what the reader may not see. */
export async function findPayment(database: Database, actor: Actor, id: string): Promise<PaymentRow> {
  const { sql, values } = visiblePayments(actor);
  const [row] = await database.read<PaymentRow>(`${SELECT} WHERE p.id = ? AND ${sql}`, [id, ...values]);
  if (!row) throw problem("payment.not_found");
  return row;
}

/** The payments towards one notice, newest first: all of them, or those of one account. */
export function listPaymentsOf(
  database: Database,
  noticeId: string,
  accountId: string | null = null,
): Promise<PaymentRow[]> {
  return accountId === null
    ? database.read<PaymentRow>(`${SELECT} WHERE p.notice_id = ? ORDER BY p.id DESC LIMIT 200`, [noticeId])
    : database.read<PaymentRow>(`${SELECT} WHERE p.notice_id = ? AND p.account_id = ? ORDER BY p.id DESC LIMIT 200`, [
        noticeId,
        accountId,
      ]);
}

export interface PaymentFilter {
  readonly state?: PaymentState | undefined;
  /** Moments: not before, and before. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  readonly number?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** A court's payments, newest first; one row more than `limit`. */
export function listPaymentRows(database: Database, actor: Actor, filter: PaymentFilter): Promise<PaymentRow[]> {
  const { sql, values } = visiblePayments(actor);
  const where = [sql];
  const add = (condition: string, value: Value) => {
    where.push(condition);
    values.push(value);
  };
  if (filter.state) add("p.state = ?", filter.state);
  if (filter.from) add("p.created_at >= ?", filter.from);
  if (filter.until) add("p.created_at < ?", filter.until);
  if (filter.number) {
    // However it was typed or copied: full-width letters and digits, spaces in between.
    const number = filter.number.normalize("NFKC").replaceAll(/\s/g, "");
    const column = columnOf(number);
    if (column === null) return Promise.resolve([]);
    add(`p.${column} = ?`, number);
  }
  if (filter.before) add("p.id < ?", filter.before);
  return database.read<PaymentRow>(
    `${SELECT} WHERE ${where.join(" AND ")} ORDER BY p.id DESC LIMIT ${Number(filter.limit) + 1}`,
    values,
  );
}

/** Each number says by its look what it is, so that its own index is used; null: none of ours looks like that. */
const columnOf = (number: string): "receipt_number" | "transaction_number" | "order_number" | null => {
  if (number.startsWith("票")) return "receipt_number";
  if (/^\d+$/.test(number)) return "transaction_number";
  return /^[\x21-\x7E]+$/.test(number) ? "order_number" : null;
};

export interface Held {
  readonly notice: FeeNotice;
  readonly payment: Payment;
}

/** The notice, then the payment, held until the work is done: everybody who holds both takes them in this order. */
export async function holdPayment(work: Work, id: string): Promise<Held> {
  const [row] = await work.query<{ noticeId: string }>("SELECT notice_id AS noticeId FROM payment WHERE id = ?", [id]);
  if (!row) throw problem("payment.not_found");
  const notice = await holdNotice(work, String(row.noticeId));
  const payment = await Payment.findByPk(id, {
    transaction: work.tx,
    lock: work.tx.LOCK.UPDATE,
    rejectOnEmpty: true,
  });
  return { notice, payment };
}

/** A refund with its payment and notice, held. Another court's does not exist. */
export async function holdRefund(work: Work, id: string): Promise<Held & { refund: Refund }> {
  const [row] = await work.query<{ paymentId: string; courtCode: string }>(
    "SELECT payment_id AS paymentId, court_code AS courtCode FROM refund WHERE id = ?",
    [id],
  );
  const { role, courtCode } = work.actor;
  if (!row || (role !== "system" && row.courtCode !== courtCode)) throw problem("refund.not_found");
  const held = await holdPayment(work, String(row.paymentId));
  const refund = await Refund.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE, rejectOnEmpty: true });
  return { ...held, refund };
}

/** Sequelize gives DATETIME as text in some statements. */
export const momentOf = (value: Date | string): Date =>
  value instanceof Date ? value : new Date(`${value.replace(" ", "T")}Z`);
