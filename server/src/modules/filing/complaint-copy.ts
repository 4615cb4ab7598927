import { SYSTEM } from "#core/actor.ts";
import { renderPdf } from "#modules/document/index.ts";
import { listReleased } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { complaintOf } from "./print-data.ts";
import { findFilingRow } from "./store.ts";

/** 起诉状副本 for the other side (民诉法§128): numbers of documents, phones and homes are masked. Who may have it was asked before. */
export async function complaintCopy(means: Means, filingId: string, at: Date): Promise<Buffer> {
  const row = await findFilingRow(means.database, SYSTEM, filingId);
  const data = await complaintOf(means, SYSTEM, row, await listReleased(means, "filing", String(row.id)), true);
  return renderPdf("complaint", { ...data, copyFor: "送达用副本" }, at);
}
