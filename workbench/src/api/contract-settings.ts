import type { Coded } from "./contract.ts";

export interface ReasonTemplate {
  id: string;
  kind: Coded;
  /** The defect or ground it is for; empty: for any. */
  code: string;
  title: string;
  body: string;
  /** The text with the facts of the item that was asked about. */
  filled: string | null;
  version: number;
}
export interface Fits {
  causeWords?: string[];
  formField?: string;
  atLeastFen?: number;
  belowFen?: number;
}
export interface IntakeRule {
  id: string;
  own: boolean;
  priority: number;
  category: string;
  categoryName: string;
  fits: Fits;
  version: number;
}
export interface Absence {
  id: string;
  staff: { id: string; name: string };
  from: string;
  until: string;
  kind: Coded;
}
