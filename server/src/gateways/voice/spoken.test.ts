import { describe, expect, it } from "vitest";
import { spoken, whole } from "./spoken.ts";

describe("what is written, as it is said", () => {
  it.each([
    ["请交¥12,000.50", "请交一万二千元五角"],
    ["￥0.05", "五分"],
    ["¥0", "零元"],
    ["¥100.07", "一百元零七分"],
    ["¥3.14159万", "三点一四一五九万元"],
    ["待交 1,150.00 元", "待交 一千一百五十元"],
    ["变动 -1,150.00 元", "变动 负一千一百五十元"],
    ["借款5万元", "借款五万元"],
    ["诉讼费 1,050 元", "诉讼费 一千零五十 元"],
    ["2025-03-01到期", "二零二五年三月一日到期"],
    ["2025/12/31", "二零二五年十二月三十一日"],
    ["2025年3月1日", "二零二五年三月一日"],
    ["2026-11-25T09:05", "二零二六年十一月二十五日九点零五分"],
    ["2026年11月22日 10:00", "二零二六年十一月二十二日 十点"],
    ["3月1日—5日", "三月一日到五日"],
    ["3-5 个", "三到五 个"],
    ["09:00—10:30", "九点到十点三十分"],
    ["（2026）鲁0102民初1号", "二零二六，鲁零一零二民初一号"],
    ["(2026)最高法民申12345号", "二零二六，最高法民申一万二千三百四十五号"],
    ["（2025）沪74民初1024号之一", "二零二五，沪七四民初一千零二十四号之一"],
    ["年利率15.4%", "年利率百分之十五点四"],
    ["每日0.5‰", "每日千分之零点五"],
    ["民事诉讼法§126", "民事诉讼法第一百二十六条"],
    ["138****8000", "一三八，星号，八零零零"],
    ["王*", "王某"],
    ["13800008000", "一三八，零零零零，八零零零"],
    ["11010519491231002X", "一一零一零五，一九四九，一二三一，零零二，X，"],
    ["0531-88881234", "零五三一，八八八八，一二三四"],
    ["2 天内", "两 天内"],
    ["第2条", "第二条"],
    ["12条", "十二条"],
    ["第 3 题，共 21 题", "第 三 题，共 二十一 题"],
    ["7 日内", "七 日内"],
    ["收到 OCR 结果", "收到 ，OCR， 结果"],
  ])("%s", (written, said) => expect(spoken(written)).toBe(said));

  it("leaves no figure behind, whatever is put together", () => {
    const parts = [
      "¥",
      "%",
      "-",
      "/",
      ":",
      ".",
      ",",
      "*",
      "§",
      "年",
      "号",
      "（",
      "）",
      " ",
      "0",
      "07",
      "12",
      "2026",
      "123456789",
    ];
    let seed = 20260301;
    const draw = () => {
      seed = (seed * 48271) % 2147483647;
      return seed % parts.length;
    };
    for (let round = 0; round < 5000; round += 1) {
      const written = Array.from({ length: 8 }, () => parts[draw()]).join("");
      expect(spoken(written), written).not.toMatch(/\d/);
    }
  });

  it("says every whole number so that it can be told back", () => {
    for (const number of [
      0, 1, 10, 11, 20, 100, 101, 110, 1000, 1001, 1010, 10_000, 10_010, 10_200, 100_000, 1_000_001, 100_000_000,
      100_010_000, 1_020_000_005, 99_999_999, 1_000_000_000_000,
    ])
      expect(toldBack(whole(String(number))), `${number} ${whole(String(number))}`).toBe(number);
    for (let number = 0; number < 30_000; number += 7) expect(toldBack(whole(String(number)))).toBe(number);
  });
});

/** The other way, written for itself: sums what is between 万 and 亿. */
function toldBack(words: string): number {
  for (const [name, unit] of [
    ["兆", 1e12],
    ["亿", 1e8],
    ["万", 1e4],
  ] as const) {
    const [before, after] = words.split(name);
    if (after !== undefined) return toldBack(before ?? "") * unit + toldBack(after);
  }
  let sum = 0;
  let last = 0;
  for (const char of words) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[char];
    if (unit) {
      sum += (last || 1) * unit;
      last = 0;
    } else last = "零一二三四五六七八九".indexOf(char);
  }
  return sum + last;
}
