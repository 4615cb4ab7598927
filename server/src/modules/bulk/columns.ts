import { MATERIAL_KINDS, type MaterialKind } from "#modules/material/index.ts";
import { type Form, type FormField, findCause } from "#modules/reference/index.ts";
import { EXAMPLE } from "./example.ts";

/** What a cell may hold. `lines`: one item a line; `choices`: several options; `files`: names of files in the zip. */
export type CellKind =
  | "text"
  | "prose"
  | "lines"
  | "money"
  | "day"
  | "number"
  | "choice"
  | "choices"
  | "yesno"
  | "digits"
  | "table"
  | "files";

/** One column of the sheet. Its key stands in the hidden first row and stays the same from version to version. */
export interface Column {
  readonly key: string;
  readonly group: string;
  readonly title: string;
  readonly hint: string;
  readonly kind: CellKind;
  /** Where its value stands in the content of a filing; findings come back by it. */
  readonly pointer: string;
  readonly required?: boolean;
  readonly options?: readonly string[];
  /** How many cells a line of a table has. */
  readonly cells?: number;
  readonly example?: string;
}

export const PARTY_KINDS = ["个人", "单位"] as const;
export const ID_TYPE_WORDS: Readonly<Record<string, string>> = {
  居民身份证: "resident_id",
  港澳台居民居住证: "hmt_residence_permit",
  护照: "cn_passport",
  港澳居民来往内地通行证: "hk_macau_permit",
  台湾居民来往大陆通行证: "tw_permit",
  "外国人永久居留身份证（2023版）": "foreigner_pr_2023",
  "外国人永久居留身份证（2017版）": "foreigner_pr_2017",
  外国证件: "foreign_document",
  统一社会信用代码: "uscc",
};
export const AGENT_WORDS: Readonly<Record<string, string>> = {
  律师: "lawyer",
  基层法律服务工作者: "legal_worker",
  近亲属: "relative",
  本单位工作人员: "employee",
  社区或单位推荐: "recommended",
  监护人: "guardian",
};
export const POWERS_WORDS: Readonly<Record<string, string>> = { 一般授权: "general", 特别授权: "special" };
export const SPECIAL_WORDS: Readonly<Record<string, string>> = {
  承认诉讼请求: "admit",
  放弃诉讼请求: "waive",
  变更诉讼请求: "change",
  和解: "settle",
  反诉: "counterclaim",
  上诉: "appeal",
};
export const CHANNEL_WORDS: Readonly<Record<string, string>> = { 平台: "platform", 短信: "sms", 邮箱: "email" };
export const STAGE_WORDS: Readonly<Record<string, string>> = { 一审: "first", 二审: "second", 执行: "execution" };
export const CONSENT_WORDS: Readonly<Record<string, string>> = { 同意: "agree", 不同意: "refuse" };
export const WISH_WORDS: Readonly<Record<string, string>> = { 愿意: "yes", 不愿意: "no", 暂不确定: "unsure" };
const CONSENT_TITLES = {
  filing: "在线立案",
  mediation: "在线调解",
  evidence: "在线证据交换",
  inquiry: "在线询问",
  hearing: "在线庭审",
  service: "电子送达",
  signature: "电子签名",
} as const;
/** Which papers have a column of their own, in the order of the sheet. */
export const FILE_KINDS: readonly MaterialKind[] = [
  "identity",
  "business_license",
  "legal_rep_certificate",
  "power_of_attorney",
  "license",
  "firm_letter",
  "employment",
  "evidence",
  "other",
];
export const TOTAL = "标的总额";
const SEVERAL = "多项用“；”或换行隔开";

/** Parties that have columns of their own; everybody else stands in 其他当事人. */
export const PLACES = [
  { key: "p1", side: "plaintiff", title: "原告1", full: true },
  { key: "p2", side: "plaintiff", title: "原告2", full: false },
  { key: "d1", side: "defendant", title: "被告1", full: true },
  { key: "d2", side: "defendant", title: "被告2", full: false },
  { key: "t1", side: "third_party", title: "第三人1", full: false },
] as const;

/** The columns of a form's sheet, from left to right. */
export function columnsOf(form: Form): readonly Column[] {
  const known = drawn.get(form);
  if (known) return known;
  const made = [
    ...general(form),
    ...PLACES.flatMap((place) => partyColumns(place)),
    otherParties(),
    ...agentColumns("a1", "代理人1"),
    ...agentColumns("a2", "代理人2"),
    ...claimColumns(),
    ...form.sections.flatMap(({ title, fields }) => answerColumns(fields, title, [])),
    ...serviceColumns(),
    ...consentColumns(),
    ...FILE_KINDS.map(fileColumn),
  ].map((column) => ({ ...column, ...(EXAMPLE[column.key] ? { example: EXAMPLE[column.key] } : {}) }));
  drawn.set(form, made);
  return made;
}
const drawn = new WeakMap<Form, readonly Column[]>();

function general(form: Form): Column[] {
  const causes = form.causeCodes.map((code) => findCause(code).name);
  return [
    {
      key: "reference",
      group: "案件",
      title: "合同编号或本方编号",
      hint: "同样的当事人、金额有多笔时，用它区分；不同的案件不要重复",
      kind: "text",
      pointer: "",
    },
    {
      key: "cause",
      group: "案件",
      title: "案由",
      hint: causes.length === 1 ? `不填即为“${causes[0]}”` : "从列表选择，或填写案由全称",
      kind: "choice",
      pointer: "/causeCode",
      required: causes.length !== 1,
      ...(causes.length > 0 && causes.length <= 60 ? { options: causes } : {}),
    },
  ];
}

function partyColumns({ key, title, full }: (typeof PLACES)[number]): Column[] {
  const at = `/parties/${key}`;
  const column = (field: string, name: string, kind: CellKind, hint: string, more: Partial<Column> = {}): Column => ({
    key: `${key}.${field}`,
    group: title,
    title: `${title} ${name}`,
    hint,
    kind,
    pointer: `${at}/${field}`,
    ...more,
  });
  const isFirst = key === "p1" || key === "d1";
  return [
    column("kind", "类型", "choice", "个人或单位", { options: PARTY_KINDS, required: isFirst }),
    column("name", "姓名或名称", "text", "与证件一致的全名", { required: isFirst }),
    column("idType", "证件类型", "choice", "不填：个人按身份证，单位按统一社会信用代码", {
      options: Object.keys(ID_TYPE_WORDS),
    }),
    column("idNumber", "证件号码", "digits", "请按文本填写，不要让 Excel 变成数字", { required: key === "p1" }),
    column("phone", "联系电话", "digits", "能打通的手机号", { required: key === "p1" }),
    column("address", "住所", "text", "户籍地或主要办事机构所在地", { required: isFirst }),
    column("legalRepresentative", "法定代表人", "text", "单位必填"),
    column("legalRepresentativeTitle", "法定代表人职务", "text", "例如 董事长"),
    ...(full
      ? [
          column("gender", "性别", "choice", "个人填写", { options: ["男", "女"] }),
          column("birthDate", "出生日期", "day", "例如 1980-05-01"),
          column("ethnicity", "民族", "text", "例如 汉族"),
          column("habitualAddress", "经常居住地", "text", "与住所不同时填写"),
        ]
      : []),
  ];
}

const otherParties = (): Column => ({
  key: "parties.more",
  group: "其他当事人",
  title: "其他当事人",
  hint: "每行一位，用“｜”隔开：身份｜类型｜姓名或名称｜证件号码｜电话｜住所｜法定代表人。没有的空着，例如：被告｜个人｜赵一｜｜13900000000｜济南市…｜",
  kind: "lines",
  pointer: "/parties",
});

function agentColumns(key: string, title: string): Column[] {
  // One agent speaks for all plaintiffs; the findings of each of them lead here.
  const column = (field: string, name: string, kind: CellKind, hint: string, options?: readonly string[]): Column => ({
    key: `${key}.${field}`,
    group: title,
    title: `${title} ${name}`,
    hint,
    kind,
    pointer: `/agents/${key}/${field}`,
    ...(options ? { options } : {}),
  });
  return [
    column("kind", "身份", "choice", "代理全部原告", Object.keys(AGENT_WORDS)),
    column("name", "姓名", "text", "用本人签名提交的，须与实名一致"),
    column("phone", "电话", "digits", "手机号"),
    column("firm", "律所或单位", "text", "全称"),
    column("licenseNumber", "执业证号", "digits", "律师 17 位，请按文本填写"),
    column("powers", "代理权限", "choice", "一般或特别授权", Object.keys(POWERS_WORDS)),
    column("specialPowers", "特别授权事项", "choices", SEVERAL, Object.keys(SPECIAL_WORDS)),
  ];
}

function claimColumns(): Column[] {
  const group = "请求与事实";
  return [
    {
      key: "claims",
      group,
      title: "诉讼请求",
      hint: "每行一项；有金额的在后面写“｜金额（元）”，例如：归还借款本金｜50000.00",
      kind: "lines",
      pointer: "/claims",
      required: true,
    },
    {
      key: "amount",
      group,
      title: "标的总额（元）",
      hint: "最多两位小数；没有金钱请求的填 0",
      kind: "money",
      pointer: "/amountFen",
      required: true,
    },
    {
      key: "facts",
      group,
      title: "事实与理由",
      hint: "按时间顺序写清楚",
      kind: "prose",
      pointer: "/facts",
      required: true,
    },
  ];
}

const KIND_OF: Readonly<Record<FormField["type"], CellKind>> = {
  text: "text",
  textarea: "prose",
  date: "day",
  money: "money",
  number: "number",
  single: "choice",
  multi: "choices",
  yesno: "yesno",
  table: "table",
  group: "text",
  mobile: "digits",
  idno: "digits",
  uscc: "digits",
  caseno: "text",
  bankcard: "digits",
};

function answerColumns(fields: readonly FormField[], section: string, above: readonly string[]): Column[] {
  return fields.flatMap((field) => {
    const label = field.label.replace(/^\d+\./, "");
    const inner = [...(field.fields ?? []), ...(field.then ?? [])];
    const below = answerColumns(inner, section, [...above, label]);
    // The total is asked for once, beside the claims.
    if (field.type === "group" || label === TOTAL) return below;
    const own: Column = {
      key: `answers.${field.id}`,
      group: `要素：${section}`,
      title: [...above, label].join(" / "),
      hint: hintOf(field),
      kind: KIND_OF[field.type],
      pointer: `/answers/${field.id}`,
      ...(field.options ? { options: field.options } : {}),
      ...(field.columns ? { cells: field.columns.length } : {}),
      ...(field.required ? { required: true } : {}),
    };
    return [own, ...below];
  });
}

function hintOf(field: FormField): string {
  const own = field.question ?? field.hint ?? "";
  if (field.type === "multi") return `${own}（${SEVERAL}）`;
  if (field.type === "table") return `${own}（每行一条，用“｜”隔开：${(field.columns ?? []).join("｜")}）`;
  if (field.type === "date") return `${own}（例如 2026-03-05）`;
  if (field.type === "money") return `${own}（元，最多两位小数）`;
  return own;
}

function serviceColumns(): Column[] {
  const group = "送达地址确认";
  const column = (field: string, title: string, kind: CellKind, hint: string, more: Partial<Column> = {}): Column => ({
    key: `service.${field}`,
    group,
    title,
    hint,
    kind,
    pointer: `/service/${field}`,
    ...more,
  });
  return [
    column("recipient", "收件人", "text", "可以是代理人", { required: true }),
    column("phone", "收件电话", "digits", "手机号", { required: true }),
    column("address", "送达地址", "text", "能收到邮件的地址", { required: true }),
    column("postalCode", "邮编", "digits", "6 位"),
    column("email", "电子邮箱", "text", "选择邮箱接收的必填"),
    column("electronic", "同意电子送达", "yesno", "是或否", { required: true }),
    column("channels", "接收方式", "choices", SEVERAL, { options: Object.keys(CHANNEL_WORDS) }),
    column("judgments", "裁判文书也电子送达", "yesno", "是或否"),
    column("stages", "适用程序", "choices", SEVERAL, { options: Object.keys(STAGE_WORDS) }),
    column("confirmed", "已确认送达地址", "yesno", "已阅读送达地址确认书的填“是”", { required: true }),
  ];
}

function consentColumns(): Column[] {
  const group = "在线诉讼与调解意愿";
  return [
    ...Object.entries(CONSENT_TITLES).map(
      ([stage, title]): Column => ({
        key: `consents.${stage}`,
        group,
        title,
        hint: "同意或不同意",
        kind: "choice",
        pointer: `/consents/${stage}`,
        options: Object.keys(CONSENT_WORDS),
        ...(stage === "filing" ? { required: true } : {}),
      }),
    ),
    {
      key: "mediation.understood",
      group,
      title: "已了解先行调解",
      hint: "是或否",
      kind: "yesno",
      pointer: "/mediation/understood",
    },
    {
      key: "mediation.wish",
      group,
      title: "先行调解意愿",
      hint: "愿意、不愿意或暂不确定",
      kind: "choice",
      pointer: "/mediation/wish",
      options: Object.keys(WISH_WORDS),
    },
  ];
}

const fileColumn = (kind: MaterialKind): Column => ({
  key: `files.${kind}`,
  group: "材料（压缩包中的文件名）",
  title: MATERIAL_KINDS[kind],
  hint:
    kind === "evidence"
      ? "每行一个文件名；要写证明目的的，后面加“｜证明目的”，例如：借条001.jpg｜证明借款事实"
      : "压缩包中的文件名，多个用“；”或换行隔开",
  kind: "files",
  pointer: `/materials/${kind}`,
});
