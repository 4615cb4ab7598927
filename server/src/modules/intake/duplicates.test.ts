import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { claimed, clerk, key, privateLoan, seedCourtsAndRules, submitted } from "#test/filings.ts";

describe("filings made twice", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("duplicates");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());

  it("are found by people and cause; another court's without its title", async () => {
    const { parties } = privateLoan("王芳");
    const same = { change: { parties } };
    const first = await submitted(app, "王芳");
    const elsewhere = await submitted(app, "王芳", { courtCode: "鲁0103" });
    const byAgent = await submitted(app, "代办人", same);
    await submitted(app, "王芳", { defendant: "赵六" });
    const otherCause = await submitted(app, "王芳", {
      change: {
        causeCode: "CIV2025:14",
        formId: "05",
        amountFen: null,
        claims: [{ key: "c1", text: "请求判令原被告离婚" }],
      },
    });
    const gone = await submitted(app, "王芳");
    await gone.owner.ask("POST", `${gone.path}/moves`, { action: "withdraw" }, key());
    await app.settle();

    const wang = await clerk(app);
    const { item } = await claimed(wang, byAgent);
    const { items } = (await wang.ask("GET", `${item}/duplicates`)).json;
    const found = new Map(items.map((one: { filingId: string }) => [one.filingId, one]));
    expect([...found.keys()].sort()).toEqual([first.id, elsewhere.id].sort());
    expect(found.get(first.id)).toMatchObject({
      title: "王芳 诉 李强 民间借贷纠纷",
      court: { code: "鲁0102" },
      similarity: 1,
      state: { code: "submitted" },
    });
    expect(found.get(elsewhere.id)).toMatchObject({ title: "其他法院的立案申请", court: { code: "鲁0103" } });
    const reasons = (found.get(first.id) as { reasons: string[] }).reasons;
    expect(reasons).toEqual([
      "原告、被告姓名相同",
      "一方证件号码相同",
      "案由相同",
      "标的额相同",
      "日期和号码相同",
      "文字有 100% 相同",
    ]);
    expect((found.get(first.id) as { kind: object }).kind).toEqual({ code: "duplicate", label: "疑似重复" });
    const detail = (await wang.ask("GET", item)).json;
    expect(detail.duplicates).toBe(2);
    expect(detail.findings.filter(({ code }: { code: string }) => code === "filing.duplicate")).toHaveLength(2);
    expect((await wang.ask("GET", elsewhere.path)).status).toBe(404);
    expect(found.has(otherCause.id)).toBe(false);
  });
});
