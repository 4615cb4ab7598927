import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "../app.ts";
import { seedCourtsAndRules } from "../filings.ts";
import { DEFECTS } from "./defects.ts";
import { workDay } from "./work-day.ts";

const SEED = Number(process.env["DAY_SEED"] ?? 20261122);
/** A small day in the suite; `npm run day` lives the whole one. */
const COUNT = Number(process.env["DAY_COUNT"] ?? 24);

describe("a generated day", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("day");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());

  it("has forty planted ways to be defective", () => {
    expect(new Set(DEFECTS.map(({ name }) => name)).size).toBe(40);
  });

  it(`of ${COUNT} submissions is worked by four clerks in time`, { timeout: 1_800_000 }, async () => {
    const report = await workDay(app, SEED, COUNT);
    console.log(`seed ${SEED}: ${JSON.stringify(report)}`);
    expect(report.submissions).toBe(COUNT);
    expect(report.breaches).toBe(0);
    expect(report.oldestWorkdays).toBeLessThanOrEqual(5);
    expect(report.defectsFound / report.defectsPlanted, report.missed.join(", ")).toBeGreaterThanOrEqual(0.95);
    expect(report.firstPass).toBeGreaterThanOrEqual(0.85);
    expect(report.duplicateRecall).toBeGreaterThanOrEqual(0.95);
    expect(report.duplicatePrecision).toBeGreaterThanOrEqual(0.98);
    expect(app.unexpected).toEqual([]);
  });
});
