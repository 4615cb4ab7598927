import type { Coded, Move } from "@/api/contract.ts";

interface Person {
  id: string;
  name: string;
}
/** 远程接访. */
export interface Reception {
  id: string;
  number: string;
  court: { code: string; name: string };
  upper: { code: string; name: string } | null;
  petitioner: string;
  case: { id: string; number: string; title: string } | null;
  topic: Coded;
  place: Coded;
  soon: boolean;
  state: Coded;
  moves: Move[];
  askedAt: string;
  dueAt: string | null;
  overdue: boolean;
  startsAt: string | null;
  timeText: string;
  minutes: number | null;
  dayNumber: number | null;
  receiver: Person | null;
  upperReceiver: Person | null;
  clerk: Person | null;
  hearingId: string | null;
}
export interface ReceptionDetail extends Reception {
  matter: string;
  declined: string;
  note: string;
  next: string;
  referredTo: { id: string; court: { code: string; name: string } } | null;
  materials: { id: string; name: string; contentType: string }[];
  roomName: string;
  record: Coded | null;
  answer: { outcome: Coded; text: string; at: string } | null;
  rating: { score: number; words: string } | null;
  earlier: { id: string; number: string; state: Coded; askedAt: string; outcome: Coded | null }[];
  steps: { label: string; by: string; at: string }[];
}
export interface DayItem extends Reception {
  stand: Coded;
  queue: { ahead: number; now: number | null; next: number | null; estimatedAt: string } | null;
}
export interface Choices {
  receivers: Person[];
  clerks: Person[];
  upperReceivers: Person[];
  rooms: Person[];
  earliest: string;
}
