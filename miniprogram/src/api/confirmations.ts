import { call } from "./client";
import type { Coded, IdType, Move } from "./types";

/** 当事人确认: agency and co-signatures by link, by the contract of /api/v1. */
export type ConfirmationKind = "agency" | "cosign";
export interface Confirmation {
  id: string;
  kind: ConfirmationKind;
  partyKey: string;
  agentKey: string | null;
  kindLabel: string;
  partyName: string;
  agentName: string | null;
  state: Coded;
  /** Confirmed, and what was confirmed is what stands there now. */
  current: boolean;
  note: string;
  offeredAt: string;
  expiresAt: string;
  decidedAt: string | null;
  moves: Move[];
}
/** Somebody who may be asked, and how far that is. */
export interface Askable extends Omit<Confirmation, "id" | "state" | "offeredAt" | "expiresAt" | "decidedAt"> {
  needed: boolean;
  state: Coded | null;
  confirmationId: string | null;
  /** What has to be filled in before a link can go out. */
  blockedBy: string | null;
}
export interface Power {
  code: string;
  label: string;
  explanation: string;
}
export interface ConfirmationShown {
  id: string;
  kind: ConfirmationKind;
  kindLabel: string;
  state: Coded;
  moves: Move[];
  filingId: string;
  expiresAt: string;
  decidedAt: string | null;
  capacity: Coded;
  title: string;
  courtName: string;
  causeName: string | null;
  party: { side: string; name: string };
  parties: { side: string; name: string }[];
  agent: {
    kind: string;
    name: string;
    firm: string;
    licenseNumber: string;
    relation: string;
    powers: "general" | "special";
    general: string;
    specialPowers: (Power & { given: boolean })[];
  } | null;
  claims: { text: string; amountFen: number | null }[];
  amountFen: number | null;
  facts: string;
}
export interface AgentPaper {
  kind: string;
  label: string;
  hint: string;
  /** Without it the filing cannot be handed in. */
  checked: boolean;
}
export interface AgentPapers {
  mostAgents: number;
  items: { kind: string; label: string; papers: AgentPaper[] }[];
  general: string;
  specialPowers: Power[];
  overseas: { idTypes: string[]; label: string; text: string; basis: string };
}
type Decided = Pick<ConfirmationShown, "id" | "kind" | "kindLabel" | "filingId" | "state" | "decidedAt">;

export const agentPapers = () => call<AgentPapers>({ path: "/agent-papers", anonymous: true });
/** Who files, as the court knows them: for their own forms. */
export const ownDetails = (filingId: string) =>
  call<{ name: string; idType: IdType; idNumber: string; phone: string | null }>({
    path: `/filings/${filingId}/own-details`,
  });
export const listConfirmations = (filingId: string) =>
  call<{ items: Confirmation[]; askable: Askable[] }>({ path: `/filings/${filingId}/confirmations` });
/** The link is in this answer and nowhere else. */
export const offerConfirmation = (filingId: string, asked: Pick<Askable, "kind" | "partyKey" | "agentKey">) =>
  call<{ id: string; url: string; expiresAt: string }>({
    method: "POST",
    path: `/filings/${filingId}/confirmations`,
    body: {
      kind: asked.kind,
      partyKey: asked.partyKey,
      ...(asked.kind === "agency" ? { agentKey: asked.agentKey } : {}),
    },
  });
export const openConfirmation = (token: string) =>
  call<ConfirmationShown>({ method: "POST", path: "/confirmations/lookup", body: { token } });
export const confirmBySignature = (id: string, signature: string, key: string) =>
  call<Decided>({ method: "POST", path: `/confirmations/${id}/moves`, body: { action: "confirm", signature }, key });
export const declineConfirmation = (id: string, note: string, key: string) =>
  call<Decided>({ method: "POST", path: `/confirmations/${id}/moves`, body: { action: "decline", note }, key });
export const withdrawConfirmation = (id: string, key: string) =>
  call<Decided>({ method: "POST", path: `/confirmations/${id}/moves`, body: { action: "withdraw" }, key });
