import sharp from "sharp";
import type { Box, Turn } from "#gateways/ocr/port.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./problems.ts";

const MAX_VIEW_BYTES = 20 * 1024 ** 2;
const MAX_VIEW_PIXELS = 2400 * 2400;
/** White around what is cut out, as a share of its height: a character cut in half is read wrongly by people, too. */
const MARGIN = 0.35;
const MAX_WIDTH = 900;
const MAX_HEIGHT = 480;

/** The sealed picture as it was drawn anew: upright, at most 2400 pixels a side. Throws `material.not_picture`. */
export async function loadView({ gateways: { files } }: Means, viewKey: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of (await files.read(viewKey)) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_VIEW_BYTES) throw problem("material.not_picture");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The part of a picture where a field was read, turned so that it can be read. */
export async function cutOut(view: Buffer, box: Box, turn: Turn): Promise<Buffer> {
  const { width, height } = await sharp(view, { limitInputPixels: MAX_VIEW_PIXELS }).metadata();
  const margin = MARGIN * Math.min(box.width * width, box.height * height);
  const left = Math.max(0, Math.floor(box.left * width - margin));
  const top = Math.max(0, Math.floor(box.top * height - margin));
  const cut = {
    left,
    top,
    width: Math.max(1, Math.min(width - left, Math.ceil(box.width * width + 2 * margin))),
    height: Math.max(1, Math.min(height - top, Math.ceil(box.height * height + 2 * margin))),
  };
  const part = await sharp(view, { limitInputPixels: MAX_VIEW_PIXELS }).extract(cut).toBuffer();
  return sharp(part)
    .rotate(turn)
    .resize({ width: MAX_WIDTH, height: MAX_HEIGHT, fit: "inside", withoutEnlargement: true })
    .png()
    .toBuffer();
}
