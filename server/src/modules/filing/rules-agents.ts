import { checkIdentityNumber } from "#modules/reference/index.ts";
import { AGENT_PAPERS, isFromAbroad, MOST_AGENTS, OVERSEAS } from "./agent-papers.ts";
import { factOf } from "./confirmation-store.ts";
import { called, each, eachAgent } from "./parties-of.ts";
import { type Facts, filled, type Rule, when } from "./rule.ts";

/** Who speaks for the parties. */
export const agentRules: readonly Rule[] = [
  {
    code: "agent.too_many",
    severity: "block",
    basis: "民事诉讼法第六十一条第一款",
    find: (facts) =>
      each(facts.content.parties, (party, at) =>
        when(
          party.agents.filter(({ kind }) => kind !== "guardian").length > MOST_AGENTS,
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
      eachAgent(facts, (agent, _, party) =>
        AGENT_PAPERS[agent.kind ?? "lawyer"]
          .filter(({ kind, checked }) => agent.kind !== null && checked && !facts.materials.byKind[kind])
          // What the party confirmed on their own phone is the power of attorney; one that no longer counts has its own finding.
          .filter(({ kind }) => kind !== "power_of_attorney" || !stateOfAgency(facts, party.key, agent.key))
          .map(({ kind, label }) => ({
            pointer: "/materials",
            message: `缺少代理人“${agent.name}”的${label}`,
            fix:
              kind === "power_of_attorney"
                ? `请在代理人一页把确认链接发给${party.name || "委托人"}，由本人在手机上确认；或者在“证据和材料”一步上传签名的授权委托书。`
                : `请在“证据和材料”一步拍照或上传${label}。`,
          })),
      ),
  },
  {
    code: "agent.confirmation_changed",
    severity: "block",
    basis: "民事诉讼法第六十二条",
    find: (facts) =>
      eachAgent(facts, (agent, at, party) =>
        when(
          stateOfAgency(facts, party.key, agent.key) === "changed" && !facts.materials.byKind["power_of_attorney"],
          at,
          `${called(party)}确认对“${agent.name}”的授权以后，代理人、权限或者当事人的信息有改动，原来的确认不再有效`,
          "请在代理人一页重新把确认链接发给委托人，由本人再确认一次。",
        ),
      ),
  },
  {
    code: "agent.confirmation_refused",
    severity: "warn",
    basis: "民事诉讼法第六十二条、第六十三条",
    find: (facts) =>
      eachAgent(facts, (agent, at, party) => {
        const fact = factOf(facts.confirmations, "agency", party.key, agent.key);
        const words = fact?.state === "declined" ? "没有同意" : fact?.state === "withdrawn" ? "撤回了" : null;
        return when(
          words !== null,
          at,
          `${called(party)}${words}对“${agent.name}”的授权`,
          "请与委托人联系核实；不再委托的，请删去该代理人。",
        );
      }),
  },
  {
    code: "agent.certification_abroad",
    severity: "warn",
    basis: OVERSEAS.basis,
    find: (facts) =>
      each(facts.content.parties, (party, at) =>
        when(
          party.side !== "defendant" && isFromAbroad(party) && party.agents.some(({ kind }) => kind !== "guardian"),
          `${at}/agents`,
          `${called(party)}的授权委托书如在境外（含港澳台）签署，须办理证明手续`,
          OVERSEAS.text,
        ),
      ),
  },
];

/** Whether the party confirmed the agency by link: it stands, or what was confirmed has been changed since. */
function stateOfAgency(facts: Facts, partyKey: string, agentKey: string): "standing" | "changed" | null {
  const fact = factOf(facts.confirmations, "agency", partyKey, agentKey);
  if (fact?.state !== "confirmed") return null;
  return fact.current ? "standing" : "changed";
}
