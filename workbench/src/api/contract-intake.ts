import type { Coded, Filing, Move, Named } from "./contract.ts";

export interface Queue {
  id: string;
  name: string;
  court: Named;
  category: string;
  counts: { waiting: number; claimed: number; mine: number; correction: number; overdue: number; dueSoon: number };
}
export interface Lease {
  holder: { id: string; name: string };
  until: string;
  fence: number;
}
export interface Decided {
  action: string;
  label: string;
  byName: string;
  at: string;
  note?: string | null;
}
export interface IntakeItem {
  id: string;
  filingId: string;
  queue: { id: string; name: string };
  lane: Coded;
  state: Coded;
  moves: Move[];
  lease: Lease | null;
  assignee: { id: string; name: string } | null;
  title: string;
  cause: Named | null;
  amountFen: number | null;
  receivedAt: string;
  dueOn: string | null;
  daysLeft: number | null;
  overdue: boolean;
  completeness: number;
  score: number;
  round: number;
  findings: { block: number; warn: number; hint: number };
  duplicates: number;
  seriesId: string | null;
  decision: Decided | null;
}
export interface Finding {
  code: string;
  severity: "block" | "warn" | "hint";
  basis: string | null;
  pointer: string | null;
  message: string;
  fix: string | null;
}
export interface ReviewItem extends Omit<IntakeItem, "findings"> {
  filing: Filing;
  findings: Finding[];
  /** Whether consent to mediation before filing is on record, as the court counts it. */
  mayMediate: boolean;
  suggestion: { causeCode: string | null; caseTypeCode: string };
}

export interface Difference {
  round: number;
  changes: { pointer: string; label: string; before: string; after: string }[];
  materials: { added: { id: string; name: string }[]; removed: { id: string; name: string }[] };
}
export interface Duplicate {
  filingId: string;
  title: string;
  receiptNumber: string;
  court: Named;
  state: Coded;
  submittedAt: string | null;
  kind: Coded;
  similarity: number;
  reasons: string[];
}
export interface Defect {
  code: string;
  title: string;
  basis: string;
  pointer?: string | null;
  fix: string;
  example?: string | null;
}
export interface Ground {
  code: string;
  title: string;
  basis: string;
}
export interface StaffLoad {
  id: string;
  name: string;
  role?: string;
  open: number;
  doneToday: number;
}

export interface Statistics {
  byQueue: {
    queue: { id: string; name: string };
    waiting: number;
    claimed: number;
    correction: number;
    oldestDays: number | null;
    overdue: number;
    dueToday: number;
    due3Days: number;
  }[];
  byClerk: {
    id: string;
    name: string;
    open: number;
    doneToday: number;
    acceptedToday: number;
    returnedToday: number;
    refusedToday: number;
  }[];
  ageBuckets: { label: string; count: number }[];
}
export interface Breach {
  itemId: string;
  title: string;
  queue: { id: string; name: string };
  dueOn: string;
  daysLeft: number;
  lease: Lease | null;
  assignee: string | null;
  /** When it will be decided at the measured pace; null: by nobody, as far as can be foreseen. */
  expectedAt: string | null;
}
export interface Forecast {
  hours: { at: string; due: number }[];
  breaches: Breach[];
  breachCount: number;
  capacity: { day: string; working: boolean; provisional: boolean; items: number }[];
  clerks: { id: string; name: string; perDay: number; measuredDays: number; away: string[] }[];
  assumptions: string[];
}

export interface Mediation {
  id: string;
  filingId: string;
  title: string;
  state: Coded;
  startedOn: string;
  dueOn: string;
  extended: boolean;
  daysLeft: number | null;
  confirmation: boolean;
  endedOn: string | null;
  moves: Move[];
}
export interface PaperReceipt {
  filingId: string;
  receiptNumber: string;
  receivedAt: string;
  dueOn: string | null;
}
