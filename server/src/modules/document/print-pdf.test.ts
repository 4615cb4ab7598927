import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Problem } from "#core/problem.ts";
import { pdfText, plain } from "#test/pdf-text.ts";
import { FONT_FILES, missingGlyphs } from "./glyphs.ts";
import { renderPdf } from "./index.ts";
import { printable } from "./paper.ts";

const courtName = "山东省济南市历下区人民法院";
const paperOf = (text: string) =>
  renderPdf("court-paper", { courtName, title: "补正通知书", number: null, text }, new Date("2026-11-22T02:00:00Z"));
const read = async (pdf: Buffer): Promise<string> => (await pdfText(pdf)).join("");

describe("renderPdf", () => {
  it("prints what looks like a command of the typesetter as it stands", async () => {
    const attempts = [
      `#import "@preview/x:1.0.0": *`,
      `#read("/etc/passwd")`,
      `#panic("x") #set page(paper: "a5")`,
      "$x^2$ $ #sym.arrow $",
      "\\ \\u{41} \\#",
      "] [ } { ) ( ] #[",
      "`raw` ```typ #1```",
      "*bold* _italic_ = heading - list + 1. @label <label> // comment /* comment */ ~ --- ...",
      "\"quotes\" 'single'",
      "<svg onload=alert(1)> &amp; %PDF-1.7 /JS (app.alert(1))",
    ];
    const text = await read(await paperOf(`原告：\n${attempts.join("\n")}`));
    for (const attempt of attempts) expect(text).toContain(plain(attempt));
  });

  it("refuses a character that no typeface has, and says which", async () => {
    const refused = await paperOf("王𪛐诉李强😀一案").catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Problem);
    const { code, status, extras } = refused as Problem;
    expect([code, status]).toEqual(["document.unprintable", 422]);
    expect(extras.detail).toContain("“𪛐”（U+2A6D0）");
    expect(extras.members).toEqual({ characters: ["𪛐", "😀"] });
  });

  it("prints rare characters of names", async () => {
    const rare = "㛃瞾𠮷䶮㼆龘𫖯镕𬱖𪟝𡒄喆堃犇·☑□";
    expect(missingGlyphs([rare])).toEqual([]);
    expect(await read(await paperOf(`王${rare}：\n本院收到。`))).toContain(`王${rare}：`);
  });

  it("does not know fewer characters than the whole of GB 2312 and Extension A", () => {
    const decoder = new TextDecoder("gb18030");
    const common = Array.from({ length: 72 * 94 }, (_, at) =>
      decoder.decode(new Uint8Array([0xb0 + Math.floor(at / 94), 0xa1 + (at % 94)])),
    ).filter((character) => /^\p{Script=Han}$/u.test(character));
    expect(common.length).toBe(6763);
    const extensionA = Array.from({ length: 0x4dbf - 0x3400 + 1 }, (_, at) => String.fromCodePoint(0x3400 + at));
    expect(missingGlyphs([...common, ...extensionA])).toEqual([]);
  });

  it("leaves out what nobody sees and keeps lines apart", () => {
    expect(printable("甲\u200b\u202e乙\ufeff\tA\r\nB\rC\u0000")).toBe("甲乙\u3000A\nB\nC");
  });

  it("turns the page, numbers each, and loses nothing of a long text", async () => {
    const sentence = "被告于二〇二五年三月五日向原告借款，至今未还；";
    const facts = Array.from({ length: 260 }, (_, at) => `第${at}笔${sentence}`).join("");
    expect(facts.length).toBeGreaterThan(5_000);
    const pages = await pdfText(await paperOf(`原告：\n${facts}`));
    expect(pages.length).toBeGreaterThan(5);
    pages.forEach((page, at) => {
      expect(page).toContain(`第${at + 1}页共${pages.length}页`);
    });
    const body = pages.map((page, at) => page.replace(`第${at + 1}页共${pages.length}页`, "")).join("");
    expect(body).toContain(facts);
  });

  it("never leaves the court's name and the day alone on a page", async () => {
    for (let lines = 14; lines <= 34; lines++) {
      const body = Array.from({ length: lines }, (_, at) => `第${at + 1}段本院依法审查。`).join("\n");
      const last = (await pdfText(await paperOf(`原告：\n${body}\n${courtName}\n2026年11月22日`))).at(-1);
      expect(last, `${lines} lines`).toContain(`第${lines}段本院依法审查。${courtName}2026年11月22日`);
    }
  });

  it("breaks what has no spaces within the page", async () => {
    const hash = "0123456789abcdef".repeat(12);
    expect(await read(await paperOf(`原告：\n${hash}`))).toContain(hash);
  });

  it("is the same file for the same facts and moment, and says it is PDF/A", async () => {
    const [one, two] = [await paperOf("原告：\n本院收到。"), await paperOf("原告：\n本院收到。")];
    expect(one.equals(two)).toBe(true);
    expect(one.toString("latin1")).toContain("pdfaid:part>2<");
  });

  it("takes many at once", async () => {
    const papers = await Promise.all(Array.from({ length: 20 }, (_, at) => paperOf(`第${at}号原告：\n本院收到。`)));
    for (const [at, pdf] of papers.entries()) expect(await read(pdf)).toContain(`第${at}号原告：`);
  });
});

it("typefaces are there", () => {
  for (const file of FONT_FILES) expect(existsSync(file)).toBe(true);
});
