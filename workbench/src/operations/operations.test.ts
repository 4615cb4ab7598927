import { expect, test } from "vitest";
import { sizeText, spanText, valueText } from "./words.ts";

test("spans are as exact as one needs", () => {
  expect([0, 89, 90, 5399, 5400, 47 * 3600, 49 * 3600].map(spanText)).toEqual([
    "0 秒",
    "89 秒",
    "2 分钟",
    "90 分钟",
    "2 小时",
    "47 小时",
    "2 天",
  ]);
});

test("what was measured, by its unit", () => {
  expect(valueText({ value: null, unit: "seconds" })).toBe("从未");
  expect(valueText({ value: 0.834, unit: "share" })).toBe("83%");
  expect(valueText({ value: 3, unit: "count" })).toBe("3");
  expect([512 * 1024, 3.25 * 1024 ** 3].map(sizeText)).toEqual(["0.5 MB", "3.3 GB"]);
});
