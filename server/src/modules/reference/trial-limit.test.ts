import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "#core/period.ts";
import { type DeductionKind, type Procedure, type TrialClock, trialLimit } from "./trial-limit.ts";

interface Vector {
  id: string;
  rule: string;
  event_date: string;
  excluded_days: number;
  expected_last_day: string;
}
const { vectors } = JSON.parse(readFileSync("../shared/vectors/periods.json", "utf8")) as { vectors: Vector[] };
const PROCEDURES: Readonly<Record<string, Procedure>> = {
  "审限-简易": "summary",
  "审限-二审判决": "appeal_judgment",
  "审限-特别程序": "special",
  "审限-普通": "ordinary",
  "审限-普通(扣除鉴定45日)": "ordinary",
  "审限-行政一审": "admin_first",
  "审限-行政简易": "admin_summary",
};
const clock = (change: Partial<TrialClock>): TrialClock => ({
  procedure: "ordinary",
  acceptedOn: "2026-01-05",
  extensions: [],
  deductions: [],
  closedOn: null,
  ...change,
});

it.each(vectors.filter(({ rule }) => rule in PROCEDURES))("$id $rule", (vector) => {
  const { rule, event_date: acceptedOn, excluded_days: days, expected_last_day: lastDay } = vector;
  const from = addDays(acceptedOn, 10);
  const deductions = days > 0 ? [{ kind: "appraisal" as const, from, to: addDays(from, days - 1) }] : [];
  const view = trialLimit(
    clock({ procedure: PROCEDURES[rule] as Procedure, acceptedOn, deductions }),
    addDays(from, 60),
  );
  expect(view.lastDay).toBe(lastDay);
  expect(view.excludedDays).toBe(days);
});

describe("what lengthens it", () => {
  const summary = clock({ procedure: "summary", acceptedOn: "2026-01-15" });
  const month = { by: "president", amount: 1, approvedOn: "2026-04-01" } as const;

  it("§164, 解释§258: summary three months, one more, never five", () => {
    expect(trialLimit(summary, "2026-02-01").lastDay).toBe("2026-04-15");
    expect(trialLimit({ ...summary, extensions: [month] }, "2026-04-02").lastDay).toBe("2026-05-15");
    expect(() => trialLimit({ ...summary, extensions: [month, month] }, "2026-04-02")).toThrow();
    expect(() => trialLimit({ ...summary, extensions: [{ ...month, amount: 2 }] }, "2026-04-02")).toThrow();
  });

  it("解释§258: turned ordinary, it counts from the first acceptance", () => {
    expect(trialLimit({ ...summary, procedure: "ordinary" }, "2026-04-02").lastDay).toBe("2026-07-15");
  });

  it("§152: six by the president, three by the higher court, in this order only", () => {
    const six = { by: "president", amount: 6, approvedOn: "2026-06-10" } as const;
    const three = { by: "higher_court", amount: 3, approvedOn: "2026-12-01" } as const;
    expect(trialLimit(clock({ extensions: [six, three] }), "2026-12-02").lastDay).toBe("2027-04-05");
    expect(() => trialLimit(clock({ extensions: [three] }), "2026-12-02")).toThrow();
    const { mayExtend } = trialLimit(clock({ extensions: [six] }), "2026-12-02");
    expect(mayExtend).toEqual({ by: "higher_court", unit: "month", most: 3, askBy: "2026-12-21" });
    // 行诉法§83 knows no lengthening.
    expect(trialLimit(clock({ procedure: "admin_summary" }), "2026-01-06").mayExtend).toBeNull();
  });
});

describe("what it does not count", () => {
  const span = (kind: DeductionKind, from: string, to: string | null) => ({ kind, from, to });

  it("two reasons for the same days are taken out once", () => {
    const deductions = [
      span("appraisal", "2026-02-01", "2026-02-20"),
      span("jurisdiction", "2026-02-11", "2026-03-02"),
    ];
    const view = trialLimit(clock({ deductions }), "2026-04-01");
    expect([view.excludedDays, view.lastDay]).toEqual([30, "2026-08-04"]);
    expect(view.steps.at(-1)?.label).toBe(
      "扣除鉴定期间、审理管辖异议、处理管辖争议期间 30 日（2026-02-01 至 2026-03-02）",
    );
  });

  it("stands while one goes on, and the last day moves with it", () => {
    const deductions = [span("public_notice", "2026-07-01", null)];
    const first = trialLimit(clock({ deductions }), "2026-07-01");
    const later = trialLimit(clock({ deductions }), "2026-07-31");
    expect([first.state, first.lastDay, first.daysLeft]).toEqual(["stopped", "2026-07-06", 5]);
    expect([later.state, later.lastDay, later.daysLeft]).toEqual(["stopped", "2026-08-05", 5]);
    expect(first.warning).toBeNull();
  });

  it("gives nothing back of a time that had run out", () => {
    const view = trialLimit(clock({ deductions: [span("settlement", "2026-07-10", "2026-08-10")] }), "2026-08-20");
    expect([view.state, view.lastDay, view.excludedDays]).toEqual(["overdue", "2026-07-05", 0]);
  });

  it("a span that ends before it begins is refused", () => {
    expect(() =>
      trialLimit(clock({ deductions: [span("audit", "2026-03-02", "2026-03-01")] }), "2026-04-01"),
    ).toThrow();
  });

  it("equals counting the days one by one", () => {
    const kinds: DeductionKind[] = ["appraisal", "settlement", "jurisdiction"];
    const spans = fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        start: fc.integer({ min: 1, max: 240 }),
        days: fc.integer({ min: 0, max: 40 }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(spans, (list) => {
        const acceptedOn = "2026-01-05";
        const deductions = list.map(({ kind, start, days }) =>
          span(kind, addDays(acceptedOn, start), addDays(acceptedOn, start + days)),
        );
        const view = trialLimit(clock({ deductions }), "2027-12-31");
        const isOut = (day: string) => deductions.some(({ from, to }) => from <= day && day <= (to as string));
        let left = daysBetween(acceptedOn, "2026-07-05");
        let day = acceptedOn;
        while (left > 0) {
          day = addDays(day, 1);
          if (!isOut(day)) left -= 1;
        }
        // A span that has begun by the last counted day goes on beyond it; one that begins after it comes too late.
        const goesOn = (next: string) => deductions.some(({ from, to }) => from < next && next <= (to as string));
        while (goesOn(addDays(day, 1))) day = addDays(day, 1);
        expect(view.lastDay).toBe(day);
      }),
      { numRuns: 500 },
    );
  });
});

it("warns at 30, 15, 7 and 3 days, then says by how much it is over", () => {
  const at = (today: string) => trialLimit(clock({}), today);
  expect(["2026-06-04", "2026-06-05", "2026-06-20", "2026-06-28", "2026-07-02"].map((day) => at(day).warning)).toEqual([
    null,
    30,
    15,
    7,
    3,
  ]);
  expect([at("2026-07-05").state, at("2026-07-05").daysLeft]).toEqual(["running", 0]);
  expect([at("2026-07-08").state, at("2026-07-08").daysLeft]).toEqual(["overdue", -3]);
  expect(trialLimit(clock({ closedOn: "2026-06-30" }), "2026-12-01")).toMatchObject({
    state: "closed",
    daysLeft: null,
  });
});
