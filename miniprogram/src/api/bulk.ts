import { call } from "./client";
import { type Call, origin } from "./request";
import { readTokens } from "./tokens";
import type { Coded, Material, Move, Named, Page, UploadPlan } from "./types";

export interface BulkJob {
  id: string;
  version: number;
  form: { id: string; name: string };
  court: Named;
  state: Coded;
  moves: Move[];
  next: string;
  counts: { total: number; byState: { code: string; label: string; count: number }[] };
  progress: { done: number; total: number };
  fault: string | null;
  earlier?: { id: string; state: Coded; createdAt: string } | null;
  sheet?: Material | null;
  archive?: Material | null;
  signature?: Material | null;
  signerName?: string | null;
  createdAt: string;
  updatedAt: string;
}
export interface RowFinding {
  cell: string | null;
  column: string | null;
  severity: "error" | "block" | "warn" | "hint";
  code: string;
  message: string;
  fix: string;
  basis: string;
}
export interface BulkRow {
  row: number;
  state: Coded;
  title: string;
  findings: RowFinding[];
  filing: { id: string; receiptNumber: string | null } | null;
  duplicateOf: { jobId: string; row: number; filingId: string | null; message: string } | null;
}
export interface FileOrder {
  name: string;
  bytes: number;
  sha256: string;
}
type Planned = { material: Material; upload: UploadPlan };

export const announceJob = (
  body: { formId: string; courtCode: string; sheet: FileOrder; archive?: FileOrder },
  key: string,
) =>
  call<{ job: BulkJob; sheet: Planned; archive: Planned | null }>({ method: "POST", path: "/filings/bulk", body, key });
export const listJobs = (cursor?: string | null) =>
  call<Page<BulkJob>>({ path: "/jobs", query: { limit: 20, cursor } });
export const getJob = (id: string) => call<BulkJob>({ path: `/jobs/${id}` });
export const moveJob = (id: string, action: string, key: string) =>
  call<BulkJob>({ method: "POST", path: `/jobs/${id}/moves`, body: { action }, key });
export const listRows = (id: string, state: string, cursor?: string | null) =>
  call<Page<BulkRow>>({ path: `/jobs/${id}/rows`, query: { limit: 50, state, cursor } });
export const announceSignature = (id: string, body: { bytes: number; sha256: string; contentType: string }) =>
  call<Planned>({ method: "POST", path: `/jobs/${id}/signature`, body });

/** Where a workbook is fetched, with what the fetch needs. */
export function sheetAddress(path: Call["path"]): { url: string; headers: Record<string, string> } {
  const token = readTokens()?.accessToken;
  return { url: `${origin}/api/v1${path}`, headers: token ? { Authorization: `Bearer ${token}` } : {} };
}
