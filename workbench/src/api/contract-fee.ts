import type { Coded, Ground, Material, Move, Named } from "./contract.ts";

export type FeeCategory =
  | "property"
  | "divorce"
  | "personality"
  | "other_non_property"
  | "ip"
  | "labor"
  | "admin_special"
  | "admin_other"
  | "free"
  | "preservation"
  | "execution"
  | "payment_order"
  | "appeal"
  | "jurisdiction_objection"
  | "bankruptcy"
  | "public_notice"
  | "arbitration";
export type Halving = "summary" | "mediated" | "withdrawn" | "joined";
/** What a fee follows from. */
export interface FeeFacts {
  category: FeeCategory;
  amountFen: number | null;
  halvings: Halving[];
  /** Reduced after 法庭调查终结: borne by the party, nothing is returned (§35). */
  afterInquiry?: boolean;
}
export type ChangeReason =
  | "claim_increased"
  | "claim_reduced"
  | "halved"
  | "to_ordinary"
  | "withdrawn"
  | "mediated"
  | "correction";

export interface FeeStep {
  label: string;
  basis: string;
  amountFen: number;
}
export interface FeeQuote {
  feeFen: number;
  steps: FeeStep[];
  basis: string[];
}
export interface FeeChange {
  id: string;
  reason: Coded;
  note: string;
  beforeFen: number;
  afterFen: number;
  at: string;
}
/** As a list tells it. */
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
  /** Only for the court's own people. */
  facts: FeeFacts | null;
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
  presumed: boolean;
  dueOn: string | null;
  nominalDueOn: string | null;
  provisional: boolean;
  daysLeft: number | null;
  deferredOn: string | null;
  payCode: string | null;
  /** One sentence to the payer. */
  next: string;
}
export interface FeeNotice extends FeeNoticeSummary {
  /** The latest. */
  relief: Relief | null;
  changes: FeeChange[];
}

export interface Relief {
  id: string;
  noticeId: string;
  notice: {
    number: string;
    caseNumber: string;
    payer: { name: string; kind: "natural" | "organisation" };
    dueFen: number;
  };
  kind: Coded;
  ground: Ground;
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

export interface ServiceEffect {
  effectiveDate: string | null;
  presumed: boolean;
  basis: string;
  explanation: string;
}
export interface Deadline {
  lastDay: string;
  nominalLastDay: string;
  provisional: boolean;
  basis: string;
  explanation: string;
}
export interface FeeDocument {
  id: string;
  kind: string;
  title: string;
  text: string;
  at: string;
}
