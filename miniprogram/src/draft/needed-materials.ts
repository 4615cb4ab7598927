import type { AgentPapers } from "@/api/confirmations";
import type { Content, Material, MaterialKind } from "@/api/types";

export interface Needed {
  kind: MaterialKind;
  title: string;
  why: string;
}

const WORDS = {
  identity: ["身份证明", "原告的身份证正反面"],
  business_license: ["营业执照", "原告是单位时需要"],
  legal_rep_certificate: ["法定代表人身份证明", "写明谁是法定代表人，盖公章"],
  evidence: ["证据", "能证明事情经过的：借条、合同、转账记录、聊天记录、照片等"],
} as const satisfies Partial<Record<MaterialKind, readonly [title: string, why: string]>>;

/**
 * What this filing has to bring, from who the parties are, and for their agents what the court tells of each kind of agent
 * (GET /agent-papers; 民诉法解释§88). One kind asked for by several stands once, with the words of each; evidence comes last.
 */
export function neededMaterials(content: Content, papers: AgentPapers["items"] = []): Needed[] {
  const needed = new Map<MaterialKind, { titles: Set<string>; whys: Set<string> }>();
  const add = (kind: MaterialKind, title: string, why: string) => {
    const { titles, whys } = needed.get(kind) ?? { titles: new Set(), whys: new Set() };
    needed.set(kind, { titles: titles.add(title), whys: whys.add(why) });
  };
  const addOwn = (kind: keyof typeof WORDS) => {
    const [title, why] = WORDS[kind];
    add(kind, title, why);
  };
  for (const party of content.parties) {
    if (party.side === "plaintiff") {
      addOwn(party.kind === "natural" ? "identity" : "business_license");
      if (party.kind === "organisation") addOwn("legal_rep_certificate");
    }
    for (const agent of party.agents)
      for (const { kind, label, hint } of papers.find((each) => each.kind === agent.kind)?.papers ?? [])
        add(kind as MaterialKind, label, hint);
  }
  if (needed.size === 0) addOwn("identity");
  addOwn("evidence");
  return [...needed].map(([kind, { titles, whys }]) => ({
    kind,
    title: [...titles].join("、"),
    why: [...whys].join("；"),
  }));
}

/** The materials of a kind in the order the person gave them. */
export function materialsOf(materials: readonly Material[], kind: MaterialKind): Material[] {
  return materials.filter((each) => each.kind === kind).sort((a, b) => a.position - b.position);
}
