import type { LiveTicket } from "@/platform";
import { call } from "./client";

interface Coded {
  code: string;
  label: string;
}
interface Button {
  action: string;
  label: string;
}
export interface RoomPerson {
  id: string | null;
  seatId: string | null;
  name: string;
  roleLabel: string;
  role: "bench" | "party" | "witness" | "spectator";
  mine: boolean;
  /** On whose picture they are seen. */
  beside: string | null;
  online: boolean;
  state: Coded;
  connection: string;
}
export interface HearingRoom {
  hearing: {
    id: string;
    number: string;
    title: string;
    court: string;
    kind: Coded;
    mode: Coded;
    state: Coded;
    timeText: string;
    startsAt: string | null;
    isPublic: boolean;
  };
  driver: "janus" | "trtc" | "none";
  state: Coded;
  openedAt: string | null;
  now: string;
  moves: Button[];
  me: {
    personId: string | null;
    standing: string;
    state: Coded;
    roleLabel: string;
    watermark: string;
    next: string;
    needsIdentity: boolean;
  };
  rules: string[];
  people: RoomPerson[];
  recording: boolean;
  transcript: { state: Coded; pages: number } | null;
}
export interface TranscriptSheet {
  page: number;
  text: string;
  sha256: string;
  mine: "signed" | "unsigned" | "none";
  signatures: { personId: string; name: string; roleLabel: string; at: string; refused: string | null }[];
  corrections: {
    id: string;
    name: string;
    mine: boolean;
    text: string;
    at: string;
    outcome: Coded | null;
    note: string;
  }[];
}
export interface Transcript {
  state: Coded;
  moves: Button[];
  version: number;
  next: string;
  pages: TranscriptSheet[];
  /** Who signs on this device. */
  here: { personId: string; name: string; roleLabel: string }[];
}

/** The room of a remote hearing: who is there, and what I may do now. */
export const getRoom = (id: string) => call<HearingRoom>({ path: `/hearings/${id}/room` });
/** Said every few seconds while the page is in front. */
export const beatRoom = (id: string, connection: string) =>
  call<HearingRoom>({ method: "POST", path: `/hearings/${id}/room/presence`, body: { connection } });
export const moveRoom = (id: string, body: { action: string } & Record<string, unknown>, key: string) =>
  call<HearingRoom>({ method: "POST", path: `/hearings/${id}/room/moves`, body, key });
export const roomTicket = (id: string) => call<LiveTicket>({ method: "POST", path: `/hearings/${id}/ticket` });
export const getTranscript = (id: string) => call<Transcript>({ path: `/hearings/${id}/transcript` });
export const moveTranscript = (id: string, body: { action: string } & Record<string, unknown>, key: string) =>
  call<Transcript>({ method: "POST", path: `/hearings/${id}/transcript/moves`, body, key });
