import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";

describe("the main road", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("road");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());

  it("leads from a phone to a case number that both see", async () => {
    const filing = await submitted(app, "王芳");
    const seen = (await filing.owner.ask("GET", filing.path)).json;
    expect(seen.state).toEqual({ code: "submitted", label: "已提交，等待审查" });
    expect(seen.receiptNumber).toMatch(/^收鲁0102-\d{8}-00001$/);
    expect(seen.clock.state.code).toBe("running");

    const wang = await clerk(app);
    const { item, fence } = await claimed(wang, filing);
    const accepted = await wang.ask("POST", `${item}/moves`, accepting(fence), key());
    expect(accepted.status, accepted.text).toBe(200);
    expect(accepted.json.state.code).toBe("decided");
    await app.settle();

    const after = (await filing.owner.ask("GET", filing.path)).json;
    expect(after.state.code).toBe("accepted");
    expect(after.caseNumber).toMatch(/^（20\d\d）鲁0102民初1号$/);
    const [mine] = (await filing.owner.ask("GET", "/cases")).json.items;
    expect(mine.number).toBe(after.caseNumber);
    const [theirs] = (
      await wang.ask(
        "GET",
        `/cases?number=${encodeURIComponent(after.caseNumber.replace("（", "(").replace("）", ")"))}`,
      )
    ).json.items;
    expect(theirs.id).toBe(mine.id);
    const titles = (await filing.owner.ask("GET", "/messages")).json.items.map(({ title }: { title: string }) => title);
    expect(titles).toEqual(["您的案件已立案", "请交纳诉讼费", "法院正在审查您的立案申请", "法院已收到您的立案申请"]);
    expect(app.unexpected).toEqual([]);
  });
});
