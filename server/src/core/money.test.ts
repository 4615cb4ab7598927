import fc from "fast-check";
import { expect, test } from "vitest";
import {
  exact,
  formatYuan,
  isMore,
  minus,
  parseFraction,
  parseYuan,
  plus,
  readableYuan,
  roundHalfUp,
  times,
} from "./money.ts";

test.each([
  ["0", 0],
  ["0.01", 1],
  ["5.5", 550],
  ["123456.78", 12_345_678],
  ["9999999999999.99", 999_999_999_999_999],
])("%s yuan is %i fen", (text, fen) => expect(parseYuan(text)).toBe(fen));

test.each([
  "",
  " 5",
  "5 ",
  "-1",
  "-0",
  "+1",
  "1e3",
  "0123",
  "00",
  "1_000",
  "1,000",
  "１００",
  "壹佰元",
  "1/3",
  ".5",
  "5.",
  "1.234",
  "NaN",
  "Infinity",
  "0x10",
  "10000000000000",
  "5\n",
  "٣",
])("%j is no amount", (text) => expect(parseYuan(text)).toBeNull());

test("every amount is read back as it was written", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (fen) => parseYuan(formatYuan(fen)) === fen));
});

test("exact amounts are rounded once, halves away from zero", () => {
  expect(roundHalfUp(times(exact(1), 1, 2))).toBe(1);
  expect(roundHalfUp(times(exact(-1), 1, 2))).toBe(-1);
  expect(roundHalfUp(times(exact(1), 49, 100))).toBe(0);
  expect(roundHalfUp(times(plus(times(exact(1), 1, 3), times(exact(1), 1, 6)), 2))).toBe(1);
  expect(roundHalfUp(minus(exact(10), times(exact(10), 1, 3)))).toBe(7);
  expect(isMore(times(exact(1), 1, 3), times(exact(1), 33, 100))).toBe(true);
  expect(() => roundHalfUp(exact(2n ** 60n))).toThrow(RangeError);
});

test("fractions are plain decimals", () => {
  expect(parseFraction("0.30")).toEqual({ fen: 30n, over: 100n });
  for (const text of ["-0.3", "30%", "3e-1", ".3", "0.1234567", ""]) expect(parseFraction(text)).toBeNull();
});

test("amounts as people read them", () => {
  expect(readableYuan(123_456_789)).toBe("1,234,567.89元");
  expect(readableYuan(5)).toBe("0.05元");
  expect(formatYuan(-5)).toBe("-0.05");
  expect(() => formatYuan(0.5)).toThrow(RangeError);
});
