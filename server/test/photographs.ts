import sharp from "sharp";

/** A picture as a telephone takes it: turned a little, softened, noisy, lit from one side, on a dark table, as JPEG. */
export interface Conditions {
  readonly degrees: number;
  readonly blur: number;
  readonly noise: number;
  /** How much darker one side is, 0 to 1. */
  readonly shade: number;
  readonly quality: number;
  /** Long side in pixels. */
  readonly side: number;
}

/** Numbers between 0 and 1, the same for one seed. */
export function dice(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 0x1_0000_0000;
  };
}

export function conditionsOf(random: () => number): Conditions {
  return {
    degrees: (random() - 0.5) * 8,
    blur: 0.4 + random() * 0.9,
    noise: 3 + random() * 8,
    shade: random() * 0.45,
    quality: 62 + Math.floor(random() * 30),
    side: 1500 + Math.floor(random() * 1300),
  };
}

export async function photograph(paper: Buffer, conditions: Conditions, random: () => number): Promise<Buffer> {
  const { degrees, blur, noise, shade, quality, side } = conditions;
  const table = "#5a534b";
  const { width = 0, height = 0 } = await sharp(paper).metadata();
  const margin = Math.round(Math.max(width, height) * 0.05);
  // The corners outside a rounded card show the table.
  const laid = await sharp(paper)
    .flatten({ background: table })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: table })
    .png()
    .toBuffer();
  const { data, info } = await sharp(await sharp(laid).rotate(degrees, { background: table }).png().toBuffer())
    .resize({ width: side, height: side, fit: "inside" })
    .blur(blur)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const slope = random() - 0.5;
  for (let y = 0; y < info.height; y += 1) {
    for (let x = 0; x < info.width; x += 1) {
      const light = 1 - shade * (x / info.width) * (1 + slope * (y / info.height - 0.5));
      const grain = (random() + random() + random() - 1.5) * noise;
      const at = (y * info.width + x) * info.channels;
      for (let channel = 0; channel < info.channels; channel += 1)
        data[at + channel] = Math.max(0, Math.min(255, (data[at + channel] as number) * light + grain));
    }
  }
  return sharp(data, { raw: info }).jpeg({ quality }).toBuffer();
}
