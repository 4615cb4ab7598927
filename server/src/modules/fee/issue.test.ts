import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { acceptedCase } from "#test/fees.ts";
import { seedCourtsAndRules } from "#test/filings.ts";

describe("the notice of an accepted case", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("feeissue");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());

  it("is issued in the acceptance's own work, served at once to a confirmed address, and seen by both", async () => {
    const one = await acceptedCase(app, "王芳");
    const { json, status, text } = await one.owner.ask("GET", one.notice);
    expect(status, text).toBe(200);
    expect(json).toMatchObject({
      caseId: one.caseId,
      caseNumber: one.caseNumber,
      source: { code: "acceptance", label: "案件受理费" },
      payer: { name: "王芳", kind: "natural" },
      mine: true,
      state: { code: "open", label: "待交" },
      assessedFen: 105_000,
      dueFen: 105_000,
      outstandingFen: 105_000,
      paidFen: 0,
      presumed: false,
    });
    expect(json.moves.map(({ action }: { action: string }) => action)).toEqual(["pay", "ask_relief"]);
  });
});
