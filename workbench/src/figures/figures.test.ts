import { expect, test } from "vitest";
import type { ClerkShare, CourtFigures, Measure } from "@/api/contract.ts";
import { causeOptions, MOST_CAUSES, periodOptions } from "./chart-options.ts";
import { explain, flaggedFirst, isSmall } from "./consistency-words.ts";
import { courtDay, hoursText, shareText, spanOf } from "./span.ts";

const counted = { received: 5, decided: 3, accepted: 2, returned: 1, refused: 1, transferred: 0, mediated: 0 };
const figures = {
  periods: [
    { begins: "2026-11-20", ...counted, firstPass: 0.875 },
    { begins: "2026-11-21", ...counted, firstPass: null },
  ],
  causes: Array.from({ length: 20 }, (_, index) => ({
    cause: { code: String(index), name: `案由${index}` },
    ...counted,
    received: 20 - index,
    firstPass: 1,
  })),
} as unknown as CourtFigures;
const share = (part: Partial<ClerkShare>): ClerkShare => ({
  clerk: { id: "1", name: "刘洋" },
  done: 24,
  of: 80,
  rate: 0.3,
  othersRate: 0.1,
  z: 4.31,
  flagged: true,
  ...part,
});
const measure = (clerks: ClerkShare[]): Measure => ({ code: "return", label: "退回补正", clerks });

test("periods seen from today, also over the turn of a month and of a day", () => {
  expect(spanOf("近 7 日", "2026-03-03")).toEqual({ from: "2026-02-25", until: "2026-03-03", by: "day" });
  expect(spanOf("上月", "2026-03-31")).toEqual({ from: "2026-02-01", until: "2026-02-28", by: "day" });
  expect(spanOf("今年", "2026-11-22")).toEqual({ from: "2026-01-01", until: "2026-11-22", by: "month" });
  expect(courtDay(Date.parse("2026-11-21T16:30:00Z"))).toBe("2026-11-22");
});

test("a day without decisions has no share, and the commonest cause stands on top", () => {
  const series = periodOptions(figures)["series"] as { name: string; data: (number | null)[] }[];
  expect(series.find(({ name }) => name.startsWith("一次通过"))?.data).toEqual([88, null]);
  const axis = causeOptions(figures)["yAxis"] as { data: string[] };
  expect(axis.data).toHaveLength(MOST_CAUSES);
  expect(axis.data.at(-1)).toBe("案由0");
});

test("figures in words", () => {
  expect([hoursText(null), hoursText(5), hoursText(48), hoursText(77)]).toEqual(["—", "5 小时", "2 天", "3 天 5 小时"]);
  expect([shareText(null), shareText(0), shareText(0.873)]).toEqual(["—", "0%", "87%"]);
});

test("a flag says what, how much and beside what; few decisions are not judged", () => {
  const text = explain(measure([]), share({}));
  for (const part of ["刘洋办理 80 件", "24 件（30.0%）", "高于", "10.0%", "4.3 个标准差"])
    expect(text).toContain(part);
  expect(explain(measure([]), share({ rate: 0.01 }))).toContain("低于");
  expect(isSmall(share({ z: null, flagged: false }))).toBe(true);
  const calm = measure([share({ flagged: false })]);
  const loud = measure([share({})]);
  expect(flaggedFirst([calm, loud])).toEqual([loud, calm]);
});
