import { call } from "./client";
import type { CaseEvent, CourtCase, Message, Page } from "./types";

export const listCases = (query: { cursor?: string | null; limit?: number } = {}) =>
  call<Page<CourtCase>>({ path: "/cases", query });
export const getCase = (id: string) => call<CourtCase>({ path: `/cases/${id}` });
export const caseTimeline = (id: string) => call<{ items: CaseEvent[] }>({ path: `/cases/${id}/timeline` });

export const listMessages = (query: { cursor?: string | null; limit?: number } = {}) =>
  call<Page<Message>>({ path: "/messages", query });
export const readMessage = (id: string, key: string) =>
  call<void>({ method: "POST", path: `/messages/${id}/read`, body: {}, key });
export const readAllMessages = (key: string) =>
  call<void>({ method: "POST", path: "/messages/read-all", body: {}, key });
