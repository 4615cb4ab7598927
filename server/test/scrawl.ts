import sharp from "sharp";

/** A signature drawn by hand, as a page sends it. */
export async function scrawl(): Promise<string> {
  const path = "M20 90 C80 10 120 130 180 50 S260 100 280 40";
  const svg = `<svg width="300" height="140"><path d="${path}" stroke="#111" stroke-width="5" fill="none"/></svg>`;
  const png = await sharp({ create: { width: 300, height: 140, channels: 3, background: "#fff" } })
    .composite([{ input: Buffer.from(svg) }])
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString("base64")}`;
}
