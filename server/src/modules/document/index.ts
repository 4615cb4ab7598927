import type { Module } from "#modules/module.ts";
import { printDocx } from "./print-docx.ts";
import { printPdf } from "./print-pdf.ts";
import { compose, type TemplateName, type Templates } from "./templates.ts";

/** 文书制作: papers in the courts' layout, as PDF and DOCX. It knows no tables and nobody's rights. */
export const document: Module = { name: "document" };

/**
 * A PDF (A4, pages numbered, PDF/A-2b) of the facts of one paper; `at` is the moment written into the file.
 * Throws `document.unprintable` (422), naming the characters, where no typeface can draw one.
 */
export function renderPdf<Name extends TemplateName>(
  template: Name,
  data: Templates[Name],
  at: Date = new Date(),
): Promise<Buffer> {
  return printPdf(compose(template, data), at);
}

/** The same paper as DOCX (A4), for those who work on it further. */
export function renderDocx<Name extends TemplateName>(template: Name, data: Templates[Name]): Promise<Buffer> {
  return printDocx(compose(template, data));
}

export { answerPaper, DOCX, PDF } from "./answer.ts";
export type { AnswerPaper, PetitionPaper } from "./answer-paper.ts";
export type { BilingualPaper } from "./bilingual.ts";
export { type Bundle, type BundledMaterial, printBundle } from "./bundle.ts";
export type { ComplaintPaper, CoSignature } from "./complaint.ts";
export type { CourtPaper } from "./court-paper.ts";
export { type Catalogue, printDossier } from "./dossier-book.ts";
export type { FeeBillPaper } from "./fee-bill.ts";
export type { FeeNoticePaper } from "./fee-notice.ts";
export { missingGlyphs, type Translated } from "./glyphs.ts";
export type { HearingTranscriptPaper } from "./hearing-transcript.ts";
export type { MandatePaper } from "./mandate.ts";
export { readPagePicture, readPdfText } from "./page-text.ts";
export { bindPictures } from "./picture-book.ts";
export type { ReceiptPaper } from "./receipt.ts";
export type { ServiceCertificatePaper } from "./service-certificate.ts";
export type { SummonsPaper } from "./summons.ts";
export type { TemplateName, Templates } from "./templates.ts";
export { countPages, type Watermarked, watermark } from "./watermark.ts";
