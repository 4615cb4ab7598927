import sharp from "sharp";

/** The light is measured on a picture so many times smaller. */
const SMALLER = 8;
/** Ink up to twice as wide (in small points) does not count as light: bold titles, not shadows. */
const REACH = 9;
/** What is darker than this share of the brightest part is the table under the paper: nothing is read there. */
const TABLE = 0.42;
/** Shares of the light around: darker than the first is ink, lighter than the second is paper. */
const [INK, PAPER] = [0.35, 0.9];

/** Measures each point against the light around it: a shadow across the page, fine patterns and the table go; print stays. */
export async function evenLight(data: Buffer, width: number, height: number): Promise<Buffer> {
  const light = await lightOf(data, width, height);
  const least = brightOf(light) * TABLE;
  const even = Buffer.alloc(data.length);
  for (let at = 0; at < data.length; at += 1) {
    const here = light[at] as number;
    const share = here < least ? 1 : (data[at] as number) / here;
    even[at] = Math.round(Math.min(1, Math.max(0, (share - INK) / (PAPER - INK))) * 255);
  }
  return even;
}

/** The picture without whatever is dark and thin: every dark spot is filled from its lighter surroundings, edges stay. */
async function lightOf(data: Buffer, width: number, height: number): Promise<Buffer> {
  const [columns, rows] = [Math.ceil(width / SMALLER), Math.ceil(height / SMALLER)];
  const small = await sharp(data, { raw: { width, height, channels: 1 } })
    .resize({ width: columns, height: rows, fit: "fill" })
    .median(3)
    .extractChannel(0)
    .raw()
    .toBuffer();
  const lighter = (a: number, b: number) => Math.max(a, b);
  const darker = (a: number, b: number) => Math.min(a, b);
  const filled = spread(spread(small, columns, rows, lighter), columns, rows, darker);
  return sharp(filled, { raw: { width: columns, height: rows, channels: 1 } })
    .blur(2)
    .resize({ width, height, fit: "fill" })
    .extractChannel(0)
    .raw()
    .toBuffer();
}

/** Every point becomes the lightest (or darkest) of its neighbours, first along rows, then along columns. */
function spread(data: Buffer, columns: number, rows: number, choose: (a: number, b: number) => number): Buffer {
  const along = Buffer.alloc(data.length);
  const across = Buffer.alloc(data.length);
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      let best = data[y * columns + x] as number;
      for (let near = Math.max(0, x - REACH); near <= Math.min(columns - 1, x + REACH); near += 1)
        best = choose(best, data[y * columns + near] as number);
      along[y * columns + x] = best;
    }
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      let best = along[y * columns + x] as number;
      for (let near = Math.max(0, y - REACH); near <= Math.min(rows - 1, y + REACH); near += 1)
        best = choose(best, along[near * columns + x] as number);
      across[y * columns + x] = best;
    }
  return across;
}

/** Lighter than nineteen parts in twenty. */
function brightOf(data: Buffer): number {
  const counts = new Uint32Array(256);
  for (const value of data) counts[value] = (counts[value] as number) + 1;
  let above = data.length / 20;
  for (let value = 255; value > 0; value -= 1) {
    above -= counts[value] as number;
    if (above <= 0) return value;
  }
  return 255;
}
