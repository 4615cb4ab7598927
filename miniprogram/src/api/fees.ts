import { call } from "./client";
import type {
  CourtDocument,
  FeeNotice,
  FeeNoticeSummary,
  FoundNotice,
  Page,
  Receipt,
  Relief,
  ReliefGround,
  ReliefKind,
} from "./types";

export interface NoticeQuery {
  state?: string;
  caseId?: string;
  due?: "soon" | "overdue";
  cursor?: string | null;
  limit?: number;
}
export const listFeeNotices = (query: NoticeQuery = {}) =>
  call<Page<FeeNoticeSummary>>({ path: "/fee-notices", query: { ...query } });
export const getFeeNotice = (id: string) => call<FeeNotice>({ path: `/fee-notices/${id}` });
export const listFeeDocuments = (id: string) =>
  call<{ items: CourtDocument[] }>({ path: `/fee-notices/${id}/documents` });
export const findByPayCode = (payCode: string) =>
  call<FoundNotice>({ method: "POST", path: "/fee-notices/lookup", body: { payCode } });

export interface ReliefRequest {
  kind: ReliefKind;
  ground: string;
  statement: string;
  deferUntil?: string;
  materials: string[];
}
export const reliefGrounds = () => call<{ items: ReliefGround[] }>({ path: "/relief-grounds", anonymous: true });
export const askRelief = (noticeId: string, body: ReliefRequest, key: string) =>
  call<Relief>({ method: "POST", path: `/fee-notices/${noticeId}/relief`, body, key });
export const moveRelief = (id: string, action: string, key: string) =>
  call<Relief>({ method: "POST", path: `/fee-reliefs/${id}/moves`, body: { action }, key });

/** Whether a receipt is the court's: anybody may ask, without signing in. */
export const verifyReceipt = (number: string, code: string) =>
  call<Receipt>({ path: `/receipts/${encodeURIComponent(number)}`, query: { code }, anonymous: true });
