import { z } from "zod";

/** What may come in from outside, said once: every schema is built of these (reliability rules 13, 16, 18, 19, 21). */

const MAX_ID = 2n ** 64n - 1n;
/** A row's id: a decimal string without leading zeros that fits BIGINT UNSIGNED. */
export const idField = z
  .string()
  .regex(/^[1-9]\d{0,19}$/, "编号格式不正确")
  .refine((value) => !/^\d+$/.test(value) || BigInt(value) <= MAX_ID, "编号格式不正确")
  .meta({ description: "编号", example: "42" });

// Controls, bidi overrides and isolates, zero-width characters, separators, private use, non-characters.
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uE000-\uF8FF\uFFF9-\uFFFC\uFFFE\uFFFF\u{F0000}-\u{10FFFF}]/u;
const STACKED_MARKS = /\p{M}{3,}/u;
/** 𠮷 and all other supplementary ideographs are letters; a lone half of one is not text at all. */
const isWhole = (value: string): boolean => value.isWellFormed();
const length = (value: string): number => [...value].length;

/** One line of text: NFC, trimmed, no control or invisible characters; length in characters. */
export const line = (max: number, min = 0) =>
  z
    .string()
    .refine(
      (value) => isWhole(value) && !FORBIDDEN.test(value) && !/[\t\n\r]/.test(value),
      "含有不可见或不支持的字符，请重新输入",
    )
    .refine((value) => !STACKED_MARKS.test(value), "含有异常的叠加符号，请重新输入")
    .transform((value) => value.normalize("NFC").trim())
    .refine((value) => length(value) <= max, `不能超过 ${max} 个字`)
    .refine((value) => length(value) >= min, min <= 1 ? "请填写" : `至少 ${min} 个字`)
    .meta({ type: "string", maxLength: max, ...(min ? { minLength: min } : {}) });

/** The dot in a transliterated name is written ·, however it was typed. */
const DOTS = /(?<=\p{L})[•・．‧∙⋅](?=\p{L})/gu;
export const nameField = (max = 100, min = 0) =>
  line(max, min)
    .transform((value) => value.replace(DOTS, "·"))
    .meta({ type: "string", maxLength: max, ...(min ? { minLength: min } : {}) });

/** Several lines, kept as sent except for line ends; controls and lone surrogates are refused. */
export const prose = (max: number, min = 0) =>
  z
    .string()
    .refine(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
      (value) => isWhole(value) && !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/.test(value),
      "含有不支持的控制字符，请删除后重试",
    )
    .refine((value) => length(value) <= max, `不能超过 ${max} 个字`)
    .refine((value) => length(value.trim()) >= min, min <= 1 ? "请填写" : `至少写 ${min} 个字`)
    .meta({ type: "string", maxLength: max, ...(min ? { minLength: min } : {}) });

const halfWidth = (value: string): string =>
  value.replace(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));

/** A mainland mobile number; +86, 0086 and full-width digits are brought to the plain form; "" where absent. */
export const phoneField = z
  .string()
  .max(40, "电话号码过长")
  .transform((value) => halfWidth(value).replace(/^(\+|00)86[- ]?/, ""))
  .refine(
    (value) =>
      value === "" ||
      /^1[3-9]\d{9}$/.test(value) ||
      /^0\d{2,3}-?\d{7,8}(-\d{1,6})?$/.test(value) ||
      /^\+\d[\d ()-]{5,24}$/.test(value),
    "请填写正确的电话号码，例如 13800000000",
  )
  .meta({ type: "string", example: "13800000000" });

/** A mobile number that can receive a message. */
export const mobileField = z
  .string()
  .max(40, "手机号码过长")
  .transform((value) => halfWidth(value).replace(/^(\+|00)86[- ]?/, ""))
  .refine((value) => /^1[3-9]\d{9}$/.test(value), "请填写 11 位手机号码")
  .meta({ type: "string", example: "13800000000" });

const EMAIL =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/;
export const emailField = z
  .string()
  .max(254, "邮箱过长")
  .refine((value) => value === "" || (EMAIL.test(value) && !value.includes("..")), "请填写正确的邮箱地址")
  .meta({ type: "string", example: "name@example.com" });

/** A court day, `YYYY-MM-DD`, 1900–2199, that exists in the calendar. */
export const dayField = z
  .string()
  .refine(isDay, "请填写真实存在的日期，例如 2026-03-05")
  .meta({ format: "date", example: "2026-03-05" });

export function isDay(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2199 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && day > 0;
}

/** Money: whole fen, at most 9,999 亿元. */
export const fenField = z
  .number("金额须为整数（单位：分）")
  .int("金额须为整数（单位：分）")
  .min(0, "金额不能为负数")
  .max(99_999_999_999_999, "金额过大，请核对")
  .refine((value) => !Object.is(value, -0), "金额不能为负数")
  .meta({ description: "金额，单位：分", example: 5000000 });

export const courtCodeField = z
  .string()
  .regex(/^(最高法|[\u4e00-\u9fff](\d{2}|\d{4})?)$/u, "法院代字格式不正确，例如 鲁0102")
  .meta({ description: "法院代字", example: "鲁0102" });

/** The key a client gives a list element, so that edits find it again. */
export const keyField = z.string().regex(/^[a-z0-9]{1,16}$/, "键须为 1–16 位小写字母或数字");

/** `cursor` and `limit` of every list; a limit above 100 counts as 100. */
export const paging = {
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,200}$/, "翻页标记无效，请从第一页重新查看")
    .optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, "每页条数须为正整数")
    .transform((value) => Math.min(Number(value), 100))
    .optional()
    .meta({ type: "integer", minimum: 1, maximum: 100 }),
};

export const DEFAULT_LIMIT = 20;

/** Cuts one row too many off a page and says where the next begins. */
export function page<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => string,
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? cursorOf(last) : null };
}

export const stateView = z.object({ code: z.string(), label: z.string() });
export const movesView = z.array(z.object({ action: z.string(), label: z.string() }));
export const momentView = z.string().meta({ format: "date-time" });
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
export const itemsOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
