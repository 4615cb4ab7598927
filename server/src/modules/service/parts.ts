import { createHash } from "node:crypto";
import { courtDayOf } from "#core/period.ts";
import type { Vault } from "#core/sealed.ts";
import { newFileKey } from "#gateways/files/port.ts";
import { type CaseRow, findInvitation, listCaseParties } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { renderPdf, type SummonsPaper } from "#modules/document/index.ts";
import { complaintCopy } from "#modules/filing/index.ts";
import { listReleased } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { findCause } from "#modules/reference/index.ts";
import { casePaper } from "./case-papers.ts";
import type { PartSource } from "./model.ts";
import { problem } from "./problems.ts";
import { openWord, sealWord } from "./store.ts";
import { respondNotice } from "./texts.ts";

/** One document of a service, as it lies in the table. */
export interface PartRow {
  readonly id: string;
  readonly position: number;
  readonly title: string;
  readonly source: PartSource;
  readonly text: Buffer | null;
  readonly materialId: string | null;
  readonly itemId: string | null;
  readonly fileKey: string | null;
  readonly sha256: string | null;
  readonly bytes: number | null;
}

export async function listParts(database: Means["database"], serviceId: string): Promise<PartRow[]> {
  const rows = await database.read<PartRow>(
    `SELECT id, position, title, source, text, material_id AS materialId, item_id AS itemId, file_key AS fileKey, sha256, bytes
     FROM service_document WHERE service_id = ? ORDER BY position`,
    [serviceId],
  );
  return rows.map((row) => ({ ...row, id: String(row.id), position: Number(row.position) }));
}

/** The PDF of a part that was not sent yet, as it would be sent now. */
export async function drawPart(
  means: Means,
  courtCase: CaseRow,
  service: { readonly sealRef: string; readonly partyKey: string },
  part: Pick<PartRow, "title" | "source" | "text" | "materialId"> & { readonly itemId?: string | null },
): Promise<Buffer> {
  const at = means.clock.now();
  if (part.source === "complaint") return complaintCopy(means, String(courtCase.filingId), at);
  if (part.source === "material") return materialPdf(means, courtCase, String(part.materialId));
  if (part.source === "dossier") return casePaper(means, courtCase, String(part.itemId), service.partyKey);
  if (part.source === "summons")
    return renderPdf("summons", JSON.parse(openWord(means.vault, service, "text", part.text)) as SummonsPaper, at);
  const courtName = await nameOfCourt(courtCase.courtCode);
  const paper = { courtName, title: part.title, number: courtCase.number };
  if (part.source === "text")
    return renderPdf("court-paper", { ...paper, text: openWord(means.vault, service, "text", part.text) }, at);
  const [parties, invitation] = await Promise.all([
    listCaseParties(means.database, means.vault, courtCase),
    findInvitation(means, courtCase, service.partyKey),
  ]);
  const text = respondNotice(courtCase, parties, service.partyKey, {
    courtName,
    causeName: findCause(courtCase.causeCode).name,
    today: courtDayOf(at),
  });
  const code = invitation && {
    content: invitation.url,
    caption: "微信扫码加入本案",
    lines: [
      { label: "案号", text: courtCase.number },
      { label: "访问码", text: invitation.code, strong: true },
      "访问码只供受送达人本人使用一次，请勿转告他人。加入时需要核验实名身份。",
      "本院不会通过电话、短信索要验证码，也不要求向个人账户转账。",
    ],
  };
  return renderPdf("court-paper", { ...paper, text, ...(code ? { code } : {}) }, at);
}

/** A PDF of the case's own papers, unchanged. Throws `service.no_document`. */
export async function materialPdf(means: Means, courtCase: CaseRow, materialId: string): Promise<Buffer> {
  const files = await listReleased(means, "filing", String(courtCase.filingId));
  const file = files.find(({ id, family }) => String(id) === materialId && family === "pdf");
  if (!file)
    throw problem("service.no_document", {
      errors: [{ pointer: "/materialId", code: "unknown", message: "请选择本案案卷中的一份 PDF 材料" }],
    });
  return file.read();
}

export interface KeptFile {
  readonly fileKey: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Puts a PDF into the store, sealed and bound to its service. */
export async function keepPdf({ gateways, vault }: Means, row: { sealRef: string }, pdf: Buffer): Promise<KeptFile> {
  const fileKey = newFileKey("document");
  await gateways.files.write(fileKey, sealPdf(vault, row, pdf), { contentType: "application/octet-stream" });
  return { fileKey, sha256: createHash("sha256").update(pdf).digest("hex"), bytes: pdf.length };
}
const sealPdf = (vault: Vault, row: { sealRef: string }, pdf: Buffer): Buffer =>
  sealWord(vault, row, "document", pdf.toString("base64"));

/** The very bytes that were sent. */
export async function readPdf({ gateways, vault }: Means, row: { sealRef: string }, fileKey: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await gateways.files.read(fileKey)) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.from(openWord(vault, row, "document", Buffer.concat(chunks)), "base64");
}
