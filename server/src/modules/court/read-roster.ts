import { divisions, LEVELS, type Level, levelOf, parentOf } from "./data.ts";

/** One line of an official table; what the file has no column for is undefined and stays as it was. */
export interface RosterRow {
  /** The line of the file, for messages. */
  readonly line: number;
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  readonly parentCode: string | null;
  readonly divisionCode?: string | null;
  readonly address?: string | null;
  readonly phone?: string | null;
  readonly open?: boolean;
}

export interface RosterReading {
  readonly rows: readonly RosterRow[];
  /** Sentences that name the line. */
  readonly errors: readonly string[];
}

const COLUMNS: Readonly<Record<string, string>> = {
  code: "code",
  法院代字: "code",
  代字: "code",
  name: "name",
  法院名称: "name",
  名称: "name",
  level: "level",
  法院级别: "level",
  级别: "level",
  parentCode: "parentCode",
  上级法院代字: "parentCode",
  上级法院: "parentCode",
  divisionCode: "divisionCode",
  行政区划代码: "divisionCode",
  address: "address",
  地址: "address",
  phone: "phone",
  电话: "phone",
  联系电话: "phone",
  open: "open",
  网上立案: "open",
};
const YES_NO: Readonly<Record<string, boolean>> = {
  是: true,
  开通: true,
  true: true,
  "1": true,
  否: false,
  未开通: false,
  false: false,
  "0": false,
};
const MOST_LINES = 10_000;

/**
 * Reads an official table of courts, CSV (UTF-8 or GB18030, first line names the columns) or JSON (a list of objects):
 * ```csv
 * 法院代字,法院名称,级别,上级法院代字,行政区划代码,地址,电话,网上立案
 * 鲁0102,济南市历下区人民法院,基层,鲁01,370102,济南市历下区某路1号,0531-12368,是
 * ```
 * Only 法院代字 and 法院名称 are required; level and court above follow from the code where the column is missing or empty.
 */
export function readRoster(bytes: Uint8Array, format: "csv" | "json"): RosterReading {
  const errors: string[] = [];
  const records = format === "json" ? fromJson(bytes, errors) : fromCsv(bytes, errors);
  if (records.length > MOST_LINES) return { rows: [], errors: [`文件超过 ${MOST_LINES} 行，请核对是否选对了文件`] };
  const rows: RosterRow[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, values } of records) {
    const before = errors.length;
    const row = check(line, values, (message) => errors.push(`第 ${line} 行：${message}`));
    const earlier = lineOf.get(row.code);
    if (earlier !== undefined) errors.push(`第 ${line} 行：法院代字 ${row.code} 与第 ${earlier} 行重复`);
    lineOf.set(row.code, line);
    if (errors.length === before) rows.push(row);
  }
  if (records.length === 0 && errors.length === 0) errors.push("文件中没有法院，请核对文件内容");
  return { rows, errors };
}

type Values = ReadonlyMap<string, string>;

function check(line: number, values: Values, wrong: (message: string) => void): RosterRow {
  const text = (column: string): string => values.get(column) ?? "";
  const optional = (column: string, longest: number, label: string): string | null => {
    if ([...text(column)].length > longest) wrong(`${label}不能超过 ${longest} 个字`);
    return text(column) || null;
  };
  const code = text("code");
  const told = levelOf(code);
  if (told === null) wrong(`法院代字“${code}”不正确，应为省级简称加两位或四位数字，例如 鲁0102`);
  const name = text("name");
  if (name.length < 4 || [...name].length > 60 || !/法院(.{0,12}分院)?$/.test(name))
    wrong(`法院名称“${name}”不正确，应为 60 字以内的全称并以“法院”结尾`);
  const level = (text("level") || told || "") as Level;
  if (text("level") && !LEVELS.includes(level)) wrong(`级别“${text("level")}”不正确，应为 ${LEVELS.join("、")} 之一`);
  else if (told && level !== "专门" && level !== told)
    wrong(`级别“${level}”与法院代字 ${code} 不符，该代字属于${told}法院`);
  const parentCode = text("parentCode") || (told ? parentOf(code) : null);
  if (parentCode !== null && (levelOf(parentCode) === null || parentCode === code))
    wrong(`上级法院代字“${parentCode}”不正确`);
  const divisionCode = text("divisionCode");
  if (
    divisionCode &&
    (!/^\d{6}$/.test(divisionCode) ||
      !divisions.provinces.some(({ code: province }) => divisionCode.startsWith(province)))
  ) {
    wrong(`行政区划代码“${divisionCode}”不正确，应为 6 位数字`);
  }
  const open = YES_NO[text("open")];
  if (text("open") && open === undefined) wrong(`网上立案“${text("open")}”不正确，应填“是”或者“否”`);
  return {
    line,
    code,
    name,
    level,
    parentCode,
    ...(values.has("divisionCode") ? { divisionCode: divisionCode || null } : {}),
    ...(values.has("address") ? { address: optional("address", 200, "地址") } : {}),
    ...(values.has("phone") ? { phone: optional("phone", 40, "电话") } : {}),
    ...(open === undefined ? {} : { open }),
  };
}

interface RosterRecord {
  readonly line: number;
  readonly values: Values;
}

function fromJson(bytes: Uint8Array, errors: string[]): RosterRecord[] {
  let list: unknown;
  try {
    list = JSON.parse(decode(bytes));
  } catch {
    list = null;
  }
  if (!Array.isArray(list)) {
    errors.push("文件不是 JSON 列表，请核对文件格式");
    return [];
  }
  return list.map((item: unknown, index) => {
    const line = index + 1;
    const values = new Map<string, string>();
    if (typeof item !== "object" || item === null || Array.isArray(item)) errors.push(`第 ${line} 行：应为一个法院`);
    else
      for (const [title, value] of Object.entries(item)) {
        const column = COLUMNS[title];
        if (!column) errors.push(`第 ${line} 行：不认识的项目“${title}”`);
        else values.set(column, value === null ? "" : String(value).normalize("NFC").trim());
      }
    return { line, values };
  });
}

function fromCsv(bytes: Uint8Array, errors: string[]): RosterRecord[] {
  const [header, ...lines] = splitCsv(decode(bytes));
  const columns = (header?.cells ?? []).map((title) => COLUMNS[title] ?? null);
  for (const [index, title] of (header?.cells ?? []).entries())
    if (!columns[index]) errors.push(`第 1 行：不认识的列“${title}”`);
  for (const [column, label] of [
    ["code", "法院代字"],
    ["name", "法院名称"],
  ] as const)
    if (!columns.includes(column)) errors.push(`第 1 行：缺少“${label}”一列`);
  if (new Set(columns).size !== columns.length && errors.length === 0) errors.push("第 1 行：有重复的列");
  if (errors.length > 0) return [];
  return lines.map(({ line, cells }) => {
    if (cells.length !== columns.length)
      errors.push(`第 ${line} 行：有 ${cells.length} 列，应为 ${columns.length} 列，请核对逗号和引号`);
    return { line, values: new Map(columns.map((column, index) => [column ?? "", cells[index] ?? ""])) };
  });
}

/** Excel writes UTF-8 with a mark, or GB18030. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** RFC 4180; empty lines are skipped, cells are trimmed and brought to NFC. */
function splitCsv(text: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let [cells, cell, quoted, line, began] = [[] as string[], "", false, 1, 1];
  const endCell = () => {
    cells.push(cell.normalize("NFC").trim());
    cell = "";
  };
  const endRow = () => {
    endCell();
    if (cells.some((one) => one !== "")) rows.push({ line: began, cells });
    cells = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "\n") line += 1;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === "") [quoted, cell] = [true, ""];
    else if (character === ",") endCell();
    else if (character === "\n") {
      endRow();
      began = line;
    } else if (character !== "\r") cell += character;
  }
  if (cell !== "" || cells.length > 0) endRow();
  return rows;
}
