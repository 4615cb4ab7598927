import { courtDayOf, isCourtDay } from "#core/period.ts";
import { problem } from "./problems.ts";
import { checkUscc } from "./uscc.ts";

export interface IdentityCheck {
  /** null where no rule decides: a number that only exists in old records. */
  readonly valid: boolean | null;
  /** The form that is stored, where what was typed is valid or only needs rewriting. */
  readonly normalized?: string;
  /** Why it is not valid, in plain Chinese. */
  readonly reason?: string;
  readonly birth?: string;
  readonly gender?: "男" | "女";
  /** For doubts that a person may overrule. */
  readonly warnings: readonly string[];
  /** The 18 digits that replaced a 15-digit number (withdrawn on 2013-01-01). */
  readonly legacy15?: boolean;
  readonly upgraded?: string;
  /** Whether characters 9–17 carry a correct GB 11714 organisation code. */
  readonly orgCodeOk?: boolean;
}

export type IdentityType =
  | "resident_id"
  | "hmt_residence_permit"
  | "foreigner_pr_2023"
  | "foreigner_pr_2017"
  | "uscc"
  | "business_reg_no"
  | "lawyer_licence"
  | "cn_passport"
  | "hk_macau_permit"
  | "tw_permit"
  | "foreign_document"
  | "mobile"
  | "bank_card";

const MAINLAND = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65".split(
  " ",
);
const REGIONS = new Set([...MAINLAND, "71", "81", "82", "83"]);
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const checks: Readonly<Record<IdentityType, (value: string, today: string) => IdentityCheck>> = {
  resident_id: (value, today) => checkResident(upper(value), today),
  hmt_residence_permit(value, today) {
    const number = upper(value);
    if (/^\d{17}[\dX]$/.test(number) && !/^8[123]0000/.test(number))
      return wrong("港澳台居民居住证号码以 810000、820000 或者 830000 开头，请核对");
    return checkResident(number, today);
  },
  foreigner_pr_2023(value, today) {
    const number = upper(value);
    if (!/^9\d{16}[\dX]$/.test(number)) return wrong("2023 版外国人永久居留身份证为 18 位，以 9 开头，请核对");
    if (!REGIONS.has(number.slice(1, 3))) return wrong("地区代码不正确，请核对");
    return checkBirthAndDigit(number, today);
  },
  foreigner_pr_2017(value) {
    const number = halfWidth(value);
    if (!/^[A-Z]{3}\d{12}$/.test(number))
      return wrong("旧版外国人永久居留证为 15 位：3 位大写字母和 12 位数字，请核对");
    const born = `${number.slice(7, 9)}-${number.slice(9, 11)}-${number.slice(11, 13)}`;
    if (!isCourtDay(`19${born}`) && !isCourtDay(`20${born}`)) return wrong("号码中的出生日期不存在，请核对");
    return right(number);
  },
  uscc: (value) => checkUscc(upper(value)),
  business_reg_no(value) {
    const number = halfWidth(value);
    if (!/^\d{15}$/.test(number)) return wrong("旧工商注册号为 15 位数字；现在请填写 18 位统一社会信用代码");
    return { valid: null, normalized: number, warnings: ["旧工商注册号只用于历史数据，请尽量填写统一社会信用代码"] };
  },
  lawyer_licence: (value, today) => checkLawyerLicence(halfWidth(value), today),
  cn_passport: byPattern(
    /^([EGDSPH]\d{8}|E[A-HJ-NP-Z]\d{7}|1[45]\d{7})$/,
    "护照号码为 9 位，字母须大写，例如 E12345678，请核对",
  ),
  hk_macau_permit: byPattern(
    /^[HM]\d{8}(\d{2})?$/,
    "港澳居民来往内地通行证以大写字母 H 或者 M 开头，后接 8 位或者 10 位数字，请核对",
  ),
  tw_permit: byPattern(/^(\d{8}|\d{10}[A-Z]?)$/, "台湾居民来往大陆通行证为 8 位数字（旧版 10 位数字），请核对"),
  foreign_document(value) {
    const number = halfWidth(value);
    if (!/^[A-Za-z0-9][A-Za-z0-9/-]{2,29}$/.test(number)) return wrong("境外证件号码为 3 至 30 位字母或者数字，请核对");
    return { ...right(number), warnings: ["境外证件没有统一的校验规则，立案时由法院核对原件"] };
  },
  mobile(value) {
    const number = halfWidth(value).replace(/^(\+|00)86[- ]?/, "");
    return /^1[3-9]\d{9}$/.test(number) ? right(number) : wrong("手机号码为 11 位数字，请核对");
  },
  bank_card(value) {
    const number = halfWidth(value).replace(/(?<=\d) (?=\d)/g, "");
    if (!/^\d{12,19}$/.test(number)) return wrong("银行卡号为 12 至 19 位数字，请核对");
    return luhn(number)
      ? right(number)
      : { ...wrong("银行卡号校验不通过，请核对"), warnings: ["存折账号等没有校验位，核对无误的可以继续"] };
  },
};

export const identityTypes = Object.keys(checks) as IdentityType[];

/**
 * Whether a number of this type is well formed (GB 11643-1999, GB 32100-2015 and the permits' own forms). Full-width
 * characters and a small x are rewritten. It says nothing of whether the person exists. Throws `identity_number.unknown_type`.
 */
export function checkIdentityNumber(
  type: string,
  value: string,
  today: string = courtDayOf(new Date()),
): IdentityCheck {
  if (!Object.hasOwn(checks, type))
    throw problem("identity_number.unknown_type", {
      errors: [{ pointer: "/type", code: "unknown", message: "没有这种证件类型" }],
    });
  if (value === "") return wrong("请填写号码");
  if (value.length > 64) return wrong("号码过长，请核对");
  return checks[type as IdentityType](value, today);
}

/** GB 11643: province, a real day of birth not after today, check digit; the 17th digit is odd for men. */
function checkResident(number: string, today: string): IdentityCheck {
  if (/^\d{15}$/.test(number)) return checkLegacy(number, today);
  if (!/^\d{17}[\dX]$/.test(number)) return wrong("居民身份证号码为 18 位，前 17 位是数字，末位是数字或者 X，请核对");
  if (!REGIONS.has(number.slice(0, 2))) return wrong("号码开头的地区代码不正确，请核对");
  return checkBirthAndDigit(number, today);
}

function checkBirthAndDigit(number: string, today: string): IdentityCheck {
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isCourtDay(birth)) return wrong("号码中的出生日期不存在，请核对");
  if (birth > today) return wrong("号码中的出生日期在今天之后，请核对");
  if (checkDigit(number) !== number[17]) return wrong("校验码不正确，请逐位核对");
  return { ...right(number), birth, gender: Number(number[16]) % 2 === 1 ? "男" : "女" };
}

function checkDigit(number: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return "10X98765432"[sum % 11]!;
}

function checkLegacy(number: string, today: string): IdentityCheck {
  const reason = "15 位身份证号码自 2013 年 1 月 1 日起停用，请填写 18 位号码";
  const seventeen = `${number.slice(0, 6)}19${number.slice(6)}`;
  const upgraded = `${seventeen}${checkDigit(seventeen)}`;
  const sound = REGIONS.has(number.slice(0, 2)) && checkBirthAndDigit(upgraded, today).valid === true;
  return { valid: false, reason, warnings: [], legacy15: true, ...(sound ? { upgraded } : {}) };
}

/** 律师执业证: 1 · province · city · year of first practice · class 1–9 · gender (0 man, 1 woman) · six digits. */
function checkLawyerLicence(number: string, today: string): IdentityCheck {
  if (!/^\d{17}$/.test(number)) return wrong("律师执业证号为 17 位数字，请核对");
  if (number[0] !== "1") return wrong("律师执业证号以 1 开头，请核对");
  if (!MAINLAND.includes(number.slice(1, 3))) return wrong("执业证号中的省级代码不正确，请核对");
  const year = Number(number.slice(5, 9));
  if (year < 1979 || year > Number(today.slice(0, 4))) return wrong("执业证号中的首次执业年份不正确，请核对");
  if (number[9] === "0") return wrong("执业证号中的执业类别不正确，请核对");
  if (number[10] !== "0" && number[10] !== "1") return wrong("执业证号中的性别代码须为 0 或者 1，请核对");
  return {
    ...right(number),
    gender: number[10] === "0" ? "男" : "女",
    warnings: ["执业证号没有校验位，以司法行政机关的登记为准"],
  };
}

function byPattern(pattern: RegExp, reason: string): (value: string) => IdentityCheck {
  return (value) => {
    const number = halfWidth(value);
    if (pattern.test(number)) return right(number);
    const raised = number.toUpperCase();
    return pattern.test(raised) ? { ...wrong(reason), normalized: raised } : wrong(reason);
  };
}

function luhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function right(normalized: string): IdentityCheck {
  return { valid: true, normalized, warnings: [] };
}

function wrong(reason: string): IdentityCheck {
  return { valid: false, reason, warnings: [] };
}

/** Only Latin letters and digits have a narrow form here: a Cyrillic Х stays what it is and is refused. */
function halfWidth(value: string): string {
  return value.replace(/[０-９Ａ-Ｚａ-ｚ]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
}

function upper(value: string): string {
  return halfWidth(value).replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
