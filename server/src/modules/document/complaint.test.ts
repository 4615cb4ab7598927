import { describe, expect, it } from "vitest";
import { type Answer, type FormField, fieldsOf, findForm, listForms } from "#modules/reference/index.ts";
import { docxText } from "#test/docx-text.ts";
import { pdfText, plain } from "#test/pdf-text.ts";
import { type ComplaintPaper, renderDocx, renderPdf } from "./index.ts";
import { textsOf } from "./paper.ts";
import { compose } from "./templates.ts";

const empty: ComplaintPaper = {
  formId: "00",
  causeName: null,
  courtName: "山东省济南市历下区人民法院",
  receiptNumber: null,
  masked: false,
  parties: [],
  claims: [],
  amountFen: null,
  facts: "",
  answers: {},
  service: { recipient: "", phone: "", postalCode: "", address: "", email: "", electronic: null, channels: [] },
  mediation: { understood: null, wish: null },
  evidence: [],
  signature: { picture: null, signedOn: null },
};

const natural = {
  side: "plaintiff",
  kind: "natural",
  name: "王㛃𠮷",
  gender: "女",
  birthDate: "1988-03-05",
  ethnicity: "汉族",
  workplace: "济南某学校",
  occupation: "教师",
  phone: "13800138000",
  idType: "resident_id",
  idNumber: "370102198803051223",
  address: "山东省济南市历下区经十路1号",
  habitualAddress: "",
  legalRepresentative: "",
  legalRepresentativeTitle: "",
  orgType: "",
  ownership: "",
  agents: [
    {
      kind: "lawyer",
      name: "赵律",
      phone: "13700137000",
      firm: "山东某律师事务所",
      licenseNumber: "13701201510123456",
      relation: "",
      powers: "special",
      specialPowers: ["admit", "settle"],
    },
  ],
} as const;
const company = {
  ...natural,
  side: "defendant",
  kind: "organisation",
  name: "济南某商贸有限公司",
  gender: null,
  birthDate: null,
  idType: "uscc",
  idNumber: "91370100MA3C0XXX0X",
  legalRepresentative: "李强",
  legalRepresentativeTitle: "执行董事",
  orgType: "有限责任公司",
  ownership: "民营",
  agents: [],
} as const;

const full = (formId: string): ComplaintPaper => ({
  ...empty,
  formId,
  causeName: "民间借贷纠纷",
  receiptNumber: "收鲁0102-20261122-00017",
  parties: [
    natural,
    { ...natural, name: "王小明", agents: [] },
    company,
    { ...natural, side: "third_party", agents: [] },
  ],
  claims: [
    { text: "判令被告归还借款本金50000元", amountFen: 5_000_000 },
    { text: "诉讼费由被告承担", amountFen: null },
  ],
  amountFen: 5_000_000,
  facts: "2025年3月5日，被告因资金周转向原告借款50000元。\n到期后多次催要，至今未还。",
  answers: Object.fromEntries(
    [...fieldsOf(findForm(formId)).values()].map((field, at) => [field.id, answerOf(field, at)]),
  ),
  service: {
    recipient: "王㛃𠮷",
    phone: "13800138000",
    postalCode: "250000",
    address: "山东省济南市历下区经十路1号",
    email: "wang@example.cn",
    electronic: true,
    channels: ["platform", "sms"],
  },
  mediation: { understood: true, benefits: ["quick", "private"], wish: "unsure" },
  evidence: [
    { name: "借条", purpose: "证明借款事实", originality: "原件", pages: 1 },
    { name: "转账记录", purpose: "证明款项已交付", originality: null },
  ],
  signature: { picture: null, signedOn: "2026-11-22" },
});

function answerOf({ type, options = [], columns = [], label }: FormField, at: number): Answer {
  if (type === "yesno") return at % 2 === 0 ? "yes" : "no";
  if (type === "single") return options[at % options.length] ?? "";
  if (type === "multi") return options.slice(0, 2);
  if (type === "table") return [columns.map((column) => `甲${column}`), columns.map((column) => `乙${column}`)];
  if (type === "date") return at % 5 === 0 ? "无" : "2025-03-05";
  if (type === "money") return at % 7 === 0 ? "无" : `${at + 1}0000.50`;
  if (type === "number") return `${at + 1}.5`;
  if (type === "caseno") return "（2025）鲁0102财保12号";
  return `第${at}项的回答（${label.slice(0, 4)}）#let $x$`;
}

const modelForms = listForms()
  .filter((form) => form.full)
  .map(({ id, name }) => [id, name] as const);

describe("民事起诉状", () => {
  it("knows all eleven model pleadings", () => expect(modelForms.length).toBe(11));

  it.each(modelForms)("%s %s, filled in: every element and every answer is on paper", async (id) => {
    const data = full(id);
    const text = (await pdfText(await renderPdf("complaint", data)))
      .map((page) => page.replace(/第\d+页共\d+页/, "").replace(plain(`收件编号 ${data.receiptNumber}`), ""))
      .join("");
    for (const field of fieldsOf(findForm(id)).values()) {
      expect(text).toContain(plain(field.label));
      const answer = data.answers[field.id];
      if (field.type === "text" || field.type === "textarea") expect(text).toContain(plain(answer as string));
      for (const option of field.options ?? []) expect(text).toContain(plain(option));
    }
    for (const said of textsOf(compose("complaint", data)).slice(1)) expect(text).toContain(plain(said));
  });

  it.each(modelForms)("%s %s, as DOCX: the same texts", async (id) => {
    const data = full(id);
    const text = docxText(await renderDocx("complaint", data));
    for (const said of textsOf(compose("complaint", data))) expect(text).toContain(plain(said));
  });

  it.each(modelForms)("%s %s, left empty: the same elements, blank", async (id) => {
    const [blank, filled] = [{ ...empty, formId: id }, full(id)].map((data) => {
      const [form] = compose("complaint", data).blocks;
      return form?.kind === "form" ? form.rows.flatMap((row) => ("label" in row ? [row.label] : [])) : [];
    });
    for (const section of findForm(id).sections)
      for (const { label, hint } of section.fields) {
        const shown = hint === undefined ? label : `${label}\n（${hint}）`;
        expect(blank).toContain(shown);
        expect(filled).toContain(shown);
      }
    const pages = await pdfText(await renderPdf("complaint", { ...empty, formId: id }));
    expect(pages[0]).toContain("草稿，尚未提交");
    expect(pages.join("")).not.toContain("☑是");
  });

  it("ticks what was answered and nothing else", async () => {
    const answers = {
      "claims.3": "yes",
      "claims.3.1": ["解除合同"],
      "claims.4": "no",
      "claims.1.2": "50000",
      "claims.1.1": "无",
    };
    const text = (await pdfText(await renderPdf("complaint", { ...empty, formId: "09", answers }))).join("");
    expect(text).toContain("3.是否要求提前还款或解除合同☑是□否方式：□提前还款（加速到期）☑解除合同");
    expect(text).toContain("是否主张担保权利□是☑否内容：");
    expect(text).toContain("截至：无尚欠本金：50,000.00元");
  });

  it("names parties, those who act for them, and where papers are to be sent", async () => {
    const text = (await pdfText(await renderPdf("complaint", full("09")))).join("");
    for (const said of [
      "原告1（自然人）姓名：王㛃𠮷性别：□男☑女出生日期：1988年3月5日民族：汉族",
      "委托诉讼代理人（原告1）☑有□无姓名：赵律身份：律师",
      "代理权限：□一般授权☑特别授权（代为承认诉讼请求、进行和解）",
      "委托诉讼代理人（原告2）□有☑无",
      "被告（法人、非法人组织）名称：济南某商贸有限公司",
      "法定代表人/负责人：李强职务：执行董事",
      "第三人（自然人）",
      "地址：山东省济南市历下区经十路1号（邮编250000）",
      "☑是□否方式：☑本平台☑短信□邮箱",
      "具状人（签字、盖章）：",
      "日期：2026年11月22日",
    ])
      expect(text).toContain(said);
  });

  it("has the title and the words of its field", () => {
    const titleOf = (formId: string) => {
      const { title, subtitle } = compose("complaint", { ...empty, formId, causeName: "某纠纷" });
      return `${title}${subtitle ?? ""}`;
    };
    expect(titleOf("09")).toBe("民事起诉状（民间借贷纠纷）");
    expect(titleOf("00")).toBe("起诉状（某纠纷）");
    expect(titleOf("44")).toBe("行政起诉状（行政处罚）");
    expect(titleOf("02")).toBe("刑事自诉状（诽谤案刑事附带民事）");
    expect(titleOf("57")).toBe("国家赔偿申请书（刑事改判无罪赔偿）");
    expect(titleOf("60")).toBe("强制执行申请书（某纠纷）");
  });

  it("every other kind has claims, total and facts of its own", async () => {
    for (const { id } of listForms().filter((form) => !form.full)) {
      const texts = textsOf(compose("complaint", { ...full("09"), formId: id, answers: {} }));
      expect(texts).toContain("1. 判令被告归还借款本金50000元（金额：50,000.00元（人民币伍万元整））");
      expect(texts).toContain("到期后多次催要，至今未还。");
      expect(texts).toContain("标的总额");
    }
  });
});
