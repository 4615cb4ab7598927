import { call } from "./client";
import type { Coded, Material, Move, Page } from "./types";

/** 远程接访: one request to be heard by a court. */
export interface Reception {
  id: string;
  number: string;
  court: { code: string; name: string };
  upper: { code: string; name: string } | null;
  case: { id: string; number: string; title: string } | null;
  topic: Coded;
  place: Coded;
  state: Coded;
  moves: Move[];
  askedAt: string;
  timeText: string;
  dayNumber: number | null;
  receiver: { id: string; name: string } | null;
  upperReceiver: { id: string; name: string } | null;
  hearingId: string | null;
}
export interface ReceptionDetail extends Reception {
  matter: string;
  note: string;
  /** what happens next, in one sentence */
  next: string;
  referredTo: { id: string; court: { code: string; name: string } } | null;
  materials: Material[];
  queue: { ahead: number; now: number | null; next: number | null; estimatedAt: string } | null;
  record: Coded | null;
  answer: { outcome: Coded; text: string; at: string } | null;
  rating: { score: number; words: string } | null;
}
export interface ReceptionOptions {
  topics: Coded[];
  places: Coded[];
  help: string[];
}
export interface Asking {
  courtCode: string;
  caseId?: string;
  topic: string;
  matter: string;
  withUpper: boolean;
  place: string;
  soon: boolean;
}

export const receptionOptions = () => call<ReceptionOptions>({ path: "/reception-options" });
export const listReceptions = () => call<Page<Reception>>({ path: "/receptions", query: { limit: 50 } });
export const getReception = (id: string) => call<ReceptionDetail>({ path: `/receptions/${id}` });
export const askReception = (body: Asking, key: string) =>
  call<ReceptionDetail>({ method: "POST", path: "/receptions", body, key });
export const moveReception = (
  id: string,
  body: { action: "withdraw" } | { action: "rate"; rating: number; words: string },
  key: string,
) => call<ReceptionDetail>({ method: "POST", path: `/receptions/${id}/moves`, body, key });
