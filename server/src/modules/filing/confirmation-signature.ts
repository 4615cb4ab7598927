import sharp from "sharp";
import { problem } from "./problems.ts";

const MOST_PIXELS = 4_000_000;
const WIDTH = 600;
/** Ink on a drawn name: less is a slip of the finger, more is no handwriting. */
const LEAST_INK = 0.001;
const MOST_INK = 0.6;
const DARK = 140;

/** A signature as a phone sends it, drawn anew as PNG on white. Throws `confirmation.signature` for what is none. */
export async function readSignature(base64: string): Promise<Buffer> {
  const drawn = await redraw(Buffer.from(base64, "base64"));
  if (drawn === null) throw problem("confirmation.signature", { detail: "签名图片无法读取，请重新签名。" });
  const ink = await inkOf(drawn);
  if (ink < LEAST_INK) throw problem("confirmation.signature", { detail: "没有看到签名，请在方框里写上您的姓名。" });
  if (ink > MOST_INK) throw problem("confirmation.signature", { detail: "签名看不清楚，请清除后重新书写。" });
  return drawn;
}

async function redraw(bytes: Buffer): Promise<Buffer | null> {
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error" });
    const { format } = await picture.metadata();
    if (format !== "png" && format !== "jpeg") return null;
    return await picture
      .flatten({ background: "#ffffff" })
      .resize({ width: WIDTH, height: WIDTH, fit: "inside", withoutEnlargement: true })
      .greyscale()
      .png()
      .toBuffer();
  } catch {
    return null;
  }
}

async function inkOf(png: Buffer): Promise<number> {
  const dots = await sharp(png).greyscale().raw().toBuffer();
  return dots.reduce((sum, dot) => sum + (dot < DARK ? 1 : 0), 0) / dots.length;
}
