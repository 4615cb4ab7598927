import type { Content, Material, MaterialKind } from "@/api/types";

export interface Needed {
  kind: MaterialKind;
  title: string;
  why: string;
}

const AGENT_PAPERS: Record<string, MaterialKind[]> = {
  lawyer: ["power_of_attorney", "license", "firm_letter"],
  legal_worker: ["power_of_attorney", "license", "firm_letter"],
  relative: ["power_of_attorney", "kinship"],
  employee: ["power_of_attorney", "employment"],
  recommended: ["power_of_attorney", "recommendation"],
  guardian: ["kinship"],
};
const WORDS: Partial<Record<MaterialKind, [title: string, why: string]>> = {
  identity: ["身份证明", "原告的身份证正反面；代理人的也要"],
  business_license: ["营业执照", "原告是单位时需要"],
  legal_rep_certificate: ["法定代表人身份证明", "写明谁是法定代表人，盖公章"],
  power_of_attorney: ["授权委托书", "写明委托谁、给多大权限，本人签名"],
  license: ["代理人执业证", "律师执业证或法律服务工作者执业证"],
  firm_letter: ["律师事务所函", "或法律服务所介绍信"],
  kinship: ["亲属关系证明", "户口簿、结婚证等都可以"],
  employment: ["劳动关系证明", "劳动合同、社保记录等"],
  recommendation: ["推荐材料", "社区、单位或有关社会团体出具"],
  evidence: ["证据", "能证明事情经过的：借条、合同、转账记录、聊天记录、照片等"],
};

/** What this filing has to bring, from who the parties and agents are (民诉法解释§88); evidence always comes last. */
export function neededMaterials(content: Content): Needed[] {
  const kinds = new Set<MaterialKind>();
  for (const party of content.parties) {
    if (party.side === "plaintiff") {
      kinds.add(party.kind === "natural" ? "identity" : "business_license");
      if (party.kind === "organisation") kinds.add("legal_rep_certificate");
    }
    for (const agent of party.agents) for (const kind of AGENT_PAPERS[agent.kind] ?? []) kinds.add(kind);
  }
  if (kinds.size === 0) kinds.add("identity");
  kinds.add("evidence");
  return [...kinds].flatMap((kind) => {
    const words = WORDS[kind];
    return words ? [{ kind, title: words[0], why: words[1] }] : [];
  });
}

/** The materials of a kind in the order the person gave them. */
export function materialsOf(materials: readonly Material[], kind: MaterialKind): Material[] {
  return materials.filter((each) => each.kind === kind).sort((a, b) => a.position - b.position);
}
