import { type GreyPicture, greyOf } from "@/capture/judge-photo";
import { keptBlob } from "./kept-files";

/** A kept photograph in grey, its long side brought to `side` at most; null where this browser cannot read it. */
export async function greyInBrowser(ref: string, side: number): Promise<GreyPicture | null> {
  const blob = await keptBlob(ref);
  if (!blob) return null;
  try {
    const picture = await createImageBitmap(blob);
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) return null;
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, width, height);
    picture.close();
    return greyOf(width, height, context.getImageData(0, 0, width, height).data);
  } catch {
    return null;
  }
}
