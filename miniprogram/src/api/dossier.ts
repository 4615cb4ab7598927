import { call } from "./client";
import type { Dossier, DossierHits, DossierReading, DossierRequest } from "./dossier-types";
import { origin } from "./request";
import { readTokens } from "./tokens";
import type { Account, Page } from "./types";

export const getDossier = (caseId: string) => call<Dossier>({ path: `/cases/${caseId}/dossier` });
export const searchDossier = (caseId: string, query: string) =>
  call<DossierHits>({ path: `/cases/${caseId}/dossier/search`, query: { query } });
export const listReadings = (caseId: string) =>
  call<Page<DossierReading>>({ path: `/cases/${caseId}/dossier/readings`, query: { limit: 20 } });
export const askToRead = (caseId: string, purpose: string, key: string) =>
  call<DossierRequest>({ method: "POST", path: `/cases/${caseId}/dossier-requests`, body: { purpose }, key });
export const moveRequest = (id: string, action: string, key: string) =>
  call<DossierRequest>({ method: "POST", path: `/dossier-requests/${id}/moves`, body: { action }, key });

/** Pages of one item with the reader on each, as a PDF. Each asking is written down by the court. */
export async function readPages(itemId: string, from: number, to: number): Promise<ArrayBuffer> {
  const path = `/dossier-items/${itemId}/content?from=${from}&to=${to}`;
  const first = await fetchBytes(path);
  if (first) return first;
  // A session that ran out is renewed by an ordinary call, which also says what is wrong where that was not it.
  await call<Account>({ path: "/me" });
  const second = await fetchBytes(path);
  if (second) return second;
  return call<never>({ path });
}

function fetchBytes(path: string): Promise<ArrayBuffer | null> {
  return new Promise((resolve, reject) => {
    uni.request({
      url: `${origin}/api/v1${path}`,
      header: { Authorization: `Bearer ${readTokens()?.accessToken ?? ""}` },
      responseType: "arraybuffer",
      timeout: 60_000,
      success: ({ statusCode, data }) => resolve(statusCode === 200 ? (data as ArrayBuffer) : null),
      fail: () => reject(new Error("no network")),
    });
  });
}
