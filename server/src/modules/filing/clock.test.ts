import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { courtCalendar } from "#modules/reference/index.ts";
import {
  type ClockEvent,
  endOfDay,
  pauseClock,
  readClock,
  restartClock,
  resumeClock,
  reviewPeriod,
  startClock,
  stopClock,
} from "./clock.ts";

interface Vector {
  readonly id: string;
  readonly rule: string;
  readonly event_date: string;
  readonly amount: number;
  readonly roll_to_workday: boolean;
  readonly nominal_last_day: string;
  readonly expected_last_day: string;
}
const file = new URL("../../../../../shared/vectors/periods.json", import.meta.url);
const vectors = (JSON.parse(readFileSync(file, "utf8")) as { vectors: Vector[] }).vectors.filter(({ rule }) =>
  rule.startsWith("立案审查"),
);
const ORDINARY = reviewPeriod("民间借贷纠纷", "民事");
const start = (day: string, rolls = true) => startClock(courtCalendar, day, ORDINARY, rolls);

describe("the worked examples", () => {
  it.each(vectors)("$id $rule from $event_date", (vector) => {
    const begin = vector.rule === "立案审查" ? startClock : restartClock;
    const event = begin(courtCalendar, vector.event_date, ORDINARY, vector.roll_to_workday);
    expect([event.dueOn, event.nominalDueOn]).toEqual([vector.expected_last_day, vector.nominal_last_day]);
    expect(ORDINARY.days).toBe(vector.amount);
  });
  it("are there", () => expect(vectors.length).toBeGreaterThanOrEqual(2));
});

describe("how long the court has", () => {
  it.each([
    ["民间借贷纠纷", "民事", 7, "第一百二十六条"],
    ["执行异议之诉", "民事", 15, "第四项"],
    ["案外人执行异议之诉", null, 15, "第四项"],
    ["第三人撤销之诉", "民事", 30, "第三项"],
    [null, "刑事(自诉)", 15, "第二项"],
    [null, null, 7, "第一百二十六条"],
  ])("%s (%s): %i days", (cause, field, days, article) => {
    const period = reviewPeriod(cause, field);
    expect(period.days).toBe(days);
    expect(period.basis).toContain(article);
  });

  it("does not count the day of receipt, and rolls over a rest only where the court says so", () => {
    expect(start("2026-11-16").dueOn).toBe("2026-11-23");
    expect(start("2026-09-24", true)).toMatchObject({ dueOn: "2026-10-08", nominalDueOn: "2026-10-01" });
    expect(start("2026-09-24", false)).toMatchObject({ dueOn: "2026-10-01", nominalDueOn: "2026-10-01" });
  });

  it("a Saturday on which everybody works is a last day", () => {
    expect(start("2026-10-03").dueOn).toBe("2026-10-10");
  });

  it("is provisional where no calendar of the year is known", () => {
    const event = start("2027-03-01");
    expect(event.provisional).toBe(true);
    expect(readClock([event], "2027-03-02")?.explanation).toContain("放假安排尚未公布");
  });
});

describe("pause, restart, resume, stop", () => {
  const begun = start("2026-11-16");

  it("a correction stops it; what is handed in starts it anew on the next day (解释第一百二十六条)", () => {
    const events = [begun, pauseClock("2026-11-20", "correction")];
    expect(readClock(events, "2026-11-25")).toMatchObject({
      state: { code: "paused", label: "已暂停" },
      startedOn: "2026-11-16",
      dueOn: null,
      daysLeft: null,
      explanation: "已一次性告知补正，期限中断。",
    });
    const again = restartClock(courtCalendar, "2026-11-30", ORDINARY, true);
    expect(again).toMatchObject({ event: "restart", dueOn: "2026-12-07" });
    expect(again.basis).toContain("第一百二十六条");
  });

  it.each([
    ["2026-11-18", 5, "2026-12-23"],
    ["2026-11-23", 1, "2026-12-21"],
    ["2026-11-25", 1, "2026-12-21"],
  ])("mediation from %s keeps what is left: %i days", (pausedOn, left, dueOn) => {
    const events: ClockEvent[] = [begun, pauseClock(pausedOn, "mediation")];
    const resumed = resumeClock(courtCalendar, "2026-12-18", events, true);
    expect(resumed.note).toContain(`余 ${left} 日`);
    expect(resumed.dueOn).toBe(dueOn);
  });

  it("what is left after a correction counts from the new start", () => {
    const events = [
      begun,
      pauseClock("2026-11-17", "correction"),
      restartClock(courtCalendar, "2026-11-30", ORDINARY, true),
      pauseClock("2026-12-03", "mediation"),
    ];
    expect(resumeClock(courtCalendar, "2027-01-04", events, false)).toMatchObject({ dueOn: "2027-01-08" });
  });

  it("a decision ends it", () => {
    const view = readClock([begun, stopClock("2026-11-19", "已立案，案号（2026）鲁0102民初1号")], "2027-05-01");
    expect(view).toMatchObject({ state: { code: "stopped", label: "已结束" }, dueOn: null, daysLeft: null });
    expect(view?.explanation).toBe("已立案，案号（2026）鲁0102民初1号。");
    expect(view?.segments.map(({ event, on }) => [event, on])).toEqual([
      ["start", "2026-11-16"],
      ["stop", "2026-11-19"],
    ]);
  });
});

describe("what people read", () => {
  it("says until when and how long still", () => {
    expect(readClock([start("2026-11-16")], "2026-11-20")?.explanation).toBe(
      "2026-11-16 收到起诉材料，次日起算 7 日，法院应于 2026-11-23 前作出决定，还有 3 日。",
    );
  });
  it("says why a day moved", () => {
    expect(readClock([start("2026-02-09")], "2026-02-10")?.explanation).toContain("（原为 2026-02-16，遇休息日顺延）");
  });
  it("says when it is over, and that somebody was told", () => {
    const view = readClock([start("2026-11-16")], "2026-11-25");
    expect(view?.daysLeft).toBe(-2);
    expect(view?.explanation).toContain("已超过 2 日，已提醒法院负责人");
  });
  it("on the last day nothing is over", () => expect(readClock([start("2026-11-16")], "2026-11-23")?.daysLeft).toBe(0));
  it("is nothing before anything was handed in", () => expect(readClock([], "2026-11-25")).toBeNull());
});

it("a day ends at midnight in Shanghai, whatever the zone of the machine", () => {
  expect(endOfDay("2026-12-31").toISOString()).toBe("2026-12-31T16:00:00.000Z");
});
