import type { Box, Glyph, ReadPage } from "#gateways/ocr/port.ts";

/** One character as it was read; `box` is that of the glyph it came from. */
export interface Char {
  readonly char: string;
  readonly confidence: number;
  readonly box: Box;
}
export type Run = readonly Char[];

/** What was read of one field. `doubt` says in plain words why a person must look twice. */
export interface ReadField {
  readonly name: string;
  readonly value: string;
  /** 0 to 1 */
  readonly confidence: number;
  readonly page: number;
  readonly box: Box;
  readonly doubt: string | null;
}

export interface Row {
  readonly run: Run;
  /** The long number in it, read a second time. */
  readonly again: Run | null;
}

/** The lines of a page, character by character, with one form for marks that come in several. */
export function rowsOf(page: ReadPage): Row[] {
  return page.lines.map(({ glyphs, again }) => ({
    run: withFigures(withoutEdges(charsOf(glyphs))),
    again: again ? charsOf(again) : null,
  }));
}

const charsOf = (glyphs: readonly Glyph[]): Run =>
  glyphs.flatMap(({ text, confidence, box }) => [...plain(text)].map((char) => ({ char, confidence, box })));

/** Edges of the paper are read as strokes at both ends of a line. */
function withoutEdges(run: Run): Run {
  const isEdge = ({ char }: Char) => /[|_~“”‘’"'`^*\\/—]/.test(char);
  let [from, to] = [0, run.length];
  while (from < to && isEdge(run[from] as Char)) from += 1;
  while (to > from && isEdge(run[to - 1] as Char)) to -= 1;
  return run.slice(from, to);
}

/** What readers of pictures take for a figure. */
const FIGURES: Readonly<Record<string, string>> = {
  O: "0",
  o: "0",
  Q: "0",
  D: "0",
  I: "1",
  l: "1",
  i: "1",
  "|": "1",
  "]": "1",
  "[": "1",
  "!": "1",
  Z: "2",
  z: "2",
  S: "5",
  s: "5",
  B: "8",
};
export const figure = (char: string): string => FIGURES[char] ?? char;

/** A stroke between figures, or between figures and the words that follow them, is a figure. */
function withFigures(run: Run): Run {
  return run.map((char, index) => {
    if (!/[Ool|\][I!]/.test(char.char)) return char;
    const [before = "", after = ""] = [run[index - 1]?.char, run[index + 1]?.char];
    const follows = /[\d年月.,-]/.test(before) && /[\d年月日号室幢栋元.,-]/.test(after);
    const begins = /[区路街道村弄巷里]/.test(before) && /\d/.test(after);
    const counts = /\d/.test(before) && after === "" ? false : /[号幢栋]/.test(after) && /[\d元号幢栋]/.test(before);
    return follows || begins || counts ? { ...char, char: figure(char.char) } : char;
  });
}

export const textOf = (run: Run): string => run.map(({ char }) => char).join("");

/** The characters that the group of a pattern stands for; null where the pattern is not there. */
export function match(run: Run, pattern: RegExp, group = 1): Run | null {
  const found = new RegExp(pattern, `${pattern.flags.replace("d", "")}d`).exec(textOf(run));
  const at = found?.indices?.[group];
  if (!at) return null;
  // Positions count UTF-16 units; a run counts characters.
  const skip = [...textOf(run).slice(0, at[0])].length;
  const length = [...(found?.[group] ?? "")].length;
  return run.slice(skip, skip + length);
}

/** Drops what stands far to the right of the rest: the frame of a photograph, a stamp. A box may reach over the white that
 *  follows its character, so the gap is counted from where a usual character would end. */
export function untilGap(run: Run, gaps = 2): Run {
  const size = sizeOf(run);
  const end = run.findIndex((char, index) => {
    const before = run[index - 1];
    return before !== undefined && char.box.left - (before.box.left + Math.min(before.box.width, size)) > gaps * size;
  });
  return end === -1 ? run : run.slice(0, end);
}

/** Width of a usual character of the run, as a share of the page. */
export function sizeOf(run: Run): number {
  const wide = run.filter(({ char }) => /\p{Script=Han}/u.test(char));
  const widths = (wide.length > 0 ? wide : run).map(({ box }) => box.width).sort((a, b) => a - b);
  return widths[Math.floor(widths.length / 2)] ?? 0;
}

export function around(run: Run): Box {
  const left = Math.min(...run.map(({ box }) => box.left));
  const top = Math.min(...run.map(({ box }) => box.top));
  const width = Math.max(...run.map(({ box }) => box.left + box.width)) - left;
  return { left, top, width, height: Math.max(...run.map(({ box }) => box.top + box.height)) - top };
}

/** As sure as its characters are, the least sure of them counting as much as all together. */
export function sureness(run: Run): number {
  if (run.length === 0) return 0;
  const mean = run.reduce((sum, { confidence }) => sum + confidence, 0) / run.length;
  return (mean + Math.min(...run.map(({ confidence }) => confidence))) / 2;
}

export function field(name: string, run: Run | null, given: Partial<ReadField> = {}): ReadField[] {
  if (run === null || run.length === 0) return [];
  const value = given.value ?? textOf(run);
  if (value === "") return [];
  return [
    {
      name,
      value,
      confidence: round(given.confidence ?? sureness(run)),
      page: 1,
      box: around(run),
      doubt: given.doubt ?? null,
    },
  ];
}

export const round = (value: number): number => Math.round(value * 1000) / 1000;

const MARKS: Readonly<Record<string, string>> = {
  "：": ":",
  "，": ",",
  "（": "(",
  "）": ")",
  "〈": "(",
  "《": "(",
  "〉": ")",
  "》": ")",
  "￥": "¥",
};
const WIDE = /[０-９Ａ-Ｚａ-ｚ]/g;

function plain(text: string): string {
  return text
    .replace(WIDE, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[：，（）〈〉《》￥]/g, (mark) => MARKS[mark] ?? mark);
}
