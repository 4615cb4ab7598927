import type { AgentContent, PartyContent } from "./content.ts";

type AgentKind = NonNullable<AgentContent["kind"]>;
type Power = AgentContent["specialPowers"][number];

/** At most two entrusted agents for each party (民事诉讼法§61); guardians are not counted. */
export const MOST_AGENTS = 2;

export const AGENT_LABELS: Readonly<Record<AgentKind, string>> = {
  lawyer: "律师",
  legal_worker: "基层法律服务工作者",
  relative: "近亲属",
  employee: "单位工作人员",
  recommended: "社区、单位、有关社会团体推荐的公民",
  guardian: "监护人（法定代理人）",
};

/** One paper an agent has to bring. */
export interface AgentPaper {
  /** As which kind of material it is handed in. */
  readonly kind: string;
  readonly label: string;
  readonly hint: string;
  /** The rule pack blocks without it; others are asked for at the window, and cannot be told from their kind alone. */
  readonly checked: boolean;
}
const paper = (kind: string, label: string, hint: string, checked = true): AgentPaper => ({
  kind,
  label,
  hint,
  checked,
});

const MANDATE = paper("power_of_attorney", "授权委托书", "委托人在手机上确认后自动生成，或者上传本人签名的扫描件");
const IDENTITY = paper("identity", "代理人的身份证", "正反面都要", false);

/** Papers by kind of agent (民诉法解释§88). */
export const AGENT_PAPERS: Readonly<Record<AgentKind, readonly AgentPaper[]>> = {
  lawyer: [
    MANDATE,
    paper("license", "律师执业证", "有照片和年度考核备案的页"),
    paper("firm_letter", "律师事务所函", "写明本案当事人，盖所章"),
  ],
  legal_worker: [
    MANDATE,
    paper("license", "法律服务工作者执业证", "有照片的页"),
    paper("firm_letter", "基层法律服务所介绍信", "写明本案当事人，盖章"),
    paper("other", "当事人一方住在本辖区的证明", "身份证、居住证或者居委会证明都可以", false),
  ],
  relative: [MANDATE, paper("kinship", "近亲属关系证明", "户口簿、结婚证、出生证明都可以"), IDENTITY],
  employee: [MANDATE, paper("employment", "劳动关系证明", "劳动合同、社保缴费记录都可以"), IDENTITY],
  recommended: [
    MANDATE,
    paper("recommendation", "社区、单位或团体的推荐材料", "盖章的推荐信"),
    paper("other", "当事人属于该社区、单位的证明", "居住证明、工作证明都可以", false),
    IDENTITY,
  ],
  guardian: [
    paper("kinship", "监护关系证明（户口簿、出生证明等）", "能看出是父母子女，或者居委会、法院指定监护人的文书"),
    { ...IDENTITY, label: "监护人的身份证" },
  ],
};

/** Papers of somebody from abroad want more than a signature (民事诉讼法§275；境外委托须公证认证或者法官视频见证). */
const ABROAD: readonly NonNullable<PartyContent["idType"]>[] = [
  "foreign_document",
  "hk_macau_permit",
  "tw_permit",
  "cn_passport",
];
export const isFromAbroad = ({ idType }: Pick<PartyContent, "idType">): boolean =>
  idType !== null && ABROAD.includes(idType);

export const OVERSEAS = {
  idTypes: ABROAD,
  label: "境外签署的授权委托书须办理证明手续",
  text: "委托人在境外（含港澳台）签署授权委托书的，要经所在国公证并由我国使领馆认证，或者取得附加证明书；港澳台按有关规定办理公证转递。在境内签署的，可以由公证机构公证，或者当着法官的面签（含视频见证）。",
  basis: "民事诉讼法第二百七十五条；民诉法解释第五百二十三条、第五百二十四条",
} as const;

/** What each power means for whoever gives it, in one sentence. */
export const GENERAL_POWER = "代您递交和签收材料、参加调解和开庭、发表意见。";
export const GENERAL_ALONE = `${GENERAL_POWER}不能替您承认、放弃、变更请求，也不能替您和解、反诉或者上诉。`;
export const POWERS: Readonly<Record<Power, { readonly label: string; readonly explanation: string }>> = {
  admit: { label: "代为承认诉讼请求", explanation: "对方的要求，他可以替您认下来，法院可以照此判决。" },
  waive: { label: "代为放弃诉讼请求", explanation: "您的要求，他可以替您放弃一部分或者全部。" },
  change: { label: "代为变更诉讼请求", explanation: "他可以替您增加、减少或者改换要求。" },
  settle: { label: "进行和解", explanation: "他可以替您和对方谈条件、签和解或者调解协议，签了对您有约束力。" },
  counterclaim: { label: "提起反诉", explanation: "您被告时，他可以替您反过来告对方。" },
  appeal: { label: "提起上诉", explanation: "对判决不服时，他可以替您决定上诉。" },
};
