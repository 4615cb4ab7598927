/** What may stand in braces in a text; the server puts the facts of the filing in their place. */
export const placeholders = ["原告", "被告", "案由", "标的额", "法院", "收件编号", "收件日期", "今天"];
export const templateKinds = [
  { code: "defect", label: "补正事项", where: "退回补正时，对应事项的具体说明" },
  { code: "ground", label: "不予受理理由", where: "不予受理裁定的具体理由" },
  { code: "note", label: "附言", where: "移送、调解交办等的说明" },
];
