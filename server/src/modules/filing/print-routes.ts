import { z } from "zod";
import { type Actor, isStaff } from "#core/actor.ts";
import { idField } from "#core/fields.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, route } from "#http/route.ts";
import { answerPaper, DOCX, PDF, printBundle, renderDocx, renderPdf } from "#modules/document/index.ts";
import { listReleased } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { bundleOf, complaintOf, documentOf, receiptOf } from "./print-data.ts";
import { type FilingRow, findFilingRow, openTitle } from "./store.ts";
import { idParams } from "./view.ts";

const TAG = "filing";
const documentParams = z.strictObject({ id: idField, documentId: idField });

/** The papers of a filing. Whoever may read the filing may print it; what the court's people print is written down. */
export function filingPrintRoutes(means: Means): readonly AnyRoute[] {
  const { database, vault, clock } = means;
  const rowOf = (actor: Actor, id: string) => findFilingRow(database, actor, id);
  const paper = (row: FilingRow, name: string) => `${name} ${openTitle(vault, row)}`;
  const printing = { method: "GET", tag: TAG, params: idParams, limit: "costly" } as const;
  return [
    route({
      ...printing,
      path: "/filings/:id/receipt.pdf",
      summary: "收件凭证",
      answers: { 200: PDF },
      async handle({ actor, params }) {
        const row = await rowOf(actor, params.id);
        const pdf = await renderPdf("receipt", await receiptOf(means, row), clock.now());
        return answerPaper(pdf, `收件凭证 ${row.receiptNumber}`);
      },
    }),
    route({
      ...printing,
      path: "/filings/:id/complaint.pdf",
      summary: "起诉状（官方版式）",
      description: "法院工作人员取得的是审查用的副本，个人信息已遮盖。",
      answers: { 200: PDF },
      async handle({ actor, params, work }) {
        const row = await rowOf(actor, params.id);
        const data = await complaintOf(means, actor, row, await listReleased(means, "filing", row.id));
        const pdf = await renderPdf("complaint", data, clock.now());
        await notePrinted(work, actor, row, "complaint.pdf");
        return answerPaper(pdf, paper(row, "起诉状"));
      },
    }),
    route({
      ...printing,
      path: "/filings/:id/complaint.docx",
      summary: "起诉状（可编辑）",
      answers: { 200: DOCX },
      async handle({ actor, params, work }) {
        const row = await rowOf(actor, params.id);
        const data = await complaintOf(means, actor, row, await listReleased(means, "filing", row.id));
        const docx = await renderDocx("complaint", data);
        await notePrinted(work, actor, row, "complaint.docx");
        return answerPaper(docx, paper(row, "起诉状"), DOCX);
      },
    }),
    route({
      ...printing,
      path: "/filings/:id/bundle.pdf",
      summary: "材料合订本：目录、起诉状和全部材料，逐页编号",
      description: "录音录像、电子文档和设有密码的 PDF 不能并入，各以一页说明代替。",
      answers: { 200: PDF },
      async handle({ actor, params, work }) {
        const row = await rowOf(actor, params.id);
        const files = await listReleased(means, "filing", row.id);
        const pdf = await printBundle(await bundleOf(means, actor, row, files), clock.now());
        await work(async (own) => {
          for (const file of files) await file.note(own);
        });
        await notePrinted(work, actor, row, "bundle.pdf");
        return answerPaper(pdf, paper(row, "材料合订本"));
      },
    }),
    route({
      ...printing,
      path: "/filings/:id/documents/:documentId.pdf",
      summary: "法院文书",
      params: documentParams,
      answers: { 200: PDF },
      async handle({ actor, params }) {
        const data = await documentOf(means, await rowOf(actor, params.id), params.documentId);
        return answerPaper(await renderPdf("court-paper", data, clock.now()), `${data.title} ${data.number ?? ""}`);
      },
    }),
  ];
}

/** What the court's people print is written down. */
export async function notePrinted(
  work: <T>(body: (own: Work) => Promise<T>) => Promise<T>,
  actor: Actor,
  { id, courtCode }: FilingRow,
  paper: string,
): Promise<void> {
  if (!isStaff(actor)) return;
  await work((own) =>
    own.emit({ name: "filing.printed", about: `filing:${id}`, courtCode, filingId: String(id), paper }),
  );
}
