import { call } from "./client";
import type { Coded, Material, Move, Page } from "./types";

/** 联系法官: one matter between the court and one's own side. */
export interface Thread {
  id: string;
  court: { code: string; name: string };
  case: { id: string; number: string; title: string } | null;
  subject: string;
  state: Coded;
  moves: Move[];
  owner: { id: string; name: string; roleLabel: string };
  awaiting: "court" | "party" | "nobody";
  /** who is awaited and by when, in plain words */
  awaitedText: string;
  dueAt: string;
  overdue: boolean;
  escalations: { rung: number; toLabel: string; at: string }[];
  canWrite: boolean;
  messageCount: number;
  /** of the court's words, not read by this reader yet */
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
  materials: Material[];
  toAll: boolean;
  at: string;
}
export type ThreadDetail = Thread & { messages: ThreadMessage[] };

export const listThreads = (query: { caseId?: string; cursor?: string | null; limit?: number } = {}) =>
  call<Page<Thread> & { unread: number }>({ path: "/threads", query });
export const getThread = (id: string) => call<ThreadDetail>({ path: `/threads/${id}` });
export const askInCase = (caseId: string, body: { subject: string; body: string }, key: string) =>
  call<ThreadDetail>({ method: "POST", path: `/cases/${caseId}/threads`, body, key });
export const askCourt = (body: { courtCode: string; subject: string; body: string }, key: string) =>
  call<ThreadDetail>({ method: "POST", path: "/threads", body, key });
export const writeMessage = (id: string, body: { body: string; materials: string[] }, key: string) =>
  call<ThreadDetail>({ method: "POST", path: `/threads/${id}/messages`, body, key });
export const moveThread = (
  id: string,
  body: { action: "close" } | { action: "rate"; rating: number; words?: string },
  key: string,
) => call<ThreadDetail>({ method: "POST", path: `/threads/${id}/moves`, body, key });
