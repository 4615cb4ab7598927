import type { Coded, Move } from "@/api/contract.ts";

export interface RoomName {
  id: string;
  name: string;
}
export interface Hearing {
  id: string;
  case: { id: string; number: string; title: string };
  court: { code: string; name: string };
  kind: Coded;
  mode: Coded;
  round: number;
  postponed: number;
  previousId: string | null;
  state: Coded;
  moves: Move[];
  minutes: number;
  startsAt: string | null;
  endsAt: string | null;
  timeText: string;
  room: RoomName | null;
  judge: { id: string; name: string } | null;
  isPublic: boolean;
  closedReason: Coded | null;
  interpreter: string | null;
  reason: string;
  expiresAt: string | null;
  version: number;
}
export interface Seat {
  id: string;
  role: Coded;
  name: string;
  party: { key: string; name: string; sideLabel: string } | null;
  mode: Coded | null;
  /** Their time is kept for it. */
  booked: boolean;
  mine: boolean;
}
export interface HearingOption {
  ordinal: number;
  startsAt: string;
  room: RoomName | null;
}
export interface HearingDetail extends Hearing {
  seats: Seat[];
  options: HearingOption[];
  negotiation: {
    purpose: "first" | "change";
    state: "open" | "agreed" | "renewed" | "court" | "over";
    turn: number;
    askedBy: string | null;
    expiresAt: string;
    answered: string[];
    strikes: { ordinal: number; partyKey: string }[];
  } | null;
  consents: {
    party: { key: string; name: string; sideLabel: string };
    answer: "yes" | "no" | "silent";
    at: string | null;
  }[];
  stage: Coded;
  bars: Coded[];
  summonses: { serviceId: string; name: string; state: Coded }[];
  history: { at: string; title: string; note: string | null }[];
}
export interface Reason {
  code: string;
  text: string;
}
export interface Slot {
  startsAt: string;
  endsAt: string;
  room: RoomName | null;
  score: number;
  reasons: Reason[];
}
export interface Slots {
  items: Slot[];
  refused: (Reason & { count: number })[];
}
/** A person or place whose time can be booked. */
export interface Resource {
  id: string;
  kind: Coded;
  name: string;
  place: string | null;
  working: string | null;
  language: string | null;
  closed: boolean;
  mine: boolean;
  /** The account of a judge or court clerk. */
  staffId: string | null;
  version: number;
}
export interface Absence {
  id: string;
  resourceId: string;
  from: string;
  to: string;
  kind: Coded;
  reason: string;
}
export interface CourtDay {
  day: string;
  working: boolean;
  provisional: boolean;
}
/** What a time away meets: sittings that are moved, and what is left to be agreed anew. */
export interface Met {
  items: Hearing[];
  left: { kind: Coded; startsAt: string; endsAt: string; timeText: string }[];
}
/** What became of one case of a series, or of one sitting that had to be moved. */
export interface Placed {
  case: { id: string; number: string };
  outcome: "placed" | "already" | "refused";
  hearing: { id: string; startsAt: string; endsAt: string; timeText: string; room: RoomName | null } | null;
  code: string | null;
  text: string;
}
