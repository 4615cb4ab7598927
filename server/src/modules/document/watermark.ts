import { PDFDocument } from "pdf-lib";
import { printPdf } from "./print-pdf.ts";
import { problem } from "./problems.ts";
import type { WatermarkOrder } from "./watermark-thread.ts";
import { openWorkshop } from "./workshop.ts";

/** One leaf as somebody reads it: never the file itself, always drawn anew with the reader on every page. */
export interface Watermarked {
  readonly leaf: { readonly kind: "pdf" | "picture"; readonly bytes: Buffer };
  /** Who reads, when, and of which case. */
  readonly lines: readonly string[];
  /** From 1; both are brought inside what is there. Without them, all pages. */
  readonly pages?: { readonly from: number; readonly to: number };
}

const lay = openWorkshop<WatermarkOrder>("watermark-thread", null);
/** Each order holds a whole file in memory until its turn comes. */
const MOST_WAITING = 12;
let waiting = 0;

/** Throws `document.busy`; an ordinary error for a file that cannot be opened (a password, broken). */
export async function watermark({ leaf, lines, pages }: Watermarked, at: Date): Promise<Buffer> {
  if (waiting >= MOST_WAITING) throw problem("document.busy", { retryAfter: 5 });
  waiting += 1;
  try {
    const sheet = await printPdf({ title: "水印", author: "水印", blocks: [{ kind: "watermark", lines }] }, at);
    return await lay({ kind: leaf.kind, bytes: leaf.bytes, sheet, from: pages?.from ?? 1, to: pages?.to ?? 100_000 });
  } finally {
    waiting -= 1;
  }
}

/** How many pages a PDF of our own making has. */
export async function countPages(pdf: Buffer): Promise<number> {
  return (await PDFDocument.load(pdf, { updateMetadata: false })).getPageCount();
}
