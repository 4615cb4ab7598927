import { SYSTEM } from "#core/actor.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import type { BillLine } from "#gateways/payments/port.ts";
import type { Means } from "#modules/module.ts";
import { compare, type Difference, type OurPayment, type OurRefund } from "./compare.ts";
import { settleAlone } from "./settle.ts";
import { settleRefundAlone } from "./settle-refund.ts";
import { isPaid, type PaymentState, type RefundState } from "./workflow.ts";

const CHUNK = 500;
/** A refund sent in the last minutes of a day may be in the next day's bill. */
const EDGE_MS = 5 * 60_000;

/**
 * Compares one day with WeChat's bill. The bill is the third way by which money becomes known: what was paid and not
 * settled is settled first, then what still differs is written down by name. Done again, it finds the same, and what has
 * been put right in between counts as settled.
 */
export async function reconcile(means: Means, day: string): Promise<void> {
  const { payments } = means.gateways;
  const lines = await payments.bill(day);
  const settled = [...(await settlePayments(means, lines)), ...(await settleRefunds(means, lines))];
  const known = await knownOf(means, lines);
  const that = await oursOf(means, day);
  const open = compare({ lines, ...known, ...that });
  const refundedThatDay = bothOf(billedOf(lines, known.refunds), that.refundedThatDay);
  const found = { day, lines, ...that, refundedThatDay, settled, open };
  await means.transact(SYSTEM, (work) => writeDown(work, found), { repeatable: true });
}

/** Payments of the bill that we did not know to be paid. */
async function settlePayments(means: Means, lines: readonly BillLine[]): Promise<Difference[]> {
  const { payments } = await knownOf(means, lines);
  const found: Difference[] = [];
  for (const line of lines) {
    const ours = line.kind === "payment" ? payments.get(line.orderNumber) : undefined;
    if (!ours || ours.paid) continue;
    const { orderNumber, transactionNumber, amountFen, at } = line;
    const fact = { orderNumber, transactionNumber, amountFen, currency: "CNY", state: "paid", paidAt: at } as const;
    if ((await settleAlone(means, fact, "bill")) !== "settled") continue;
    found.push({
      kind: "unsettled_found",
      reference: orderNumber,
      courtCode: ours.courtCode,
      orderNumber,
      refundNumber: null,
      billFen: amountFen,
      oursFen: null,
    });
  }
  return found;
}

const UNDER_WAY: readonly RefundState[] = ["approved", "processing", "failed"];

/** Refunds of the bill whose end we do not know: the bill says they were asked for, so WeChat is asked how they ended. */
async function settleRefunds(means: Means, lines: readonly BillLine[]): Promise<Difference[]> {
  const { refunds } = await knownOf(means, lines);
  const found: Difference[] = [];
  for (const { refundNumber, refundFen, orderNumber } of lines) {
    const ours = refundNumber === null ? undefined : refunds.get(refundNumber);
    if (refundNumber === null || !ours || !UNDER_WAY.includes(ours.state)) continue;
    const fact = await means.gateways.payments.findRefund(refundNumber);
    if (!fact || (await settleRefundAlone(means, fact)) !== "settled") continue;
    const { courtCode } = ours;
    found.push({
      kind: "refund_unsettled_found",
      reference: refundNumber,
      courtCode,
      orderNumber,
      refundNumber,
      billFen: refundFen,
      oursFen: ours.amountFen,
    });
  }
  return found;
}

async function knownOf({ database }: Means, lines: readonly BillLine[]) {
  const payments = new Map<string, OurPayment>();
  const refunds = new Map<string, OurRefund>();
  const orders = [...new Set(lines.filter(({ kind }) => kind === "payment").map(({ orderNumber }) => orderNumber))];
  for (const part of chunks(orders)) {
    const rows = await database.read<PaymentOfDay>(
      `${PAYMENT} WHERE order_number IN (${part.map(() => "?").join(", ")})`,
      part,
    );
    for (const row of rows) payments.set(row.orderNumber, paymentOf(row));
  }
  const numbers = lines.flatMap(({ refundNumber }) => (refundNumber === null ? [] : [refundNumber]));
  for (const part of chunks([...new Set(numbers)])) {
    const rows = await database.read<RefundOfDay>(
      `${REFUND} WHERE r.refund_number IN (${part.map(() => "?").join(", ")})`,
      part,
    );
    for (const row of rows) refunds.set(row.refundNumber, refundOf(row));
  }
  return { payments, refunds };
}

/** What of ours WeChat's bill of the day must hold. */
async function oursOf({ database }: Means, day: string) {
  const from = new Date(`${day}T00:00:00+08:00`);
  const until = new Date(`${addDays(day, 1)}T00:00:00+08:00`);
  const [paid, refunded] = await Promise.all([
    database.read<PaymentOfDay>(`${PAYMENT} WHERE paid_at >= ? AND paid_at < ?`, [from, until]),
    database.read<RefundOfDay>(
      `${REFUND} WHERE r.finished_at >= ? AND r.finished_at < ? AND r.state = 'succeeded' AND r.approved_at >= ?`,
      [from, new Date(until.getTime() - EDGE_MS), from],
    ),
  ]);
  return { paidThatDay: paid.map(paymentOf), refundedThatDay: refunded.map(refundOf) };
}

/** Refunds of ours that the bill has. Near midnight it may be the bill of either day: they count for the day that has them. */
const billedOf = (lines: readonly BillLine[], refunds: ReadonlyMap<string, OurRefund>): OurRefund[] =>
  lines
    .flatMap(({ refundNumber }) => refunds.get(refundNumber ?? "") ?? [])
    .filter(({ state }) => state === "succeeded");
const bothOf = (...lists: readonly OurRefund[][]): OurRefund[] => [
  ...new Map(lists.flat().map((refund) => [refund.refundNumber, refund])).values(),
];

interface PaymentOfDay {
  readonly orderNumber: string;
  readonly courtCode: string;
  readonly state: PaymentState;
  readonly paidFen: string | null;
  readonly amountFen: string;
}
const PAYMENT =
  "SELECT order_number AS orderNumber, court_code AS courtCode, state, paid_fen AS paidFen, amount_fen AS amountFen FROM payment";
const paymentOf = ({ orderNumber, courtCode, state, paidFen, amountFen }: PaymentOfDay): OurPayment => ({
  orderNumber,
  courtCode,
  paid: isPaid(state),
  paidFen: paidFen === null ? null : Number(paidFen),
  amountFen: Number(amountFen),
});

type RefundOfDay = Omit<OurRefund, "amountFen"> & { readonly amountFen: string };
const REFUND = `SELECT r.refund_number AS refundNumber, p.order_number AS orderNumber, r.court_code AS courtCode, r.state,
  r.amount_fen AS amountFen FROM refund r JOIN payment p ON p.id = r.payment_id`;
const refundOf = (row: RefundOfDay): OurRefund => ({ ...row, amountFen: Number(row.amountFen) });

function chunks(list: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let at = 0; at < list.length; at += CHUNK) parts.push(list.slice(at, at + CHUNK));
  return parts;
}

interface ToWriteDown {
  readonly day: string;
  readonly lines: readonly BillLine[];
  readonly paidThatDay: readonly OurPayment[];
  readonly refundedThatDay: readonly OurRefund[];
  readonly settled: readonly Difference[];
  readonly open: readonly Difference[];
}

async function writeDown(work: Work, found: ToWriteDown): Promise<void> {
  const { day, lines, paidThatDay, refundedThatDay, settled, open } = found;
  for (const [list, state] of [
    [settled, "settled"],
    [open, "open"],
  ] as const)
    for (const difference of list) await keep(work, day, difference, state);
  const standing = new Set(open.map(({ kind, reference }) => `${kind} ${reference}`));
  const rows = await work.query<{ id: string; kind: string; reference: string }>(
    "SELECT id, kind, reference FROM reconciliation_difference WHERE day = ? AND state = 'open' FOR UPDATE",
    [day],
  );
  const gone = rows.filter(({ kind, reference }) => !standing.has(`${kind} ${reference}`));
  for (const { id } of gone)
    await work.change("UPDATE reconciliation_difference SET state = 'settled' WHERE id = ?", [String(id)]);
  const left = rows.length - gone.length;
  const state = left === 0 ? "matched" : "differing";
  const total = (list: readonly number[]) => list.reduce((sum, fen) => sum + fen, 0);
  const billPaid = lines.filter(({ kind }) => kind === "payment");
  const billBack = lines.filter(({ kind }) => kind === "refund");
  const values = [
    state,
    billPaid.length,
    total(billPaid.map(({ amountFen }) => amountFen)),
    billBack.length,
    total(billBack.map(({ refundFen }) => refundFen)),
    paidThatDay.length,
    total(paidThatDay.map(({ paidFen }) => paidFen ?? 0)),
    refundedThatDay.length,
    total(refundedThatDay.map(({ amountFen }) => amountFen)),
    work.at,
  ];
  const columns =
    "state, bill_payments, bill_paid_fen, bill_refunds, bill_refunded_fen, our_payments, our_paid_fen, our_refunds, our_refunded_fen, at";
  await work.change(
    `INSERT INTO reconciliation (day, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE ${columns
       .split(", ")
       .map((column) => `${column} = ?`)
       .join(", ")}`,
    [day, ...values, ...values],
  );
  await work.emit({
    name: "reconciliation.finished",
    about: `reconciliation:${day}`,
    courtCode: null,
    day,
    state,
    differences: left,
  });
}

/** One row for each difference of a day; what a person has explained stays explained. */
const keep = (work: Work, day: string, one: Difference, state: "open" | "settled"): Promise<number> =>
  work.change(
    `INSERT INTO reconciliation_difference (day, kind, reference, court_code, order_number, refund_number, bill_fen, our_fen, state, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE bill_fen = ?, our_fen = ?, state = IF(state = 'explained', state, ?)`,
    [
      day,
      one.kind,
      one.reference,
      one.courtCode,
      one.orderNumber,
      one.refundNumber,
      one.billFen,
      one.oursFen,
      state,
      work.at,
      one.billFen,
      one.oursFen,
      state,
    ],
  );

/** The last day whose bill can be had: yesterday's from ten in the morning, Shanghai. */
export function lastBilledDay(now: Date): string {
  const today = courtDayOf(now);
  return addDays(today, now >= new Date(`${today}T10:00:00+08:00`) ? -1 : -2);
}
