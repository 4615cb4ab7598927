import { fieldsOf, findForm } from "#modules/reference/index.ts";
import type { FilingContent } from "./content.ts";

/** Words for the places of a filing, for people who read differences. */
const WORDS: Readonly<Record<string, string>> = {
  causeCode: "案由",
  courtCode: "法院",
  formId: "表格",
  parties: "当事人",
  claims: "诉讼请求",
  amountFen: "金额",
  facts: "事实与理由",
  answers: "表格",
  service: "送达地址",
  consents: "在线同意",
  mediation: "调解意愿",
  signature: "签名",
  name: "姓名或名称",
  gender: "性别",
  birthDate: "出生日期",
  ethnicity: "民族",
  workplace: "工作单位",
  occupation: "职业",
  phone: "电话",
  email: "邮箱",
  idType: "证件类型",
  idNumber: "证件号码",
  address: "住所",
  habitualAddress: "经常居住地",
  legalRepresentative: "法定代表人",
  legalRepresentativeTitle: "职务",
  orgType: "单位类型",
  ownership: "所有制",
  agents: "代理人",
  kind: "类别",
  side: "诉讼地位",
  firm: "律所或单位",
  licenseNumber: "执业证号",
  relation: "关系",
  powers: "代理权限",
  specialPowers: "特别授权事项",
  text: "内容",
  recipient: "收件人",
  postalCode: "邮编",
  electronic: "同意电子送达",
  channels: "接收方式",
  judgments: "裁判文书电子送达",
  stages: "适用阶段",
  confirmed: "已确认",
  language: "使用的语言",
  interpreter: "需要翻译",
  filing: "立案",
  evidence: "证据交换",
  inquiry: "询问",
  hearing: "庭审",
  understood: "了解调解",
  wish: "是否愿意调解",
  materialId: "签名图片",
  signedOn: "签名日期",
  "#": "顺序与增减",
};
const SIDES: Readonly<Record<string, string>> = { plaintiff: "原告", defendant: "被告", third_party: "第三人" };

/** `/parties/p1/phone` → `原告王芳 · 电话`. */
export function labelOf(content: FilingContent, pointer: string): string {
  const [top = "", key = "", ...rest] = pointer.split("/").slice(1);
  if (top === "answers") return (content.formId && fieldsOf(findForm(content.formId)).get(key)?.label) || `表格 ${key}`;
  if (top === "parties" && key !== "#") {
    const party = content.parties.find((known) => known.key === key);
    return [party ? `${SIDES[party.side]}${party.name}` : "已删除的当事人", ...rest.map((part) => WORDS[part] ?? "")]
      .filter(Boolean)
      .join(" · ");
  }
  if (top === "claims" && key !== "#") {
    const index = content.claims.findIndex((claim) => claim.key === key);
    return [index < 0 ? "已删除的请求" : `第 ${index + 1} 项请求`, ...rest.map((part) => WORDS[part] ?? "")]
      .filter(Boolean)
      .join(" · ");
  }
  return [top, key, ...rest]
    .filter(Boolean)
    .map((part) => WORDS[part] ?? part)
    .join(" · ");
}
