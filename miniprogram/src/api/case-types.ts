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
