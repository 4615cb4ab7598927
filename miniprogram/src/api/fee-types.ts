import type { Material } from "./filing-types";
import type { Coded, Move, Named } from "./types";

/** Fees, relief, payments and refunds, by the contract of /api/v1. Every amount is integer fen. */
export interface FeeStep {
  label: string;
  basis: string;
  amountFen: number;
}
export interface FeeChange {
  id: string;
  reason: Coded;
  note: string | null;
  beforeFen: number;
  afterFen: number;
  at: string;
}
export type ReliefKind = "defer" | "reduce" | "exempt";
export interface Relief {
  id: string;
  noticeId: string;
  notice: { number: string; caseNumber: string; payer: FeeNotice["payer"]; dueFen: number };
  kind: Coded;
  ground: { code: string; title: string; basis: string };
  statement: string;
  state: Coded;
  moves: Move[];
  materials: Material[];
  requestedAt: string;
  askedUntil: string | null;
  decidedAt: string | null;
  decidedBy: string | null;
  reason: string | null;
  reliefFen: number | null;
  deferUntil: string | null;
}
export interface FeeNoticeSummary {
  id: string;
  version: number;
  number: string;
  court: Named;
  caseId: string;
  caseNumber: string;
  title: string;
  source: Coded;
  payer: { name: string; kind: "natural" | "organisation" };
  mine: boolean;
  state: Coded;
  moves: Move[];
  assessedFen: number;
  reliefFen: number;
  dueFen: number;
  paidFen: number;
  refundedFen: number;
  outstandingFen: number;
  steps: FeeStep[];
  basis: string[];
  issuedAt: string;
  servedOn: string | null;
  /** Served by the law's own presumption, not because somebody saw the payer receive it. */
  presumed: boolean;
  dueOn: string | null;
  nominalDueOn: string | null;
  provisional: boolean;
  daysLeft: number | null;
  deferredOn: string | null;
  payCode: string | null;
  next: string;
}
export interface FeeNotice extends FeeNoticeSummary {
  relief: Relief | null;
  changes: FeeChange[];
}
/** What whoever holds the pay code is told: enough to pay, not more. */
export interface FoundNotice {
  id: string;
  number: string;
  court: Named;
  caseNumber: string;
  payer: { name: string };
  outstandingFen: number;
  state: Coded;
  dueOn: string | null;
}
export interface ReliefGround {
  code: string;
  kind: Coded;
  title: string;
  basis: string;
  /** What papers to bring, in plain words. */
  papers: string;
  naturalOnly: boolean;
}

export type PayChannel = "wechat_jsapi" | "wechat_native" | "wechat_h5";
export interface Refund {
  id: string;
  paymentId: string;
  noticeId: string;
  number: string;
  amountFen: number;
  reason: string;
  origin: Coded;
  state: Coded;
  requestedAt: string;
  approvedAt: string | null;
  finishedAt: string | null;
  dueOn: string;
  /** What the second person wrote, when they refused. */
  note: string | null;
  next: string;
}
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
  /** By when the court surely knows whether this was paid. */
  promisedAt: string | null;
  receiptNumber: string | null;
  duplicate: boolean;
  transactionNumber: string | null;
  next: string;
  refunds: Refund[];
}
export interface JsapiParameters {
  timeStamp: string;
  nonceStr: string;
  package: string;
  signType: string;
  paySign: string;
}
export type WechatOpening = JsapiParameters | { codeUrl: string } | { h5Url: string };
export interface OpenedPayment {
  payment: Payment;
  wechat: WechatOpening;
}
export interface Receipt {
  valid: boolean;
  court: string | null;
  amountFen: number | null;
  paidOn: string | null;
  payer: string | null;
  refundedFen: number | null;
}
