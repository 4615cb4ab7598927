import { checkIdentityNumber } from "#modules/reference/index.ts";
import type { AgentContent, PartyContent } from "./content.ts";
import { type Facts, filled, type Rule, type Spot, when } from "./rule.ts";

const SIDE: Record<PartyContent["side"], string> = { plaintiff: "原告", defendant: "被告", third_party: "第三人" };
const naturals = ({ content }: Facts) => content.parties.filter(({ kind }) => kind === "natural");
const organisations = ({ content }: Facts) => content.parties.filter(({ kind }) => kind === "organisation");
const of = (side: PartyContent["side"]) => (facts: Facts) => facts.content.parties.filter((party) => party.side === side);
const plaintiffs = of("plaintiff");
const defendants = of("defendant");
const called = (party: PartyContent): string => `${SIDE[party.side]}${party.name ? `“${party.name}”` : ""}`;

const each = (parties: readonly PartyContent[], look: (party: PartyContent, at: string) => Spot[]): Spot[] =>
  parties.flatMap((party) => look(party, `/parties/${party.key}`));
const eachAgent = (facts: Facts, look: (agent: AgentContent, at: string, party: PartyContent) => Spot[]): Spot[] =>
  each(facts.content.parties, (party, at) => party.agents.flatMap((agent) => look(agent, `${at}/agents/${agent.key}`, party)));

/** Papers by kind of agent (民诉法解释§88). */
const AGENT_PAPERS: Record<NonNullable<AgentContent["kind"]>, readonly (readonly [kind: string, label: string])[]> = {
  lawyer: [["power_of_attorney", "授权委托书"], ["license", "律师执业证"], ["firm_letter", "律师事务所函"]],
  legal_worker: [["power_of_attorney", "授权委托书"], ["license", "法律服务工作者执业证"], ["firm_letter", "基层法律服务所介绍信"]],
  relative: [["power_of_attorney", "授权委托书"], ["kinship", "近亲属关系证明"]],
  employee: [["power_of_attorney", "授权委托书"], ["employment", "劳动关系证明"]],
  recommended: [["power_of_attorney", "授权委托书"], ["recommendation", "社区、单位或团体的推荐材料"]],
  guardian: [["kinship", "监护关系证明（户口簿、出生证明等）"]],
};

/** Who the parties are, and who speaks for them. */
export const partyRules: readonly Rule[] = [
  {
    code: "party.plaintiff_missing",
    severity: "block",
    basis: "民事诉讼法第一百二十四条第一项",
    find: (facts) => when(plaintiffs(facts).length === 0, "/parties", "还没有填写原告", "在“当事人”一步添加原告；为自己起诉的，原告就是您本人。"),
  },
  {
    code: "party.defendant_missing",
    severity: "block",
    basis: "民事诉讼法第一百二十二条第二项",
    find: (facts) => when(defendants(facts).length === 0 && !isWithoutDefendant(facts), "/parties", "还没有填写被告", "起诉必须有明确的被告，请添加被告的姓名或单位名称。"),
  },
  {
    code: "party.name_missing",
    severity: "block",
    basis: "民事诉讼法第一百二十四条",
    find: (facts) => each(facts.content.parties, (party, at) => when(!filled(party.name), `${at}/name`, `${SIDE[party.side]}缺少姓名或名称`, "请填写身份证或营业执照上的全名。")),
  },
  {
    code: "party.plaintiff_id_missing",
    severity: "block",
    basis: "登记立案规定第六条第一项",
    find: (facts) => each(plaintiffs(facts), (party, at) => when(!filled(party.idNumber), `${at}/idNumber`, `${called(party)}缺少证件号码`, "原告须提供证件号码：个人填身份证号，单位填统一社会信用代码。")),
  },
  {
    code: "party.id_number_wrong",
    severity: "block",
    basis: "GB 11643-1999；登记立案规定第六条",
    find: (facts) =>
      each(naturals(facts), (party, at) => {
        if (!filled(party.idNumber) || party.idType === "foreign_document") return [];
        const { valid, reason } = checkIdentityNumber(party.idType ?? "resident_id", party.idNumber);
        return when(valid === false, `${at}/idNumber`, `${called(party)}的证件号码不正确：${reason ?? "请核对"}`, "请对照证件逐位核对；末位可能是大写 X。");
      }),
  },
  {
    code: "party.credit_code_doubtful",
    severity: "warn",
    basis: "GB 32100-2015",
    find: (facts) =>
      each(organisations(facts), (party, at) => {
        if (!filled(party.idNumber)) return [];
        return when(checkIdentityNumber("uscc", party.idNumber).valid === false, `${at}/idNumber`, `${called(party)}的统一社会信用代码未通过校验`, "请对照营业执照核对；确认无误的可以继续提交，由法院核实。");
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
        return when(differs, `${at}/birthDate`, `${called(party)}的出生日期与身份证号不一致`, `身份证号上的出生日期是 ${birth}，请核对。`);
      }),
  },
  {
    code: "party.gender_disagrees",
    severity: "hint",
    basis: "GB 11643-1999",
    find: (facts) =>
      each(naturals(facts), (party, at) => {
        const { gender, valid } = checkIdentityNumber("resident_id", party.idNumber);
        return when(valid === true && party.gender !== null && gender !== undefined && gender !== party.gender, `${at}/gender`, `${called(party)}的性别与身份证号不一致`, "请对照身份证核对性别。");
      }),
  },
  {
    code: "party.birth_date_impossible",
    severity: "block",
    basis: "民事诉讼法第一百二十四条第一项",
    find: (facts) => each(naturals(facts), (party, at) => when(party.birthDate !== null && party.birthDate > facts.today, `${at}/birthDate`, `${called(party)}的出生日期晚于今天`, "请改为真实的出生日期。")),
  },
  {
    code: "party.plaintiff_contact_missing",
    severity: "block",
    basis: "民事诉讼法第一百二十四条第一项",
    find: (facts) => each(plaintiffs(facts), (party, at) => when(!filled(party.phone) && !party.agents.some((agent) => filled(agent.phone)), `${at}/phone`, `${called(party)}缺少联系电话`, "请填写能打通的手机号，法院会用它通知您。")),
  },
  {
    code: "party.plaintiff_address_missing",
    severity: "block",
    basis: "民事诉讼法第一百二十四条第一项",
    find: (facts) => each(plaintiffs(facts), (party, at) => when(!filled(party.address), `${at}/address`, `${called(party)}缺少住所`, "个人填户籍所在地，单位填主要办事机构所在地。")),
  },
  {
    code: "party.defendant_address_missing",
    severity: "warn",
    basis: "民诉法解释第二百零九条",
    find: (facts) =>
      each(defendants(facts), (party, at) =>
        when(!filled(party.address) && !filled(party.habitualAddress), `${at}/address`, `${called(party)}没有住所，可能无法送达`, "请尽量填写住址；确实不知道的，可写已知的最后住址、工作单位或电话。"),
      ),
  },
  {
    code: "party.defendant_indistinct",
    severity: "warn",
    basis: "民诉法解释第二百零九条第一款",
    find: (facts) =>
      each(defendants(facts), (party, at) =>
        when(![party.idNumber, party.address, party.phone, party.workplace, party.habitualAddress].some(filled), at, `${called(party)}的信息不足以与同名的人区别`, "请至少补充一项：身份证号、住址、电话或工作单位。"),
      ),
  },
  {
    code: "party.representative_missing",
    severity: "block",
    basis: "民事诉讼法第五十一条第二款、第一百二十四条",
    find: (facts) => each(organisations(facts).filter(({ side }) => side === "plaintiff"), (party, at) => when(!filled(party.legalRepresentative), `${at}/legalRepresentative`, `${called(party)}缺少法定代表人或负责人`, "请填写营业执照上的法定代表人或负责人姓名。")),
  },
  {
    code: "party.same_on_both_sides",
    severity: "block",
    basis: "民事诉讼法第一百二十二条",
    find(facts) {
      const own = new Set(plaintiffs(facts).map(({ idNumber }) => idNumber).filter(filled));
      return each(defendants(facts), (party, at) => when(own.has(party.idNumber), `${at}/idNumber`, `${called(party)}与原告是同一人`, "原告和被告不能是同一人，请核对证件号码。"));
    },
  },
  {
    code: "party.form_wants_persons",
    severity: "block",
    basis: "法〔2025〕82号示范文本",
    find: (facts) => (facts.form?.partyOnly === "natural" ? each(organisations(facts), (party, at) => when(true, `${at}/kind`, "这类案件的当事人只能是个人", "请把当事人改为个人，或重新选择案由。")) : []),
  },
  {
    code: "party.minor_without_guardian",
    severity: "block",
    basis: "民事诉讼法第六十条；民法典第十九条、第二十条",
    find: (facts) =>
      each(plaintiffs(facts).filter(({ kind }) => kind === "natural"), (party, at) => {
        const birth = party.birthDate ?? checkIdentityNumber("resident_id", party.idNumber).birth ?? null;
        const minor = birth !== null && `${Number(birth.slice(0, 4)) + 18}${birth.slice(4)}` > facts.today;
        return when(minor && !party.agents.some(({ kind }) => kind === "guardian"), `${at}/agents`, `${called(party)}未满 18 周岁`, "未成年人由监护人代为诉讼，请把父母等监护人添加为法定代理人，并上传关系证明。");
      }),
  },
  {
    code: "agent.too_many",
    severity: "block",
    basis: "民事诉讼法第六十一条第一款",
    find: (facts) => each(facts.content.parties, (party, at) => when(party.agents.filter(({ kind }) => kind !== "guardian").length > 2, `${at}/agents`, `${called(party)}的诉讼代理人超过两名`, "每位当事人最多委托两名诉讼代理人，请删去多余的。")),
  },
  {
    code: "agent.incomplete",
    severity: "block",
    basis: "民诉法解释第八十八条、第八十九条",
    find: (facts) => eachAgent(facts, (agent, at, party) => when(!agent.kind || !filled(agent.name) || (agent.kind !== "guardian" && !agent.powers), at, `${called(party)}的代理人信息不完整`, "请填写代理人的身份、姓名和代理权限。")),
  },
  {
    code: "agent.powers_unticked",
    severity: "warn",
    basis: "民事诉讼法第六十二条第二款；民诉法解释第八十九条",
    find: (facts) => eachAgent(facts, (agent, at) => when(agent.powers === "special" && agent.specialPowers.length === 0, `${at}/specialPowers`, `代理人“${agent.name}”选了特别授权，但没有勾选具体权限`, "请逐项勾选（承认、放弃、变更请求、和解、反诉、上诉）；不勾选的按一般授权处理。")),
  },
  {
    code: "agent.licence_missing",
    severity: "block",
    basis: "民诉法解释第八十八条第一项",
    find: (facts) =>
      eachAgent(facts, (agent, at) => when(agent.kind === "lawyer" && (!filled(agent.licenseNumber) || !filled(agent.firm)), `${at}/licenseNumber`, `律师“${agent.name}”缺少执业证号或律所`, "请填写 17 位执业证号和律师事务所名称。")),
  },
  {
    code: "agent.licence_wrong",
    severity: "warn",
    basis: "律师执业证编号规则",
    find: (facts) =>
      eachAgent(facts, (agent, at) =>
        when(agent.kind === "lawyer" && filled(agent.licenseNumber) && checkIdentityNumber("lawyer_licence", agent.licenseNumber).valid === false, `${at}/licenseNumber`, `律师“${agent.name}”的执业证号不符合编号规则`, "请对照执业证核对 17 位号码。"),
      ),
  },
  {
    code: "agent.papers_missing",
    severity: "block",
    basis: "民诉法解释第八十八条；登记立案规定第六条第二项",
    find: (facts) =>
      eachAgent(facts, (agent) =>
        AGENT_PAPERS[agent.kind ?? "lawyer"]
          .filter(([kind]) => agent.kind !== null && !facts.materials.byKind[kind])
          .map(([, label]) => ({ pointer: "/materials", message: `缺少代理人“${agent.name}”的${label}`, fix: `请在“证据和材料”一步拍照或上传${label}。` })),
      ),
  },
];

/** 特别程序、督促程序等 have an applicant only (rules of §15 民诉法). */
function isWithoutDefendant({ cause }: Facts): boolean {
  return cause !== null && /^申请/.test(cause.name);
}
