import { checkIdentityNumber } from "#modules/reference/index.ts";
import { called, each, naturals, organisations } from "./parties-of.ts";
import { filled, type Rule, when } from "./rule.ts";

/** Whether the numbers of the parties are right, and agree with the rest. */
export const identityRules: readonly Rule[] = [
  {
    code: "party.id_number_wrong",
    severity: "block",
    basis: "GB 11643-1999；登记立案规定第六条",
    find: (facts) =>
      each(naturals(facts), (party, at) => {
        if (!filled(party.idNumber) || party.idType === "foreign_document") return [];
        const { valid, reason } = checkIdentityNumber(party.idType ?? "resident_id", party.idNumber);
        return when(
          valid === false,
          `${at}/idNumber`,
          `${called(party)}的证件号码不正确：${reason ?? "请核对"}`,
          "请对照证件逐位核对；末位可能是大写 X。",
        );
      }),
  },
  {
    code: "party.credit_code_doubtful",
    severity: "warn",
    basis: "GB 32100-2015",
    find: (facts) =>
      each(organisations(facts), (party, at) => {
        if (!filled(party.idNumber)) return [];
        return when(
          checkIdentityNumber("uscc", party.idNumber).valid === false,
          `${at}/idNumber`,
          `${called(party)}的统一社会信用代码未通过校验`,
          "请对照营业执照核对；确认无误的可以继续提交，由法院核实。",
        );
      }),
  },
  {
    code: "party.birth_date_disagrees",
    severity: "warn",
    basis: "民事诉讼法第一百二十四条第一项",
    find: (facts) =>
      each(naturals(facts), (party, at) => {
        const { birth, valid } = checkIdentityNumber("resident_id", party.idNumber);
        const differs = valid === true && party.birthDate !== null && birth !== undefined && birth !== party.birthDate;
        return when(
          differs,
          `${at}/birthDate`,
          `${called(party)}的出生日期与身份证号不一致`,
          `身份证号上的出生日期是 ${birth}，请核对。`,
        );
      }),
  },
  {
    code: "party.gender_disagrees",
    severity: "hint",
    basis: "GB 11643-1999",
    find: (facts) =>
      each(naturals(facts), (party, at) => {
        const { gender, valid } = checkIdentityNumber("resident_id", party.idNumber);
        return when(
          valid === true && party.gender !== null && gender !== undefined && gender !== party.gender,
          `${at}/gender`,
          `${called(party)}的性别与身份证号不一致`,
          "请对照身份证核对性别。",
        );
      }),
  },
  {
    code: "party.birth_date_impossible",
    severity: "block",
    basis: "民事诉讼法第一百二十四条第一项",
    find: (facts) =>
      each(naturals(facts), (party, at) =>
        when(
          party.birthDate !== null && party.birthDate > facts.today,
          `${at}/birthDate`,
          `${called(party)}的出生日期晚于今天`,
          "请改为真实的出生日期。",
        ),
      ),
  },
];
