import { caseTokens } from "./case-types.ts";
import { problem } from "./problems.ts";

/** Rules of 法〔2015〕137号 and 法〔2018〕335号: (year)court[special]type serial号[suffix]. */
export interface CaseNumber {
  readonly canonical: string;
  readonly year: number;
  /** 法院代字; in a case number from before 2016 the old abbreviation, e.g. 历. */
  readonly courtCode: string;
  readonly courtLevel: "最高" | "高级" | "中级" | "基层" | null;
  /** 专门审判代字: 知 or 商. */
  readonly special: string | null;
  readonly type: string;
  readonly serial: number;
  readonly suffix: string | null;
  /** A number of the old form (…字第…号): only for finding old cases, never for new ones. */
  readonly legacy: boolean;
}

export interface CaseNumberParts {
  readonly year: number;
  readonly court: string;
  readonly special?: string | null;
  readonly type: string;
  readonly serial: number;
  readonly suffix?: string | null;
}

export const PROVINCES: Readonly<Record<string, string | null>> = {
  京: "11",
  津: "12",
  冀: "13",
  晋: "14",
  内: "15",
  辽: "21",
  吉: "22",
  黑: "23",
  沪: "31",
  苏: "32",
  浙: "33",
  皖: "34",
  闽: "35",
  赣: "36",
  鲁: "37",
  豫: "41",
  鄂: "42",
  湘: "43",
  粤: "44",
  桂: "45",
  琼: "46",
  渝: "50",
  川: "51",
  黔: "52",
  云: "53",
  藏: "54",
  陕: "61",
  甘: "62",
  青: "63",
  宁: "64",
  新: "65",
  军: null,
  兵: null,
};

const COURT = new RegExp(`^(?:最高法|[${Object.keys(PROVINCES).join("")}](?:\\d{4}|\\d{2})?)$`);
const CURRENT = new RegExp(
  `^（(\\d{4})）(最高法|[${Object.keys(PROVINCES).join("")}](?:\\d{4}|\\d{2})?)(知|商)?(${caseTokens.join("|")}|初)([1-9]\\d{0,11})号(之[一二三四五六七八九十]{1,3})?$`,
);
/** Before 2016 numbers were written as each court did, also 民一初字 and with leading zeros. */
const LEGACY =
  /^（(\d{4})）([^\d（）]{1,8}?)(民|刑|行|执|知|商)([一二三四五六]?(?:初|终|再|监|申|提|抗|执|恢|异|复))?字第(\d{1,9})号$/;
const LONGEST = 64;
const FIRST_YEAR = 1949;

/** Spaces away, full-width digits and all kinds of brackets brought to the form that is stored: （2026）鲁0102民初123号. */
export function normaliseCaseNumber(text: string): string {
  return text
    .replace(/[\s\u3000]/g, "")
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[([〔【［]/g, "（")
    .replace(/[)\]〕】］]/g, "）");
}

/** Reads a case number as people type it. Null when it is none. */
export function readCaseNumber(text: string): CaseNumber | null {
  if (text.length > LONGEST) return null;
  const canonical = normaliseCaseNumber(text);
  const parts = CURRENT.exec(canonical);
  if (parts === null) return readLegacy(canonical);
  const [, year = "", courtCode = "", special = null, type = "", serial = "", suffix = null] = parts;
  // 初 alone is a type only of the international commercial court: （2018）最高法商初1号.
  if (type === "初" && special !== "商") return null;
  if (Number(year) < FIRST_YEAR || (type === "刑核" && serial.length !== 8)) return null;
  return {
    canonical,
    year: Number(year),
    courtCode,
    courtLevel: courtLevelOf(courtCode),
    special,
    type,
    serial: Number(serial),
    suffix,
    legacy: false,
  };
}

/** As `readCaseNumber`; throws `case_number.invalid`. */
export function parseCaseNumber(text: string): CaseNumber {
  const found = readCaseNumber(text);
  if (found === null)
    throw problem("case_number.invalid", {
      errors: [{ pointer: "/text", code: "format", message: "案号格式不正确，请对照文书核对" }],
    });
  return found;
}

/** Writes a case number. Throws RangeError when the parts do not make one: a wrong number must never be given out. */
export function formatCaseNumber({ year, court, special, type, serial, suffix }: CaseNumberParts): string {
  const text = `（${year}）${court}${special ?? ""}${type}${serial}号${suffix ?? ""}`;
  const read = readCaseNumber(text);
  const same =
    read !== null &&
    !read.legacy &&
    read.courtCode === court &&
    read.special === (special ?? null) &&
    read.type === type &&
    read.serial === serial;
  if (!same) throw new RangeError(`no case number: ${text}`);
  return text;
}

/** 最高法 · 省级简称 alone: 高级 · two digits: 中级 · four digits: 基层 (法〔2015〕137号§4–5). */
export function courtLevelOf(courtCode: string): "最高" | "高级" | "中级" | "基层" | null {
  if (!COURT.test(courtCode)) return null;
  if (courtCode === "最高法") return "最高";
  return courtCode.length === 1 ? "高级" : courtCode.length === 3 ? "中级" : "基层";
}

function readLegacy(canonical: string): CaseNumber | null {
  const parts = LEGACY.exec(canonical);
  if (parts === null) return null;
  const [, year = "", courtCode = "", branch = "", stage = "", serial = ""] = parts;
  if (Number(year) < FIRST_YEAR || Number(serial) === 0) return null;
  return {
    canonical,
    year: Number(year),
    courtCode,
    courtLevel: null,
    special: null,
    type: `${branch}${stage}`,
    serial: Number(serial),
    suffix: null,
    legacy: true,
  };
}
