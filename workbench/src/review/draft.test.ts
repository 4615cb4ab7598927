import { describe, expect, test } from "vitest";
import type { Defect, Filing, Finding, ReviewItem } from "@/api/contract.ts";
import { bodyOf, type DecisionAction, type Draft, defectFor, emptyDraft, fittingDefects, missingIn } from "./draft.ts";

const filing = {
  receiptNumber: "鲁0102收20261122-1",
  court: { code: "鲁0102", name: "济南市历下区人民法院" },
  cause: { code: "CIV2025:108(3)", name: "民间借贷纠纷" },
  corrections: [],
  content: {
    parties: [
      { side: "plaintiff", name: "王芳" },
      { side: "defendant", name: "李强" },
      { side: "defendant", name: "赵敏" },
    ],
  },
} as unknown as Filing;
const item = { filing, suggestion: { causeCode: "CIV2025:108(3)", caseTypeCode: "0301" } } as unknown as ReviewItem;
const catalogue: Defect[] = [
  { code: "claim_unclear", title: "诉讼请求不具体", basis: "民诉法§122", pointer: "/claims", fix: "写明金额" },
  { code: "service_address", title: "送达地址不全", basis: "解释§137", pointer: "/service", fix: "补全地址" },
  { code: "plaintiff_details", title: "原告信息不全", basis: "民诉法§124", pointer: "/parties", fix: "改正" },
  { code: "powers_unclear", title: "代理权限不明", basis: "民诉法§62", pointer: "/parties", fix: "逐项写明" },
];
const draft = (more: Partial<Draft> = {}): Draft => ({ ...emptyDraft(item, 15), ...more });

describe("what is missing before a decision can be sent", () => {
  test("accept stands ready with the server's suggestion", () => {
    expect(draft().cause?.code).toBe("CIV2025:108(3)");
    expect(draft().caseType?.code).toBe("0301");
    expect(missingIn("accept", draft(), filing)).toBe("");
    expect(missingIn("accept", draft({ cause: null }), filing)).toContain("案由");
  });

  test("a return names at least one coded defect and its days", () => {
    expect(missingIn("return", draft(), filing)).toContain("至少");
    const line = { code: "claim_unclear", pointer: "/claims/c1/text", note: "" };
    expect(missingIn("return", draft({ lines: [line] }), filing)).toBe("");
    expect(missingIn("return", draft({ lines: [line, { ...line, code: "" }] }), filing)).toContain("目录");
    expect(missingIn("return", draft({ lines: [line], dueDays: 0 }), filing)).toContain("期限");
  });

  test("a second return needs its reason", () => {
    const again = { ...filing, corrections: [{ round: 1 }] } as unknown as Filing;
    const lines = [{ code: "claim_unclear", pointer: "", note: "" }];
    expect(missingIn("return", draft({ lines }), again)).toContain("理由");
    expect(missingIn("return", draft({ lines, overrideReason: "  " }), again)).toContain("理由");
    expect(missingIn("return", draft({ lines, overrideReason: "新提交的材料出现新问题" }), again)).toBe("");
  });

  test("refusal and transfer need a choice and a reason, mediation neither", () => {
    const ground = { code: "g1", title: "有仲裁协议", basis: "民诉法§127" };
    expect(missingIn("refuse", draft({ note: "x" }), filing)).toContain("事由");
    expect(missingIn("refuse", draft({ ground }), filing)).toContain("理由");
    expect(missingIn("refuse", draft({ ground, note: "合同第十二条" }), filing)).toBe("");
    expect(missingIn("transfer", draft({ note: "x" }), filing)).toContain("法院");
    expect(missingIn("mediate", draft(), filing)).toBe("");
  });
});

test("a body holds what belongs to its decision and nothing else", () => {
  const full = draft({
    note: " 说明 ",
    overrideReason: "",
    court: { code: "鲁0103", name: "市中" },
    ground: { code: "g1", title: "t", basis: "b" },
    lines: [{ code: "claim_unclear", pointer: "/claims", note: " 写明金额 " }],
    dueDays: 10,
  });
  const bodies = Object.fromEntries(
    (["accept", "return", "refuse", "transfer", "mediate"] as DecisionAction[]).map((action) => [
      action,
      bodyOf(action, full, 4),
    ]),
  );
  expect(bodies).toEqual({
    accept: { action: "accept", fence: 4, causeCode: "CIV2025:108(3)", caseTypeCode: "0301", note: "说明" },
    return: {
      action: "return",
      fence: 4,
      defects: [{ code: "claim_unclear", pointer: "/claims", note: "写明金额" }],
      dueDays: 10,
    },
    refuse: { action: "refuse", fence: 4, groundCode: "g1", note: "说明" },
    transfer: { action: "transfer", fence: 4, courtCode: "鲁0103", note: "说明" },
    mediate: { action: "mediate", fence: 4, note: "说明" },
  });
});

test("a defect is proposed only where the catalogue leaves no choice", () => {
  expect(defectFor(catalogue, "/service/phone")).toBe("service_address");
  expect(defectFor(catalogue, "/parties/p1/name")).toBe("");
  expect(fittingDefects(catalogue, "/parties/p1/name").map((each) => each.code)).toEqual([
    "plaintiff_details",
    "powers_unclear",
  ]);
  expect(defectFor(catalogue, "/claimsX")).toBe("");
  expect(defectFor(catalogue, "/parties/p1/name", { code: "powers_unclear" } as Finding)).toBe("powers_unclear");
});
