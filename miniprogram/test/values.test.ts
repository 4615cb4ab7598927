import fc from "fast-check";
import { expect, test } from "vitest";
import { plainDates, showMoment } from "../src/values/dates";
import { residentIdHint, usccHint } from "../src/values/identity-number";
import { newKey } from "../src/values/keys";
import { chineseAmount, fenToYuan, parseYuan, showFen } from "../src/values/money";

test.each([
  ["50000", 5_000_000],
  ["50,000.5", 5_000_050],
  ["５万", 5_000_000],
  ["1.25万元", 1_250_000],
  ["￥ 0.01", 1],
  ["3亿", 30_000_000_000],
  ["0.1", 10],
  ["19.90元", 1990],
])("%s is %d fen", (text, fen) => expect(parseYuan(text)).toEqual({ fen, problem: null }));

test.each(["五万", "-5", "1.234", "1.23456万元元", "12a", "", "1e5", "99999999999999999"])(
  "%s is asked again",
  (text) => expect(parseYuan(text).problem).toBeTruthy(),
);

test("every amount survives being shown and read again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_000_000_000_000_00 }), (fen) => {
      expect(parseYuan(showFen(fen)).fen).toBe(fen);
      expect(parseYuan(fenToYuan(fen)).fen).toBe(fen);
    }),
  );
});

test.each([
  [0, "零元整"],
  [5_000_000, "伍万元整"],
  [12_345_678, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"],
  [1_000_500, "壹万零伍元整"],
  [10_005, "壹佰元零伍分"],
  [1_000_000_000_00, "壹拾亿元整"],
  [100_010_000_00, "壹亿零壹万元整"],
  [5, "伍分"],
  [100_100_00, "壹拾万零壹佰元整"],
])("%d fen in words is %s", (fen, words) => expect(chineseAmount(fen)).toBe(words));

test("identity numbers: the standard's own example is right, one digit wrong is not", () => {
  expect(residentIdHint("11010519491231002X")).toBeNull();
  expect(residentIdHint("11010519491231002x")).toBeNull();
  expect(residentIdHint("110105194912310021")).toContain("对不上");
  expect(residentIdHint("370199200002300010")).toContain("出生日期");
  expect(residentIdHint("370199900307123")).toContain("15 位");
  expect(usccHint("91350100M000100Y43")).toBeNull();
  expect(usccHint("91350100M000100Y44")).toContain("校验不符");
});

test("a single wrong digit of an identity number is always noticed", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const right = "370199199003071245";
      const wrong = right.slice(0, at) + ((Number(right[at]) + by) % 10) + right.slice(at + 1);
      expect(residentIdHint(wrong)).not.toBeNull();
    }),
  );
});

test("keys of list elements are what the server takes", () => {
  for (let i = 0; i < 200; i++) expect(newKey("p")).toMatch(/^[a-z0-9]{1,16}$/);
});

test("moments are told in China's time wherever the phone is, and sentences name days as people do", () => {
  expect(showMoment("2026-11-21T16:05:00Z")).toBe("2026年11月22日 00:05");
  expect(plainDates("请于 2026-11-30 前提交，原为 2026-11-29，遇休息日顺延")).toBe(
    "请于 2026年11月30日前提交，原为 2026年11月29日，遇休息日顺延",
  );
});
