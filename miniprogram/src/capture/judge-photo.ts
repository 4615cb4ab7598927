/**
 * Whether a photograph of a paper can be read: judged on the phone, before anything is sent. All measures are relative to
 * the picture's own contrast, so that a faint copy is not taken for a blurred one. A doubt is only a doubt: the person
 * may always keep the picture.
 */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, row by row, 0 black. */
  readonly grey: Uint8Array;
}

export type PhotoDoubt = "blur" | "dark" | "glare" | "cut";

/** The long side that pictures are brought to before they are judged: strokes of text are some three pixels wide there. */
export const JUDGED_SIDE = 1200;

const TILE = 24;
/** Below this difference of light and dark a tile has nothing written in it. */
const INK = 48;
/** A sharp stroke turns within two pixels; out of focus or moved it takes eight and more. */
const SHARP = 0.46;
/** Below this step between neighbours nothing turns. */
const TURN = 20;
const DARK = 85;
const BURNT = 252;

export function judgePhoto(picture: GreyPicture): PhotoDoubt[] {
  const tiles = tilesOf(picture);
  const written = tiles.filter(({ low, high }) => high - low >= INK);
  const paper = percentile(
    tiles.map(({ high }) => high),
    0.6,
  );
  const doubts: PhotoDoubt[] = [];
  if (paper < DARK) doubts.push("dark");
  // A blank page is not blurred.
  if (written.length >= 8 && sharpnessOf(written) < SHARP) doubts.push("blur");
  if (hasGlare(picture, tiles, paper)) doubts.push("glare");
  if (isCut(picture, tiles, paper)) doubts.push("cut");
  return doubts;
}

/**
 * How sharply strokes turn, 0 where nothing does. A hand that moved smears one direction only: the worse one counts, each
 * judged where something turns in it at all, for the lines of a table run one way.
 */
function sharpnessOf(written: readonly Tile[]): number {
  const directions = (["across", "down"] as const)
    .map((way) => written.filter((tile) => tile[way] * (tile.high - tile.low) >= TURN).map((tile) => tile[way]))
    .filter((turns) => turns.length >= 8);
  return directions.length === 0 ? 0 : Math.min(...directions.map((turns) => percentile(turns, 0.6)));
}

interface Tile {
  readonly row: number;
  readonly column: number;
  /** The lightest and the darkest, without the few pixels that are noise. */
  readonly low: number;
  readonly high: number;
  /** The steepest step between neighbours across and down, as shares of the whole difference: 1 is a cut with a knife. */
  readonly across: number;
  readonly down: number;
  /** Share of pixels that show nothing but light. */
  readonly burnt: number;
}

function tilesOf({ width, height, grey }: GreyPicture): Tile[] {
  const tiles: Tile[] = [];
  const counts = new Uint16Array(256);
  for (let top = 0, row = 0; top + TILE <= height; top += TILE, row += 1) {
    for (let left = 0, column = 0; left + TILE <= width; left += TILE, column += 1) {
      counts.fill(0);
      let across = 0;
      let down = 0;
      for (let y = top; y < top + TILE; y += 1) {
        for (let x = left; x < left + TILE; x += 1) {
          const at = y * width + x;
          const value = grey[at] as number;
          counts[value] = (counts[value] as number) + 1;
          // Over two pixels: one alone is mostly noise.
          if (x >= left + 2) across = Math.max(across, Math.abs(value - (grey[at - 2] as number)));
          if (y >= top + 2) down = Math.max(down, Math.abs(value - (grey[at - 2 * width] as number)));
        }
      }
      const low = levelAt(counts, 0.02);
      const high = levelAt(counts, 0.9);
      const difference = Math.max(1, high - low);
      tiles.push({
        row,
        column,
        low,
        high,
        across: across / difference,
        down: down / difference,
        burnt: counts.subarray(BURNT).reduce((sum, count) => sum + count, 0) / (TILE * TILE),
      });
    }
  }
  return tiles;
}

/** The grey below which the share of a tile's pixels lies. */
function levelAt(counts: Uint16Array, share: number): number {
  let left = TILE * TILE * share;
  for (let level = 0; level < 256; level += 1) {
    left -= counts[level] as number;
    if (left < 0) return level;
  }
  return 255;
}

/** A lamp or the flash mirrored in the paper: a patch of pure light on a page that elsewhere is not burnt out. */
function hasGlare({ width }: GreyPicture, tiles: readonly Tile[], paper: number): boolean {
  if (paper >= 248) return false;
  const columns = Math.floor(width / TILE);
  const burnt = new Set(tiles.filter((tile) => tile.burnt > 0.9).map(({ row, column }) => row * columns + column));
  const patch = [...burnt].filter((at) => [at + 1, at + columns, at + columns + 1].every((each) => burnt.has(each)));
  return patch.length >= 2 && burnt.size < tiles.length * 0.5;
}

/** Writing that runs out of the picture: ink at the very edge, on paper as light as in the middle. */
function isCut({ width, height }: GreyPicture, tiles: readonly Tile[], paper: number): boolean {
  const lastRow = Math.floor(height / TILE) - 1;
  const lastColumn = Math.floor(width / TILE) - 1;
  const isPaper = ({ high }: Tile) => high > paper - 40;
  // Strokes turn across and down; the edge of the paper on the table does one of the two.
  const isInk = (tile: Tile) =>
    isPaper(tile) && tile.high - tile.low >= INK && Math.min(tile.across, tile.down) >= SHARP;
  const inside = tiles.filter(
    ({ row, column }) => row > 1 && row < lastRow - 1 && column > 1 && column < lastColumn - 1,
  );
  const usual = inside.filter(isInk).length / Math.max(1, inside.length);
  const edges = [
    tiles.filter(({ row }) => row === 0),
    tiles.filter(({ row }) => row === lastRow),
    tiles.filter(({ column }) => column === 0),
    tiles.filter(({ column }) => column === lastColumn),
  ];
  return edges.some((edge) => {
    const ink = edge.filter(isInk).length / Math.max(1, edge.length);
    return usual > 0.08 && ink > Math.max(0.08, usual * 0.35);
  });
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** RGBA bytes of a canvas as the eye weighs them (BT.601). */
export function greyOf(width: number, height: number, rgba: Uint8ClampedArray | Uint8Array): GreyPicture {
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * 4;
    grey[at] = ((rgba[from] as number) * 77 + (rgba[from + 1] as number) * 150 + (rgba[from + 2] as number) * 29) >> 8;
  }
  return { width, height, grey };
}
