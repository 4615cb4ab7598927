import type { Coded, Move, Named } from "./contract.ts";

export interface Agent {
  key: string;
  kind: string;
  name: string;
  idType: string | null;
  idNumber: string;
  phone: string;
  firm: string;
  licenseNumber: string;
  relation: string;
  powers: "general" | "special" | null;
  specialPowers: string[];
}
export interface Party {
  key: string;
  side: "plaintiff" | "defendant" | "third_party";
  kind: "natural" | "organisation";
  name: string;
  gender: string | null;
  birthDate: string | null;
  ethnicity: string;
  workplace: string;
  occupation: string;
  phone: string;
  email: string;
  idType: string | null;
  idNumber: string;
  address: string;
  habitualAddress: string;
  legalRepresentative: string;
  legalRepresentativeTitle: string;
  orgType: string;
  ownership: string;
  agents: Agent[];
}
export type Answer = string | string[] | string[][];
export interface FilingContent {
  causeCode: string | null;
  formId: string | null;
  parties: Party[];
  claims: { key: string; text: string; amountFen: number | null }[];
  amountFen: number | null;
  facts: string;
  answers: Record<string, Answer>;
  service: {
    recipient: string;
    phone: string;
    postalCode: string;
    address: string;
    email: string;
    electronic: boolean | null;
    channels: string[];
    judgments: boolean | null;
    language: string | null;
    interpreter: boolean | null;
    stages: string[];
    confirmed: boolean;
  };
  consents: Record<string, "agree" | "refuse" | null>;
  mediation: { understood: boolean | null; wish: "yes" | "no" | "unsure" | null };
  signature: { materialId: string | null; signedOn: string | null };
}
export interface Material {
  id: string;
  filingId: string;
  name: string;
  kind: string;
  kindLabel: string;
  state: Coded;
  contentType: string;
  bytes: number;
  pages: number | null;
  position: number;
  purpose: string | null;
  source: string | null;
  originality: "original" | "copy" | "electronic" | null;
  round: number;
  createdAt: string;
}
export interface Clock {
  state: Coded;
  startedOn: string | null;
  dueOn: string | null;
  nominalDueOn: string | null;
  provisional: boolean;
  daysLeft: number | null;
  basis: string;
  explanation: string;
  segments: { event: string; on: string; basis: string; note: string }[];
}
export interface Step {
  action: string;
  label: string;
  state: Coded;
  by: string;
  note: string | null;
  at: string;
}
export interface Correction {
  round: number;
  returnedAt: string;
  dueOn: string;
  defects: {
    code: string;
    title: string;
    basis: string;
    pointer: string | null;
    note: string;
    fix: string;
    /** Could have been told a round before; a supervisor has signed for it. */
    visibleBefore?: boolean;
  }[];
  overrideReason?: string | null;
  answeredAt: string | null;
}
export interface FilingDocument {
  id: string;
  kind: string;
  title: string;
  text: string;
  at: string;
}
export interface Filing {
  id: string;
  version: number;
  receiptNumber: string | null;
  title: string;
  state: Coded;
  moves: Move[];
  court: Named;
  cause: Named | null;
  formId: string | null;
  amountFen: number | null;
  round: number;
  submittedAt: string | null;
  clock: Clock | null;
  caseId: string | null;
  caseNumber: string | null;
  content: FilingContent;
  materials: Material[];
  steps: Step[];
  corrections: Correction[];
  documents: FilingDocument[];
  channel?: "online" | "paper" | "transfer";
  transfer?: {
    from: { filingId: string; court: Named; originalCourt: Named; originallyReceivedAt: string; at: string } | null;
    to: { filingId: string; court: Named; at: string } | null;
  };
}
