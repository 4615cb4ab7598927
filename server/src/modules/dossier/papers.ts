import type { Section } from "./sections.ts";

/**
 * 简易卷必备材料 (民诉法解释§263, in its order; other 正卷 are measured by the same list), and the headings each may lie under.
 * `whole`: whatever the court itself puts under that heading is one of these.
 */
export const PAPERS = {
  complaint: { label: "起诉状或者口头起诉笔录", sections: ["complaint"], whole: true },
  answer: { label: "答辩状或者口头答辩笔录", sections: ["answer"], whole: true },
  identity: { label: "当事人身份证明材料", sections: ["identity"], whole: false },
  mandate: { label: "授权委托书或者口头委托笔录", sections: ["identity"], whole: false },
  evidence: { label: "证据", sections: ["evidence"], whole: true },
  inquiry: { label: "询问当事人笔录", sections: ["inquiry"], whole: true },
  trial: { label: "审理（包括调解）笔录", sections: ["hearing", "mediation"], whole: false },
  judgment: { label: "判决书、裁定书、调解书或者调解协议", sections: ["judgment", "mediation"], whole: false },
  service: { label: "送达和宣判笔录", sections: ["service", "judgment"], whole: false },
  execution: { label: "执行情况", sections: ["other"], whole: false },
  receipt: { label: "诉讼费收据", sections: ["fee"], whole: false },
  small: { label: "适用小额诉讼程序的书面告知", sections: ["filing", "service"], whole: false },
} as const satisfies Record<
  string,
  { readonly label: string; readonly sections: readonly Section[]; readonly whole: boolean }
>;
export type Paper = keyof typeof PAPERS;
export const PAPER_CODES = Object.keys(PAPERS) as [Paper, ...Paper[]];

export const mayLieUnder = (paper: Paper, section: Section): boolean =>
  (PAPERS[paper].sections as readonly Section[]).includes(section);

/** Which of them an entry of the court's is: what the court says, where it may lie there; else what its heading says by itself. */
export const paperUnder = (section: Section, said: Paper | null | undefined): Paper | null =>
  said && mayLieUnder(said, section)
    ? said
    : (PAPER_CODES.find((code) => PAPERS[code].whole && mayLieUnder(code, section)) ?? null);
