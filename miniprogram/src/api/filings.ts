import { call } from "./client";
import type { Correction, CourtDocument, Edit, EditsAnswer, Filing, FilingSummary, Finding, Page } from "./types";

export interface NewFiling {
  courtCode: string;
  causeCode?: string;
  formId?: string;
}
export const createFiling = (body: NewFiling, key: string) =>
  call<Filing>({ method: "POST", path: "/filings", body, key });
export const listFilings = (query: { state?: string; cursor?: string | null; limit?: number } = {}) =>
  call<Page<FilingSummary>>({ path: "/filings", query });
export const getFiling = (id: string) => call<Filing>({ path: `/filings/${id}` });
export const sendEdits = (id: string, edits: Edit[], key: string) =>
  call<EditsAnswer>({ method: "POST", path: `/filings/${id}/edits`, body: { edits }, key });
export const precheck = (id: string, key: string) =>
  call<{ findings: Finding[]; completeness: number }>({
    method: "POST",
    path: `/filings/${id}/precheck`,
    body: {},
    key,
  });
export const moveFiling = (id: string, action: string, key: string, note?: string) =>
  call<Filing>({ method: "POST", path: `/filings/${id}/moves`, body: note ? { action, note } : { action }, key });
export const listCorrections = (id: string) => call<{ items: Correction[] }>({ path: `/filings/${id}/corrections` });
export const listDocuments = (id: string) => call<{ items: CourtDocument[] }>({ path: `/filings/${id}/documents` });
