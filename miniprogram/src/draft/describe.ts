import { partsOf } from "./pointer";

const PLACES: Record<string, string> = {
  causeCode: "案由",
  courtCode: "法院",
  formId: "表格",
  parties: "当事人",
  agents: "代理人",
  claims: "诉讼请求",
  amountFen: "标的总额",
  facts: "事实与理由",
  answers: "表格内容",
  service: "送达地址",
  consents: "在线办理的选择",
  mediation: "调解意愿",
  signature: "签名",
  materials: "材料",
  name: "姓名或名称",
  phone: "电话",
  idNumber: "证件号码",
  address: "地址",
  recipient: "收件人",
  postalCode: "邮政编码",
  text: "内容",
};

/** A place of the draft in words: `/parties/p1/phone` → `当事人 · 电话`. */
export function describePlace(path: string): string {
  const words = partsOf(path).flatMap((part) => PLACES[part] ?? []);
  return words.length > 0 ? words.join(" · ") : "一处内容";
}

/** What stands elsewhere, as a person reads it: of a person or claim that is not there any more, that they were taken out. */
export function describeTheirs(path: string, value: unknown): string {
  const [list] = partsOf(path).slice(-2);
  return value === null && ["parties", "claims", "agents"].includes(list ?? "") ? "（已删除）" : describeValue(value);
}

/** A value as a person reads it; whole persons and claims by their name or text. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined || value === "") return "（空）";
  if (value === true || value === "yes" || value === "agree") return "是";
  if (value === false || value === "no" || value === "refuse") return "否";
  if (Array.isArray(value)) return value.map(describeValue).join("、");
  if (typeof value !== "object") return String(value);
  const { name, text } = value as { name?: string; text?: string };
  return name || text || "（一项内容）";
}
