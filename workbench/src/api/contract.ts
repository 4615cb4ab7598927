/** What the server answers, as far as the workbench reads it. Names are those of the OpenAPI document. */

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

export type Role = "clerk" | "supervisor" | "admin" | "auditor" | "judge" | "court_clerk" | "litigant" | "lawyer";
export interface Account {
  id: string;
  role: Role;
  name: string | null;
  nameMasked: string | null;
  roleLabel: string;
  court: Named | null;
  staff: { username: string; name: string } | null;
}
export interface Signed {
  accessToken: string;
  expiresIn: number;
  refreshToken: string;
  account: Account;
}

export type * from "./contract-fee.ts";
export type * from "./contract-figures.ts";
export type * from "./contract-filing.ts";
export type * from "./contract-intake.ts";
export type * from "./contract-office.ts";
export type * from "./contract-payment.ts";
export type * from "./contract-series.ts";
export type * from "./contract-settings.ts";

export interface FormField {
  id: string;
  label: string;
  type: string;
  required?: boolean;
  options?: string[];
  columns?: string[];
  fields?: FormField[];
  then?: FormField[];
  hint?: string;
}
export interface ElementForm {
  id: string;
  no: string;
  name: string;
  sections: { id: string; title: string; fields: FormField[] }[];
}

export interface Cause extends Named {
  no: string;
  path?: string[];
  match?: string;
}
export interface Court extends Named {
  level: string;
  province: string | null;
  city: string | null;
  provisional?: boolean;
  /** Takes filings here. */
  open?: boolean;
}
export interface CaseType extends Named {
  token: string;
  category: string;
}
