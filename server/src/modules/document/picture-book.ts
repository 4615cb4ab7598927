import { PDFDocument } from "pdf-lib";

/** A4 in points, and a margin that printers keep. */
const [SHORT, LONG, MARGIN] = [595.28, 841.89, 18];

/** Photographs (JPEG) as one document, a page each. The same pictures give the same bytes. */
export async function bindPictures(pictures: AsyncIterable<Buffer>): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false });
  for await (const bytes of pictures) {
    // A copy of its own: the library reads from the start of whatever memory the bytes share.
    const picture = await document.embedJpg(new Uint8Array(bytes));
    const [width, height] = picture.width > picture.height ? [LONG, SHORT] : [SHORT, LONG];
    const size = picture.scaleToFit(width - 2 * MARGIN, height - 2 * MARGIN);
    const page = document.addPage([width, height]);
    page.drawImage(picture, { x: (width - size.width) / 2, y: (height - size.height) / 2, ...size });
  }
  return Buffer.from(await document.save());
}
