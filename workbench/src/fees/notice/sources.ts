import type { FeeCategory, Halving } from "@/api/contract.ts";

export interface NoticeSource {
  source: string;
  label: string;
  basis: string;
  category: FeeCategory;
  halvings: Halving[];
}
/** What a case can be charged for besides its acceptance. */
export const noticeSources: NoticeSource[] = [
  {
    source: "counterclaim",
    label: "反诉",
    basis: "诉讼费用交纳办法§18，减半",
    category: "property",
    halvings: ["joined"],
  },
  {
    source: "third_party",
    label: "第三人独立请求",
    basis: "诉讼费用交纳办法§18，减半",
    category: "property",
    halvings: ["joined"],
  },
  { source: "appeal", label: "上诉", basis: "诉讼费用交纳办法§17", category: "appeal", halvings: [] },
  {
    source: "preservation",
    label: "财产保全",
    basis: "诉讼费用交纳办法§14(二)",
    category: "preservation",
    halvings: [],
  },
  {
    source: "jurisdiction_objection",
    label: "管辖权异议不成立",
    basis: "诉讼费用交纳办法§13(六)",
    category: "jurisdiction_objection",
    halvings: [],
  },
];
