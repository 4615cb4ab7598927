import { parseYuan } from "#core/money.ts";
import { isCourtDay } from "#core/period.ts";

/** A cell as the sheet holds it. Numbers are kept as the text that is stored, never as a float. */
export interface Cell {
  /** `D7`: where it stands, for the person who mends it. */
  readonly at: string;
  readonly type: "text" | "number" | "day" | "yesno" | "error";
  readonly text: string;
  /** Reckoned by a formula; `outside`: from another file. */
  readonly formula?: "own" | "outside";
}
/** What a cell says, or why it cannot be read and what to do. */
export type Read<T> = { readonly value: T } | { readonly wrong: string; readonly fix: string };

export const wrong = (what: string, fix: string): { wrong: string; fix: string } => ({ wrong: what, fix });

const halfWidth = (text: string): string =>
  text.replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, " ");

/** The text of a cell, whatever it is stored as; line ends as `\n`. */
export function textOf(cell: Cell): string {
  if (cell.type === "number") return decimalOf(cell.text) ?? cell.text;
  return cell.text.replace(/\r\n?/g, "\n").trim();
}

/** Text for numbers, dates and options: half-width, without spaces around. */
export const plainOf = (cell: Cell): string => halfWidth(textOf(cell)).trim();

/**
 * A stored number as a plain decimal. Excel keeps 15 digits of what was typed and may store a sixteenth and seventeenth
 * that were never there (4.35 as 4.3499999999999996): those are rounded away by digits, not by arithmetic.
 */
export function decimalOf(stored: string): string | null {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(stored.trim());
  if (!parts) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const all = (whole + fraction).replace(/^0+/, "");
  let power = Number(exponent) - fraction.length;
  let digits = BigInt(all || "0");
  const extra = all.length - 15;
  if (extra > 0) {
    const unit = 10n ** BigInt(extra);
    digits = (digits + unit / 2n) / unit;
    power += extra;
  }
  const text = power >= 0 ? (digits * 10n ** BigInt(power)).toString() : withPoint(digits.toString(), -power);
  return text === "0" ? "0" : sign + text;
}

function withPoint(digits: string, places: number): string {
  const padded = digits.padStart(places + 1, "0");
  const fraction = padded.slice(-places).replace(/0+$/, "");
  return padded.slice(0, -places) + (fraction ? `.${fraction}` : "");
}

/** Whole fen of an amount in yuan: `50000`, `50,000.00`, `￥50000元`, full-width digits. */
export function moneyOf(cell: Cell): Read<number> {
  if (cell.type === "day") return wrong("这一格是日期，不是金额", "请把单元格格式改为“文本”，重新填写金额");
  const text = plainOf(cell)
    .replace(/^[¥￥]\s*/, "")
    .replace(/\s*元整?$/, "");
  if (/[万亿]/.test(text)) return wrong(`金额“${short(text)}”用了“万”或“亿”`, "请写成完整的数字，例如 50000.00");
  const grouped = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text;
  // Zeros behind the second place say nothing.
  const fen = parseYuan(grouped.replace(/^(\d+\.\d{2})0+$/, "$1"));
  if (fen !== null) return { value: fen };
  if (/^\d+\.\d{3,}$/.test(grouped)) return wrong(`金额“${short(text)}”超过两位小数`, "请写到分，例如 50000.00");
  return wrong(`“${short(text)}”不是金额`, "请填写数字（元），最多两位小数，例如 50000.00");
}

/** A plain decimal: `3.85`. */
export function numberOf(cell: Cell): Read<string> {
  const text = plainOf(cell).replace(/%$/, "");
  if (cell.type !== "day" && /^(0|[1-9]\d{0,11})(\.\d{1,6})?$/.test(text)) return { value: text };
  return wrong(`“${short(text)}”不是数字`, "请填写数字，例如 3.85");
}

/** A court day. Dates of Excel are read as such; as text: 2026-03-05, 2026/3/5, 2026.3.5, 2026年3月5日, 20260305. */
export function dayOf(cell: Cell): Read<string> {
  const text = plainOf(cell);
  const parts =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?: 0?0:00(?::00)?)?$/.exec(text) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const day = parts ? `${parts[1]}-${parts[2]?.padStart(2, "0")}-${parts[3]?.padStart(2, "0")}` : "";
  if (isCourtDay(day)) return { value: day };
  if (parts) return wrong(`没有“${short(text)}”这一天`, "请填写真实存在的日期，例如 2026-03-05");
  return wrong(`“${short(text)}”不是完整的日期`, "请写全年月日，例如 2026-03-05");
}

export function yesnoOf(cell: Cell): Read<boolean> {
  const text = plainOf(cell);
  if (/^(是|有|同意|y|yes|true|1)$/i.test(text)) return { value: true };
  if (/^(否|无|没有|不同意|n|no|false|0)$/i.test(text)) return { value: false };
  return wrong(`“${short(text)}”不是“是”或“否”`, "请填写“是”或“否”");
}

/** Numbers of documents, telephones, licences: kept as written. What Excel has cut to fifteen digits is refused. */
export function digitsOf(cell: Cell): Read<string> {
  const text = plainOf(cell).replace(/[\s-](?=\d)/g, (sign) => (sign === "-" ? "-" : ""));
  if (cell.type === "number" && text.replace(/\D/g, "").length > 15)
    return wrong("号码被 Excel 存成了数字，末几位已经变成 0", "请先把单元格格式设为“文本”，再重新输入完整的号码");
  return { value: text };
}

export function choiceOf(cell: Cell, options: readonly string[]): Read<string> {
  const text = plainOf(cell);
  const found = options.find((option) => halfWidth(option) === text);
  return found === undefined
    ? wrong(
        `“${short(text)}”不在可选项中`,
        `请从列表中选择：${options.slice(0, 8).join("、")}${options.length > 8 ? "等" : ""}`,
      )
    : { value: found };
}

/** Several options, one a line or with `；` between them. */
export function choicesOf(cell: Cell, options: readonly string[]): Read<string[]> {
  const found = new Set<string>();
  for (const text of textOf(cell).split(/[；;\n]/)) {
    if (text.trim() === "") continue;
    const read = choiceOf({ ...cell, type: "text", text }, options);
    if ("wrong" in read) return read;
    found.add(read.value);
  }
  return { value: [...found] };
}

/** The lines of a cell, each cut at `｜` (or `|`). */
export const linesOf = (cell: Cell): string[][] =>
  textOf(cell)
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => line.split(/[｜|]/).map((part) => part.trim()));

export const short = (text: string): string => ([...text].length > 20 ? `${[...text].slice(0, 20).join("")}…` : text);
