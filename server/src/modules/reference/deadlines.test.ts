import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { daysBetween } from "#core/period.ts";
import { Problem } from "#core/problem.ts";
import { listDeadlineRules } from "./deadline-rules.ts";
import { computeDeadline, type DeadlineQuestion } from "./deadlines.ts";
import { courtCalendar } from "./holidays.ts";
import { computeServiceEffect, listServiceModes, type ServiceInput } from "./service-effect.ts";

interface PeriodVector {
  id: string;
  rule: string;
  event_date?: string;
  event_datetime?: string;
  unit: "hour" | "day" | "month" | "year";
  amount: number;
  excluded_days?: number;
  roll_to_workday?: boolean;
  nominal_last_day?: string;
  expected_last_day?: string;
  expected_last_moment?: string;
}

const file = new URL("../../../../../shared/vectors/periods.json", import.meta.url);
const shared = existsSync(file)
  ? (JSON.parse(readFileSync(file, "utf8")) as {
      calendar: { rest_days: Record<string, string[]>; makeup_workdays: Record<string, string[]> };
      vectors: PeriodVector[];
      service_vectors: Record<string, unknown>[];
      service_modes: Record<string, string[]>;
    })
  : null;

describe("deadlines", () => {
  /** Worked out by hand from the calendars of 2025 and 2026. */
  test.each<[DeadlineQuestion, nominal: string, last: string]>([
    [{ rule: "答辩期", eventDate: "2026-03-02" }, "2026-03-17", "2026-03-17"],
    [{ rule: "答辩期", eventDate: "2026-02-02" }, "2026-02-17", "2026-02-24"],
    [{ rule: "上诉期-判决", eventDate: "2026-09-10" }, "2026-09-25", "2026-09-28"],
    [{ rule: "上诉期-裁定", eventDate: "2026-09-22" }, "2026-10-02", "2026-10-08"],
    [{ rule: "上诉期-裁定", eventDate: "2025-09-28" }, "2025-10-08", "2025-10-09"],
    [{ rule: "申请再审", eventDate: "2025-08-31" }, "2026-02-28", "2026-02-28"],
    [{ rule: "审限-小额", eventDate: "2026-12-31" }, "2027-02-28", "2027-02-28"],
    [{ rule: "审限-普通", eventDate: "2025-08-31" }, "2026-02-28", "2026-02-28"],
    [{ rule: "申请执行时效", eventDate: "2024-02-29" }, "2026-02-28", "2026-02-28"],
    [{ rule: "立案审查", eventDate: "2025-12-25" }, "2026-01-01", "2026-01-04"],
    [{ unit: "day", amount: 7, eventDate: "2026-04-29", rollToWorkday: true }, "2026-05-06", "2026-05-06"],
    [{ unit: "day", amount: 1, eventDate: "2026-04-30T16:00:00Z" }, "2026-05-02", "2026-05-06"],
    [{ unit: "month", amount: 1, eventDate: "2026-01-31" }, "2026-02-28", "2026-02-28"],
    [{ rule: "上诉期-判决", unit: "day", amount: 30, eventDate: "2026-03-05" }, "2026-04-04", "2026-04-07"],
    [{ rule: "本院自定的期限", unit: "day", amount: 3, eventDate: "2026-03-05" }, "2026-03-08", "2026-03-09"],
    // The older years come from chinese-days: 2024-02-18 was a Sunday worked in exchange, 2024-10-01 begins a week of rest.
    [{ rule: "上诉期-判决", eventDate: "2024-02-03" }, "2024-02-18", "2024-02-18"],
    [{ rule: "上诉期-判决", eventDate: "2024-09-16" }, "2024-10-01", "2024-10-08"],
  ])("%j: %s, %s", (question, nominalLastDay, lastDay) => {
    expect(computeDeadline(question)).toMatchObject({ nominalLastDay, lastDay, provisional: false });
  });

  test("hours run from the next full hour and tell the moment", () => {
    expect(computeDeadline({ unit: "hour", amount: 48, eventDate: "2026-05-11T09:20" })).toMatchObject({
      lastMoment: "2026-05-13T10:00:00+08:00",
      lastDay: "2026-05-13",
    });
    expect(computeDeadline({ rule: "紧急保全裁定", eventDate: "2026-04-30T23:59" })).toMatchObject({
      lastMoment: "2026-05-03T00:00:00+08:00",
    });
  });

  test("a year whose holidays are not published is provisional and says so", () => {
    const answer = computeDeadline({ rule: "答辩期", eventDate: "2026-12-20" });
    expect(answer).toMatchObject({ lastDay: "2027-01-04", provisional: true });
    expect(answer.explanation).toContain("尚未公布");
    expect(computeDeadline({ rule: "答辩期", eventDate: "2003-01-01" }).provisional).toBe(true);
    expect(computeDeadline({ rule: "审限-普通", eventDate: "2026-12-20" }).provisional).toBe(false);
  });

  test.each<[DeadlineQuestion, string]>([
    [{ eventDate: "2023-02-29", unit: "day", amount: 7 }, "/eventDate"],
    [{ eventDate: "2026-03-02" }, "/unit"],
    [{ eventDate: "2026-03-02", unit: "day" }, "/amount"],
    [{ eventDate: "2026-03-02", rule: "没有的期限" }, "/rule"],
    [{ eventDate: "2026-03-02", rule: "答辩期", unit: "month" }, "/amount"],
    [{ eventDate: "2026-03-02", unit: "day", amount: 0 }, "/amount"],
    [{ eventDate: "2026-03-02", unit: "day", amount: -7 }, "/amount"],
    [{ eventDate: "2026-03-02", unit: "day", amount: 1.5 }, "/amount"],
    [{ eventDate: "2026-03-02", unit: "day", amount: 1e9 }, "/amount"],
    [{ eventDate: "2026-03-02", unit: "day", amount: 7, excludedDays: -1 }, "/excludedDays"],
    [{ eventDate: "9999-12-30", unit: "day", amount: 7 }, "/eventDate"],
  ])("%j is refused at %s", (question, pointer) => {
    try {
      computeDeadline(question);
      expect.unreachable();
    } catch (error) {
      expect((error as Problem).extras.errors?.map((one) => one.pointer)).toContain(pointer);
    }
  });

  test("the shared vectors, with their figures and by the rule's name alone", () => {
    for (const vector of shared?.vectors ?? []) {
      const given = { eventDate: vector.event_date ?? vector.event_datetime ?? "", excludedDays: vector.excluded_days };
      const full = computeDeadline({
        ...given,
        rule: vector.rule,
        unit: vector.unit,
        amount: vector.amount,
        rollToWorkday: vector.roll_to_workday,
      });
      const named = computeDeadline({ ...given, rule: vector.rule });
      for (const answer of [full, named]) {
        if (vector.expected_last_moment)
          expect([vector.id, answer.lastMoment?.slice(0, 16)]).toEqual([vector.id, vector.expected_last_moment]);
        else
          expect([vector.id, answer.nominalLastDay, answer.lastDay]).toEqual([
            vector.id,
            vector.nominal_last_day,
            vector.expected_last_day,
          ]);
      }
    }
  });

  test("every rule by its name ends on a day of work if it rolls, and never before its nominal end", () => {
    for (const { name, roll, unit } of listDeadlineRules()) {
      const { lastDay, nominalLastDay } = computeDeadline({ rule: name, eventDate: "2025-09-26T10:00" });
      expect(daysBetween(nominalLastDay, lastDay)).toBeGreaterThanOrEqual(0);
      if (roll && unit !== "hour") expect([name, courtCalendar.statusOf(lastDay).working]).toEqual([name, true]);
    }
  });

  test("the calendar is that of the notices", () => {
    for (const days of Object.values(shared?.calendar.rest_days ?? { 2026: ["2026-02-23"] }))
      for (const day of days) expect(courtCalendar.statusOf(day)).toEqual({ working: false, known: true });
    for (const days of Object.values(shared?.calendar.makeup_workdays ?? { 2026: ["2026-02-14"] }))
      for (const day of days) expect(courtCalendar.statusOf(day)).toEqual({ working: true, known: true });
    expect(courtCalendar.statusOf("2026-03-07")).toEqual({ working: false, known: true });
    expect(courtCalendar.statusOf("2027-03-08")).toEqual({ working: true, known: false });
  });
});

describe("service", () => {
  test.each<[ServiceInput, effective: string | null, presumed: boolean]>([
    [{ mode: "electronic_confirmed_address", system_send_success: "2026-05-09T20:15" }, "2026-05-09", false],
    [{ mode: "electronic_confirmed_address", system_send_success: "2026-05-09T16:00:00Z" }, "2026-05-10", false],
    [{ mode: "electronic_confirmed_address", system_send_success: null }, null, false],
    [{ mode: "electronic_unconfirmed_address", read_receipt_at: "2026-05-11T08:00" }, "2026-05-11", true],
    [{ mode: "electronic_unconfirmed_address", replied_at: "2026-05-12" }, "2026-05-12", false],
    [{ mode: "electronic_unconfirmed_address", read_receipt_at: null, replied_at: null }, null, false],
    [
      {
        mode: "electronic_multi",
        events: [
          { ch: "sms", effective: null },
          { ch: "email", effective: "2026-05-13" },
          { ch: "platform", effective: "2026-05-12T23:59" },
        ],
      },
      "2026-05-12",
      false,
    ],
    [{ mode: "electronic_multi", events: [] }, null, false],
    [
      { mode: "electronic_recipient_proof", system_send_success: "2026-05-09", recipient_proves_arrival: "2026-05-11" },
      "2026-05-11",
      false,
    ],
    [{ mode: "postal", signed_at: "2026-05-18" }, "2026-05-18", false],
    [{ mode: "postal_returned_fault_of_recipient", returned_at: "2026-05-20" }, "2026-05-20", false],
    [{ mode: "public_notice", last_published: "2026-03-02", procedure: "ordinary" }, "2026-04-01", false],
    [{ mode: "public_notice", last_published: "2026-03-02" }, "2026-04-01", false],
    [{ mode: "public_notice", last_published: "2026-03-02", procedure: "涉外" }, "2026-05-01", false],
    [{ mode: "public_notice", last_published: "2026-03-02", procedure: "summary" }, null, false],
    [{ mode: "public_notice", last_published: "2026-03-02", procedure: "小额诉讼" }, null, false],
    [{ mode: "leave_at_domicile", done_at: "2026-05-16" }, "2026-05-16", false],
  ])("%j: %s", (input, effectiveDate, presumed) =>
    expect(computeServiceEffect(input)).toMatchObject({ effectiveDate, presumed }),
  );

  test("a filing posted in time is in time; one day later it is not", () => {
    expect(
      computeServiceEffect({ mode: "mailed_filing", posted_at: "2026-02-24T23:59", deadline: "2026-02-24" }).timely,
    ).toBe(true);
    expect(
      computeServiceEffect({
        mode: "mailed_filing",
        posted_at: "2026-02-25T00:00",
        deadline: "2026-02-24",
        timely: true,
      }).timely,
    ).toBe(false);
  });

  test("each party's time to appeal is its own", () => {
    const { appealDeadlines } = computeServiceEffect({
      mode: "both_parties_different_dates",
      judgment_served: { 原告: "2026-02-02", 被告: "2026-05-15" },
    });
    expect(appealDeadlines).toEqual({ 原告: "2026-02-24", 被告: "2026-06-01" });
  });

  test.each<ServiceInput>([
    { mode: "carrier_pigeon" },
    { mode: "toString" },
    { mode: "postal", signed_at: "2026-02-30" },
    { mode: "postal", signed_at: 20260201 },
    { mode: "postal", other: "2026-02-01" },
    { mode: "public_notice" },
    { mode: "public_notice", last_published: "2026-03-02", procedure: "whatever" },
    { mode: "public_notice", last_published: "9999-12-30" },
    { mode: "electronic_multi", events: ["2026-05-12"] },
    { mode: "electronic_multi" },
    { mode: "both_parties_different_dates", judgment_served: {} },
    { mode: "mailed_filing", posted_at: "2026-02-24" },
  ])("%j is refused", (input) => expect(() => computeServiceEffect(input)).toThrow(Problem));

  test("the shared vectors and modes", () => {
    for (const {
      id,
      effective_date,
      timely,
      appeal_deadlines,
      basis: _basis,
      note: _note,
      ...input
    } of shared?.service_vectors ?? []) {
      const answer = computeServiceEffect(input as ServiceInput);
      if (effective_date !== undefined) expect([id, answer.effectiveDate]).toEqual([id, effective_date]);
      if (timely !== undefined) expect([id, answer.timely]).toEqual([id, timely]);
      if (appeal_deadlines !== undefined) expect([id, answer.appealDeadlines]).toEqual([id, appeal_deadlines]);
    }
    for (const mode of Object.keys(shared?.service_modes ?? {})) expect(listServiceModes()).toContain(mode);
  });
});
