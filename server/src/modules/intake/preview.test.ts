import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import type { StaffPerson } from "#test/people.ts";

describe("the document before it is sent", () => {
  let app: TestApp;
  let wang: StaffPerson;
  beforeAll(async () => {
    app = await startApp("preview");
    await seedCourtsAndRules(app);
    wang = await clerk(app);
  });
  afterAll(() => app.stop());

  const decisions = [
    [
      "张一",
      {
        action: "return",
        defects: [{ code: "claim_unclear", pointer: "/claims/c1", note: "利息没有写明起算日" }],
        dueDays: 9,
      },
    ],
    ["张二", { action: "refuse", groundCode: "arbitration", note: "合同第八条约定仲裁。" }],
    ["张三", { action: "transfer", courtCode: "鲁0103", note: "被告住所地在市中区。" }],
  ] as const;
  it.each(decisions)("is the one that is sent: %s %o", async (name, decision) => {
    const filing = await submitted(app, name);
    const { item, fence } = await claimed(wang, filing);
    const preview = await wang.ask("POST", `${item}/preview`, decision);
    expect(preview.status, preview.text).toBe(200);
    expect((await filing.owner.ask("GET", filing.path)).json.documents).toEqual([]);
    expect((await wang.ask("POST", `${item}/moves`, { ...decision, fence }, key())).status).toBe(200);
    const [sent] = (await filing.owner.ask("GET", filing.path)).json.documents;
    expect({ title: sent.title, text: sent.text }).toEqual(preview.json);
  });

  it("differs on acceptance by the number only, and takes none", async () => {
    const filing = await submitted(app, "张四");
    const { item, fence } = await claimed(wang, filing);
    const body = { ...accepting(fence), note: "请于立案后七日内交费。" };
    const preview = await wang.ask("POST", `${item}/preview`, body);
    expect(preview.json.text).toContain("（案号在立案时编定）");
    expect((await wang.ask("POST", `${item}/moves`, body, key())).status).toBe(200);
    const { documents, caseNumber } = (await filing.owner.ask("GET", filing.path)).json;
    expect(caseNumber).toMatch(/民初1号$/);
    expect(documents[0].text).toBe(preview.json.text.replace("（案号在立案时编定）", caseNumber));
    expect(documents[0].text).toContain("请于立案后七日内交费。");
  });

  it("is for decisions only", async () => {
    const filing = await submitted(app, "张五");
    const { item } = await claimed(wang, filing);
    expect((await wang.ask("POST", `${item}/preview`, { action: "claim" })).json.errors[0].pointer).toBe("/action");
  });
});
