import { describe, expect, it } from "vitest";
import { syllables } from "./syllables.ts";

describe("a text as syllables with tones", () => {
  it.each([
    ["归还借款", "gui1 huan2 jie4 kuan3"],
    ["到期没有还款，还没有还清。", "dao4 qi1 mei2 you3 huan2 kuan3 , hai2 mei2 you3 huan2 qing1 ."],
    ["借钱不还", "jie4 qian2 bu4 huan2"],
    ["银行行长调解重庆给付案", "yin2 hang2 hang2 zhang3 tiao2 jie3 chong2 qing4 ji3 fu4 an4"],
    ["提交了材料", "ti2 jiao1 le5 cai2 liao4"],
    ["女儿的绿本", "nv3 er2 de5 lv4 ben3"],
    ["一个不是", "yi2 ge4 bu2 shi4"],
    ["¥12,000.50", "yi2 wan4 er4 qian1 yuan2 wu3 jiao3"],
    ["（2026）鲁0102民初1号", "er4 ling2 er4 liu4 , lu3 ling2 yi1 ling2 er4 min2 chu1 yi1 hao4"],
    ["《送达地址确认书》", "song4 da2 di4 zhi3 que4 ren4 shu1 ,"],
    ["X", "ai2 ke5 si5 ,"],
    ["——！？", ""],
    ["བོད་སྐད", ""],
  ])("%s", (text, read) => expect(syllables(text)).toBe(read));

  it("gives the program nothing but syllables and stops, whatever it is handed", () => {
    let seed = 7;
    for (let round = 0; round < 300; round += 1) {
      const text = Array.from({ length: 40 }, () => {
        seed = (seed * 48271) % 2147483647;
        return String.fromCodePoint(seed % 3 === 0 ? seed % 0x500 : 0x4e00 + (seed % 0x5200));
      }).join("");
      expect(syllables(text), `seed 7, round ${round}`).toMatch(/^(?:(?:[a-z]+[1-5]|[,.])(?: |$))*$/);
    }
  });
});
