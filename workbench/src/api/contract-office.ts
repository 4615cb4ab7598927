import type { Coded, Move, Named } from "./contract.ts";

export interface CaseSummary {
  id: string;
  number: string;
  state: Coded;
  court: Named;
  cause: Named | null;
  caseType: Named | null;
  title: string;
  filedOn: string | null;
  acceptedOn: string | null;
  amountFen: number | null;
  parties: { side: string; sideLabel?: string; name: string }[];
  filingId: string | null;
}
export interface TimelineEntry {
  at: string;
  title: string;
  detail: string | null;
  kind: string;
}

export interface IdentityReview {
  id: string;
  account?: { nameMasked: string | null } | null;
  nameMasked: string | null;
  idType: string | null;
  idNumberMasked: string | null;
  note: string | null;
  reason?: string | null;
  materials?: { id: string; name: string }[];
  state: Coded;
  moves: Move[];
  createdAt: string;
}
export interface StaffMember {
  id: string;
  username: string;
  name: string;
  role: string | Coded;
  court: Named | null;
  state: Coded;
  moves: Move[];
  lockedUntil: string | null;
  lastSignInAt: string | null;
}
export interface RoutingRule {
  id: string;
  position?: number;
  queue: { id: string; name: string };
  conditions?: string[];
  description?: string;
  causeCodes?: string[];
  minAmountFen?: number | null;
  maxAmountFen?: number | null;
}
export interface AuditEntry {
  seq: string;
  at: string;
  actor: string | { id?: string; name?: string; role?: string } | null;
  action: string;
  object: string | { kind?: string; id?: string } | null;
  detail?: unknown;
  hash?: string;
}
export interface AuditVerdict {
  ok: boolean;
  entries: number;
  firstBad: string | null;
}
