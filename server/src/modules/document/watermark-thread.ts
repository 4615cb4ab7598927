import { parentPort } from "node:worker_threads";
import { degrees, PDFArray, PDFDict, PDFDocument, type PDFEmbeddedPage, PDFName, type PDFPage } from "pdf-lib";
import { openLeaf } from "./leaf.ts";
import type { Made, Numbered } from "./workshop.ts";

/** Runs in the thread of `watermark.ts`. */
export interface WatermarkOrder {
  readonly kind: "pdf" | "picture";
  readonly bytes: Uint8Array;
  /** The sheet that is laid over every page. */
  readonly sheet: Uint8Array;
  readonly from: number;
  readonly to: number;
}

parentPort?.on("message", async ({ id, order }: Numbered<WatermarkOrder>) => {
  try {
    parentPort?.postMessage({ id, file: await lay(order), error: "" } satisfies Made);
  } catch (error) {
    parentPort?.postMessage({ id, file: null, error: String(error) } satisfies Made);
  }
});

async function lay({ kind, bytes, sheet, from, to }: WatermarkOrder): Promise<Uint8Array> {
  const source = await openLeaf(kind, bytes);
  const first = Math.min(Math.max(from, 1), source.getPageCount());
  const last = Math.min(Math.max(to, first), source.getPageCount());
  // Into a file of our own: what belonged to the whole of the other (scripts, attachments, its author) stays behind.
  const made = await PDFDocument.create();
  const wanted = Array.from({ length: last - first + 1 }, (_, index) => first - 1 + index);
  for (const page of await made.copyPages(source, wanted)) made.addPage(withoutActions(page));
  const [mark] = await made.embedPdf(sheet, [0]);
  if (mark === undefined) throw new Error("an empty sheet");
  for (const page of made.getPages()) page.drawPage(mark, over(page, mark));
  return made.save();
}

/** What a click on a page would do is taken away; what stands there, a seal for example, stays. */
function withoutActions(page: PDFPage): PDFPage {
  page.node.delete(PDFName.of("AA"));
  const notes = page.node.lookupMaybe(PDFName.of("Annots"), PDFArray);
  for (let at = 0; at < (notes?.size() ?? 0); at += 1) {
    const note = notes?.lookup(at);
    if (!(note instanceof PDFDict)) continue;
    note.delete(PDFName.of("A"));
    note.delete(PDFName.of("AA"));
  }
  return page;
}

/** The whole of the page as the reader sees it, however it lies and wherever its visible part begins. */
function over(page: PDFPage, mark: PDFEmbeddedPage) {
  const { x, y, width: across, height: up } = page.getCropBox();
  const angle = ((page.getRotation().angle % 360) + 360) % 360;
  const [right, top] = angle % 180 === 0 ? [across, up] : [up, across];
  const scale = Math.max(right / mark.width, top / mark.height);
  const at =
    angle === 0
      ? { x, y }
      : angle === 90
        ? { x: x + across, y }
        : angle === 180
          ? { x: x + across, y: y + up }
          : { x, y: y + up };
  return { ...at, width: mark.width * scale, height: mark.height * scale, rotate: degrees(angle) };
}
