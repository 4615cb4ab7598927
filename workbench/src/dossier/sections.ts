/** What the bench itself puts in. */
export const OWN_SECTIONS: Readonly<Record<string, string>> = {
  inquiry: "询问、调查笔录",
  mediation: "调解材料",
  hearing: "开庭通知、公告、庭审笔录",
  judgment: "调解书、裁判文书",
  other: "其他材料",
};
export const INNER_SECTIONS: Readonly<Record<string, string>> = {
  report: "案情报告",
  deliberation: "评议（合议）笔录",
  committee: "审判委员会讨论记录",
  instruction: "内部请示及批复",
};
