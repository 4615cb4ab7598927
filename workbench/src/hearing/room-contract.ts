import type { Coded, Move } from "@/api/contract.ts";

export interface RoomPerson {
  id: string | null;
  seatId: string | null;
  name: string;
  roleLabel: string;
  role: "bench" | "party" | "witness" | "spectator";
  mine: boolean;
  online: boolean;
  state: Coded;
  /** In front of whose camera they sit, where it is another's. */
  beside: string | null;
  checkedAt: string | null;
  checkedInAt: string | null;
  devices: { camera: boolean; microphone: boolean; rttMs: number | null } | null;
  connection: string;
  moves: Move[];
}
export interface HearingRoom {
  hearing: {
    id: string;
    number: string;
    title: string;
    court: string;
    kind: Coded;
    mode: Coded;
    timeText: string;
    isPublic: boolean;
  };
  driver: "janus" | "trtc" | "none";
  state: Coded;
  openedAt: string | null;
  moves: Move[];
  me: { personId: string | null; standing: string; state: Coded; watermark: string; next: string };
  rules: string[];
  people: RoomPerson[];
  recording: boolean;
  recordings: {
    ordinal: number;
    startedAt: string;
    stoppedAt: string | null;
    reason: Coded | null;
    files: { name: string; bytes: number; sha256: string }[] | null;
    unfinished: number;
    sha256: string | null;
    film: { state: Coded; seconds: number | null; bytes: number | null; sha256: string | null } | null;
  }[];
  /** False: no program here makes films. */
  films: boolean;
  breaks: {
    id: string;
    personId: string;
    name: string;
    source: Coded;
    cause: Coded | null;
    note: string;
    from: string;
    to: string | null;
  }[];
  transcript: { state: Coded; pages: number } | null;
  invitation: { path: string; name: string } | null;
}
export interface TranscriptSheet {
  page: number;
  text: string;
  sha256: string;
  version: number;
  mine: "signed" | "unsigned" | "none";
  signatures: { personId: string; name: string; roleLabel: string; at: string; refused: string | null }[];
  corrections: { id: string; name: string; text: string; at: string; outcome: Coded | null; note: string }[];
}
export interface Transcript {
  state: Coded;
  moves: Move[];
  version: number;
  next: string;
  pages: TranscriptSheet[];
  /** Who signs on this device. */
  here: { personId: string; name: string; roleLabel: string }[];
  signers: { personId: string; name: string; roleLabel: string; signed: number; refused: boolean; moves: Move[] }[];
}
export const STOP_REASONS = [
  { code: "recess", label: "休庭" },
  { code: "closed_part", label: "不公开举证、质证" },
  { code: "mediation", label: "不宜录制的调解" },
] as const;
export const BREAK_CAUSES = [
  { code: "network", label: "网络故障" },
  { code: "device", label: "设备损坏" },
  { code: "power", label: "电力中断" },
  { code: "force_majeure", label: "不可抗力" },
  { code: "left", label: "自行离开" },
  { code: "other", label: "其他" },
] as const;
