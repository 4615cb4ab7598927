import type { Coded, Move } from "./types";

export interface Service {
  id: string;
  caseId: string;
  caseNumber: string;
  courtName: string;
  number: string;
  documentKind: Coded;
  title: string;
  recipient: { key: string; sideLabel: string; name: string };
  state: Coded;
  moves: Move[];
  channel: Coded | null;
  sentAt: string | null;
  effectiveOn: string | null;
  presumed: boolean;
  basis: string;
  explanation: string;
  paper: { askedAt: string | null; givenAt: string | null };
}
export interface ServiceAttempt {
  id: string;
  channel: Coded;
  address: string;
  sentAt: string;
  arrivedAt: string | null;
  readAt: string | null;
  repliedAt: string | null;
  facts: { label: string; value: string }[];
  effectiveOn: string | null;
  explanation: string;
}
export interface ServiceContest {
  id: string;
  claimedOn: string | null;
  disputedOn: string;
  note: string;
  state: Coded;
  effectiveOn: string | null;
  reason: string;
  at: string;
}
export interface ServiceDetail extends Service {
  judgment: boolean;
  documents: {
    position: number;
    title: string;
    sha256: string | null;
    bytes: number | null;
    path: string;
    /** Each stands beside the Chinese text. */
    translations: { language: Coded; title: string; machine: boolean; path: string }[];
  }[];
  attempts: ServiceAttempt[];
  contests: ServiceContest[];
  certificate: string | null;
}
export type ServiceMove =
  | { action: "acknowledge" }
  | { action: "ask_paper" }
  | { action: "contest"; claimedOn: string | null; note: string };

export interface AddressContent {
  recipient: string;
  receiver: string;
  postalCode: string;
  address: string;
  phone: string;
  email: string;
  electronic: boolean;
  judgments: boolean;
  stages: string[];
}
export interface ConfirmedAddress {
  party: { key: string; sideLabel: string; name: string };
  version: number;
  confirmedAt: string | null;
  content: AddressContent | null;
}
export interface Addresses {
  caseId: string;
  consequences: string[];
  items: ConfirmedAddress[];
}
