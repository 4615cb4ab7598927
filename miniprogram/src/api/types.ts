/** What the server answers and takes, by the contract of /api/v1. */

export interface Coded {
  code: string;
  label: string;
}
export interface Move {
  action: string;
  label: string;
}
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
export interface Named {
  code: string;
  name: string;
}

// ---- accounts
export type IdType =
  | "resident_id"
  | "hmt_residence_permit"
  | "cn_passport"
  | "hk_macau_permit"
  | "tw_permit"
  | "foreigner_pr_2023"
  | "foreigner_pr_2017"
  | "foreign_document"
  | "uscc";

export interface Account {
  id: string;
  role: string;
  name: string | null;
  nameMasked: string | null;
  phoneMasked: string | null;
  identity: {
    state: Coded;
    nameMasked: string | null;
    idType: IdType | null;
    idNumberMasked: string | null;
    reason?: string | null;
  };
  practice: { state: Coded; firm: string; licenseNumberMasked: string } | null;
  unreadMessages: number;
}
export interface Session {
  accessToken: string;
  expiresIn: number;
  refreshToken: string;
  account: Account;
}
export interface ClientConfig {
  demonstration: boolean;
  wechat: boolean;
  maxUploadBytes: number;
  allowedTypes: string[];
}

// ---- reference
export interface Court extends Named {
  level: string;
  province: string;
  city: string;
  address: string | null;
  phone: string | null;
  provisional: boolean;
}
export interface Cause extends Named {
  no: string;
  level: number;
  path: string[];
  parent: string | null;
  formId: string | null;
  hasChildren: boolean;
  match?: string | null;
}
export type FieldType =
  | "text"
  | "textarea"
  | "date"
  | "money"
  | "number"
  | "single"
  | "multi"
  | "yesno"
  | "table"
  | "group"
  | "mobile"
  | "idno"
  | "uscc"
  | "caseno"
  | "bankcard";
export interface FormField {
  id: string;
  label: string;
  type: FieldType;
  required?: boolean;
  options?: string[];
  columns?: string[];
  fields?: FormField[];
  then?: FormField[];
  hint?: string;
  question?: string;
}
export interface FormSection {
  id: string;
  title: string;
  fields: FormField[];
}
export interface CourtForm {
  id: string;
  no: string;
  name: string;
  full: boolean;
  partyOnly?: "natural" | null;
  claimsHint?: string | null;
  preamble: string[];
  sections: FormSection[];
}
export interface FeeQuote {
  feeFen: number;
  steps: { label: string; basis: string; amountFen: number }[];
  basis: string[];
}
export interface Deadline {
  lastDay: string;
  nominalLastDay: string;
  provisional: boolean;
  basis: string;
  explanation: string;
}
export interface Advice {
  courts: { code: string; name: string; reason: string; basis: string; confidence?: string }[];
  warnings: { message: string; basis: string }[];
}

// ---- filing
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
  powers: "general" | "special";
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
  mediation: { understood: boolean | null; wish: "yes" | "no" | "unsure" | null };
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
export interface Filing extends FilingSummary {
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

// ---- messages and cases
export interface Message {
  id: string;
  title: string;
  body: string;
  at: string;
  readAt: string | null;
  link: { kind: "filing" | "case"; id: string } | null;
}
export interface CourtCase {
  id: string;
  number: string;
  state: Coded;
  moves: Move[];
  court: Named;
  cause: Named | null;
  caseType: Named;
  title: string;
  filedOn: string;
  acceptedOn: string;
  amountFen: number | null;
  parties: { side: string; sideLabel: string; name: string }[];
  filingId: string | null;
}
export interface CaseEvent {
  at: string;
  title: string;
  detail: string | null;
  kind: string;
}
