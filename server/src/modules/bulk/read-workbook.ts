import type { Parts } from "#modules/material/index.ts";
import type { Cell } from "./cell.ts";
import { readXml } from "./read-xml.ts";
import { SheetUnreadable } from "./sheet-fault.ts";

export const SHEET_NAME = "填写";
export const MAX_ROWS = 500;
/** Rows above the first case: keys, groups, titles, hints. */
export const HEAD_ROWS = 4;
export const EXAMPLE_WORD = "示例";
const MAX_SHEET_BYTES = 120 * 1024 ** 2;
const MAX_STRINGS_BYTES = 40 * 1024 ** 2;
const MAX_PART_BYTES = 2 * 1024 ** 2;
const MAX_COLUMNS = 400;
/** What Excel itself takes into a cell. */
const MAX_CELL_LENGTH = 32_767;
const LAST_ROW = 1_048_576;
const DAY_MS = 86_400_000;

export interface SheetRow {
  readonly number: number;
  /** By column, from 0. */
  readonly cells: ReadonlyMap<number, Cell>;
  /** Addresses in this row that belong to merged cells: what they say of it is not known. */
  readonly merged: readonly string[];
}
export interface Sheet {
  /** The hidden first row: key by column. */
  readonly keys: ReadonlyMap<number, string>;
  /** Cell A1. */
  readonly mark: string;
  readonly rows: readonly SheetRow[];
}
interface RawCell {
  at: string;
  type: string;
  style: number;
  value: string;
  formula: string | null;
}
interface Styles {
  isDate(style: number): boolean;
}

/** The filled rows of the sheet 填写, read as a stream: blank rows cost nothing. Throws `SheetUnreadable`. */
export async function readWorkbook(parts: Parts): Promise<Sheet> {
  const { path, since1904 } = await findSheet(parts);
  const styles = await readStyles(parts);
  const rows = new Map<number, Map<number, RawCell>>();
  const merged: Span[] = [];
  await readRows(parts, path, rows, merged);
  const strings = await readStrings(parts, wantedStrings(rows));
  const cellOf = (raw: RawCell): Cell | null => interpret(raw, strings, styles, since1904);
  const first = rows.get(1) ?? new Map<number, RawCell>();
  const heads = new Map([...first].map(([column, raw]) => [column, cellOf(raw)?.text.trim() ?? ""]));
  return {
    mark: heads.get(0) ?? "",
    keys: new Map([...heads].filter(([column, key]) => column > 0 && key !== "")),
    rows: [...rows]
      .filter(([number]) => number > HEAD_ROWS)
      .map(([number, raws]) => ({
        number,
        cells: new Map(
          [...raws].flatMap(([column, raw]) => {
            const cell = cellOf(raw);
            return cell ? [[column, cell] as const] : [];
          }),
        ),
        merged: merged
          .filter(({ top, bottom }) => top <= number && number <= bottom)
          .slice(0, 20)
          .map(({ left }) => `${lettersOf(left)}${number}`),
      }))
      .filter(({ cells }) => cells.size > 0)
      .sort((a, b) => a.number - b.number),
  };
}

async function findSheet(parts: Parts): Promise<{ path: string; since1904: boolean }> {
  let relation = "";
  let since1904 = false;
  await readPart(parts, "xl/workbook.xml", MAX_PART_BYTES, {
    open(name, attributes) {
      if (name === "sheet" && attributes["name"] === SHEET_NAME) relation = attributes["r:id"] ?? "";
      if (name === "workbookPr") since1904 = /^(1|true)$/.test(attributes["date1904"] ?? "");
    },
  });
  if (relation === "") throw new SheetUnreadable("no_sheet");
  let target = "";
  await readPart(parts, "xl/_rels/workbook.xml.rels", MAX_PART_BYTES, {
    open(name, attributes) {
      if (name === "Relationship" && attributes["Id"] === relation && attributes["TargetMode"] !== "External")
        target = attributes["Target"] ?? "";
    },
  });
  const path = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
  if (!parts.names.includes(path)) throw new SheetUnreadable("no_sheet");
  return { path, since1904 };
}

/** Which styles show a number as a date. */
async function readStyles(parts: Parts): Promise<Styles> {
  const formats = new Map<number, string>();
  const styles: number[] = [];
  let inCellFormats = false;
  await readPart(parts, "xl/styles.xml", MAX_PART_BYTES * 4, {
    open(name, attributes) {
      if (name === "numFmt") formats.set(Number(attributes["numFmtId"]), attributes["formatCode"] ?? "");
      if (name === "cellXfs") inCellFormats = true;
      if (name === "xf" && inCellFormats) styles.push(Number(attributes["numFmtId"] ?? 0));
    },
    close(name) {
      if (name === "cellXfs") inCellFormats = false;
    },
  });
  const isDateFormat = (id: number): boolean => {
    if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return true;
    const code = (formats.get(id) ?? "").replace(/"[^"]*"|\\.|\[[^\]]*\]/g, "");
    return /[yY]|d{1,4}|[年月日]/i.test(code);
  };
  return { isDate: (style) => isDateFormat(styles[style] ?? 0) };
}

async function readRows(
  parts: Parts,
  path: string,
  rows: Map<number, Map<number, RawCell>>,
  merged: Span[],
): Promise<void> {
  let [row, column, filled] = [0, -1, 0];
  let cell: RawCell | null = null;
  let into: "value" | "formula" | null = null;
  let isPhonetic = false;
  await readPart(parts, path, MAX_SHEET_BYTES, {
    open(name, attributes) {
      if (name === "row") {
        row = attributes["r"] ? Number(attributes["r"]) : row + 1;
        column = -1;
        if (!Number.isInteger(row) || row < 1 || row > LAST_ROW) throw new SheetUnreadable("broken");
      } else if (name === "c") {
        const at = attributes["r"] ?? "";
        column = at ? columnOf(at) : column + 1;
        const { t: type = "n", s: style = "0" } = attributes;
        cell = { at: `${lettersOf(column)}${row}`, type, style: Number(style), value: "", formula: null };
      } else if (name === "v" || (name === "t" && !isPhonetic)) into = "value";
      else if (name === "rPh") isPhonetic = true;
      else if (name === "f" && cell) {
        into = "formula";
        cell.formula = "";
      } else if (name === "mergeCell") {
        const span = spanOf(attributes["ref"] ?? "");
        if (span && span.bottom > HEAD_ROWS && merged.length < 10_000) merged.push(span);
      }
    },
    text(text) {
      if (!cell || !into) return;
      if (into === "value") cell.value = (cell.value + text).slice(0, MAX_CELL_LENGTH);
      else cell.formula = ((cell.formula ?? "") + text).slice(0, MAX_CELL_LENGTH);
    },
    close(name) {
      if (name === "v" || name === "t" || name === "f") into = null;
      else if (name === "rPh") isPhonetic = false;
      else if (name === "c") {
        if (cell && isFilled(cell) && column < MAX_COLUMNS && (row === 1 || row > HEAD_ROWS)) {
          const cells = rows.get(row) ?? new Map<number, RawCell>();
          if (cells.size === 0 && row > HEAD_ROWS) filled += 1;
          cells.set(column, cell);
          rows.set(row, cells);
          // The example and a few notes do not count yet: what is too much is told once the rows are known.
          if (filled > MAX_ROWS + 50) throw new SheetUnreadable("too_many");
        }
        cell = null;
      }
    },
  });
}

const isFilled = ({ value, formula }: RawCell): boolean => value.trim() !== "" || formula !== null;

function wantedStrings(rows: ReadonlyMap<number, ReadonlyMap<number, RawCell>>): Set<number> {
  const wanted = new Set<number>();
  for (const cells of rows.values())
    for (const { type, value } of cells.values()) if (type === "s") wanted.add(Number(value));
  return wanted;
}

async function readStrings(parts: Parts, wanted: ReadonlySet<number>): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  if (wanted.size === 0) return found;
  let index = -1;
  let [text, isText, isPhonetic] = ["", false, false];
  await readPart(parts, "xl/sharedStrings.xml", MAX_STRINGS_BYTES, {
    open(name) {
      if (name === "si") {
        index += 1;
        text = "";
      } else if (name === "rPh") isPhonetic = true;
      else if (name === "t") isText = !isPhonetic;
    },
    text(piece) {
      if (isText && wanted.has(index)) text = (text + piece).slice(0, MAX_CELL_LENGTH);
    },
    close(name) {
      if (name === "t") isText = false;
      else if (name === "rPh") isPhonetic = false;
      else if (name === "si" && wanted.has(index)) found.set(index, text);
    },
    enough: () => found.size === wanted.size,
  });
  return found;
}

async function readPart(
  parts: Parts,
  name: string,
  most: number,
  events: Parameters<typeof readXml>[1],
): Promise<void> {
  if (parts.size(name) > most) throw new SheetUnreadable("too_large");
  const source = parts.open(name);
  if (!source) {
    if (name === "xl/workbook.xml" || name === "xl/_rels/workbook.xml.rels") throw new SheetUnreadable("broken");
    return;
  }
  await readXml(source, events);
}

function interpret(raw: RawCell, strings: Map<number, string>, styles: Styles, since1904: boolean): Cell | null {
  const { at, type, value, style } = raw;
  const formula =
    raw.formula === null ? {} : { formula: isOutside(raw.formula) ? ("outside" as const) : ("own" as const) };
  const cell = (kind: Cell["type"], text: string): Cell | null =>
    text.trim() === "" && raw.formula === null ? null : { at, type: kind, text, ...formula };
  switch (type) {
    case "s":
      return cell("text", strings.get(Number(value)) ?? "");
    case "inlineStr":
    case "str":
      return cell("text", value);
    case "b":
      return cell("yesno", value === "1" ? "是" : "否");
    case "e":
      return cell("error", value);
    case "d":
      return cell("day", value.slice(0, 10));
    default:
      if (styles.isDate(style) && value !== "") {
        const day = dayOfSerial(value, since1904);
        if (day) return cell("day", day);
      }
      return cell("number", value);
  }
}

const isOutside = (formula: string): boolean => /\[|WEBSERVICE|HYPERLINK|IMPORTXML|DDE|RTD\s*\(/i.test(formula);

/** Excel counts days from 1899-12-30 (and believes in a 29 February 1900), or from 1904-01-01. Hours are left aside. */
function dayOfSerial(stored: string, since1904: boolean): string | null {
  const serial = /^(\d{1,7})(?:\.\d+)?(?:[eE][+-]?\d+)?$/.exec(stored);
  if (!serial || /[eE]/.test(stored)) return null;
  const count = Number(serial[1]);
  if (count < 1 || count > 2_958_465) return null;
  const epoch = since1904 ? Date.UTC(1904, 0, 1) : count < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  return new Date(epoch + count * DAY_MS).toISOString().slice(0, 10);
}

interface Span {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

function spanOf(text: string): Span | null {
  const parts = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(text);
  if (!parts) return null;
  const [, left = "", top = "", right = "", bottom = ""] = parts;
  return { left: columnOf(left), top: Number(top), right: columnOf(right), bottom: Number(bottom) };
}

/** `D7` or `D` → 3. */
function columnOf(at: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(at)?.[0] ?? "") column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** 3 → `D`. */
export function lettersOf(column: number): string {
  let [letters, rest] = ["", column + 1];
  while (rest > 0) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
    rest = Math.floor((rest - 1) / 26);
  }
  return letters;
}
