import type { Coded, Move } from "./contract.ts";

export interface Payment {
  id: string;
  noticeId: string;
  orderNumber: string;
  channel: Coded;
  state: Coded;
  moves: Move[];
  amountFen: number;
  refundedFen: number;
  createdAt: string;
  expiresAt: string;
  paidAt: string | null;
  /** By when it will surely be known. */
  promisedAt: string | null;
  receiptNumber: string | null;
  duplicate: boolean;
  transactionNumber: string | null;
  next: string;
  refunds: Refund[];
}
export interface OpenedPayment {
  payment: Payment;
  wechat: { codeUrl: string };
}
export interface Refund {
  id: string;
  paymentId: string;
  noticeId: string;
  number: string;
  amountFen: number;
  reason: string;
  origin: Coded;
  state: Coded;
  moves: Move[];
  requestedBy: string | null;
  requestedAt: string;
  approvedBy: string | null;
  approvedAt: string | null;
  finishedAt: string | null;
  /** §53: fifteen days. */
  dueOn: string;
  note: string | null;
  next: string;
}

export interface BillTotals {
  count: number;
  paidFen: number;
  refundedFen: number;
}
export interface Reconciliation {
  day: string;
  state: Coded;
  at: string;
  bill: BillTotals;
  ours: BillTotals;
  /** In the list: how many are not settled yet. */
  differences: number;
}
export interface BillDifference {
  id: string;
  kind: Coded;
  orderNumber: string | null;
  refundNumber: string | null;
  billFen: number | null;
  oursFen: number | null;
  advice: string;
  state: Coded;
  note: string | null;
  moves: Move[];
}
export interface ReconciledDay extends Omit<Reconciliation, "differences"> {
  differences: BillDifference[];
}
export interface PaymentAlarm {
  id: string;
  kind: Coded;
  orderNumber: string | null;
  facts: Record<string, string | number | null>;
  advice: string;
  at: string;
  resolvedAt: string | null;
  note: string | null;
  moves: Move[];
}
