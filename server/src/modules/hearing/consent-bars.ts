/**
 * 不得在线庭审的七种情形 (在线诉讼规则§21第一款): as data, in the order of the article. Where one is found in the middle, the rest is
 * held in the courtroom, and what was done online stays valid (第二款).
 */
export interface OnlineBar {
  readonly label: string;
  /** What the court's people tick, in words. */
  readonly words: string;
  /** `parties`: follows from what the parties said; `court`: somebody of the court says so, with a reason. */
  readonly known: "parties" | "court";
}

export const ONLINE_BARS = {
  refused: {
    label: "当事人不同意",
    words: "各方当事人均明确表示不同意，或者一方当事人表示不同意且有正当理由的",
    known: "parties",
  },
  unable: {
    label: "不具备技术条件",
    words: "各方当事人均不具备参与在线庭审的技术条件和能力的",
    known: "court",
  },
  on_site: {
    label: "须当庭核对查验",
    words: "需要通过庭审现场查明身份、核对原件、查验实物的",
    known: "court",
  },
  complex: {
    label: "疑难复杂",
    words: "案件疑难复杂、证据繁多，适用在线庭审不利于查明事实和适用法律的",
    known: "court",
  },
  secret: { label: "国家安全、国家秘密", words: "案件涉及国家安全、国家秘密的", known: "court" },
  attention: { label: "重大社会影响", words: "案件具有重大社会影响，受到广泛关注的", known: "court" },
  other: { label: "其他不宜情形", words: "人民法院认为存在其他不宜适用在线庭审情形的", known: "court" },
} as const satisfies Record<string, OnlineBar>;
export type OnlineBarCode = keyof typeof ONLINE_BARS;
export const BAR_BASIS = "人民法院在线诉讼规则第二十一条";
/** What the court may tick. */
export const COURT_BARS = (Object.keys(ONLINE_BARS) as OnlineBarCode[]).filter(
  (code) => ONLINE_BARS[code].known === "court",
);

/** 诉讼环节 (在线诉讼规则§4): agreeing to one never counts for another. */
export const STAGES = {
  hearing: "庭审",
  mediation: "调解",
  evidence: "证据交换",
  inquiry: "询问",
} as const;
export type Stage = keyof typeof STAGES;

const STAGE_OF: Readonly<Record<string, Stage>> = {
  trial: "hearing",
  pronouncement: "hearing",
  pretrial: "evidence",
  mediation: "mediation",
  questioning: "inquiry",
  petition: "inquiry",
};
/** The stage of the procedure that a kind of hearing belongs to. */
export const stageOf = (kind: string): Stage => STAGE_OF[kind] ?? "hearing";
