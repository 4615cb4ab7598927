import { readFileSync } from "node:fs";

interface Divisions {
  readonly source: string;
  readonly version: string;
  readonly provinces: readonly {
    readonly code: string;
    readonly name: string;
    readonly cities: readonly {
      readonly code: string;
      readonly name: string;
      readonly counties: readonly (readonly [code: string, name: string])[];
    }[];
  }[];
}
interface SpecialCourts {
  readonly source: string;
  readonly version: string;
  readonly courts: readonly {
    readonly code: string;
    readonly name: string;
    readonly level: Level;
    readonly parent: string | null;
    readonly city: string | null;
    readonly division?: string;
    readonly confidence: string;
  }[];
}
interface FeeTable {
  readonly parameters: Readonly<
    Record<
      string,
      {
        readonly min: number;
        readonly max: number;
        readonly default: number;
        readonly label: string;
        readonly basis: string;
      }
    >
  >;
}

export const LEVELS = ["最高", "高级", "中级", "基层", "专门"] as const;
export type Level = (typeof LEVELS)[number];

/** Province letter → first two digits of its division code (法〔2015〕137号§4; 内蒙古 is 内). */
export const LETTERS: Readonly<Record<string, string>> = {
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
  军: "98",
  兵: "99",
};

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../data/${name}.json`, import.meta.url), "utf8")) as T;

export const divisions = read<Divisions>("divisions");
export const specialCourts = read<SpecialCourts>("special-courts");
/** The bounds of 诉讼费用交纳办法 §13–14, in yuan; the same file that the calculator of fees reads. */
export const feeBounds = read<FeeTable>("fees").parameters;

const provinceNames = new Map(divisions.provinces.map(({ code, name }) => [code, name]));

export function provinceOf(courtCode: string): string | null {
  return provinceNames.get(LETTERS[courtCode.slice(0, 1)] ?? "") ?? null;
}

/** The level a code tells: 最高法 · a letter · two digits · four digits; null for what is no code. */
export function levelOf(courtCode: string): Exclude<Level, "专门"> | null {
  if (courtCode === "最高法") return "最高";
  if (LETTERS[courtCode.slice(0, 1)] === undefined || !/^(\d{2}|\d{4})?$/.test(courtCode.slice(1))) return null;
  return courtCode.length === 1 ? "高级" : courtCode.length === 3 ? "中级" : "基层";
}

/** The court above by the code alone: 鲁0102 → 鲁01 → 鲁 → 最高法. */
export function parentOf(courtCode: string): string | null {
  if (courtCode === "最高法") return null;
  return courtCode.length === 1 ? "最高法" : courtCode.slice(0, courtCode.length - 2);
}
