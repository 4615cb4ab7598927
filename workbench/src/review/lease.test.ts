import { describe, expect, test } from "vitest";
import type { Lease } from "@/api/contract.ts";
import { daysView } from "@/style/format.ts";
import { closingDecision, leaseView, shouldExtend } from "./lease.ts";

const now = Date.parse("2026-11-22T04:00:00Z");
const lease = (seconds: number, id = "7"): Lease => ({
  holder: { id, name: "张立" },
  until: new Date(now + seconds * 1000).toISOString(),
  fence: 1,
});

describe("a lease's countdown", () => {
  test.each([
    [900, "fresh", "15:00"],
    [181, "fresh", "03:01"],
    [180, "soon", "03:00"],
    [61, "soon", "01:01"],
    [1, "soon", "00:01"],
  ])("%i seconds before its end", (seconds, phase, text) => {
    expect(leaseView(lease(seconds), "7", now)).toEqual({ phase, seconds, text });
  });

  test("passed for the holder, gone for the others", () => {
    expect(leaseView(lease(0), "7", now).phase).toBe("passed");
    expect(leaseView(lease(-30), "7", now)).toMatchObject({ phase: "passed", seconds: 0 });
    expect(leaseView(lease(-30), "8", now).phase).toBe("none");
    expect(leaseView(null, "7", now).phase).toBe("none");
  });

  test("another's lease names the holder", () => {
    expect(leaseView(lease(60), "8", now)).toMatchObject({ phase: "other", text: "张立 正在审查" });
  });

  test("extends by itself only near the end, while somebody is at work, one call at a time", () => {
    const soon = leaseView(lease(100), "7", now);
    expect(shouldExtend(soon, now, now - 5_000, false)).toBe(true);
    expect(shouldExtend(soon, now, now - 5_000, true)).toBe(false);
    expect(shouldExtend(soon, now, now - 130_000, false)).toBe(false);
    expect(shouldExtend(leaseView(lease(600), "7", now), now, now, false)).toBe(false);
    expect(shouldExtend(leaseView(lease(0), "7", now), now, now, false)).toBe(false);
  });
});

test.each([
  [null, false, "—", ""],
  [-2, true, "超期 2 天", "red"],
  [0, false, "今日到期", "red"],
  [1, false, "剩 1 天", "amber"],
  [3, false, "剩 3 天", "amber"],
  [4, false, "剩 4 天", "green"],
])("%s days left", (days, overdue, text, tone) => {
  expect(daysView(days, overdue)).toEqual({ text, tone });
});

test("an item back after correction is open, whatever was decided before", () => {
  const decision = { action: "return", label: "退回补正", byName: "张立", at: "2026-11-20T04:00:00Z" };
  const closed = (code: string) => closingDecision({ decision, state: { code, label: "" } });
  expect([closed("waiting"), closed("claimed")]).toEqual([null, null]);
  expect(closed("awaiting_correction")).toBe(decision);
  expect(closed("decided")).toBe(decision);
});
