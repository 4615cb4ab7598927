import type { Coded, IdType, Move, Named } from "./types";

/** A filing and its materials, by the contract of /api/v1. */
export type Side = "plaintiff" | "defendant" | "third_party";
export type AgentKind = "lawyer" | "legal_worker" | "relative" | "employee" | "recommended" | "guardian";
export type SpecialPower = "admit" | "waive" | "change" | "settle" | "counterclaim" | "appeal";
export interface Agent {
  key: string;
  kind: AgentKind;
  name: string;
  idType: IdType | null;
  idNumber: string;
  phone: string;
  firm: string;
  licenseNumber: string;
  relation: string;
  powers: "general" | "special" | null;
  specialPowers: SpecialPower[];
}
export interface Party {
  key: string;
  side: Side;
  kind: "natural" | "organisation";
  name: string;
  gender: "男" | "女" | null;
  birthDate: string | null;
  ethnicity: string;
  workplace: string;
  occupation: string;
  phone: string;
  email: string;
  idType: IdType | null;
  idNumber: string;
  address: string;
  habitualAddress: string;
  legalRepresentative: string;
  legalRepresentativeTitle: string;
  orgType: string;
  ownership: string;
  /** 16 or 17, and living on their own labour income (民法典§18). */
  livesOnOwnIncome: boolean;
  agents: Agent[];
}
export interface Claim {
  key: string;
  text: string;
  amountFen: number | null;
}
export type Answer = string | string[] | string[][];
export type Consent = "agree" | "refuse" | null;
export type Stage = "filing" | "mediation" | "evidence" | "inquiry" | "hearing" | "service" | "signature";
export interface ServiceAddress {
  recipient: string;
  phone: string;
  postalCode: string;
  address: string;
  email: string;
  electronic: boolean | null;
  channels: ("platform" | "sms" | "email")[];
  judgments: boolean | null;
  language: string | null;
  interpreter: boolean | null;
  stages: ("first" | "second" | "execution")[];
  confirmed: boolean;
}
export interface Content {
  causeCode: string | null;
  formId: string | null;
  parties: Party[];
  claims: Claim[];
  amountFen: number | null;
  facts: string;
  answers: Record<string, Answer>;
  service: ServiceAddress;
  consents: Record<Stage, Consent>;
  mediation: { understood: boolean | null; benefits?: string[] | null; wish: "yes" | "no" | "unsure" | null };
  signature: { materialId: string | null; signedOn: string | null };
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
export interface FilingSummary {
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
  createdAt: string;
  updatedAt: string;
  submittedAt: string | null;
  clock: Clock | null;
  next: string;
  caseId: string | null;
  caseNumber: string | null;
}
export interface Step {
  action: string;
  label: string;
  state: Coded;
  by: string;
  note: string | null;
  at: string;
}
export interface Defect {
  code: string;
  title: string;
  basis: string;
  pointer: string;
  note: string | null;
  fix: string;
}
export interface Correction {
  round: number;
  returnedAt: string;
  dueOn: string;
  defects: Defect[];
  answeredAt: string | null;
}
export interface CourtDocument {
  id: string;
  kind: string;
  title: string;
  text: string;
  at: string;
}
/** Help with filling in that runs now. */
export interface Help {
  id: string;
  /** It is this reader who helps. */
  mine: boolean;
  name: string;
  until: string;
  secondsLeft: number;
  /** Places that only the one who files may fill in or decide; empty for them. */
  ownersAlone: string[];
}
export interface Filing extends FilingSummary {
  help?: Help | null;
  content: Content;
  materials: Material[];
  steps: Step[];
  corrections: Correction[];
  documents: CourtDocument[];
  editable: boolean;
  editablePointers: string[] | null;
}
export interface Edit {
  path: string;
  value: unknown;
  baseVersion: number;
}
export interface Conflict {
  path: string;
  theirs: unknown;
  version: number;
}
export interface EditsAnswer {
  version: number;
  content: Content;
  applied: string[];
  /** Values that cannot stand as they are; everything else of the batch was kept. */
  refused?: { path: string; pointer: string; message: string }[];
}
export interface Finding {
  code: string;
  severity: "block" | "warn" | "hint";
  basis: string;
  pointer: string;
  message: string;
  fix: string;
}

// ---- materials
export type MaterialKind =
  | "identity"
  | "power_of_attorney"
  | "firm_letter"
  | "license"
  | "kinship"
  | "employment"
  | "recommendation"
  | "business_license"
  | "legal_rep_certificate"
  | "evidence"
  | "complaint"
  | "signature"
  | "other";
export interface Material {
  id: string;
  filingId: string;
  name: string;
  kind: MaterialKind;
  kindLabel: string;
  state: Coded;
  moves: Move[];
  refusedReason: string | null;
  contentType: string;
  bytes: number;
  sha256: string;
  pages: number | null;
  position: number;
  purpose: string;
  source: string;
  originality: "original" | "copy" | "electronic" | null;
  round: number;
  createdAt: string;
}
export interface UploadPart {
  number: number;
  offset: number;
  bytes: number;
  url: string;
  headers: Record<string, string>;
  received: boolean;
}
/** Where the bytes go: one signed PUT, or several parts when the file is large. */
export interface UploadPlan {
  method: "PUT";
  url?: string;
  headers?: Record<string, string>;
  partBytes?: number;
  parts?: UploadPart[];
  expiresAt: string;
}
