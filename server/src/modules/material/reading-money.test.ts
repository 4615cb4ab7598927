import fc from "fast-check";
import { expect, test } from "vitest";
import { capitalYuan } from "#core/capital-yuan.ts";
import { fenOfCapitals, fenOfFigures, yuanOf } from "./reading-money.ts";

test("every amount that is written in capitals reads back as itself", () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 999_999_999_999_99 }), (fen) => {
      expect(fenOfCapitals(capitalYuan(fen).replace("人民币", ""))).toBe(fen);
    }),
  );
});

test.each([
  ["两万元整", 2_000_000],
  ["拾万圆正", 10_000_000],
  ["五千元", 500_000],
  ["贰万伍什元整", 2_500_000],
  ["贰仟雾元整", null],
  ["元整", null],
])("%s", (text, fen) => expect(fenOfCapitals(text)).toBe(fen));

test.each([
  ["50,000", 5_000_000],
  ["50000.5", 5_000_050],
  ["1,00", null],
  ["0", null],
])("%s", (text, fen) => expect(fenOfFigures(text)).toBe(fen));

test("yuan with two places", () => expect([yuanOf(5), yuanOf(5_000_000)]).toEqual(["0.05", "50000.00"]));
