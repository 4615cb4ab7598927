import type { IdentityCheck } from "./identity-number.ts";

const CHARSET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
const REGISTRARS = "123456789ANY";
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/**
 * 统一社会信用代码, GB 32100-2015: no I, O, S, V, Z; weights 3^i mod 31. Codes that do not conform do exist, so a wrong check
 * character carries a warning by which a clerk may let it pass.
 */
export function checkUscc(code: string): IdentityCheck {
  if (code.length !== 18) return wrong("统一社会信用代码为 18 位，请核对");
  if (/[IOSVZ]/.test(code)) return wrong("统一社会信用代码不使用字母 I、O、S、V、Z，请核对是否为数字 1、0、5、2");
  if (!SHAPE.test(code)) return wrong("统一社会信用代码由数字和大写字母组成，第 3 至 8 位是数字，请核对");
  const orgCodeOk = orgCodeDigit(code.slice(8, 16)) === code[16];
  if (checkCharacter(code) !== code[17]) {
    const overrule = "个别早年赋予的代码不符合校验规则；经核对营业执照无误的，可以由工作人员放行";
    return { valid: false, reason: "校验码不正确，请逐位核对", warnings: [overrule], orgCodeOk };
  }
  const warnings: string[] = [];
  if (!orgCodeOk) warnings.push("其中的组织机构代码校验不通过，请核对营业执照");
  if (!REGISTRARS.includes(code[0]!)) warnings.push("首位登记管理部门代码少见，请核对");
  return { valid: true, normalized: code, warnings, orgCodeOk };
}

function checkCharacter(code: string): string {
  let weight = 1;
  let sum = 0;
  for (const char of code.slice(0, 17)) {
    sum += CHARSET.indexOf(char) * weight;
    weight = (weight * 3) % 31;
  }
  return CHARSET[(31 - (sum % 31)) % 31]!;
}

/** GB 11714: the ninth character of an organisation code. */
function orgCodeDigit(eight: string): string {
  const sum = [...eight].reduce((total, char, index) => total + Number.parseInt(char, 36) * ORG_WEIGHTS[index]!, 0);
  const digit = 11 - (sum % 11);
  return digit === 10 ? "X" : digit === 11 ? "0" : String(digit);
}

function wrong(reason: string): IdentityCheck {
  return { valid: false, reason, warnings: [] };
}
