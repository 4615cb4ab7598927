import { call } from "./client";
import type { Coded, Move } from "./types";

export interface ReadField {
  name: string;
  label: string;
  value: string;
  confidence: number;
  doubtful: boolean;
  doubt: string | null;
}
/** What is written on a photograph, as far as the court could read it. */
export interface MaterialReading {
  state: Coded;
  kind: { code: "identity_front" | "identity_back" | "business_license" | "loan_note" | "other"; label: string } | null;
  fields: ReadField[];
  advice: string;
  moves: Move[];
}

export const askReading = (id: string) =>
  call<MaterialReading>({ method: "POST", path: `/materials/${id}/ocr`, body: {} });
export const getReading = (id: string) => call<MaterialReading>({ path: `/materials/${id}/reading` });
export const noteSources = (filingId: string, sources: { pointer: string; materialId: string; field: string }[]) =>
  call<{ noted: number }>({ method: "POST", path: `/filings/${filingId}/sources`, body: { sources } });
