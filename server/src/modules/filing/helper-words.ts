import { LANGUAGES } from "#core/language.ts";
import { readableYuan } from "#core/money.ts";
import { findCause, findForm, isCauseCode } from "#modules/reference/index.ts";

/** Words of the content's own codes, by the name of the place. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  side: { plaintiff: "原告", defendant: "被告", third_party: "第三人" },
  kind: {
    natural: "个人",
    organisation: "单位",
    lawyer: "律师",
    legal_worker: "基层法律服务工作者",
    relative: "近亲属",
    employee: "单位工作人员",
    recommended: "社区或单位推荐的人",
    guardian: "监护人",
  },
  idType: {
    resident_id: "居民身份证",
    hmt_residence_permit: "港澳台居民居住证",
    cn_passport: "中国护照",
    hk_macau_permit: "港澳居民来往内地通行证",
    tw_permit: "台湾居民来往大陆通行证",
    foreigner_pr_2023: "外国人永久居留身份证（新版）",
    foreigner_pr_2017: "外国人永久居留身份证",
    foreign_document: "外国证件",
    uscc: "统一社会信用代码",
  },
  language: LANGUAGES,
  powers: { general: "一般授权", special: "特别授权" },
  specialPowers: {
    admit: "承认诉讼请求",
    waive: "放弃诉讼请求",
    change: "变更诉讼请求",
    settle: "和解",
    counterclaim: "反诉",
    appeal: "上诉",
  },
};
const YES_NO: Readonly<Record<string, string>> = { yes: "是", no: "否" };

/** What stands at a place of the content, for people to read; empty text where nothing does. */
export function wordsOf(path: string, value: unknown): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number") return name === "amountFen" ? readableYuan(value) : String(value);
  if (Array.isArray(value)) {
    const isTable = value.some((item) => Array.isArray(item));
    return value
      .map((item) => (Array.isArray(item) ? item.join("，") : wordsOf(path, item)))
      .join(isTable ? "；" : "、");
  }
  if (typeof value === "object") return elementWords(value as Readonly<Record<string, unknown>>);
  const text = String(value);
  if (path === "/causeCode") return isCauseCode(text) ? findCause(text).name : text;
  if (path === "/formId") return findForm(text).name;
  if (path.startsWith("/answers/")) return YES_NO[text] ?? text;
  return WORDS[name]?.[text] ?? text;
}

/** A party, an agent or a claim: what is filled in of it. */
function elementWords(element: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(element)
    .filter(([name, value]) => name !== "key" && value !== false)
    .map(([name, value]) =>
      name === "agents" && Array.isArray(value)
        ? value.map((agent) => `代理人（${wordsOf("/agent", agent)}）`).join("、")
        : wordsOf(`/${name}`, value),
    );
  return parts.filter(Boolean).join("，") || "（还没有内容）";
}
