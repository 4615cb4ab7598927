/** Headings under which the bench puts papers of its own, in the order of the catalogue. */
export const OWN_SECTIONS: Readonly<Record<string, string>> = {
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
  transfer: "上诉移送函、上诉案件移送书",
  lower: "原审裁判文书",
  other: "其他材料",
};
export const INNER_SECTIONS: Readonly<Record<string, string>> = {
  report: "案情报告",
  deliberation: "评议（合议）笔录",
  committee: "审判委员会讨论记录",
  instruction: "内部请示及批复",
  questioning: "提讯笔录",
};
