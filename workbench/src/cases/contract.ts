import type { CaseSummary, Coded, Move } from "@/api/contract.ts";

export interface CourtCase extends Omit<CaseSummary, "parties"> {
  parties: { key: string; side: string; sideLabel: string; name: string }[];
  moves: Move[];
  exchange: Coded;
  closedOn: string | null;
  outcome: Coded | null;
}
/** Who may try cases and keep their record at this court. */
export interface BenchMember {
  id: string;
  name: string;
  role: Coded;
  open: number;
}
/** 审限. */
export interface TrialLimit {
  state: Coded;
  lastDay: string;
  daysLeft: number | null;
  excludedDays: number;
  steps: { label: string; basis: string; lastDay: string }[];
  basis: string[];
  mayExtend: { by: "president" | "higher_court"; unit: "day" | "month"; most: number; askBy: string } | null;
  warning: number | null;
  stoppedSince: string | null;
  moves: Move[];
  deductions: { code: string; label: string; basis: string }[];
}
/** 本案期间的事实: what the last days of the case's duties depend on. */
export interface CasePeriods {
  evidenceDays: number | null;
  answerDays: number | null;
  abroad: string[];
  effectiveOn: string | null;
  performBy: string | null;
  entitled: string[];
  preservations: { key: string; kind: string; label?: string; since: string; partyKey: string }[];
  version: number;
  moves: Move[];
}
/** 待办: what a party has to do by when. */
export interface Obligation {
  id: string;
  party: { key: string; sideLabel: string; name: string };
  rule: Coded;
  dueOn: string;
  previousOn: string | null;
  provisional: boolean;
  explanation: string;
}
/** In which language a party is heard and written to, and whether the court interprets. */
export interface CaseLanguages {
  items: {
    party: { key: string; sideLabel: string; name: string };
    language: Coded | null;
    interpreter: boolean;
    arrangedAt: string | null;
    moves: Move[];
  }[];
  note: string;
}
export interface Participant {
  id: string;
  party: { key: string; sideLabel: string; name: string };
  capacity: Coded;
  name: string;
  agentKind: Coded | null;
  powers: Coded;
  specialPowers: Coded[];
  firm: string;
  via: Coded;
  state: Coded;
  moves: Move[];
  joined: boolean;
  since: string | null;
  until: string | null;
  endedReason: string;
}
export interface CodeState {
  partyKey: string;
  sideLabel: string;
  name: string;
  state: Coded;
  usedAt: string | null;
}
export interface AccessCode {
  partyKey: string;
  code: string;
  url: string;
}
export interface Submission {
  id: string;
  caseId: string;
  caseNumber: string;
  caseTitle: string;
  kind: Coded;
  title: string;
  basis: string;
  party: { sideLabel: string; name: string };
  state: Coded;
  moves: Move[];
  submittedAt: string | null;
  /** Whether the other parties see it by now. */
  openToOthers: boolean;
  application: Coded | null;
  dueOn: string | null;
  queue: Coded;
  note: string;
  papers: string[];
}
type Verdict = "yes" | "no" | null;
export interface SubmissionItem {
  key?: string;
  objection?: Verdict;
  reason?: string;
  materialId?: string;
  authenticity?: Verdict;
  legality?: Verdict;
  relevance?: Verdict;
  note?: string;
}
export interface SubmissionDetail extends Submission {
  content: {
    items?: SubmissionItem[];
    claims?: { key: string; text: string; amountFen: number | null }[];
    statement?: string;
    request?: string;
    facts?: string;
    note?: string;
  };
  materials: { id: string; name: string; kind: string; purpose: string }[];
  /** What follows from what was granted; `close` for whoever may close the case. */
  nextStep: {
    text: string;
    basis: string;
    close: { label: string; path: string; body: Record<string, unknown> } | null;
  } | null;
}
export interface AnswerForm {
  sections: { title: string; items: { key: string; label: string; theirs: string }[] }[];
}
