import type { Agent, FieldType, Party } from "@/api/types";
import { type Choice, PERSON_ID_TYPES } from "./choices";

export interface FixedField<T> {
  name: keyof T & string;
  type: FieldType;
  label: string;
  hint?: string;
  required?: boolean;
  choices?: readonly (Choice | string)[];
}

const ORGANISATION_TYPES = [
  "有限责任公司",
  "股份有限公司",
  "上市公司",
  "其他企业法人",
  "事业单位",
  "社会团体",
  "基金会",
  "社会服务机构",
  "机关法人",
  "农村集体经济组织法人",
  "城镇农村的合作经济组织法人",
  "基层群众性自治组织法人",
  "个人独资企业",
  "合伙企业",
  "不具有法人资格的专业服务机构",
];

/** First what a court cannot do without, then what helps; the words are those of the 2025 model pleadings. */
export function partyFields(party: Party): { first: FixedField<Party>[]; more: FixedField<Party>[] } {
  const own = party.side === "plaintiff";
  return party.kind === "natural" ? naturalFields(party, own) : organisationFields(own);
}

function naturalFields(party: Party, own: boolean): { first: FixedField<Party>[]; more: FixedField<Party>[] } {
  const idType = party.idType === "resident_id" || party.idType === "hmt_residence_permit" ? "idno" : "text";
  return {
    first: [
      { name: "name", type: "text", label: "姓名", required: true, ...(own ? { hint: "和身份证上一样" } : {}) },
      { name: "idNumber", type: idType, label: "证件号码", required: own, ...(own ? {} : { hint: "不知道可以不填" }) },
      { name: "phone", type: "mobile", label: "联系电话", required: true },
      { name: "address", type: "textarea", label: "住址", hint: "写到门牌号。法院按这个地址寄材料", required: true },
    ],
    more: [
      { name: "idType", type: "single", label: "证件种类", choices: PERSON_ID_TYPES },
      { name: "gender", type: "single", label: "性别", choices: ["男", "女"] },
      { name: "birthDate", type: "date", label: "出生日期" },
      { name: "ethnicity", type: "text", label: "民族" },
      { name: "habitualAddress", type: "textarea", label: "经常居住地", hint: "住满一年、和户口不在一处时填写" },
      { name: "workplace", type: "text", label: "工作单位" },
      { name: "occupation", type: "text", label: "职务" },
      { name: "email", type: "text", label: "电子邮箱" },
    ],
  };
}

function organisationFields(own: boolean): { first: FixedField<Party>[]; more: FixedField<Party>[] } {
  return {
    first: [
      { name: "name", type: "text", label: "单位全称", hint: "和营业执照上一样", required: true },
      {
        name: "idNumber",
        type: "uscc",
        label: "统一社会信用代码",
        required: own,
        ...(own ? {} : { hint: "不知道可以不填" }),
      },
      { name: "legalRepresentative", type: "text", label: "法定代表人（负责人）", required: own },
      { name: "legalRepresentativeTitle", type: "text", label: "职务", hint: "例如 总经理" },
      { name: "phone", type: "mobile", label: "联系电话", required: true },
      { name: "address", type: "textarea", label: "主要办事机构所在地", required: true },
    ],
    more: [
      { name: "orgType", type: "single", label: "单位类型", choices: ORGANISATION_TYPES },
      {
        name: "ownership",
        type: "single",
        label: "所有制性质",
        choices: ["国有（控股）", "国有（参股）", "民营", "其他"],
      },
      { name: "email", type: "text", label: "电子邮箱" },
    ],
  };
}

/** What is asked of an agent depends on who he is (民事诉讼法§61). */
export function agentFields(agent: Agent): FixedField<Agent>[] {
  const fields: FixedField<Agent>[] = [
    { name: "name", type: "text", label: "代理人姓名", required: true },
    { name: "phone", type: "mobile", label: "联系电话", required: true },
  ];
  if (agent.kind === "lawyer" || agent.kind === "legal_worker") {
    fields.push(
      { name: "firm", type: "text", label: agent.kind === "lawyer" ? "律师事务所" : "法律服务所", required: true },
      { name: "licenseNumber", type: "bankcard", label: "执业证号", required: true },
    );
  } else {
    fields.push(
      { name: "idNumber", type: "idno", label: "身份证号", required: true },
      { name: "relation", type: "text", label: "和当事人的关系", hint: "例如 儿子、单位员工", required: true },
    );
  }
  return fields;
}
