import { describe, expect, test } from "vitest";
import { causeRows } from "./cause-table.ts";
import { countEverydayWords, findCause, listCauses, searchCauses } from "./causes.ts";
import { checkAnswers, missingAnswers, sumOfAmounts } from "./check-answers.ts";
import { type FormField, fieldsOf, findForm, GENERAL_FORM, listForms, suggestForm } from "./forms.ts";

const first = (query: string): string | undefined => searchCauses(query)[0]?.code;

describe("causes", () => {
  test("the tables are whole", () => {
    const civil = causeRows.filter((row) => row.version === "CIV2025");
    expect([1, 2, 3, 4].map((level) => civil.filter((row) => row.level === level).length)).toEqual([12, 59, 514, 470]);
    const admin = causeRows.filter((row) => row.version === "ADM2021");
    expect([1, 2, 3].map((level) => admin.filter((row) => row.level === level).length)).toEqual([1, 22, 140]);
    expect(civil.every((row) => row.effectiveFrom === "2026-01-01")).toBe(true);
  });

  test.each([
    ["借钱不还", "CIV2025:108(3)"],
    ["邻居漏水", "CIV2025:55(7)"],
    ["被辞退", "CIV2025:205"],
    ["我被公司辞退了怎么办", "CIV2025:205"],
    ["网购假货", "CIV2025:88(8)"],
    ["拖欠工资", "CIV2025:205(5)"],
    ["交通事故", "CIV2025:411"],
    ["物业费", "CIV2025:126"],
    ["离婚", "CIV2025:14"],
    ["彩礼", "CIV2025:12"],
    ["继承", "CIV2025:29"],
    ["房东不退押金", "CIV2025:116(2)"],
    ["朋友借钱不还怎么办", "CIV2025:108(3)"],
    ["民间借贷", "CIV2025:108(3)"],
    ["民间借贷纠纷", "CIV2025:108(3)"],
    ["mjjd", "CIV2025:108(3)"],
    ["minjianjiedai", "CIV2025:108(3)"],
    ["lihun", "CIV2025:14"],
    ["CIV2025:108(3)", "CIV2025:108(3)"],
    ["108(3)", "CIV2025:108(3)"],
    ["罚单不服 交警罚单", "ADM2021:3"],
  ])("%s → %s", (query, code) => expect(first(query)).toBe(code));

  test("everyday words tell which word led there, and why", () => {
    expect(searchCauses("借钱不还")[0]).toMatchObject({
      match: "借钱不还",
      formId: "09",
      path: ["合同、准合同纠纷", "合同纠纷", "借款合同纠纷", "民间借贷纠纷"],
    });
    expect(searchCauses("借钱不还")[0]?.reason).toBeTruthy();
    expect(countEverydayWords()).toBeGreaterThanOrEqual(80);
  });

  test("several words must all be met; nonsense finds nothing; a limit is kept", () => {
    expect(searchCauses("房屋 租赁").map((cause) => cause.code)).toContain("CIV2025:116(2)");
    for (const query of ["", "   ", "囧囧囧", "zzzzzz", "(((", "\\d+", ".*"]) expect(searchCauses(query)).toEqual([]);
    expect(searchCauses("纠纷", 7)).toHaveLength(7);
  });

  test("the tree is walked from the top", () => {
    expect(listCauses(null)).toHaveLength(13);
    expect(listCauses("CIV2025:108").map((cause) => cause.no)).toEqual([
      "108(1)",
      "108(2)",
      "108(3)",
      "108(4)",
      "108(5)",
      "108(6)",
    ]);
    expect(findCause("CIV2025:108")).toMatchObject({ hasChildren: true, level: 3, parent: "CIV2025:十" });
    for (const code of ["CIV2025:9999", "__proto__", ""])
      expect(() => findCause(code)).toThrow(expect.objectContaining({ status: 404 }));
  });
});

describe("forms", () => {
  test("67 kinds, the general answer of administrative cases and the general form; eleven of them in full", () => {
    expect(listForms()).toHaveLength(69);
    expect(
      listForms()
        .filter((form) => form.full)
        .map((form) => form.id),
    ).toEqual(["05", "06", "08", "09", "10", "12", "14", "15", "16", "19", "21"]);
    expect(findForm("05").partyOnly).toBe("natural");
    expect(() => findForm("99")).toThrow(expect.objectContaining({ code: "form.not_found" }));
  });

  test("field ids are unique, dotted and say where they stand; choices have their options", () => {
    for (const { id } of listForms()) {
      const form = findForm(id);
      const walk = (fields: readonly FormField[], under: string): string[] =>
        fields.flatMap((field, index) => {
          const siblings = field.fields ?? field.then;
          expect(field.id).toBe(`${under}.${index + 1}`);
          if (field.type === "single" || field.type === "multi") expect(field.options?.length).toBeGreaterThan(1);
          if (field.type === "table") expect(field.columns?.length).toBeGreaterThan(0);
          if (field.type === "group") expect(field.fields?.length).toBeGreaterThan(0);
          return [field.id, ...(siblings ? walk(siblings, field.id) : [])];
        });
      const ids = form.sections.flatMap((section) => walk(section.fields, section.id));
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test("every field of 民间借贷 has a question in plain words", () => {
    const all = (fields: readonly FormField[]): FormField[] =>
      fields.flatMap((field) => [field, ...all(field.fields ?? []), ...all(field.then ?? [])]);
    for (const field of findForm("09").sections.flatMap((section) => all(section.fields)))
      expect([field.id, field.question ?? ""]).toEqual([field.id, expect.stringMatching(/\S{4}/)]);
  });

  test("causes lead to their form, also from below", () => {
    expect(suggestForm("CIV2025:108(3)")).toBe("09");
    expect(suggestForm("CIV2025:96(2)")).toBe("07");
    expect(suggestForm("CIV2025:205(5)")).toBe("15");
    expect(suggestForm("CIV2025:411(1)")).toBe("21");
    expect(suggestForm("CIV2025:55")).toBeNull();
    for (const form of listForms()) for (const code of form.causeCodes) expect(findCause(code).formId).not.toBeNull();
  });

  test("answers: what is malformed is told, what is missing is not", () => {
    const form = findForm("09");
    expect(checkAnswers(form, {})).toEqual([]);
    const good = {
      "claims.1.1": "2026-03-01",
      "claims.1.2": "50000.00",
      "claims.2.4": "yes",
      "claims.3.1": ["解除合同"],
      "facts.3.3": "转账",
      "facts.5.1": "3.85",
      "facts.1": "借条\n一张",
      "preservation.1.3": "无",
      "claims.7": "",
    };
    expect(checkAnswers(form, good)).toEqual([]);
    // 除签名日期与当事人身份外均可填"无" (法〔2025〕82号).
    expect(checkAnswers(findForm("09"), { "claims.1.1": "无", "claims.1.2": "无", "facts.5.1": "无" })).toEqual([]);
    const bad: Record<string, unknown> = {
      "claims.1.1": "2026-02-30",
      "claims.1.2": "1e3",
      "claims.2.4": "是",
      "claims.3.1": ["解除合同", "解除合同"],
      "claims.1": "a group takes no answer",
      "facts.3.3": "比特币",
      "facts.5.1": "3%",
      "facts.2.1": "长".repeat(501),
      "facts.7": ["到期一次性还本付息"],
      "preservation.1.3": "（2026）美0102民初1号",
      "claims.8": 5,
      "claims.99": "",
      "claims.4": null,
    };
    expect(checkAnswers(form, bad).map((error) => error.pointer)).toEqual(
      Object.keys(bad).map((id) => `/answers/${id}`),
    );
    expect(checkAnswers(form, JSON.parse('{"__proto__": "x", "a/b": "y"}') as Record<string, unknown>)).toHaveLength(2);
  });

  test("tables take rows of as many cells as columns", () => {
    const form = findForm("05");
    const table = [...fieldsOf(form).values()].find((field) => field.type === "table")!;
    const cells = table.columns!.map(() => "内容");
    expect(checkAnswers(form, { [table.id]: [cells, cells] })).toEqual([]);
    for (const rows of [[[...cells, "多"]], ["text"], "text", [[1, 2]], Array.from({ length: 201 }, () => cells)])
      expect(checkAnswers(form, { [table.id]: rows })).toHaveLength(1);
  });

  test("bank cards and uniform codes are checked; a code that may be overruled passes", () => {
    const form = findForm("10");
    expect(checkAnswers(form, { "facts.1.1": "123" })).toHaveLength(1);
    expect(checkAnswers(form, { "facts.1.1": "4111111111111111" })).toEqual([]);
  });

  test("required fields", () => {
    expect(missingAnswers(findForm("09"), {}).map((error) => error.pointer)).toEqual(["/answers/claims.8"]);
    expect(missingAnswers(findForm("09"), { "claims.8": "1" })).toEqual([]);
    expect(missingAnswers(findForm(GENERAL_FORM), {})).toEqual([]);
  });

  test("amounts are compared with 标的总额; wholes and their parts are not counted twice", () => {
    const loan = findForm("09");
    expect(sumOfAmounts(loan, {})).toEqual({ sumFen: null, totalFen: null, totalFieldId: "claims.8", warning: null });
    expect(sumOfAmounts(loan, { "claims.1.2": "50000", "claims.2.2": "0.5", "claims.8": "50000.5" })).toMatchObject({
      sumFen: 5_000_050,
      warning: null,
    });
    expect(sumOfAmounts(loan, { "claims.1.2": "50000", "claims.8": "60000" }).warning).toContain("不一致");
    const bank = findForm("08");
    const interest = {
      "claims.1.2": "100",
      "claims.2.3": "1",
      "claims.2.4": "2",
      "claims.2.5": "3",
      "claims.9": "106",
    };
    expect(sumOfAmounts(bank, interest).sumFen).toBe(10_600);
    expect(sumOfAmounts(bank, { ...interest, "claims.2.2": "6" }).sumFen).toBe(10_600);
    expect(sumOfAmounts(findForm("21"), { "claims.1.5": "1", "claims.13": "1" })).toMatchObject({
      sumFen: 100,
      totalFen: 100,
      warning: null,
    });
  });
});
