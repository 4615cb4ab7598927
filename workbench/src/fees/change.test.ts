import { describe, expect, test } from "vitest";
import type { FeeCategory, FeeFacts, Halving } from "@/api/contract.ts";
import { type ChangeDraft, consequenceOf, factsAfter, missingInChange, questionOf, reliefAfter } from "./change.ts";
import { sampleNotice } from "./samples.ts";
import { categoryLabels } from "./words.ts";

const facts = (halvings: Halving[] = [], amountFen: number | null = 12_345_678): FeeFacts => ({
  category: "property",
  amountFen,
  halvings,
});
const draft = (part: Partial<ChangeDraft>): ChangeDraft => ({
  reason: null,
  facts: facts(),
  amountFen: null,
  afterInquiry: false,
  note: "",
  ...part,
});

describe("the facts after a change", () => {
  test("an increase changes the amount and nothing else", () => {
    const after = factsAfter(draft({ reason: "claim_increased", facts: facts(["summary"]), amountFen: 20_000_000 }));
    expect(after).toEqual({ category: "property", amountFen: 20_000_000, halvings: ["summary"] });
  });

  test("a reduction after the inquiry says so, one before does not, whatever stood there", () => {
    const late = factsAfter(draft({ reason: "claim_reduced", amountFen: 1_000_000, afterInquiry: true }));
    expect(late.afterInquiry).toBe(true);
    const early = factsAfter(
      draft({ reason: "claim_reduced", amountFen: 1_000_000, facts: { ...facts(), afterInquiry: true } }),
    );
    expect("afterInquiry" in early).toBe(false);
  });

  test("reasons to halve come once, and turning ordinary takes only the summary one away", () => {
    expect(factsAfter(draft({ reason: "mediated", facts: facts(["summary"]) })).halvings).toEqual([
      "summary",
      "mediated",
    ]);
    expect(factsAfter(draft({ reason: "withdrawn", facts: facts(["withdrawn"]) })).halvings).toEqual(["withdrawn"]);
    expect(factsAfter(draft({ reason: "to_ordinary", facts: facts(["summary", "joined"]) })).halvings).toEqual([
      "joined",
    ]);
  });

  test("what is drafted stays as it was", () => {
    const before = facts(["summary"]);
    factsAfter(draft({ reason: "mediated", facts: before }));
    expect(before.halvings).toEqual(["summary"]);
  });
});

describe("what is missing in a change", () => {
  test.each([
    [draft({}), "请选择变动事由"],
    [draft({ reason: "claim_increased" }), "请填写变动后的金额"],
    [draft({ reason: "claim_increased", amountFen: 12_345_678 }), "增加后的金额须大于"],
    [draft({ reason: "claim_reduced", amountFen: 12_345_678 }), "减少后的金额须小于"],
    [draft({ reason: "to_ordinary" }), "没有按简易程序减半"],
    [draft({ reason: "halved", facts: facts(["summary"]) }), "减半只能一次"],
    [draft({ reason: "mediated", facts: facts(["mediated"]) }), "已经计入"],
    [draft({ reason: "correction", note: " " }), "请写明更正的原因"],
    [
      draft({ reason: "claim_increased", amountFen: 1, facts: { category: "labor", amountFen: null, halvings: [] } }),
      "按件收费",
    ],
  ])("%#", (wrong, says) => {
    expect(missingInChange(wrong)).toContain(says);
  });

  test("complete changes are let through", () => {
    expect(missingInChange(draft({ reason: "claim_increased", amountFen: 12_345_679 }))).toBe("");
    expect(missingInChange(draft({ reason: "to_ordinary", facts: facts(["summary"]) }))).toBe("");
    expect(missingInChange(draft({ reason: "correction", note: "案由认定有误" }))).toBe("");
  });
});

describe("the question to the calculator", () => {
  test.each<[Halving[], string]>([
    [[], "property_first_instance"],
    [["summary"], "property_summary_procedure"],
    [["withdrawn", "summary"], "property_withdrawn_in_summary"],
    [["mediated", "summary"], "property_mediated_in_summary"],
    [["mediated"], "property_mediated_ordinary"],
    [["joined", "summary", "mediated"], "property_summary_procedure"],
  ])("property halved for %j", (halvings, kind) => {
    expect(questionOf(facts(halvings))).toEqual({ kind, input: { claim_amount: "123456.78" } });
  });

  test("every category has a question, without a reason to halve and with its amount", () => {
    for (const category of Object.keys(categoryLabels) as FeeCategory[])
      expect(questionOf({ category, amountFen: 100_000, halvings: [] }), category).not.toBeNull();
  });

  test("what the calculator cannot say is not asked, rather than asked wrongly", () => {
    expect(questionOf(facts([], null))).toBeNull();
    expect(questionOf({ category: "preservation", amountFen: 100, halvings: ["withdrawn"] })).toBeNull();
    expect(questionOf({ category: "ip", amountFen: null, halvings: ["summary"] })).toBeNull();
  });
});

describe("what a new fee means", () => {
  const paid = sampleNotice({ paidFen: 276_914, outstandingFen: 0 });

  test("more is to be paid", () => {
    const found = consequenceOf(paid, draft({ reason: "claim_increased" }), 430_000);
    expect(found).toMatchObject({ is: "supplement", fen: 153_086 });
    expect(found.says).toContain("需补交 1,530.86 元");
  });

  test("turning ordinary says what happens without the second half", () => {
    const half = sampleNotice({ paidFen: 138_457, assessedFen: 138_457 });
    const { says } = consequenceOf(half, draft({ reason: "to_ordinary" }), 276_914);
    expect(says).toContain("需补交 1,384.57 元");
    expect(says).toContain("退还一半");
  });

  test("less is returned, never more than is held", () => {
    const some = sampleNotice({ paidFen: 276_914, refundedFen: 100_000 });
    expect(consequenceOf(some, draft({ reason: "mediated" }), 138_457)).toMatchObject({ is: "refund", fen: 38_457 });
    expect(consequenceOf(paid, draft({ reason: "mediated" }), 138_457).says).toContain("应退还 1,384.57 元");
  });

  test("nothing paid yet: only the amount changes", () => {
    expect(consequenceOf(sampleNotice(), draft({ reason: "mediated" }), 138_457).says).toBe(
      "当事人尚未交费，应交金额改为 1,384.57 元。",
    );
  });

  test("a reduction after the inquiry gives nothing back", () => {
    expect(consequenceOf(paid, draft({ reason: "claim_reduced", afterInquiry: true }), 5_000)).toMatchObject({
      is: "kept",
      fen: 0,
    });
  });

  test("relief keeps its share of the fee, to the fen", () => {
    const third = sampleNotice({ assessedFen: 300, reliefFen: 100 });
    expect([reliefAfter(third, 100), reliefAfter(third, 101), reliefAfter(third, 0)]).toEqual([33, 34, 0]);
    const half = sampleNotice({ assessedFen: 276_914, reliefFen: 138_457, paidFen: 138_457 });
    expect(consequenceOf(half, draft({ reason: "mediated" }), 138_457)).toMatchObject({ is: "refund", fen: 69_229 });
  });
});
