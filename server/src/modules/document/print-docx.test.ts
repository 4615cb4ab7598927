import { describe, expect, it } from "vitest";
import { docxText } from "#test/docx-text.ts";
import { plain } from "#test/pdf-text.ts";
import { renderDocx } from "./index.ts";
import { textsOf } from "./paper.ts";
import { printDocx } from "./print-docx.ts";
import { compose } from "./templates.ts";

const courtName = "山东省济南市历下区人民法院";

describe("renderDocx", () => {
  it("holds what looks like markup as text", async () => {
    const attempts = ["<w:p/> & < > \" '", "]]> <!-- -->", "{placeholder} {#loop} {/loop} %{y}", "#import $x$ \\ ]"];
    const text = docxText(
      await renderDocx("court-paper", {
        courtName,
        title: "补正通知书",
        number: null,
        text: `原告：\n${attempts.join("\n")}`,
      }),
    );
    for (const attempt of attempts) expect(text).toContain(plain(attempt));
  });

  it("says the same as the PDF, block by block", async () => {
    const paper = compose("fee-notice", {
      courtName,
      number: "鲁0102交2026000123",
      caseNumber: "（2026）鲁0102民初1234号",
      payer: "王㛃𠮷",
      matter: "王㛃𠮷诉李强民间借贷纠纷",
      feeName: "案件受理费",
      steps: [{ label: "按件交纳", basis: "《诉讼费用交纳办法》第十三条", amountFen: 5_000 }],
      assessedFen: 5_000,
      reliefFen: 0,
      paidFen: 0,
      outstandingFen: 5_000,
      dueOn: null,
      pay: { url: "https://court.example.cn/pay", code: "ABCD2345EFGH6789" },
      issuedOn: "2026-11-22",
    });
    const text = docxText(await printDocx(paper));
    for (const said of textsOf(paper)) expect(text).toContain(plain(said));
    expect(text).toContain("第页共页");
  });

  it("keeps control characters that would break the file out of it", async () => {
    const docx = await renderDocx("court-paper", {
      courtName,
      title: "甲\u0000\u0008乙",
      number: null,
      text: "正\u000b文",
    });
    expect(docxText(docx)).toContain("甲乙正文");
  });
});
