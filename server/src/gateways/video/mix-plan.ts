/** What a film is made of: whose files there are, who is to be named, and when somebody was away. */
export interface Film {
  readonly files: readonly string[];
  /** From the mark that recording started to the mark that it stopped. */
  readonly seconds: number;
  readonly seats: readonly FilmSeat[];
}
export interface FilmSeat {
  readonly personId: string;
  readonly label: string;
  /** Seconds of the film in which this person's picture stays black: the line was broken. */
  readonly away: readonly { readonly from: number; readonly to: number }[];
}

/** One file of a recording, and when its first frame was written (microseconds). */
export interface Track {
  readonly name: string;
  readonly personId: string;
  readonly kind: "audio" | "video";
  readonly begunAt: number;
}
/** A track on the film's own time. */
export interface Placed extends Track {
  readonly offset: number;
}

export const FRAMES = 15;
const WIDTH = 1280;

/** Janus names its files so. */
const NAME = /^videoroom-\d+-user-(\d+)-\d+-(audio|video)-\d+\.mjr$/;
export function trackOf(name: string, begunAt: number): Track | null {
  const [, personId, kind] = NAME.exec(name) ?? [];
  if (personId === undefined || !(begunAt > 0)) return null;
  return { name, personId, kind: kind as Track["kind"], begunAt };
}

/** The film begins with the first that was recorded: the media server's clock need not be ours. */
export function place(tracks: readonly Track[]): Placed[] {
  const start = Math.min(...tracks.map(({ begunAt }) => begunAt));
  return tracks.map((track) => ({ ...track, offset: (track.begunAt - start) / 1e6 }));
}

export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** As many columns as rows, 4:3 each, all of it as wide as a screen. */
export function grid(people: number): { readonly height: number; readonly cells: readonly Cell[] } {
  const columns = Math.max(1, Math.ceil(Math.sqrt(people)));
  const width = even(WIDTH / Math.max(2, columns));
  const height = even((width * 3) / 4);
  const cells = Array.from({ length: people }, (_, n) => ({
    x: (n % columns) * width,
    y: Math.floor(n / columns) * height,
    width,
    height,
  }));
  return { height: Math.max(1, Math.ceil(people / columns)) * height, cells };
}
const even = (size: number): number => 2 * Math.floor(size / 2);

/** Whatever size a picture has and changes to, it fits its cell, at the film's time. */
export const intoCell = ({ width, height }: Cell, offset: number): string =>
  `setpts=PTS+${offset.toFixed(3)}/TB,scale=${width}:${height}:force_original_aspect_ratio=decrease,` +
  `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:color=black,setsar=1,format=yuv420p`;

export interface Laid {
  readonly cell: Cell;
  /** Holds the name, so that no character of it means anything to ffmpeg. */
  readonly textFile: string;
  readonly away: FilmSeat["away"];
  /** Which inputs are this person's pictures. */
  readonly pictures: readonly number[];
}
interface Sounds {
  readonly input: number;
  readonly offset: number;
}

/** All pictures on one black canvas with the names beneath, all sounds in one: what ffmpeg is told, ending in [v] and [a]. */
export function filmGraph(seats: readonly Laid[], sounds: readonly Sounds[], seconds: number, font: string): string {
  const columns = Math.max(...seats.map(({ cell }) => cell.x + cell.width));
  const rows = Math.max(...seats.map(({ cell }) => cell.y + cell.height));
  const lines = [`color=c=black:s=${columns}x${rows}:r=${FRAMES}:d=${seconds}[c0]`];
  let canvas = 0;
  const onto = (filter: (from: string, to: string) => string) => lines.push(filter(`[c${canvas}]`, `[c${++canvas}]`));
  for (const { cell, away, pictures } of seats) {
    const seen = away.map(({ from, to }) => `not(between(t,${from},${to}))`).join("*") || "1";
    for (const input of pictures)
      onto((from, to) => `${from}[${input}:v]overlay=${cell.x}:${cell.y}:eof_action=pass:enable='${seen}'${to}`);
  }
  for (const { cell, textFile } of seats)
    onto(
      (from, to) =>
        `${from}drawtext=fontfile='${font}':textfile='${textFile}':expansion=none:x=${cell.x + 16}:y=${cell.y + cell.height - 44}` +
        `:fontsize=22:fontcolor=white:box=1:boxcolor=0x09101A@0.8:boxborderw=8${to}`,
    );
  lines.push(`[c${canvas}]format=yuv420p[v]`);
  for (const { input, offset } of sounds)
    lines.push(
      `[${input}:a]asetpts=PTS+${offset.toFixed(3)}/TB,aresample=48000:async=1:first_pts=0,aformat=channel_layouts=mono[a${input}]`,
    );
  const all = sounds.map(({ input }) => `[a${input}]`).join("");
  const mixed =
    sounds.length === 0
      ? "anullsrc=r=48000:cl=mono"
      : `${all}amix=inputs=${sounds.length}:duration=longest:normalize=0,alimiter=limit=0.95,apad`;
  lines.push(`${mixed},atrim=0:${seconds}[a]`);
  return lines.join(";\n");
}
