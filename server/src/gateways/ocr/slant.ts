import type { Sharp } from "sharp";

const WIDTH = 500;
const MOST_DEGREES = 10;
/** A step of the coarse search, then of the fine one. */
const STEPS = [1, 0.2] as const;

/**
 * How many degrees the lines of print on a picture fall to the right. Rows of print alternate with empty rows most sharply
 * when they are looked at along their own direction.
 */
export async function slantOf(picture: Sharp): Promise<number> {
  const { data, info } = await picture
    .resize({ width: WIDTH, withoutEnlargement: true })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const ink = edgesOf(data, info.width, info.height);
  if (ink.length === 0) return 0;
  let best = 0;
  for (const step of STEPS) {
    const reach = step === STEPS[0] ? MOST_DEGREES : STEPS[0];
    const middle = best;
    let most = -1;
    for (let degrees = middle - reach; degrees <= middle + reach + 1e-9; degrees += step) {
      const sharpness = sharpnessAlong(ink, degrees, info.width, info.height);
      if (sharpness > most) [most, best] = [sharpness, degrees];
    }
  }
  return best;
}

interface Ink {
  readonly x: number;
  readonly y: number;
}

/** Points that are darker than the point above and the one below by some way: upper and lower edges of strokes. */
function edgesOf(data: Buffer, width: number, height: number): Ink[] {
  const ink: Ink[] = [];
  for (let y = 2; y < height - 2; y += 1)
    for (let x = 0; x < width; x += 1) {
      const here = data[y * width + x] as number;
      if ((data[(y - 2) * width + x] as number) - here > 24) ink.push({ x, y });
    }
  return ink;
}

function sharpnessAlong(ink: readonly Ink[], degrees: number, width: number, height: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const shift = Math.ceil(Math.abs(slope) * width) + 1;
  const rows = new Int32Array(height + 2 * shift);
  for (const { x, y } of ink) {
    const row = Math.round(y - slope * x) + shift;
    rows[row] = (rows[row] as number) + 1;
  }
  let sum = 0;
  for (const count of rows) sum += count * count;
  return sum;
}
