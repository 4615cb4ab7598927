import type { MaterialKind } from "#modules/material/index.ts";
import type { Paper } from "./papers.ts";

/** 正卷: what a paper is, in the order of the catalogue (人民法院诉讼文书立卷归档办法§12, §13; 审判流程公开规定§9). */
export const SECTIONS = {
  transfer: "上诉移送函、上诉案件移送书",
  lower: "原审裁判文书",
  complaint: "起诉状、上诉状",
  filing: "立案材料",
  fee: "诉讼费用",
  answer: "答辩状、反诉状",
  inquiry: "询问、调查笔录",
  evidence: "证据",
  opinion: "质证意见",
  application: "申请书及其处理",
  mediation: "调解材料",
  identity: "身份及委托手续",
  hearing: "开庭通知、公告、庭审笔录",
  judgment: "调解书、裁判文书",
  service: "送达",
  appeal: "上诉材料",
  other: "其他材料",
} as const;
export type Section = keyof typeof SECTIONS;

/** First instance (§12), then second (§13); what neither names stands where it was formed, at the end (§14). */
const ORDERS: Readonly<Record<"first" | "second", readonly Section[]>> = {
  first: [
    "complaint",
    "filing",
    "fee",
    "answer",
    "inquiry",
    "evidence",
    "opinion",
    "application",
    "mediation",
    "identity",
    "hearing",
    "judgment",
    "service",
    "appeal",
    "transfer",
    "lower",
    "other",
  ],
  second: [
    "transfer",
    "lower",
    "complaint",
    "filing",
    "fee",
    "answer",
    "inquiry",
    "evidence",
    "opinion",
    "application",
    "mediation",
    "identity",
    "hearing",
    "judgment",
    "service",
    "appeal",
    "other",
  ],
};

/** The order of the catalogue of a case, by the token of its type (民初, 民终 …). */
export const orderOf = (typeToken: string): readonly Section[] => ORDERS[typeToken.endsWith("终") ? "second" : "first"];

/** 副卷 (§12): report, deliberation, judicial committee, questions to the court above and their answers. */
export const INNER_SECTIONS = {
  report: "案情报告",
  deliberation: "评议（合议）笔录",
  committee: "审判委员会讨论记录",
  instruction: "内部请示及批复",
  questioning: "提讯笔录",
} as const;
export type InnerSection = keyof typeof INNER_SECTIONS;

/**
 * Where a material goes, and whether the other side reads it: of papers that prove who somebody is, only those that show the
 * right to act do; numbers and portraits of a person stay with their own side and the court (个人信息保护法§6).
 */
export const PLACE_OF: Readonly<
  Record<MaterialKind, { readonly section: Section; readonly open: boolean; readonly paper?: Paper }>
> = {
  identity: { section: "identity", open: false, paper: "identity" },
  kinship: { section: "identity", open: false },
  employment: { section: "identity", open: false },
  license: { section: "identity", open: false },
  recommendation: { section: "identity", open: true },
  power_of_attorney: { section: "identity", open: true, paper: "mandate" },
  firm_letter: { section: "identity", open: true },
  business_license: { section: "identity", open: true, paper: "identity" },
  legal_rep_certificate: { section: "identity", open: true, paper: "identity" },
  evidence: { section: "evidence", open: true, paper: "evidence" },
  complaint: { section: "complaint", open: true, paper: "complaint" },
  signature: { section: "other", open: false },
  other: { section: "other", open: true },
};
