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
  procedure?: Coded | null;
  judge?: { id: string; name: string } | null;
  panel?: { id: string; name: string }[];
  courtClerk?: { id: string; name: string } | null;
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
  accountId: string;
  state: Coded;
  moves: Move[];
  nameMasked: string;
  idType: string;
  idNumberMasked: string;
  reason: string;
  note: string;
  materialIds: string[];
  openedAt: string;
}
export interface StaffMember {
  id: string;
  username: string;
  name: string;
  title: string;
  role: string;
  roleLabel: string;
  state: Coded;
  locked: boolean;
  moves: Move[];
  signedInAt: string | null;
  firstPasswordUntil: string | null;
}
export interface Practice {
  id: string;
  state: Coded;
  moves: Move[];
  nameMasked: string | null;
  firm: string;
  licenseNumberMasked: string;
  updatedAt: string;
}
export interface OwnSession {
  id: string;
  device: string;
  createdAt: string;
  seenAt: string;
  expiresAt: string;
  current: boolean;
}
export interface AuditEntry {
  seq: string;
  at: string;
  actor: { id: string; name: string; role: string; roleLabel: string };
  name: string;
  about: string;
  facts: Record<string, unknown>;
  hash: string;
}
export interface AuditVerdict {
  ok: boolean;
  checked: number;
  anchors: number;
  head: { seq: string; hash: string };
  firstBad: { seq: string; code: string; message: string } | null;
}
