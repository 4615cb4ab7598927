import { checkIdentityNumber } from "#modules/reference/index.ts";
import type { AgentContent } from "./content.ts";
import { called, each, eachAgent } from "./parties-of.ts";
import { filled, type Rule, when } from "./rule.ts";

/** Papers by kind of agent (民诉法解释§88). */
const AGENT_PAPERS: Record<NonNullable<AgentContent["kind"]>, readonly (readonly [kind: string, label: string])[]> = {
  lawyer: [
    ["power_of_attorney", "授权委托书"],
    ["license", "律师执业证"],
    ["firm_letter", "律师事务所函"],
  ],
  legal_worker: [
    ["power_of_attorney", "授权委托书"],
    ["license", "法律服务工作者执业证"],
    ["firm_letter", "基层法律服务所介绍信"],
  ],
  relative: [
    ["power_of_attorney", "授权委托书"],
    ["kinship", "近亲属关系证明"],
  ],
  employee: [
    ["power_of_attorney", "授权委托书"],
    ["employment", "劳动关系证明"],
  ],
  recommended: [
    ["power_of_attorney", "授权委托书"],
    ["recommendation", "社区、单位或团体的推荐材料"],
  ],
  guardian: [["kinship", "监护关系证明（户口簿、出生证明等）"]],
};

/** Who speaks for the parties. */
export const agentRules: readonly Rule[] = [
  {
    code: "agent.too_many",
    severity: "block",
    basis: "民事诉讼法第六十一条第一款",
    find: (facts) =>
      each(facts.content.parties, (party, at) =>
        when(
          party.agents.filter(({ kind }) => kind !== "guardian").length > 2,
          `${at}/agents`,
          `${called(party)}的诉讼代理人超过两名`,
          "每位当事人最多委托两名诉讼代理人，请删去多余的。",
        ),
      ),
  },
  {
    code: "agent.incomplete",
    severity: "block",
    basis: "民诉法解释第八十八条、第八十九条",
    find: (facts) =>
      eachAgent(facts, (agent, at, party) =>
        when(
          !agent.kind || !filled(agent.name) || (agent.kind !== "guardian" && !agent.powers),
          at,
          `${called(party)}的代理人信息不完整`,
          "请填写代理人的身份、姓名和代理权限。",
        ),
      ),
  },
  {
    code: "agent.powers_unticked",
    severity: "warn",
    basis: "民事诉讼法第六十二条第二款；民诉法解释第八十九条",
    find: (facts) =>
      eachAgent(facts, (agent, at) =>
        when(
          agent.powers === "special" && agent.specialPowers.length === 0,
          `${at}/specialPowers`,
          `代理人“${agent.name}”选了特别授权，但没有勾选具体权限`,
          "请逐项勾选（承认、放弃、变更请求、和解、反诉、上诉）；不勾选的按一般授权处理。",
        ),
      ),
  },
  {
    code: "agent.licence_missing",
    severity: "block",
    basis: "民诉法解释第八十八条第一项",
    find: (facts) =>
      eachAgent(facts, (agent, at) =>
        when(
          agent.kind === "lawyer" && (!filled(agent.licenseNumber) || !filled(agent.firm)),
          `${at}/licenseNumber`,
          `律师“${agent.name}”缺少执业证号或律所`,
          "请填写 17 位执业证号和律师事务所名称。",
        ),
      ),
  },
  {
    code: "agent.licence_wrong",
    severity: "warn",
    basis: "律师执业证编号规则",
    find: (facts) =>
      eachAgent(facts, (agent, at) =>
        when(
          agent.kind === "lawyer" &&
            filled(agent.licenseNumber) &&
            checkIdentityNumber("lawyer_licence", agent.licenseNumber).valid === false,
          `${at}/licenseNumber`,
          `律师“${agent.name}”的执业证号不符合编号规则`,
          "请对照执业证核对 17 位号码。",
        ),
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
          .map(([, label]) => ({
            pointer: "/materials",
            message: `缺少代理人“${agent.name}”的${label}`,
            fix: `请在“证据和材料”一步拍照或上传${label}。`,
          })),
      ),
  },
];
