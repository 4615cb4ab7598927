import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capitalYuan } from "#core/capital-yuan.ts";

describe("capitalYuan", () => {
  it.each([
    [0, "人民币零元整"],
    [1, "人民币壹分"],
    [10, "人民币壹角整"],
    [15, "人民币壹角伍分"],
    [100, "人民币壹元整"],
    [101, "人民币壹元零壹分"],
    [110, "人民币壹元壹角整"],
    [1_000, "人民币壹拾元整"],
    [11_000, "人民币壹佰壹拾元整"],
    [10_100, "人民币壹佰零壹元整"],
    [230_000, "人民币贰仟叁佰元整"],
    [1_001_050, "人民币壹万零壹拾元伍角整"],
    [1_000_000, "人民币壹万元整"],
    [10_000_100, "人民币壹拾万零壹元整"],
    [10_050_000, "人民币壹拾万零伍佰元整"],
    [10_500_000, "人民币壹拾万伍仟元整"],
    [168_032, "人民币壹仟陆佰捌拾元叁角贰分"],
    [10_700_053, "人民币壹拾万柒仟元伍角叁分"],
    [10_000_000_000, "人民币壹亿元整"],
    [10_000_000_100, "人民币壹亿零壹元整"],
    [10_000_000_000_000, "人民币壹仟亿元整"],
    [100_000_100_000_000, "人民币壹万亿零壹佰万元整"],
    [Number.MAX_SAFE_INTEGER, "人民币玖拾万亿零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分"],
  ])("%i fen", (fen, text) => expect(capitalYuan(fen)).toBe(text));

  it("refuses what is no amount", () => {
    for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => capitalYuan(wrong)).toThrow(RangeError);
    }
  });

  it("reads back as the same amount", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 0, max: 10 ** 6 }), fc.maxSafeNat()), (fen) => {
        const text = capitalYuan(fen);
        expect(readBack(text)).toBe(fen);
        expect(text).not.toMatch(/零零|零元整.|零[万亿拾佰仟]/);
      }),
    );
  });
});

/** The other way round, by another road: every figure counts times the places that follow it. */
function readBack(text: string): number {
  const [whole = "", parts = ""] = text.replace("人民币", "").includes("元")
    ? text.replace("人民币", "").split("元")
    : ["", text.replace("人民币", "")];
  const digit = (of: string | undefined): number => (of ? "零壹贰叁肆伍陆柒捌玖".indexOf(of) : 0);
  const section = (of: string): number =>
    [..."仟佰拾"].reduce((sum, place, at) => sum + digit(new RegExp(`(.)${place}`).exec(of)?.[1]) * 10 ** (3 - at), 0) +
    digit(/([壹贰叁肆伍陆柒捌玖])$/.exec(of)?.[1]);
  const [high = "", low = ""] = whole.includes("亿")
    ? [whole.slice(0, whole.lastIndexOf("亿")), whole.slice(whole.lastIndexOf("亿") + 1)]
    : ["", whole];
  const pair = (of: string): number => {
    const at = of.lastIndexOf("万");
    return at < 0 ? section(of) : section(of.slice(0, at)) * 10_000 + section(of.slice(at + 1));
  };
  const yuan = pair(high) * 10 ** 8 + pair(low);
  return yuan * 100 + digit(/(.)角/.exec(parts)?.[1]) * 10 + digit(/(.)分/.exec(parts)?.[1]);
}
