import { PDFDocument } from "pdf-lib";

const A4: [number, number] = [595.28, 841.89];
const MARGIN = 36;
/** Above the picture, for the stamp. */
const HEAD = 48;

/** A picture stands on a sheet of its own; a PDF with a password, or broken, cannot be opened. Runs in threads only. */
export async function openLeaf(kind: "pdf" | "picture", bytes: Uint8Array): Promise<PDFDocument> {
  if (kind === "pdf") {
    const leaf = await PDFDocument.load(bytes, { updateMetadata: false });
    if (leaf.getPageCount() === 0) throw new Error("no pages");
    return leaf;
  }
  const leaf = await PDFDocument.create();
  // A copy of its own: the library reads a picture from the beginning of the memory it lies in, not of its view of it.
  const picture = await leaf.embedJpg(new Uint8Array(bytes));
  const [width, height] = picture.width > picture.height ? [A4[1], A4[0]] : A4;
  const fitted = picture.scaleToFit(width - 2 * MARGIN, height - MARGIN - HEAD);
  leaf.addPage([width, height]).drawImage(picture, {
    x: (width - fitted.width) / 2,
    y: MARGIN + (height - MARGIN - HEAD - fitted.height) / 2,
    width: fitted.width,
    height: fitted.height,
  });
  // What was drawn is written down, so that its pages can be copied.
  return PDFDocument.load(await leaf.save());
}
