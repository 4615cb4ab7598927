import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { acceptedCase } from "#test/fees.ts";
import { clerk, key, seedCourtsAndRules } from "#test/filings.ts";
import { staffMember } from "#test/people.ts";

describe("the notice of an accepted case", { timeout: 60_000 }, () => {
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

  it("asks a court that collects as for summary procedure for half, and for the other half where it becomes ordinary", async () => {
    const admin = await staffMember(app, { username: "admin1", role: "admin", courtCode: "鲁0102" });
    const settle = async (feePrepaidAs: string) => {
      const { version } = (await admin.ask("GET", PARAMETERS)).json;
      const body = { values: { feePrepaidAs } };
      const answer = await admin.ask("PUT", PARAMETERS, body, { "if-match": `"${version}"` });
      expect(answer.status, answer.text).toBe(200);
    };
    await settle("summary");
    const by = await clerk(app);
    const one = await acceptedCase(app, "金秋", { by });
    const { json } = await one.owner.ask("GET", one.notice);
    expect(json).toMatchObject({ assessedFen: 52_500, outstandingFen: 52_500, state: { code: "open" } });
    expect(json.steps.at(-1)).toMatchObject({ amountFen: -52_500 });
    expect(json.basis.join()).toMatch(/§16/);
    expect((await by.ask("GET", one.notice)).json.facts.halvings).toEqual(["summary"]);
    const facts = { category: "property", amountFen: 5_000_000, halvings: [] };
    const change = { action: "change", reason: "to_ordinary", facts };
    const more = await by.ask("POST", `${one.notice}/moves`, change, key());
    expect(more.json, more.text).toMatchObject({ assessedFen: 105_000, outstandingFen: 105_000 });

    // What was issued before keeps its fee; what is issued later is asked for in full again.
    await settle("ordinary");
    const later = await acceptedCase(app, "银河", { by });
    expect((await later.owner.ask("GET", later.notice)).json.assessedFen).toBe(105_000);
    expect(app.unexpected).toEqual([]);
  });
});

const PARAMETERS = `/courts/${encodeURIComponent("鲁0102")}/parameters`;
