import { describe, expect, it } from "vitest";
import type { Slot } from "./contract.ts";
import { missingOf, moveBody, needsSlot } from "./moves.ts";
import { answerBy } from "./offer.ts";
import { viewOf } from "./use-week.ts";
import { byName } from "./words.ts";

const slot: Slot = {
  startsAt: "2026-12-03T01:00:00.000Z",
  endsAt: "2026-12-03T02:30:00.000Z",
  room: { id: "7", name: "第一法庭" },
  score: 1,
  reasons: [],
};
const form = { option: 0, reason: "", reasonCode: "", withDate: true, bars: [] };

describe("what a move needs", () => {
  it("asks for a date to move a sitting, and to put it off only where the next one is fixed now", () => {
    expect(missingOf("reschedule", { ...form, reason: "法官出差" }, [])).toBe("请选择时间");
    expect(missingOf("reschedule", { ...form, reason: "法官出差" }, [slot])).toBe("");
    const later = { ...form, reason: "等鉴定", reasonCode: "evidence", withDate: false };
    expect(missingOf("adjourn", later, [])).toBe("");
    expect(moveBody("adjourn", later, [slot])).toEqual({ action: "adjourn", reasonCode: "evidence", note: "等鉴定" });
    expect(moveBody("adjourn", { ...later, withDate: true }, [slot])).toMatchObject({
      startsAt: slot.startsAt,
      roomId: "7",
    });
  });
  it("asks for a reason that the parties will read, and never sends one for what has none", () => {
    for (const action of ["adjourn", "reschedule", "cancel"])
      expect(missingOf(action, { ...form, reasonCode: "other", reason: " " }, [slot])).toBe("请写明理由");
    expect(moveBody("notify", { ...form, reason: "x" }, [slot])).toEqual({ action: "notify" });
    expect(moveBody("cancel", { ...form, reason: " 撤诉 " }, [])).toEqual({ action: "cancel", reason: "撤诉" });
  });
  it("fixes an offered date by its number, another one by its time", () => {
    expect(missingOf("fix", form, [])).toBe("请选择时间");
    expect(moveBody("fix", { ...form, option: 2 }, [slot])).toEqual({ action: "fix", option: 2 });
    expect(needsSlot("fix", { ...form, option: -1 })).toBe(true);
    expect(moveBody("fix", { ...form, option: -1 }, [slot])).toEqual({
      action: "fix",
      startsAt: slot.startsAt,
      roomId: "7",
    });
  });
});

describe("until when dates may be answered", () => {
  const now = Date.parse("2026-11-24T02:07:33Z");
  it("is so long from now, on the full quarter", () =>
    expect(answerBy(now, 48, [slot])).toBe("2026-11-26T02:00:00.000Z"));
  it("is at least a day before the first date", () =>
    expect(answerBy(now, 240, [{ startsAt: "2026-12-09T01:00:00Z" }, slot])).toBe("2026-12-02T01:00:00.000Z"));
  it("is never where the first date is too near, or where there is none", () => {
    expect(answerBy(now, 48, [{ startsAt: "2026-11-25T02:00:00Z" }])).toBeNull();
    expect(answerBy(now, 48, [])).toBeNull();
  });
});

describe("whose week", () => {
  it("is read from the address, and everybody's where that says nothing", () => {
    expect(viewOf("staff:12")).toEqual({ kind: "staff", id: "12" });
    expect(viewOf("mine")).toEqual({ kind: "mine", id: "" });
    expect(viewOf("something")).toEqual({ kind: "court", id: "" });
  });
});

it("rooms stand in the order of their numbers", () => {
  const names = ["第二十一法庭", "第十法庭", "第二法庭", "在线一庭", "第一法庭", "第十二法庭"];
  expect([...names].sort(byName)).toEqual([
    "第一法庭",
    "第二法庭",
    "第十法庭",
    "第十二法庭",
    "第二十一法庭",
    "在线一庭",
  ]);
});
