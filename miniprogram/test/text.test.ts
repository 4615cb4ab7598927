import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { CATALOGUES, direction, fill, hasMachine, hasMachineTexts, language, say, useLanguage } from "@/text";
import { scriptOf } from "@/text/script";
import { type Catalogue, type TextKey, zhCN } from "@/text/zh-cn";

const SRC = join(__dirname, "../src");
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => /\.(vue|ts)$/.test(name));
const sources = files.map((name) => ({ name, text: readFileSync(join(SRC, name), "utf8") }));
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const others = Object.entries(CATALOGUES) as [keyof typeof CATALOGUES, Catalogue][];

afterEach(() => useLanguage("zh-CN"));

describe("texts of the screens", () => {
  it("every key that is used has a Chinese text, and every text is used", () => {
    const used = new Set(
      sources
        .filter(({ name }) => !/^text\/(?:zh-cn|bo|mn|ug|index)\.ts$/.test(name))
        .flatMap(({ text }) => [...text.matchAll(/["'`]([a-z]+\.[a-zA-Z]+)["'`]/g)].map(([, key]) => key as string)),
    );
    const asked = sources.flatMap(({ text }) =>
      [...text.matchAll(/\bsay\(\s*["'`]([\w.]+)["'`]/g)].map(([, key]) => key as string),
    );
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter((key) => !(key in zhCN))).toEqual([]);
    const unused = Object.keys(zhCN).filter((key) => !used.has(key));
    // Words that other languages have before a screen asks for them.
    expect(unused).toEqual(["common.confirm", "common.continue", "common.help", "common.today"]);
  });

  it("no text is empty, in no language, and every word of another language says who made it and where it was found", () => {
    expect(Object.entries(zhCN).filter(([, text]) => text.trim() === "")).toEqual([]);
    for (const [code, words] of others)
      for (const [key, word] of Object.entries(words)) {
        expect(key in zhCN, `${code} ${key}`).toBe(true);
        expect(
          [word.text.trim() !== "", word.from !== "", ["human", "machine"].includes(word.source)],
          `${code} ${key}`,
        ).toEqual([true, true, true]);
      }
  });

  it("the same values stand in a text in every language", () => {
    for (const [code, words] of others)
      for (const [key, word] of Object.entries(words))
        expect(holes(word.text), `${code} ${key}`).toEqual(holes(zhCN[key as TextKey]));
    expect(fill("第 {at} 步，共 {of} 步", { at: 3, of: 9 })).toBe("第 3 步，共 9 步");
    expect(fill("{who}", {})).toBe("{who}");
  });

  it("words are in the writing of their language", () => {
    const scripts = { bo: "tibt", mn: "mong", ug: "arab" } as const;
    for (const [code, words] of others)
      for (const [key, word] of Object.entries(words))
        expect(scriptOf(word.text), `${code} ${key}`).toBe(scripts[code]);
  });

  it("what has no translation is Chinese, never nothing; Uyghur runs from right to left", () => {
    expect(say("tab.home")).toBe("首页");
    useLanguage("ug");
    expect([direction.value, say("tab.home"), say("home.lead")]).toEqual(["rtl", "باش بەت", zhCN["home.lead"]]);
    useLanguage("mn");
    expect([direction.value, say("tab.home")]).toEqual(["ltr", "首页"]);
    useLanguage("kl");
    expect(language.value).toBe("mn");
  });

  it("a language with a text of a machine says so on its screens", () => {
    useLanguage("ug");
    expect(hasMachineTexts.value).toBe(false);
    const kept = CATALOGUES.mn["tab.me"];
    CATALOGUES.mn["tab.me"] = { text: "ᠪᠢ", source: "machine", from: "a test" };
    expect([hasMachine("mn"), hasMachine("ug"), hasMachine("zh-CN")]).toEqual([true, false, false]);
    if (kept) CATALOGUES.mn["tab.me"] = kept;
    else delete CATALOGUES.mn["tab.me"];
  });

  it("knows in which writing a text of the court stands", () => {
    expect(scriptOf("ᠬᠦᠮᠦᠨ ᠪᠦᠷ ᠲᠥᠷᠥᠵᠦ ᠮᠡᠨᠳᠡᠯᠡᠬᠦ（2026）内0102民初18号")).toBe("mong");
    expect(scriptOf("ھەممە ئادەم قانۇن ئالدىدا باپباراۋەر")).toBe("arab");
    expect(scriptOf("请于2026年12月7日前补正。")).toBe("other");
    expect(scriptOf("")).toBe("other");
  });
});
