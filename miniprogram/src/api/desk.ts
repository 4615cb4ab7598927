import { call } from "./client";
import type { Page, Through } from "./types";

interface Coded {
  code: string;
  label: string;
}
interface CaseBrief {
  id: string;
  number: string;
  title: string;
}
/** A line of the inbox: what has changed in a case, and what it has one do. */
export interface Change {
  id: string;
  case: CaseBrief;
  kind: Coded;
  about: { kind: string; id: string };
  title: string;
  at: string;
  acknowledged: boolean;
  /** An assistant who saw it for the lawyer. */
  acknowledgedBy?: string | null;
  through?: Through | null;
  obligation: { id: string; rule: Coded; todo: string; dueOn: string; provisional: boolean; state: Coded } | null;
}
export interface Changes extends Page<Change> {
  waiting: number | null;
}
/** What is to be done by when, and why by then. */
export interface Duty {
  id: string;
  through?: Through | null;
  case: CaseBrief;
  party: { key: string; sideLabel: string; name: string };
  rule: Coded;
  todo: string;
  late: string;
  dueOn: string;
  /** Before it was worked out anew; null where it never was. */
  previousOn: string | null;
  daysLeft: number;
  nominalOn: string;
  provisional: boolean;
  basis: string;
  explanation: string;
  inputs: { label: string; value: string }[];
  calendarVersion: string;
  source: { kind: string; id: string };
  state: Coded;
  moves: { action: "done" | "reopen"; label: string }[];
}

export const listChanges = (query: { cursor?: string | null; limit?: number } = {}) =>
  call<Changes>({ path: "/changes", query });
export const acknowledge = (body: { ids: string[] } | { through: string }, key: string) =>
  call<{ acknowledged: number }>({ method: "POST", path: "/changes/acknowledge", body, key });
export const listDuties = (query: { until?: string; state?: string; cursor?: string | null; limit?: number } = {}) =>
  call<Page<Duty>>({ path: "/obligations", query });
export const moveDuty = (id: string, action: "done" | "reopen", key: string) =>
  call<Duty>({ method: "POST", path: `/obligations/${id}/moves`, body: { action }, key });
