import { describe, expect, it } from "vitest";
import { Problem } from "#core/problem.ts";
import { ARTICLES } from "#test/declaration.ts";
import { pdfText, plain } from "#test/pdf-text.ts";
import type { BilingualPaper } from "./bilingual.ts";
import { renderDocx, renderPdf } from "./index.ts";

const courtName = "内蒙古自治区呼和浩特市新城区人民法院";
const paper = (language: BilingualPaper["language"], change: Partial<BilingualPaper> = {}): BilingualPaper => ({
  courtName,
  title: "告知书",
  number: "（2026）内0102民初18号",
  language,
  translatedTitle: ARTICLES[language].title,
  text: ARTICLES["zh-CN"].text,
  translation: ARTICLES[language].text,
  source: "human",
  translator: "",
  ...change,
});
const print = (data: BilingualPaper) => renderPdf("bilingual-paper", data, new Date("2026-11-22T02:00:00Z"));
const fontsIn = (pdf: Buffer) => pdf.toString("latin1");

describe("a paper beside its translation", () => {
  it.each([
    ["bo", "NotoSerifTibetan"],
    ["mn", "NotoSansMongolian"],
    ["ug", "NotoNaskhArabic"],
  ] as const)("prints %s with its own letters embedded", async (language, font) => {
    const pdf = await print(paper(language));
    expect(fontsIn(pdf)).toContain(font);
    expect(fontsIn(pdf)).toContain("pdfaid:part>2<");
    const text = (await pdfText(pdf)).join("");
    expect(text).toContain(plain(ARTICLES["zh-CN"].text.split("\n")[0] ?? "").slice(0, 10));
    expect(text).toContain("以汉文为准");
    expect(text).not.toContain("机器翻译");
  });

  it("says on every page that a machine translated it", async () => {
    const long = Array.from({ length: 14 }, () => ARTICLES["zh-CN"].text).join("\n");
    const translation = Array.from({ length: 14 }, () => ARTICLES.ug.text).join("\n");
    const pages = await pdfText(await print(paper("ug", { source: "machine", text: long, translation })));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page).toContain("机器翻译，仅供参考，以汉文为准");
  });

  it("prints a long Mongolian text to its end, over as many pages as it takes", async () => {
    const translation = Array.from({ length: 40 }, () => ARTICLES.mn.text).join("\n");
    const pages = await pdfText(await print(paper("mn", { translation })));
    expect(pages.length).toBeGreaterThan(1);
    const words = ARTICLES.mn.text.split(/\s+/).filter((word) => word.length > 3);
    const last = plain(pages.at(-1) ?? "");
    expect(last.length, `of ${words.length} words`).toBeGreaterThan(0);
  });

  it.each(["bo", "mn", "ug"] as const)(
    "refuses a letter no typeface has in %s, and never prints a box",
    async (language) => {
      const refused = await print(paper(language, { translation: `${ARTICLES[language].text} ꦲ` })).catch(
        (error: unknown) => error,
      );
      expect(refused).toBeInstanceOf(Problem);
      expect((refused as Problem).code).toBe("document.unprintable");
      expect((refused as Problem).extras.members).toEqual({ characters: ["ꦲ"] });
    },
  );

  it("keeps the signs that give Mongolian letters their shape, and drops what only turns the line", async () => {
    const pdf = await print(paper("mn", { translation: "ᠠᠳᠠᠯᠢᠬᠠᠨ ᠨᠡᠷ\u180eᠡ\u202e ᠲᠥᠷᠥ" }));
    expect(pdf.length).toBeGreaterThan(1000);
  });

  it("is a DOCX too", async () => {
    expect((await renderDocx("bilingual-paper", paper("ug"))).subarray(0, 2).toString()).toBe("PK");
  });
});
