import { ageOf, guardiansOf, isMinor } from "./confirmation-subject.ts";
import type { PartyContent } from "./content.ts";
import { called, defendants, each, organisations, plaintiffs, SIDE } from "./parties-of.ts";
import { type Facts, filled, type Rule, when } from "./rule.ts";

/** Who the parties are: what must be said of each. */
export const partyRules: readonly Rule[] = [
  {
    code: "party.plaintiff_missing",
    severity: "block",
    basis: "民事诉讼法第一百二十四条第一项",
    find: (facts) =>
      when(
        plaintiffs(facts).length === 0,
        "/parties",
        "还没有填写原告",
        "在“当事人”一步添加原告；为自己起诉的，原告就是您本人。",
      ),
  },
  {
    code: "party.defendant_missing",
    severity: "block",
    basis: "民事诉讼法第一百二十二条第二项",
    find: (facts) =>
      when(
        defendants(facts).length === 0 && !isWithoutDefendant(facts),
        "/parties",
        "还没有填写被告",
        "起诉必须有明确的被告，请添加被告的姓名或单位名称。",
      ),
  },
  {
    code: "party.name_missing",
    severity: "block",
    basis: "民事诉讼法第一百二十四条",
    find: (facts) =>
      each(facts.content.parties, (party, at) =>
        when(
          !filled(party.name),
          `${at}/name`,
          `${SIDE[party.side]}缺少姓名或名称`,
          "请填写身份证或营业执照上的全名。",
        ),
      ),
  },
  {
    code: "party.plaintiff_id_missing",
    severity: "block",
    basis: "登记立案规定第六条第一项",
    find: (facts) =>
      each(plaintiffs(facts), (party, at) =>
        when(
          !filled(party.idNumber),
          `${at}/idNumber`,
          `${called(party)}缺少证件号码`,
          "原告须提供证件号码：个人填身份证号，单位填统一社会信用代码。",
        ),
      ),
  },
  {
    code: "party.plaintiff_contact_missing",
    severity: "block",
    basis: "民事诉讼法第一百二十四条第一项",
    find: (facts) =>
      each(plaintiffs(facts), (party, at) =>
        when(
          !filled(party.phone) && !party.agents.some((agent) => filled(agent.phone)),
          `${at}/phone`,
          `${called(party)}缺少联系电话`,
          "请填写能打通的手机号，法院会用它通知您。",
        ),
      ),
  },
  {
    code: "party.plaintiff_address_missing",
    severity: "block",
    basis: "民事诉讼法第一百二十四条第一项",
    find: (facts) =>
      each(plaintiffs(facts), (party, at) =>
        when(
          !filled(party.address),
          `${at}/address`,
          `${called(party)}缺少住所`,
          "个人填户籍所在地，单位填主要办事机构所在地。",
        ),
      ),
  },
  {
    code: "party.defendant_address_missing",
    severity: "warn",
    basis: "民诉法解释第二百零九条",
    find: (facts) =>
      each(defendants(facts), (party, at) =>
        when(
          !filled(party.address) && !filled(party.habitualAddress),
          `${at}/address`,
          `${called(party)}没有住所，可能无法送达`,
          "请尽量填写住址；确实不知道的，可写已知的最后住址、工作单位或电话。",
        ),
      ),
  },
  {
    code: "party.defendant_indistinct",
    severity: "warn",
    basis: "民诉法解释第二百零九条第一款",
    find: (facts) =>
      each(defendants(facts), (party, at) =>
        when(
          ![party.idNumber, party.address, party.phone, party.workplace, party.habitualAddress].some(filled),
          at,
          `${called(party)}的信息不足以与同名的人区别`,
          "请至少补充一项：身份证号、住址、电话或工作单位。",
        ),
      ),
  },
  {
    code: "party.representative_missing",
    severity: "block",
    basis: "民事诉讼法第五十一条第二款、第一百二十四条",
    find: (facts) =>
      each(
        organisations(facts).filter(({ side }) => side === "plaintiff"),
        (party, at) =>
          when(
            !filled(party.legalRepresentative),
            `${at}/legalRepresentative`,
            `${called(party)}缺少法定代表人或负责人`,
            "请填写营业执照上的法定代表人或负责人姓名。",
          ),
      ),
  },
  {
    code: "party.same_on_both_sides",
    severity: "block",
    basis: "民事诉讼法第一百二十二条",
    find(facts) {
      const own = new Set(
        plaintiffs(facts)
          .map(({ idNumber }) => idNumber)
          .filter(filled),
      );
      return each(defendants(facts), (party, at) =>
        when(
          own.has(party.idNumber),
          `${at}/idNumber`,
          `${called(party)}与原告是同一人`,
          "原告和被告不能是同一人，请核对证件号码。",
        ),
      );
    },
  },
  {
    code: "party.form_wants_persons",
    severity: "block",
    basis: "法〔2025〕82号示范文本",
    find: (facts) =>
      facts.form?.partyOnly === "natural"
        ? each(organisations(facts), (_, at) =>
            when(true, `${at}/kind`, "这类案件的当事人只能是个人", "请把当事人改为个人，或重新选择案由。"),
          )
        : [],
  },
  {
    code: "party.minor_without_guardian",
    severity: "block",
    basis: "民事诉讼法第六十条；民法典第十九条、第二十条",
    find: (facts) =>
      each(
        plaintiffs(facts).filter((party) => isMinor(party, facts.today) && guardiansOf(party).length === 0),
        (party, at) =>
          when(
            !mayActAlone(party, facts.today),
            `${at}/agents`,
            `${called(party)}未满 18 周岁`,
            "未成年人由监护人代为诉讼，请把父母等监护人添加为法定代理人，并上传关系证明。已满 16 周岁、靠自己劳动收入生活的，请在当事人一页注明。",
          ),
      ),
  },
  {
    code: "party.minor_on_own_income",
    severity: "warn",
    basis: "民法典第十八条第二款",
    find: (facts) =>
      each(plaintiffs(facts), (party, at) =>
        when(
          isMinor(party, facts.today) && guardiansOf(party).length === 0 && mayActAlone(party, facts.today),
          `${at}/livesOnOwnIncome`,
          `${called(party)}未满 18 周岁，注明以自己的劳动收入为主要生活来源`,
          "请上传劳动合同、工资流水等证明，由法院核实；不能证明的，请添加监护人为法定代理人。",
        ),
      ),
  },
];

/** 16 or 17, and living on their own labour income: of full capacity (民法典§18). */
function mayActAlone(party: PartyContent, today: string): boolean {
  return party.livesOnOwnIncome === true && (ageOf(party, today) ?? 0) >= 16;
}

/** 特别程序、督促程序等 have an applicant only (rules of §15 民诉法). */
function isWithoutDefendant({ cause }: Facts): boolean {
  return cause !== null && /^申请/.test(cause.name);
}
