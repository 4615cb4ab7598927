import type { Coded, Move } from "./types";

export interface HearingRoom {
  id: string;
  name: string;
}
export interface HearingSeat {
  id: string;
  role: Coded;
  name: string;
  party: { key: string; name: string; sideLabel: string } | null;
  mode: Coded | null;
  mine: boolean;
}
/** A date the court offers; struck by those who cannot come. */
export interface HearingOption {
  ordinal: number;
  startsAt: string;
  room: HearingRoom | null;
}
/** How the choosing of a date stands: of a first one, or of another one that a party asked for. */
export interface Negotiation {
  purpose: "first" | "change";
  state: "open" | "agreed" | "renewed" | "court" | "over";
  askedBy: string | null;
  expiresAt: string;
  /** Keys of the parties that have answered. */
  answered: string[];
  strikes: { ordinal: number; partyKey: string }[];
}
export interface Hearing {
  id: string;
  case: { id: string; number: string; title: string };
  court: { code: string; name: string };
  kind: Coded;
  mode: Coded;
  postponed: number;
  previousId: string | null;
  state: Coded;
  moves: Move[];
  minutes: number;
  /** Null while the date is still being settled. */
  startsAt: string | null;
  endsAt: string | null;
  timeText: string;
  room: HearingRoom | null;
  isPublic: boolean;
  closedReason: Coded | null;
  /** Why it was moved, put off or called off. */
  reason: string;
  /** Until when the dates may be answered. */
  expiresAt: string | null;
}
export interface HearingStep {
  at: string;
  title: string;
  note: string | null;
}
export interface HearingDetail extends Hearing {
  seats: HearingSeat[];
  options: HearingOption[];
  negotiation: Negotiation | null;
  /** 在线庭审的同意, party by party. */
  consents: { party: { key: string; sideLabel: string }; answer: "yes" | "no" | "silent"; at: string | null }[];
  /** Why the law keeps it off the screen. */
  bars: Coded[];
  summons: { serviceId: string } | null;
  history: HearingStep[];
}
export interface HearingAnswer {
  strike?: number[];
  consentOnline?: "yes" | "no";
  reason?: string;
  unavailable?: { from: string; to: string }[];
}
export interface HearingAbsence {
  id: string;
  from: string;
  to: string;
}
export interface Feed {
  /** Shown once, when it was made; the court keeps only its digest. */
  icsUrl: string | null;
  since: string | null;
}
export interface Announced {
  id: string;
  caseNumber: string;
  kind: Coded;
  /** Null where the hearing is not public. */
  cause: string | null;
  parties: string | null;
  isPublic: boolean;
  startsAt: string;
  endsAt: string;
  room: string | null;
  mode: Coded;
  judge: string | null;
  state: Coded;
}
