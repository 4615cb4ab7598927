import type { Coded, Move } from "@/api/contract.ts";

/** 联系法官. */
export interface Thread {
  id: string;
  court: { code: string; name: string };
  case: { id: string; number: string; title: string } | null;
  subject: string;
  asker: { name: string; sideLabel: string };
  state: Coded;
  moves: Move[];
  owner: { id: string; name: string; roleLabel: string };
  awaiting: "court" | "party" | "nobody";
  awaitedText: string;
  dueAt: string;
  overdue: boolean;
  escalations: { rung: number; toLabel: string; at: string }[];
  canWrite: boolean;
  messageCount: number;
  /** Of the party's messages, those this reader has not had before them. */
  unread: number;
  openedAt: string;
  lastAt: string;
  rating: { score: number; words: string } | null;
}
export interface ThreadMessage {
  n: number;
  side: "party" | "court";
  author: string;
  roleLabel: string;
  body: string;
  materials: { id: string; name: string; contentType: string }[];
  toAll: boolean;
  at: string;
}
export interface ThreadDetail extends Thread {
  messages: ThreadMessage[];
}
export interface Note {
  id: string;
  author: string;
  roleLabel: string;
  body: string;
  at: string;
}
export interface AnswerTemplate {
  id: string;
  title: string;
  body: string;
}
export interface Colleague {
  id: string;
  name: string;
  roleLabel: string;
  duty: number | null;
  away: boolean;
}
