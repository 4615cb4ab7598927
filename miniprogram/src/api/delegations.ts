import { call } from "./client";
import type { Coded, Move } from "./types";

interface Lawyer {
  name: string;
  firm: string;
}
/** 律师助理 and 代管, by the contract of /api/v1. */
export interface Delegation {
  id: string;
  kind: Coded;
  side: "given" | "received";
  state: Coded;
  moves: Move[];
  waiting: boolean;
  lawyer: Lawyer;
  delegate: Lawyer | null;
  allCases: boolean;
  caseCount: number | null;
  cases: { id: string; number: string; title: string }[];
  level: Coded | null;
  rights: Coded[];
  from: string | null;
  until: string | null;
  expiresAt: string;
  endedAt: string | null;
}
export interface DelegationOffer {
  id: string;
  code: string;
  url: string;
  expiresAt: string;
}
export type Giving =
  | { kind: "assistant"; caseIds: string[] | null; level: "read" | "acknowledge" | "draft" }
  | { kind: "stand_in"; caseIds: string[] | null; from: string | null; until: string };

export const listDelegations = () => call<{ items: Delegation[] }>({ path: "/delegations" });
/** Without a key: where the answer was lost, the offer nobody saw runs out by itself. */
export const giveWork = (body: Giving) => call<DelegationOffer>({ method: "POST", path: "/delegations", body });
export const lookUpOffer = (code: string, key: string) =>
  call<Delegation>({ method: "POST", path: "/delegations/lookup", body: { code }, key });
export const decideOffer = (code: string, decision: "accept" | "decline", key: string) =>
  call<Delegation>({ method: "POST", path: "/delegations/decide", body: { code, decision }, key });
export const endDelegation = (id: string, key: string) =>
  call<Delegation>({ method: "POST", path: `/delegations/${id}/moves`, body: { action: "end" }, key });
