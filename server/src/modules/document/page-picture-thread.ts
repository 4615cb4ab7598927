import { parentPort } from "node:worker_threads";
import { getDocument, ImageKind, OPS, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import sharp from "sharp";
import type { Made, Numbered } from "./workshop.ts";

/** Runs in the thread of `page-text.ts`: a file made to hurt hurts nobody else. */
export interface PictureOrder {
  readonly bytes: Uint8Array;
  readonly page: number;
}
interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly kind: number;
  readonly data?: Uint8Array;
}
const CHANNELS: Readonly<Record<number, 3 | 4>> = { [ImageKind.RGB_24BPP]: 3, [ImageKind.RGBA_32BPP]: 4 };
const MOST_PIXELS = 80_000_000;

parentPort?.on("message", async ({ id, order }: Numbered<PictureOrder>) => {
  try {
    parentPort?.postMessage({ id, file: await pictureOf(order), error: "" } satisfies Made);
  } catch (error) {
    parentPort?.postMessage({ id, file: null, error: String(error) } satisfies Made);
  }
});

/** The largest picture of a page as JPEG: what a scanner or a photographed sheet is. Nothing where there is none. */
async function pictureOf({ bytes, page: number }: PictureOrder): Promise<Buffer> {
  const reader = getDocument({
    data: new Uint8Array(bytes),
    verbosity: 0,
    isEvalSupported: false,
    isOffscreenCanvasSupported: false,
    maxImageSize: MOST_PIXELS,
  });
  try {
    const page = await (await reader.promise).getPage(number);
    const bitmaps = await bitmapsOf(page);
    const [largest] = bitmaps.sort((a, b) => b.width * b.height - a.width * a.height);
    return largest ? await jpegOf(largest) : Buffer.alloc(0);
  } finally {
    await reader.destroy();
  }
}

async function bitmapsOf(page: PDFPageProxy): Promise<Bitmap[]> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const names = fnArray.flatMap((operation, at) =>
    operation === OPS.paintImageXObject ? [String(argsArray[at][0])] : [],
  );
  return Promise.all(
    names.map(
      (name) => new Promise<Bitmap>((done) => (name.startsWith("g_") ? page.commonObjs : page.objs).get(name, done)),
    ),
  );
}

function jpegOf({ width, height, kind, data }: Bitmap): Promise<Buffer> {
  if (!data) throw new Error("a picture without pixels");
  const channels = CHANNELS[kind];
  const raw = channels ? { data, channels } : { data: spread(data, width, height), channels: 1 as const };
  return sharp(raw.data, { raw: { width, height, channels: raw.channels } })
    .flatten({ background: "#ffffff" })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** One bit for each pixel, rows filled up to whole bytes, becomes one byte for each. */
function spread(bits: Uint8Array, width: number, height: number): Uint8Array {
  const row = Math.ceil(width / 8);
  const bytes = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      bytes[y * width + x] = ((bits[y * row + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1 ? 255 : 0;
  return bytes;
}
