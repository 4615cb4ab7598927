import type { Coded, Move } from "@/api/contract.ts";

export interface Service {
  id: string;
  caseId: string;
  caseNumber: string;
  number: string;
  documentKind: Coded;
  title: string;
  recipient: { key: string; sideLabel: string; name: string };
  state: Coded;
  moves: Move[];
  channel: Coded | null;
  dueOn: string | null;
  overdue: boolean;
  sentAt: string | null;
  effectiveOn: string | null;
  presumed: boolean;
  basis: string;
  explanation: string;
  paper: { askedAt: string | null; givenAt: string | null };
}
export interface ServedDocument {
  position: number;
  title: string;
  sha256: string | null;
  path: string;
  moves: Move[];
  translations: {
    language: Coded;
    title: string;
    machine: boolean;
    translator: string;
    sha256: string;
    path: string;
  }[];
}
export interface ServiceDetail extends Service {
  consent: Coded | null;
  warnings: string[];
  documents: ServedDocument[];
  attempts: {
    id: string;
    channel: Coded;
    address: string;
    confirmed: boolean;
    sentAt: string;
    arrivedAt: string | null;
    readAt: string | null;
    repliedAt: string | null;
    facts: { label: string; value: string }[];
    effectiveOn: string | null;
    explanation: string;
  }[];
  contests: {
    id: string;
    claimedOn: string | null;
    disputedOn: string;
    note: string;
    state: Coded;
    effectiveOn: string | null;
    reason: string;
    at: string;
  }[];
  channels: (Coded & { barred: string | null })[];
  suggested: Coded | null;
  certificate: string | null;
}
