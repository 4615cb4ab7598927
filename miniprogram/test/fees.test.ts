import fc from "fast-check";
import { expect, test } from "vitest";
import type { FeeNotice, Refund } from "../src/api/types";
import { amountWords, daysWords, dueReason, isDue, mostPressing, untilWords } from "../src/fee/notice-words";
import { payCodeMessage, readPayCode, showPayCode } from "../src/fee/pay-code";
import { refundSteps } from "../src/fee/refund-steps";
import {
  dropReliefForm,
  groundsFor,
  keepReliefForm,
  missingIn,
  type ReliefForm,
  readReliefForm,
  requestOf,
} from "../src/fee/relief-form";
import { showTime } from "../src/values/dates";
import { parseYuan, showExactFen } from "../src/values/money";

const notice = (state: string, more: Partial<FeeNotice> = {}) =>
  ({
    state: { code: state, label: state },
    dueOn: "2026-11-30",
    nominalDueOn: "2026-11-30",
    servedOn: "2026-11-23",
    presumed: false,
    daysLeft: 5,
    deferredOn: null,
    outstandingFen: 115000,
    dueFen: 115000,
    assessedFen: 115000,
    ...more,
  }) as FeeNotice;

test("what is due is said in one line", () => {
  expect(amountWords(notice("open"))).toBe("待交 1,150.00 元");
  expect(untilWords(notice("open"))).toBe("还剩 5 天，最迟 2026年11月30日");
  expect(daysWords(notice("open", { daysLeft: 0 }))).toBe("今天是最后一天");
  expect(daysWords(notice("overdue", { daysLeft: null }))).toBe("已过交费期限");
  expect(daysWords(notice("relief_pending", { daysLeft: null }))).toBe("");
  expect(daysWords(notice("open", { dueOn: null, daysLeft: null }))).toBe("期限从收到通知起算");
  expect(amountWords(notice("exempted", { outstandingFen: 0, dueFen: 0 }))).toBe("已免交");
});

test("why it is the last day", () => {
  expect(dueReason(notice("open"))).toBe("2026年11月23日送达，从第二天起算 7 日。");
  const moved = notice("open", { nominalDueOn: "2026-11-28", servedOn: "2026-11-21", presumed: true });
  expect(dueReason(moved)).toBe(
    "2026年11月21日依法视为送达，从第二天起算 7 日，第 7 日 2026年11月28日遇休息日，顺延到这一天。",
  );
  expect(dueReason(notice("open", { servedOn: null, dueOn: null }))).toContain("还没有送达记录");
  expect(dueReason(notice("relief_pending"))).toContain("暂停计算");
  expect(dueReason(notice("open", { deferredOn: "2027-01-04", dueOn: "2027-01-04" }))).toContain("准许缓交");
});

test("the most pressing comes first, and what needs nothing never does", () => {
  const late = notice("overdue", { id: "late", dueOn: "2026-12-30" });
  const soon = notice("open", { id: "soon", dueOn: "2026-11-24" });
  const open = notice("open", { id: "open", dueOn: null });
  const waits = notice("relief_pending", { id: "waits", dueOn: "2026-11-01" });
  const done = notice("paid", { id: "done", dueOn: "2026-01-01" });
  fc.assert(
    fc.property(fc.shuffledSubarray([late, soon, open, waits, done]), (some) => {
      const first = mostPressing(some);
      const wanted = [late, soon, open, waits].find((each) => some.includes(each)) ?? null;
      expect(first).toBe(wanted);
    }),
  );
  expect(isDue(done)).toBe(false);
});

test("amounts have both decimals and never pass through a fraction", () => {
  expect(showExactFen(115000)).toBe("1,150.00");
  expect(showExactFen(-34550)).toBe("-345.50");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_000_000_000_000_00 }), (fen) => {
      expect(showExactFen(fen)).toMatch(/^\d{1,3}(,\d{3})*\.\d{2}$/);
      expect(parseYuan(showExactFen(fen)).fen).toBe(fen);
    }),
  );
});

test("a moment is today's time, tomorrow's, or has its day, in China's time", () => {
  const now = new Date("2026-11-23T15:30:00Z");
  expect(showTime("2026-11-23T15:45:00Z", now)).toBe("23:45");
  expect(showTime("2026-11-23T16:05:00Z", now)).toBe("明天 00:05");
  expect(showTime("2026-11-26T02:00:00Z", now)).toBe("11月26日 10:00");
});

test("a pay code survives being shown, sent and pasted, with its whole message", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 16, maxLength: 16 }), (digits) => {
      const code = digits.join("");
      expect(readPayCode(showPayCode(code))).toBe(code);
      expect(readPayCode(payCodeMessage(code, "（2026）鲁0102民初1号 王芳 诉 李强", null))).toBe(code);
    }),
  );
  expect(readPayCode("４０００ 1234-1234 1234")).toBe("4000123412341234");
  expect(readPayCode("40001234")).toBe("40001234");
});

const refund = (state: string, more: Partial<Refund> = {}): Refund => ({
  id: "1",
  paymentId: "1",
  noticeId: "1",
  number: "R1",
  amountFen: 100,
  reason: "调解",
  origin: { code: "staff", label: "" },
  state: { code: state, label: "" },
  requestedAt: "2026-11-24T01:00:00Z",
  approvedAt: null,
  finishedAt: null,
  dueOn: "2026-12-09",
  note: null,
  next: "应在 2026-12-09 前退回。",
  ...more,
});
const shape = (each: Refund) => refundSteps(each).map(({ title, state }) => `${title}:${state}`);

test("a refund is four steps, and each state stands at one of them", () => {
  expect(shape(refund("requested"))).toEqual(["提出退款:done", "第二人审批:now", "提交微信:todo", "到账:todo"]);
  expect(shape(refund("approved"))).toEqual(["提出退款:done", "第二人审批:done", "提交微信:now", "到账:todo"]);
  expect(shape(refund("processing"))).toEqual(["提出退款:done", "第二人审批:done", "提交微信:done", "到账:now"]);
  expect(shape(refund("failed")).at(-1)).toBe("到账:now");
  expect(shape(refund("succeeded")).at(-1)).toBe("到账:done");
  expect(shape(refund("rejected", { note: "金额不对" }))).toEqual(["提出退款:done", "审批未通过:stopped"]);
  expect(refundSteps(refund("rejected", { note: "金额不对" }))[1]?.note).toBe("金额不对");
  expect(shape(refund("processing", { origin: { code: "duplicate", label: "" } }))).toEqual([
    "提出退款:done",
    "提交微信:done",
    "到账:now",
  ]);
  expect(refundSteps(refund("requested"))[1]?.note).toBe("应在 2026年12月9日前退回。");
});

const NOW = new Date("2026-11-23T02:00:00Z");
const full: ReliefForm = {
  kind: "defer",
  ground: "defer_injury",
  statement: " 车祸住院，暂时没有收入 ",
  deferUntil: "2027-01-04",
  materials: [{ id: "3", name: "诊断证明" }],
};
const missingFields = (form: ReliefForm) => missingIn(form, NOW).map(({ field }) => field);

test("an application says what is missing, place by place", () => {
  expect(missingFields(full)).toEqual([]);
  expect(missingFields({ ...full, kind: "", ground: "" })).toEqual(["kind"]);
  expect(missingFields({ ...full, ground: "", statement: "  难 " })).toEqual(["ground", "statement"]);
  for (const day of ["", "2026-11-23", "2027-11-24"])
    expect(missingFields({ ...full, deferUntil: day })).toEqual(["deferUntil"]);
  expect(missingFields({ ...full, deferUntil: "2026-11-24" })).toEqual([]);
  expect(missingFields({ ...full, kind: "exempt", deferUntil: "" })).toEqual([]);
  expect(missingFields({ ...full, statement: "难".repeat(2001) })).toEqual(["statement"]);
});

test("a date to wait until is sent with a deferral only", () => {
  expect(requestOf(full)).toEqual({
    kind: "defer",
    ground: "defer_injury",
    statement: "车祸住院，暂时没有收入",
    deferUntil: "2027-01-04",
    materials: ["3"],
  });
  expect(requestOf({ ...full, kind: "reduce" })).not.toHaveProperty("deferUntil");
});

test("an application half written is there again, each under its own notice", () => {
  keepReliefForm("1", full);
  expect(readReliefForm("1")).toEqual(full);
  expect(readReliefForm("2").statement).toBe("");
  dropReliefForm("1");
  expect(readReliefForm("1").kind).toBe("");
});

test("exemption's grounds are for natural persons only", () => {
  const ground = (code: string, kind: string, naturalOnly: boolean) => ({
    code,
    kind: { code: kind, label: "" },
    title: "",
    basis: "",
    papers: "",
    naturalOnly,
  });
  const all = [ground("a", "exempt", true), ground("b", "reduce", false), ground("c", "defer", false)];
  expect(groundsFor(all, "exempt", true).map(({ code }) => code)).toEqual(["a"]);
  expect(groundsFor(all, "exempt", false)).toEqual([]);
  expect(groundsFor(all, "reduce", false).map(({ code }) => code)).toEqual(["b"]);
  expect(groundsFor(all, "", true)).toEqual([]);
});
