import { type GreyPicture, greyOf } from "@/capture/judge-photo";

interface Picture {
  src: string;
  width: number;
  height: number;
  onload: () => void;
  onerror: () => void;
}
interface OffscreenCanvas {
  createImage(): Picture;
  getContext(kind: "2d"): {
    drawImage(picture: Picture, x: number, y: number, width: number, height: number): void;
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
  };
}
declare const wx: { createOffscreenCanvas?(size: { type: "2d"; width: number; height: number }): OffscreenCanvas };

/** A kept photograph in grey, its long side brought to `side` at most; null on phones whose WeChat is too old for it. */
export async function greyInWechat(ref: string, side: number): Promise<GreyPicture | null> {
  if (!wx.createOffscreenCanvas) return null;
  try {
    const canvas = wx.createOffscreenCanvas({ type: "2d", width: side, height: side });
    const picture = await new Promise<Picture>((resolve, reject) => {
      const image = canvas.createImage();
      image.onload = () => resolve(image);
      image.onerror = () => reject(new Error("no picture"));
      image.src = ref;
    });
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0, width, height);
    return greyOf(width, height, context.getImageData(0, 0, width, height).data);
  } catch {
    return null;
  }
}
