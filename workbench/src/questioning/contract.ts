import type { Coded, Move } from "@/api/contract.ts";

export interface Person {
  id: string;
  name: string;
}
/** 远程提讯. */
export interface Questioning {
  id: string;
  number: string;
  court: { code: string; name: string };
  case: { id: string; number: string };
  nature: Coded;
  name: string;
  minor: boolean;
  language: string;
  place: { name: string; room: string; phone: string };
  state: Coded;
  stand: Coded;
  moves: Move[];
  startsAt: string;
  timeText: string;
  minutes: number;
  dayNumber: number;
  queue: { ahead: number; estimatedAt: string } | null;
  judge: Person;
  clerk: Person;
  assist: (Person & { court: string }) | null;
  counsel: Person[];
  officer: string | null;
  hearingId: string;
}
export interface QuestioningDetail extends Questioning {
  matter: string;
  note: string;
  next: string;
  keptIn: Coded | null;
  mayLink: boolean;
  requirements: { code: string; text: string; source: string; met: boolean }[];
  rights: { text: string[]; source: string; toldAt: string | null };
  identifiedAt: string | null;
  record: Coded | null;
  steps: { label: string; by: string; at: string }[];
}
export interface CustodyPlace {
  id: string;
  kind: Coded;
  name: string;
  phone: string;
  hours: string;
  rooms: string[];
  closed: boolean;
  version: number;
}
export interface Choices {
  parties: { key: string; name: string }[];
  counsel: (Person & { partyKey: string })[];
  judges: Person[];
  clerks: Person[];
  assisting: (Person & { court: string })[];
  places: CustodyPlace[];
  rooms: Person[];
  judgeId: string | null;
  clerkId: string | null;
  natures: Coded[];
}
