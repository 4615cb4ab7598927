import sharp, { type Sharp } from "sharp";
import { evenLight } from "./light.ts";
import { type Box, type Turn, Unreadable } from "./port.ts";
import { slantOf } from "./slant.ts";

/** Pictures come re-drawn to 2400 pixels; whoever asks otherwise is not followed into more than this. */
const MAX_PIXELS = 50_000_000;
const MIN_SIDE = 40;
/** Print on a card or a page that fills the picture is 30 to 50 pixels high at this size: what the reader was trained on. */
const LONG_SIDE = 1800;

/** A picture made ready for the reader, and the way back from its pixels to the picture as it came. */
export interface Prepared {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  boxOf(area: { x0: number; y0: number; x1: number; y1: number }): Box;
}

/** Checked and brought to size once; turned as often as it takes. Throws `Unreadable`. */
export async function openPicture(image: Buffer): Promise<{ turned(turn: Turn): Promise<Prepared> }> {
  try {
    const { data, info } = await grey(image);
    if (Math.min(info.width, info.height) < MIN_SIDE) throw new Unreadable();
    return { turned: (turn) => straighten(data, info, turn) };
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable({ cause: error });
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

async function grey(image: Buffer): Promise<{ data: Buffer; info: Size }> {
  return sharp(image, { limitInputPixels: MAX_PIXELS, failOn: "error" })
    .timeout({ seconds: 20 })
    .autoOrient()
    .flatten({ background: "#ffffff" })
    .resize({ width: LONG_SIDE, height: LONG_SIDE, fit: "inside" })
    .grayscale()
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
}

const raw = (data: Buffer, { width, height }: Size): Sharp => sharp(data, { raw: { width, height, channels: 1 } });

async function straighten(data: Buffer, size: Size, turn: Turn): Promise<Prepared> {
  const upright = await raw(data, size).rotate(turn).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  const slant = await slantOf(raw(upright.data, upright.info));
  const flat = await evenLight(upright.data, upright.info.width, upright.info.height);
  const { data: png, info } = await raw(flat, upright.info)
    .rotate(-slant, { background: "#ffffff" })
    .extractChannel(0)
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  const radians = (slant * Math.PI) / 180;
  return {
    png,
    width: info.width,
    height: info.height,
    boxOf({ x0, y0, x1, y1 }) {
      // Both rotations turn about the middle, and both canvases are as large as what was turned.
      const corners = [x0, x1].flatMap((x) =>
        [y0, y1].map((y) => {
          const [dx, dy] = [x - info.width / 2, y - info.height / 2];
          return {
            x: (dx * Math.cos(radians) - dy * Math.sin(radians)) / upright.info.width + 0.5,
            y: (dx * Math.sin(radians) + dy * Math.cos(radians)) / upright.info.height + 0.5,
          };
        }),
      );
      return around(corners.map((corner) => turnedBack(corner, turn)));
    },
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function turnedBack({ x, y }: Point, turn: Turn): Point {
  if (turn === 90) return { x: y, y: 1 - x };
  if (turn === 180) return { x: 1 - x, y: 1 - y };
  if (turn === 270) return { x: 1 - y, y: x };
  return { x, y };
}

function around(points: readonly Point[]): Box {
  const within = (value: number) => Math.min(1, Math.max(0, value));
  const left = within(Math.min(...points.map(({ x }) => x)));
  const top = within(Math.min(...points.map(({ y }) => y)));
  return {
    left,
    top,
    width: within(Math.max(...points.map(({ x }) => x))) - left,
    height: within(Math.max(...points.map(({ y }) => y))) - top,
  };
}
