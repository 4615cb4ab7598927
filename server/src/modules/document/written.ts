import { capitalYuan } from "#core/capital-yuan.ts";
import { readableYuan } from "#core/money.ts";

/** `2026-03-05` as papers write it: `2026年3月5日`. */
export const writtenDay = (day: string): string => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");

/** An amount without its unit, as tables show it: `1,234.50`. */
export const writtenAmount = (fen: number): string => readableYuan(fen).slice(0, -1);

/** A sum in a sentence: `1,234.50元（人民币壹仟贰佰叁拾肆元伍角整）`. */
export const writtenSum = (fen: number): string => `${readableYuan(fen)}（${capitalYuan(fen)}）`;

/** Options with a box before each, `☑` before those chosen: `☑是　□否`. */
export const ticked = (options: readonly string[], chosen: readonly string[]): string =>
  options.map((option) => `${chosen.includes(option) ? "☑" : "□"}${option}`).join("　");
