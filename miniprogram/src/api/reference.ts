import { call } from "./client";
import type { Advice, Cause, Court, CourtForm, Deadline, FeeQuote, Page } from "./types";

export const findCauses = (query: { query?: string; parent?: string; limit?: number }) =>
  call<Page<Cause>>({ path: "/causes", query, anonymous: true });
export const findCourts = (query: { query?: string; province?: string; limit?: number; cursor?: string | null }) =>
  call<Page<Court>>({ path: "/courts", query, anonymous: true });
export const formOf = (id: string) => call<CourtForm>({ path: `/forms/${encodeURIComponent(id)}`, anonymous: true });
export const listForms = () =>
  call<Page<Omit<CourtForm, "sections" | "preamble">>>({ path: "/forms", anonymous: true });

export const quoteFee = (kind: string, input: Record<string, unknown>, courtCode?: string) =>
  call<FeeQuote>({
    method: "POST",
    path: "/fees/quote",
    body: { kind, input, ...(courtCode ? { courtCode } : {}) },
    anonymous: true,
  });
/** What a court would ask for the cause: which kind of fee that is, is the court's to know. */
export const quoteFeeOfCause = (cause: string, amountYuan: string, courtCode?: string) =>
  quoteFee("of_cause", { cause, ...(amountYuan ? { amount: amountYuan } : {}) }, courtCode);
export const computeDeadline = (body: { rule?: string; eventDate: string; unit: string; amount: number }) =>
  call<Deadline>({ method: "POST", path: "/deadlines/compute", body, anonymous: true });
export const adviseJurisdiction = (body: Record<string, unknown>) =>
  call<Advice>({ method: "POST", path: "/jurisdiction/advise", body, anonymous: true });
