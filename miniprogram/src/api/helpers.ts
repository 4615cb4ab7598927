import { call } from "./client";
import type { Coded, Move } from "./types";

/** Somebody who was asked to help with filling in, by the contract of /api/v1. */
export interface Helper {
  id: string;
  state: Coded;
  moves: Move[];
  helper: { name: string } | null;
  minutes: number;
  expiresAt: string;
  joinedAt: string | null;
  until: string | null;
  secondsLeft: number;
  endedAt: string | null;
  edits: number;
  unconfirmed: number;
}
export interface HelpOffer {
  id: string;
  code: string;
  expiresAt: string;
  url: string;
}
export interface HelperEdit {
  path: string;
  label: string;
  before: string;
  after: string;
  helper: { id: string; name: string };
  at: string;
  confirmed: boolean;
}

/** Without a key: where the answer was lost, a new code takes the place of the one nobody saw. */
export const offerHelp = (filingId: string, minutes: number) =>
  call<HelpOffer>({ method: "POST", path: `/filings/${filingId}/helpers`, body: { minutes } });
export const joinHelp = (code: string, key: string) =>
  call<{ filingId: string; until: string }>({ method: "POST", path: "/helpers/join", body: { code }, key });
export const listHelpers = (filingId: string) => call<{ items: Helper[] }>({ path: `/filings/${filingId}/helpers` });
export const listHelperEdits = (filingId: string) =>
  call<{ items: HelperEdit[]; through: string | null }>({ path: `/filings/${filingId}/helper-edits` });
export const endHelp = (filingId: string, helperId: string, key: string) =>
  call<Helper>({
    method: "POST",
    path: `/filings/${filingId}/helpers/${helperId}/moves`,
    body: { action: "end" },
    key,
  });
/** `through`: the newest edit the person was shown. What came later is asked about again. */
export const confirmHelp = (filingId: string, helperId: string, through: string, key: string) =>
  call<Helper>({
    method: "POST",
    path: `/filings/${filingId}/helpers/${helperId}/moves`,
    body: { action: "confirm", through },
    key,
  });
