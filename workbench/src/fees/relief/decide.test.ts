import { describe, expect, test } from "vitest";
import { sampleRelief } from "../samples.ts";
import { choicesFor, emptyReliefDraft, missingInRelief, moveOf, type ReliefDraft, templatesFor } from "./decide.ts";

const today = "2026-11-22";
const draft = (part: Partial<ReliefDraft>): ReliefDraft => ({ ...emptyReliefDraft(), ...part });
const names = (relief = sampleRelief()) => choicesFor(relief).map((each) => each.choice);
const kind = (code: string, label: string) => sampleRelief({ kind: { code, label } });

describe("what may be decided", () => {
  test("follows what was asked for", () => {
    expect(names()).toEqual(["full", "part", "defer", "refuse"]);
    expect(names(kind("reduce", "减交"))).toEqual(["part", "defer", "refuse"]);
    expect(names(kind("defer", "缓交"))).toEqual(["defer", "refuse"]);
  });

  test("an organisation is not exempted", () => {
    const relief = sampleRelief();
    relief.notice.payer.kind = "organisation";
    expect(names(relief)).toEqual(["part", "defer", "refuse"]);
  });

  test("nothing beyond the moves of the server", () => {
    expect(names(sampleRelief({ moves: [] }))).toEqual([]);
    expect(names(sampleRelief({ moves: [{ action: "refuse", label: "不予准许" }] }))).toEqual(["refuse"]);
  });
});

describe("what is missing", () => {
  test.each<[Partial<ReliefDraft>, string]>([
    [{}, "请选择决定"],
    [{ choice: "part", percent: "29", reason: "足够" }, "不得低于 30%"],
    [{ choice: "part", percent: "", reason: "足够" }, "30 至 99"],
    [{ choice: "defer", reason: "足够" }, "缓交到哪一天"],
    [{ choice: "defer", deferUntil: today, reason: "足够" }, "今天以后"],
    [{ choice: "refuse", reason: "  " }, "请写明理由"],
    [{ choice: "full", reason: "属于〔事由〕的情形" }, "补写完整"],
  ])("%j", (part, says) => {
    expect(missingInRelief(draft(part), today)).toContain(says);
  });

  test("complete decisions go out as the server takes them", () => {
    const send = (part: Partial<ReliefDraft>) => {
      const whole = draft({ reason: " 确有 困难 ", ...part });
      expect(missingInRelief(whole, today)).toBe("");
      return moveOf(whole);
    };
    expect(send({ choice: "full", percent: "50" })).toEqual({ action: "grant", reason: "确有 困难" });
    expect(send({ choice: "part", percent: "50" })).toEqual({ action: "grant", reduceBy: "0.50", reason: "确有 困难" });
    expect(send({ choice: "defer", deferUntil: "2026-12-31" })).toEqual({
      action: "grant",
      deferUntil: "2026-12-31",
      reason: "确有 困难",
    });
    expect(send({ choice: "refuse" })).toEqual({ action: "refuse", reason: "确有 困难" });
  });
});

describe("the reasons of the decision", () => {
  test("templates name the ground of this application and leave nothing to fill in unseen", () => {
    const found = templatesFor(sampleRelief(), draft({ choice: "part", percent: "40" }));
    expect(found.some((text) => text.includes("最低生活保障对象") && text.includes("40%"))).toBe(true);
    expect(found.join("")).not.toMatch(/\{|〔/);
    const refusals = templatesFor(sampleRelief(), draft({ choice: "refuse" }));
    expect(refusals.join("")).not.toContain("不是自然人");
  });
});
