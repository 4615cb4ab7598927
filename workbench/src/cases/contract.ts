import type { Coded, Move } from "@/api/contract.ts";

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
  title: string;
  basis: string;
  party: { sideLabel: string; name: string };
  state: Coded;
  moves: Move[];
  submittedAt: string | null;
  dueOn: string | null;
  note: string;
  papers: string[];
}
export interface SubmissionDetail extends Submission {
  content: {
    items?: { key: string; objection: "yes" | "no" | null; reason: string }[];
    statement?: string;
    request?: string;
    facts?: string;
    note?: string;
  };
  materials: { id: string; name: string; kind: string; purpose: string }[];
}
export interface AnswerForm {
  sections: { title: string; items: { key: string; label: string; theirs: string }[] }[];
}
