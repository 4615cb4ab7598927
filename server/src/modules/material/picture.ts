import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { inflate } from "node:zlib";
import sharp from "sharp";
import { FileRefused } from "./refusal.ts";

const MAX_PIXELS = 80_000_000;
/** What is drawn in passes must be held whole: 3.6 bytes a pixel were measured, so this many keep within 64 MB. */
const MAX_LAYERED_PIXELS = 17_000_000;
const VIEW_PIXELS = 2400;
const MAX_SIDE_DATA_BYTES = 4 * 1024 ** 2;
const MAX_CHUNKS = 100_000;
const SECONDS = 20;
const inflated = promisify(inflate);

// One picture at a time on one thread, and nothing remembered: memory stays small whatever is sent.
sharp.cache(false);
sharp.concurrency(1);

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Drawn anew as JPEG: turned upright, at most 2400 pixels a side, nothing left of what came with it. */
  readonly view: Buffer;
}

/** Throws `FileRefused` for a picture that is broken, too large, or carries a bomb. */
export async function inspectPicture(path: string, type: "jpeg" | "png" | "webp"): Promise<Picture> {
  if (type === "png") await refusePaddedPng(path);
  try {
    const open = () => sharp(path, { limitInputPixels: MAX_PIXELS, failOn: "error", sequentialRead: true });
    const { width, height, autoOrient, format, isProgressive } = await open().metadata();
    if (format !== type) throw new FileRefused("picture_broken");
    if (width * height > MAX_PIXELS) throw new FileRefused("picture_huge");
    if (isProgressive && width * height > MAX_LAYERED_PIXELS) throw new FileRefused("picture_layered");
    const view = await open()
      .timeout({ seconds: SECONDS })
      .autoOrient()
      .resize({ width: VIEW_PIXELS, height: VIEW_PIXELS, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: 85 })
      .toBuffer();
    return { width: autoOrient.width, height: autoOrient.height, view };
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused(/pixel limit/i.test(String(error)) ? "picture_huge" : "picture_broken");
  }
}

/** Colour profiles and texts in a PNG are packed: what comes out of them is counted before anything else opens the file. */
async function refusePaddedPng(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    let at = 8;
    for (let chunks = 0; at + 12 <= size; chunks += 1) {
      const head = await take(file, at, 8);
      const length = head.readUInt32BE(0);
      const type = head.toString("latin1", 4, 8);
      if (at + 12 + length > size || chunks > MAX_CHUNKS) throw new FileRefused("picture_broken");
      if (type === "IEND") return;
      if (type === "iCCP" || type === "zTXt" || type === "iTXt") {
        if (length > MAX_SIDE_DATA_BYTES) throw new FileRefused("picture_padded");
        await refuseBomb(type, await take(file, at + 8, length));
      }
      at += 12 + length;
    }
    throw new FileRefused("picture_broken");
  } finally {
    await file.close();
  }
}

async function refuseBomb(type: string, data: Buffer): Promise<void> {
  const name = data.indexOf(0);
  // iCCP and zTXt: name, 0, method. iTXt: name, 0, flag, method, language, 0, translated name, 0.
  const start = type === "iTXt" ? data.indexOf(0, data.indexOf(0, name + 3) + 1) + 1 : name + 2;
  if (name < 0 || start <= 0 || (type === "iTXt" && data[name + 1] !== 1)) return;
  try {
    await inflated(data.subarray(start), { maxOutputLength: MAX_SIDE_DATA_BYTES, finishFlush: 2 });
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw new FileRefused("picture_padded");
  }
}

async function take(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new FileRefused("picture_broken");
  return buffer;
}
