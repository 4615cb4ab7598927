import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { renderPdf } from "#modules/document/index.ts";
import { listReleased, type ReleasedFile } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { mandatesOf } from "./confirmation-paper.ts";
import { listDocuments } from "./present.ts";
import { complaintOf, documentOf, receiptOf } from "./print-data.ts";
import { findFilingRow } from "./store.ts";

/** One paper of a filing that went into a case: printed when it is asked for. */
export interface FiledPaper {
  /** Stays the same however often it is asked. */
  readonly part: string;
  readonly kind: "complaint" | "receipt" | "mandate" | "document";
  readonly title: string;
  readonly formedOn: string;
  print(): Promise<Buffer>;
}

/**
 * What a filing brought into its case: the pleading (personal fields masked: the other side reads it too), confirmed powers
 * of attorney, receipt and the court's letters, and the released materials but signatures. A filing on paper has its
 * scanned complaint among the materials.
 */
export async function filedPapers(
  means: Means,
  filingId: string,
): Promise<{ papers: readonly FiledPaper[]; files: readonly ReleasedFile[]; filedOn: string }> {
  const row = await findFilingRow(means.database, SYSTEM, filingId);
  const [files, documents, mandates] = await Promise.all([
    listReleased(means, "filing", filingId),
    listDocuments(means, row),
    mandatesOf(means, SYSTEM, row),
  ]);
  const filedOn = courtDayOf(row.submittedAt ?? row.createdAt);
  const at = row.submittedAt ?? row.createdAt;
  const papers: FiledPaper[] = [];
  if (row.channel !== "paper")
    papers.push({
      part: "complaint",
      kind: "complaint",
      title: "起诉状",
      formedOn: filedOn,
      print: async () =>
        renderPdf("complaint", { ...(await complaintOf(means, SYSTEM, row, files, true)), copyFor: "卷宗副本" }, at),
    });
  if (row.receiptNumber !== null)
    papers.push({
      part: "receipt",
      kind: "receipt",
      title: "收件凭证",
      formedOn: filedOn,
      print: async () => renderPdf("receipt", await receiptOf(means, row), at),
    });
  for (const [index, { name, read }] of mandates.entries())
    papers.push({ part: `mandate:${index + 1}`, kind: "mandate", title: name, formedOn: filedOn, print: read });
  for (const { id, title, at: written } of documents)
    papers.push({
      part: `document:${id}`,
      kind: "document",
      title,
      formedOn: courtDayOf(new Date(written)),
      print: async () => renderPdf("court-paper", await documentOf(means, row, String(id)), new Date(written)),
    });
  return { papers, files: files.filter(({ kind }) => kind !== "signature"), filedOn };
}
