import { describe, expect, it } from "vitest";
import { pdfText } from "#test/pdf-text.ts";
import { renderPdf, type SummonsPaper } from "./index.ts";

const paper: SummonsPaper = {
  courtName: "山东省济南市历下区人民法院",
  caseNumber: "（2026）鲁0102民初1234号",
  cause: "民间借贷纠纷",
  summoned: "王㛃𠮷",
  side: "原告",
  matter: "开庭审理",
  time: "2026年3月16日（星期一）9时00分",
  duration: "2小时",
  place: "第三审判庭（济南市历下区经十路1号，二楼东侧）",
  online: false,
  judge: "周明",
  courtClerk: "何静",
  replaces: null,
  isPlaintiff: true,
  interpreter: null,
  url: "https://court.example.cn/h/42",
  issuedOn: "2026-03-02",
};
const read = async (change: Partial<SummonsPaper> = {}): Promise<string> =>
  (await pdfText(await renderPdf("summons", { ...paper, ...change }))).join("");

describe("传票", () => {
  it("says who, why, when, where, and what happens to a plaintiff who stays away", async () => {
    const text = await read();
    for (const said of [
      "山东省济南市历下区人民法院传票",
      "（2026）鲁0102民初1234号",
      "被传唤人王㛃𠮷（原告）",
      "传唤事由开庭审理",
      "应到时间2026年3月16日（星期一）9时00分，预计2小时",
      "应到处所第三审判庭（济南市历下区经十路1号，二楼东侧）",
      "可以按撤诉处理（民事诉讼法第一百四十六条）",
      "审判员周明",
      "书记员何静",
      "2026年3月2日",
    ])
      expect(text).toContain(said);
    expect(text).not.toContain("作废");
    expect(text).not.toContain("翻译");
  });

  it("tells a defendant of the judgment in absence, and who takes part online of §25 and §27", async () => {
    const text = await read({
      side: "被告",
      isPlaintiff: false,
      online: true,
      place: "在线法庭（本平台）",
      replaces: "2026年3月9日9时00分",
      interpreter: "维吾尔语",
    });
    for (const said of [
      "原定2026年3月9日9时00分的安排已经改变，此前的传票作废",
      "可以缺席审理和判决（民事诉讼法第一百四十七条）",
      "视为拒不到庭（人民法院在线诉讼规则第二十五条）",
      "不得录制、截取、传播",
      "翻译维吾尔语（法院提供，不收费）",
    ])
      expect(text).toContain(said);
    expect(text).not.toContain("第一百四十六条");
  });
});
