import { parentPort } from "node:worker_threads";
import { degrees, PDFDocument, type PDFPage } from "pdf-lib";
import { openLeaf } from "./leaf.ts";

/** Runs in the thread that `bind.ts` starts, for one bundle. */
export type BinderOrder =
  | {
      readonly step: "look";
      readonly leaves: readonly { readonly kind: "pdf" | "picture" | "none"; readonly bytes: Uint8Array }[];
    }
  | {
      readonly step: "bind";
      readonly front: Uint8Array;
      readonly instead: readonly Uint8Array[];
      readonly stamps: Uint8Array;
    };
export type BinderAnswer =
  | { readonly step: "looked"; readonly pages: readonly (number | null)[] }
  | { readonly step: "bound"; readonly pdf: Uint8Array }
  | { readonly step: "failed"; readonly error: string };

let opened: (PDFDocument | null)[] = [];

parentPort?.on("message", async (order: BinderOrder) => {
  try {
    parentPort?.postMessage(order.step === "look" ? await look(order.leaves) : await bindAll(order));
  } catch (error) {
    parentPort?.postMessage({ step: "failed", error: String(error) } satisfies BinderAnswer);
  }
});

async function look(leaves: Extract<BinderOrder, { step: "look" }>["leaves"]): Promise<BinderAnswer> {
  opened = [];
  for (const { kind, bytes } of leaves)
    opened.push(kind === "none" ? null : await openLeaf(kind, bytes).catch(() => null));
  return { step: "looked", pages: opened.map((leaf) => leaf?.getPageCount() ?? null) };
}

async function bindAll({ front, instead, stamps }: Extract<BinderOrder, { step: "bind" }>): Promise<BinderAnswer> {
  const bundle = await PDFDocument.load(front);
  const before = bundle.getPageCount();
  const spare = [...instead];
  for (const leaf of opened) {
    const source = leaf ?? (await PDFDocument.load(spare.shift() as Uint8Array));
    for (const page of await bundle.copyPages(source, source.getPageIndices())) bundle.addPage(page);
  }
  const pages = bundle.getPages().slice(before);
  const marks = await bundle.embedPdf(
    stamps,
    pages.map((_, index) => index),
  );
  for (const [index, page] of pages.entries()) {
    const mark = marks[index];
    if (mark === undefined) throw new Error("fewer stamps than pages");
    page.drawPage(mark, placeOf(page, mark.width, mark.height));
  }
  return { step: "bound", pdf: await bundle.save() };
}

/** The upper right corner as the reader sees it, however the page lies and wherever its visible part begins. */
function placeOf(page: PDFPage, width: number, height: number) {
  const { x, y, width: across, height: up } = page.getCropBox();
  const angle = ((page.getRotation().angle % 360) + 360) % 360;
  const [right, top] = angle % 180 === 0 ? [across, up] : [up, across];
  const scale = Math.min(1, (right - 20) / width);
  const [w, h] = [width * scale, height * scale];
  // In the reader's own axes, then turned back into the page's.
  const [u, v] = [right - w - 14, top - h - 8];
  const at =
    angle === 0
      ? { x: x + u, y: y + v }
      : angle === 90
        ? { x: x + across - v, y: y + u }
        : angle === 180
          ? { x: x + across - u, y: y + up - v }
          : { x: x + v, y: y + up - u };
  return { ...at, width: w, height: h, rotate: degrees(angle) };
}
