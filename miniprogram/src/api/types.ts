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
  /** Of the screens. */
  language?: string;
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
  reason?: string;
  bring?: string[];
  mistaken?: { cause: string; name: string; why: string };
  first?: { step: string; basis: string };
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
  example?: string;
  where?: string;
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
  /** Which claims are for whom, where two forms are one: seller or buyer. */
  parts?: { question: string; exclusive: boolean; choices: { label: string; fields: string[] }[] };
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
  courts: {
    code: string;
    name: string;
    reason: string;
    basis: string;
    confidence?: string;
    confidenceLabel?: string;
  }[];
  warnings: { message: string; basis: string }[];
}

export * from "./fee-types";
export * from "./filing-types";

// ---- messages and cases
export interface MessageDelivery {
  channel: Coded;
  state: Coded;
  note: string | null;
  sentAt: string | null;
  deliveredAt: string | null;
  dueAt: string | null;
}
export interface Message {
  id: string;
  title: string;
  body: string;
  at: string;
  readAt: string | null;
  /** Where else it was sent; not there in what older copies have kept. */
  deliveries?: MessageDelivery[];
  link: {
    kind:
      | "filing"
      | "case"
      | "fee_notice"
      | "payment"
      | "service"
      | "thread"
      | "submission"
      | "dossier"
      | "delegation"
      | "webhook";
    id: string;
  } | null;
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
  procedure?: Coded | null;
  judge?: { id: string; name: string } | null;
  panel?: { id: string; name: string }[];
  courtClerk?: { id: string; name: string } | null;
  closedOn?: string | null;
  outcome?: Coded | null;
  parties: {
    key?: string;
    side: string;
    sideLabel: string;
    name: string;
    mine?: boolean;
    joined?: boolean;
    agents?: { name: string; kind: Coded | null; firm: string; powers: Coded }[];
  }[];
  /** Handled for somebody else, who it is and until when. */
  through?: Through | null;
  filingId: string | null;
}
export interface Through {
  kind: Coded;
  lawyer: string;
  until: string | null;
}
export interface CaseEvent {
  at: string;
  title: string;
  detail: string | null;
  kind: string;
}
