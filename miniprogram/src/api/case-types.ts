import type { Coded, Material, Move } from "./types";

export interface Participant {
  id: string;
  party: { key: string; sideLabel: string; name: string };
  capacity: Coded;
  name: string;
  agentKind: Coded | null;
  powers: Coded;
  specialPowers: Coded[];
  firm: string;
  state: Coded;
  moves: Move[];
  mine: boolean;
  joined: boolean;
}

export interface CaseLimit {
  state: Coded;
  lastDay: string;
  daysLeft: number | null;
  excludedDays: number;
  steps: { label: string; basis: string; lastDay: string }[];
  basis: string[];
  stoppedSince: string | null;
}

export type AgentKind = "lawyer" | "legal_worker" | "relative" | "employee" | "recommended" | "guardian";
export interface AgencyAsked {
  number: string;
  partyName: string;
  agent: {
    kind: AgentKind;
    firm: string;
    powers: "general" | "special";
    specialPowers: string[];
    until: string | null;
  };
}
export interface Agency {
  id: string;
  caseId: string | null;
  caseNumber: string;
  partyName: string;
  state: Coded;
  moves: Move[];
  askedAt: string;
  endedReason: string;
}

export type SubmissionKind = "answer" | "counterclaim" | "evidence" | "opinion" | "application";
export interface Submission {
  id: string;
  caseId: string;
  caseNumber: string;
  kind: Coded;
  application: Coded | null;
  title: string;
  basis: string;
  party: { key: string; sideLabel: string; name: string };
  mine: boolean;
  state: Coded;
  moves: Move[];
  version: number;
  updatedAt: string;
  submittedAt: string | null;
  /** Whether the other parties see it by now. */
  openToOthers: boolean;
  dueOn: string | null;
  note: string;
  papers: string[];
}
export interface Signature {
  materialId: string | null;
  signedOn: string | null;
}
export interface AnswerItem {
  key: string;
  objection: "yes" | "no" | null;
  reason: string;
}
export interface AnswerContent {
  items: AnswerItem[];
  statement: string;
  mediation: "yes" | "no" | "unsure" | null;
  signature: Signature;
}
export interface ApplicationContent {
  request: string;
  facts: string;
  amountFen: number | null;
  signature: Signature;
}
export interface CounterclaimContent {
  claims: { key: string; text: string; amountFen: number | null }[];
  facts: string;
  signature: Signature;
}
export interface OpinionItem {
  materialId: string;
  authenticity: "yes" | "no" | null;
  legality: "yes" | "no" | null;
  relevance: "yes" | "no" | null;
  note: string;
}
export interface OpinionContent {
  items: OpinionItem[];
}
export type AnyContent = AnswerContent | ApplicationContent | CounterclaimContent | EvidenceContent | OpinionContent;
export interface EvidenceContent {
  note: string;
}
export interface SubmissionDetail<C> extends Submission {
  content: C;
  materials: Material[];
}
export interface AnswerForm {
  title: string;
  subtitle: string | null;
  party: { key: string; sideLabel: string; name: string };
  sections: { id: string; title: string; items: { key: string; label: string; theirs: string; isClaim: boolean }[] }[];
}
export interface SubmissionChoice {
  kind: SubmissionKind;
  application: string | null;
  label: string;
  basis: string;
  when: string;
  ask: string;
  barred: string | null;
}

export interface CaseLanguages {
  items: {
    party: { key: string; sideLabel: string; name: string };
    /** Null: nothing was said, Chinese. */
    language: Coded | null;
    interpreter: boolean;
    arrangedAt: string | null;
  }[];
  languages: Coded[];
  note: string;
}
