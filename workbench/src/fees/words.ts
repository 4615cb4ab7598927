import type { ChangeReason, FeeCategory, Halving, Role } from "@/api/contract.ts";

/** Who works on fees at all; what each may do stands in the moves. */
export const feeRoles: Role[] = ["clerk", "court_clerk", "judge", "supervisor"];

type Tone = "red" | "amber" | "green" | "blue" | "";
const tones: Record<string, Tone> = {
  open: "blue",
  paying: "blue",
  relief_pending: "amber",
  paid: "green",
  exempted: "green",
  overdue: "red",
  closed: "",
  created: "blue",
  processing: "blue",
  succeeded: "green",
  failed: "red",
  refunding: "amber",
  refunded: "",
  requested: "amber",
  approved: "blue",
  rejected: "",
  granted: "green",
  granted_in_part: "green",
  refused: "",
  withdrawn: "",
  matched: "green",
  differing: "red",
  settled: "green",
  explained: "",
};
export const toneOf = (code: string): Tone => tones[code] ?? "";

export const categoryLabels: Record<FeeCategory, string> = {
  property: "财产案件",
  divorce: "离婚案件",
  personality: "人格权案件",
  other_non_property: "其他非财产案件",
  ip: "知识产权民事案件",
  labor: "劳动争议案件",
  admin_special: "商标、专利、海事行政案件",
  admin_other: "其他行政案件",
  free: "不交案件受理费的案件",
  preservation: "申请保全",
  execution: "申请执行",
  payment_order: "申请支付令",
  appeal: "上诉（按不服部分）",
  jurisdiction_objection: "管辖权异议不成立",
  bankruptcy: "破产案件",
  public_notice: "申请公示催告",
  arbitration: "撤销仲裁裁决、认定仲裁协议效力",
};
/** Categories whose fee follows from an amount, and what that amount is called. */
export const amountLabels: Partial<Record<FeeCategory, string>> = {
  property: "诉讼请求金额",
  divorce: "财产总额",
  personality: "损害赔偿金额",
  ip: "争议金额（没有的不填）",
  preservation: "保全财产数额",
  execution: "执行金额（没有的不填）",
  payment_order: "请求给付金额",
  appeal: "不服一审判决部分的金额",
  bankruptcy: "破产财产总额",
};
export const halvingLabels: Record<Halving, string> = {
  summary: "适用简易程序",
  mediated: "调解结案",
  withdrawn: "撤诉",
  joined: "合并审理",
};

export interface ReasonWords {
  reason: ChangeReason;
  label: string;
  basis: string;
  says: string;
}
export const changeReasons: ReasonWords[] = [
  { reason: "claim_increased", label: "增加诉讼请求", basis: "诉讼费用交纳办法§21(一)", says: "按增加后的请求补交" },
  {
    reason: "claim_reduced",
    label: "减少诉讼请求",
    basis: "诉讼费用交纳办法§21(二)、§35",
    says: "调查终结前退还，终结后自行负担",
  },
  { reason: "halved", label: "改用简易程序", basis: "诉讼费用交纳办法§16", says: "减半交纳，只减一次" },
  { reason: "to_ordinary", label: "转为普通程序", basis: "民诉法解释§199", says: "七日内补交另一半" },
  { reason: "mediated", label: "调解结案", basis: "诉讼费用交纳办法§15", says: "减半交纳，只减一次" },
  { reason: "withdrawn", label: "申请撤诉", basis: "诉讼费用交纳办法§15", says: "减半交纳，只减一次" },
  { reason: "correction", label: "更正计费", basis: "诉讼费用交纳办法§43", says: "案件性质或金额认定有误" },
];

export const refundReasons = [
  "减少诉讼请求，退还多交部分（诉讼费用交纳办法§21）",
  "调解结案减半，退还另一半（诉讼费用交纳办法§15）",
  "撤诉减半，退还另一半（诉讼费用交纳办法§15）",
  "适用简易程序减半，退还另一半（诉讼费用交纳办法§16）",
  "胜诉方预交的费用，由败诉方负担，退还胜诉方（诉讼费用交纳办法§53）",
  "重复交费，退还多交部分",
];

/** Reasons written by hand grow from these; 〔 〕 is what the judge fills in. */
export const reliefTemplates: Record<"grant" | "part" | "defer" | "refuse", string[]> = {
  grant: [
    "申请人提交的证明材料能够证实其属于〔{ground}〕的情形，符合{basis}的规定，准予所请。",
    "经核对申请人提交的证明，其经济状况确有困难，交纳诉讼费用将影响基本生活，准予所请。",
  ],
  part: [
    "申请人提交的证明材料能够证实其经济确有困难，但尚有一定收入，不足以免除全部费用，准予减交{percent}%。",
    "申请人属于{ground}的情形，符合{basis}的规定，结合其负担能力，准予减交{percent}%。",
  ],
  defer: [
    "申请人属于{ground}的情形，暂无交纳能力，符合{basis}的规定，准予缓交至{until}。",
    "申请人一时交纳确有困难，请求的款项预计可在期限内取得，准予缓交至{until}。",
  ],
  refuse: [
    "申请人未提交能够证明经济困难的材料，现有材料不足以证实其属于{ground}的情形，不予准许。",
    "申请人提交的证明不能反映其目前的经济状况，且所涉金额与其负担能力相当，不予准许。",
    "申请人不是自然人，免交诉讼费用只适用于自然人（诉讼费用交纳办法§44），不予准许；确有困难的，可以申请减交或者缓交。",
  ],
};
