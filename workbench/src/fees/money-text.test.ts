import { describe, expect, test } from "vitest";
import { fenOf, ratioOf, typedYuan, yuanOf } from "./money-text.ts";

describe("money as it is typed", () => {
  test.each([
    ["1384.57", 138457],
    ["0.01", 1],
    ["50", 5000],
    ["1,234.5", 123450],
    ["90071992547.99", 9007199254799],
    // Where a float would give 8.2 * 100 = 819.9999…
    ["8.2", 820],
    ["1.15", 115],
  ])("%s is %i fen", (text, fen) => {
    expect(fenOf(text)).toBe(fen);
    expect(fenOf(yuanOf(fen))).toBe(fen);
  });

  test.each(["", "-1", "1.234", "1e3", "壹", "1.", ".5", "0x10"])("%s is no amount", (text) => {
    expect(fenOf(text)).toBeNull();
  });

  test("whole yuan are shown without decimals", () => {
    expect([typedYuan(5000), typedYuan(5001), typedYuan(null)]).toEqual(["50", "50.01", ""]);
  });

  test.each([
    ["29", null],
    ["30", "0.30"],
    ["99", "0.99"],
    ["100", null],
    ["3", null],
    ["30.5", null],
  ])("a reduction by %s per cent is %s", (percent, ratio) => {
    expect(ratioOf(percent)).toBe(ratio);
  });
});
