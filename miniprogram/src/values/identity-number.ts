const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";
const USCC_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** Full-width and lower-case as people type them, without blanks, in the form the certificate shows. */
export function normaliseNumber(text: string): string {
  return text
    .replace(/[０-９Ａ-Ｚａ-ｚ]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\s-]/g, "")
    .toUpperCase();
}

/** What looks wrong in a resident identity number (GB 11643), said while typing; null when nothing does. */
export function residentIdHint(text: string, today = new Date()): string | null {
  const value = normaliseNumber(text);
  if (value === "") return null;
  if (/^\d{15}$/.test(value)) return "这是老式 15 位号码，请看现在的身份证，填 18 位";
  if (value.length !== 18) return `身份证号是 18 位，现在是 ${value.length} 位`;
  if (!/^\d{17}[\dX]$/.test(value)) return "前 17 位都是数字，只有最后一位可能是 X";
  if (!birthDateOf(value, today)) return "第 7 到 14 位是出生日期，请再核对一遍";
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(value[i]), 0);
  return CHECKS[sum % 11] === value[17] ? null : "号码对不上，可能有一位写错了，请对照证件核对";
}

/** The birth date written in an 18-digit number as `YYYY-MM-DD`, or null when there is no such day or it is still to come. */
export function birthDateOf(value: string, today = new Date()): string | null {
  const [year, month, day] = [Number(value.slice(6, 10)), Number(value.slice(10, 12)), Number(value.slice(12, 14))];
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!real || year < 1880 || date.getTime() > today.getTime()) return null;
  return `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`;
}

/** Full years on a day; null where the birth date is not known. */
export function ageOn(birthDate: string | null, day: string): number | null {
  if (!birthDate || birthDate > day) return null;
  return Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(5) < birthDate.slice(5) ? 1 : 0);
}

/** 男 or 女 by the 17th digit. */
export function genderOf(value: string): "男" | "女" {
  return Number(value[16]) % 2 === 1 ? "男" : "女";
}

/** What looks wrong in a unified social credit code (GB 32100). Real codes with a wrong check digit exist: only a hint. */
export function usccHint(text: string): string | null {
  const value = normaliseNumber(text);
  if (value === "") return null;
  if (value.length !== 18) return `统一社会信用代码是 18 位，现在是 ${value.length} 位`;
  if ([...value].some((char) => !USCC_CHARS.includes(char))) return "代码里不会有字母 I、O、S、V、Z，请核对";
  let weight = 1;
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    sum += USCC_CHARS.indexOf(value[i]!) * weight;
    weight = (weight * 3) % 31;
  }
  return USCC_CHARS[(31 - (sum % 31)) % 31] === value[17]
    ? null
    : "代码校验不符，请对照营业执照再看一遍；确实如此也可以继续";
}

/** What looks wrong in a mobile number of the mainland; other numbers are let through with a plus sign. */
export function mobileHint(text: string): string | null {
  const value = normaliseNumber(text);
  if (value === "" || value.startsWith("+")) return null;
  return /^1[3-9]\d{9}$/.test(value) ? null : "手机号是 11 位，以 1 开头";
}
