import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SYSTEM } from "#core/actor.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { COURT, seedCourtsAndRules } from "#test/filings.ts";
import { IntakeQueue, IntakeRule } from "./model.ts";
import { queueFor, type Routed } from "./route-filing.ts";

describe("routing to a queue", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("route-filing");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());

  const category = async (routed: Partial<Routed>): Promise<string> => {
    const whole = { courtCode: COURT, causeName: "", formField: "", amountFen: 0, ...routed };
    const id = await app.transact(SYSTEM, (work) => queueFor(work, whole));
    return (await IntakeQueue.findByPk(id, { rejectOnEmpty: true })).category;
  };

  it.each([
    [{ causeName: "民间借贷纠纷" }, "civil"],
    [{ causeName: "离婚纠纷" }, "family"],
    [{ causeName: "劳动合同纠纷" }, "labour"],
    [{ causeName: "金融借款合同纠纷" }, "commercial"],
    [{ formField: "行政" }, "administrative"],
    [{ formField: "执行", causeName: "离婚纠纷" }, "execution"],
  ])("%o goes to %s by the rules of every court", async (routed, wanted) =>
    expect(await category(routed)).toBe(wanted),
  );

  it("asks the court's own rules before those of every court", async () => {
    const fits = JSON.stringify({ causeWords: ["离婚"], atLeastFen: 100 });
    await IntakeRule.create({ courtCode: COURT, priority: 900, fits, category: "civil" });
    expect(await category({ causeName: "离婚纠纷", amountFen: 100 })).toBe("civil");
    expect(await category({ causeName: "离婚纠纷", amountFen: 99 })).toBe("family");
    expect(await category({ causeName: "离婚纠纷", amountFen: 100, courtCode: "鲁0103" })).toBe("family");
  });
});
