import { describe, expect, test } from "vitest";
import type { ElementForm, Filing, FilingContent, Party } from "@/api/contract.ts";
import { answerSections } from "./answers.ts";
import { rowAt } from "./pointers.ts";
import { answeredOnly, filingSections } from "./sections.ts";

const form: ElementForm = {
  id: "09",
  no: "09",
  name: "民间借贷纠纷",
  sections: [
    {
      id: "claims",
      title: "诉讼请求",
      fields: [
        {
          id: "claims.1",
          label: "本金",
          type: "group",
          fields: [
            { id: "claims.1.1", label: "截至", type: "date" },
            { id: "claims.1.2", label: "尚欠本金", type: "money" },
          ],
        },
        {
          id: "claims.2",
          label: "是否提前还款",
          type: "yesno",
          // biome-ignore lint/suspicious/noThenProperty: the form's own word, and never awaited
          then: [{ id: "claims.2.1", label: "方式", type: "multi", options: ["提前还款", "解除合同"] }],
        },
        {
          id: "claims.3",
          label: "是否主张担保",
          type: "yesno",
          // biome-ignore lint/suspicious/noThenProperty: the form's own word, and never awaited
          then: [{ id: "claims.3.1", label: "内容", type: "textarea" }],
        },
        { id: "claims.4", label: "证据清单", type: "table", columns: ["序号", "名称"] },
      ],
    },
  ],
};
const party = (more: Partial<Party>): Party => ({
  key: "p1",
  side: "plaintiff",
  kind: "natural",
  name: "王芳",
  gender: null,
  birthDate: null,
  ethnicity: "",
  workplace: "",
  occupation: "",
  phone: "138****8021",
  email: "",
  idType: "resident_id",
  idNumber: "",
  address: "",
  habitualAddress: "",
  legalRepresentative: "",
  legalRepresentativeTitle: "",
  orgType: "",
  ownership: "",
  agents: [],
  ...more,
});
const content: FilingContent = {
  causeCode: null,
  formId: "09",
  amountFen: 12345678,
  facts: "",
  answers: {},
  parties: [party({}), party({ key: "p2", side: "defendant", name: "李强", phone: "" })],
  claims: [
    { key: "c1", text: "偿还本金", amountFen: 12000000 },
    { key: "c2", text: "支付利息", amountFen: null },
  ],
  service: {
    recipient: "",
    phone: "",
    postalCode: "",
    address: "",
    email: "",
    electronic: null,
    channels: [],
    judgments: null,
    language: "mn",
    interpreter: true,
    stages: [],
    confirmed: false,
  },
  consents: { filing: "agree", hearing: "refuse" },
  mediation: { understood: null, wish: null },
  signature: { materialId: null, signedOn: null },
};
const sectionsOf = (more: Partial<FilingContent> = {}) =>
  filingSections(
    { court: { code: "鲁0102", name: "某法院" }, cause: null, content: { ...content, ...more } } as Filing,
    form,
  );
const rowsOf = (more?: Partial<FilingContent>) =>
  new Map(sectionsOf(more).flatMap((section) => section.rows.map((row) => [row.pointer, row])));

describe("the filing's fields", () => {
  test("a missing field the law asks for is shown, an empty optional one is not", () => {
    const rows = rowsOf();
    expect(rows.get("/parties/p1/gender")).toMatchObject({ value: "", required: true });
    expect(rows.has("/parties/p1/workplace")).toBe(false);
    // 解释§209: a defendant's number is not required.
    expect(rows.has("/parties/p2/idNumber")).toBe(false);
    expect(rows.get("/parties/p2/address")).toMatchObject({ value: "", required: true });
  });

  test("the cause and the court stand first, a missing cause shows", () => {
    expect(sectionsOf()[0]?.rows.map((row) => [row.label, row.value, row.required])).toEqual([
      ["受诉法院", "某法院", true],
      ["案由", "", true],
    ]);
  });

  test("masked values are the ones to reveal", () => {
    const rows = rowsOf();
    expect(rows.get("/parties/p1/phone")?.masked).toBe(true);
    expect(rows.get("/parties/p1/name")?.masked).toBe(false);
  });

  test("an agent's special powers stand one by one", () => {
    const agent = {
      key: "a1",
      kind: "lawyer",
      name: "陈志远",
      idType: null,
      idNumber: "",
      phone: "",
      firm: "",
      licenseNumber: "",
      relation: "",
      powers: "special" as const,
      specialPowers: ["admit", "settle"],
    };
    const rows = rowsOf({ parties: [party({ agents: [agent] })] });
    expect(rows.get("/parties/p1/agents/a1/powers")?.value).toBe("特别授权：代为承认诉讼请求、和解、调解");
    const bare = rowsOf({ parties: [party({ agents: [{ ...agent, specialPowers: [] }] })] });
    expect(bare.get("/parties/p1/agents/a1/powers")?.value).toBe("特别授权：未列明");
  });

  test("consents are shown stage by stage as given", () => {
    const rows = rowsOf();
    expect(rows.get("/consents/filing")?.value).toBe("同意");
    expect(rows.get("/consents/hearing")?.value).toBe("不同意");
    expect(rows.has("/consents/service")).toBe(false);
  });
});

describe("the element form's answers", () => {
  const values = (answers: Record<string, string | string[] | string[][]>, shown: ElementForm | null = form) =>
    answerSections(shown, answers).flatMap((section) => section.rows.map((row) => [row.label, row.value]));

  test("money, dates and yes or no read as in the paper form", () => {
    expect(
      values({
        "claims.1.1": "2026-10-31",
        "claims.1.2": "120000",
        "claims.2": "yes",
        "claims.2.1": ["提前还款", "解除合同"],
        "claims.3": "no",
      }),
    ).toEqual([
      ["本金", ""],
      ["截至", "2026-10-31"],
      ["尚欠本金", "120,000.00 元"],
      ["是否提前还款", "是"],
      ["方式", "提前还款、解除合同"],
      ["是否主张担保", "否"],
      ["证据清单", ""],
    ]);
  });

  test("what follows a no is hidden, unless something was written there", () => {
    expect(values({ "claims.3": "no" }).map(([label]) => label)).not.toContain("内容");
    expect(values({ "claims.3": "no", "claims.3.1": "房屋抵押" })).toContainEqual(["内容", "房屋抵押"]);
  });

  test("a table keeps its cells", () => {
    const row = answerSections(form, {
      "claims.4": [
        ["1", "借条"],
        ["2", "流水"],
      ],
    })[0]?.rows.find((each) => each.kind === "table");
    expect(row?.table).toEqual({
      columns: ["序号", "名称"],
      rows: [
        ["1", "借条"],
        ["2", "流水"],
      ],
    });
  });

  test("an answer the form does not know is shown all the same, also without a form", () => {
    expect(values({ "old.9": "旧版表格的内容" })).toContainEqual(["old.9", "旧版表格的内容"]);
    expect(values({ "claims.1.2": "5" }, null)).toEqual([["claims.1.2", "5"]]);
  });
});

describe("questions left unanswered", () => {
  const all = sectionsOf({ answers: { "claims.2": "no" } });
  const labels = (sections: typeof all) =>
    sections
      .filter((section) => section.id === "answers-claims")
      .flatMap((section) => section.rows.map((row) => row.label));

  test("are left out and counted, with headings that have nothing below", () => {
    const short = answeredOnly(all, new Set());
    expect(labels(all)).toEqual(["本金", "截至", "尚欠本金", "是否提前还款", "是否主张担保", "证据清单"]);
    expect(labels(short.sections)).toEqual(["是否提前还款"]);
    expect(short.hidden.get("answers-claims")).toBe(4);
  });

  test("stay when a finding points at them, with their heading", () => {
    expect(labels(answeredOnly(all, new Set(["/answers/claims.1.2"])).sections)).toEqual([
      "本金",
      "尚欠本金",
      "是否提前还款",
    ]);
  });

  test("what the law asks for is never left out", () => {
    const parties = (sections: typeof all) => sections.filter((section) => section.id.startsWith("party-"));
    expect(parties(answeredOnly(all, new Set()).sections)).toEqual(parties(all));
  });
});

describe("pointers", () => {
  const sections = sectionsOf({ answers: { "claims.1.2": "5" } });
  test.each([
    ["/parties/p1/name", "/parties/p1/name"],
    ["#/content/parties/p1/name", "/parties/p1/name"],
    ["/parties/p2", "/parties/p2/name"],
    ["/claims/c1", "/claims/c1/text"],
    ["/answers/claims.1.2", "/answers/claims.1.2"],
    ["/parties/p1/workplace", "/parties/p1/name"],
    ["/nowhere", null],
    [null, null],
  ])("%s means %s", (pointer, row) => {
    expect(rowAt(sections, pointer)).toBe(row);
  });
});
