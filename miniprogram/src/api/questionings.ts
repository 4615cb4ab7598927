import { call } from "./client";
import type { Session } from "./types";

interface Coded {
  code: string;
  label: string;
}
/** 远程提讯, as the officer of the custody place sees it. */
export interface Questioning {
  id: string;
  number: string;
  court: { code: string; name: string };
  case: { id: string; number: string };
  name: string;
  minor: boolean;
  language: string;
  place: { name: string; room: string; phone: string };
  state: Coded;
  moves: { action: string; label: string }[];
  timeText: string;
  queue: { ahead: number; estimatedAt: string } | null;
  judge: { name: string };
  clerk: { name: string };
  officer: string | null;
  hearingId: string;
  matter: string;
  note: string;
  next: string;
  requirements: { code: string; text: string; source: string; met: boolean }[];
  rights: { text: string[]; source: string; toldAt: string | null };
}

/** The link and the badge number: good once. */
export const openQuestioning = (word: string, badge: string) =>
  call<{ questioningId: string; session: Session }>({
    method: "POST",
    path: "/questioning-links/open",
    body: { word, badge },
  });
/** Those of a case in which one has a place: counsel. */
export const listQuestionings = (caseId: string) =>
  call<{ items: Questioning[] }>({ path: "/questionings", query: { caseId, limit: 20 } });
export const getQuestioning = (id: string) => call<Questioning>({ path: `/questionings/${id}` });
export const moveQuestioning = (id: string, body: { action: string } & Record<string, unknown>, key: string) =>
  call<Questioning>({ method: "POST", path: `/questionings/${id}/moves`, body, key });
