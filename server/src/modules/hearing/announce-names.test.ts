import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { announcedNames, hiddenName } from "./announce-names.ts";

const LOAN = "CIV2025:108(3)";
const DIVORCE = "CIV2025:14";
const party = (key: string, name: string, more: object = {}) => ({
  key,
  side: "plaintiff" as const,
  kind: "natural" as const,
  name,
  underGuardian: false,
  ...more,
});

describe("names in an announcement (法释〔2016〕19号§8, §9)", () => {
  it.each([
    ["王芳", "王某"],
    ["欧阳娜娜", "欧阳某"],
    ["阿依古丽·买买提", "阿某"],
    ["约翰·史密斯", "约某"],
    ["东方", "东某"],
  ])("%s becomes %s", (name, shown) => expect(hiddenName(name)).toBe(shown));

  it("agrees with the worked examples", () => {
    const { publication_anonymisation: examples } = JSON.parse(
      readFileSync(new URL("../../../../../shared/vectors/ids.json", import.meta.url), "utf8"),
    ) as { publication_anonymisation: { scenario: string; input: string; published: string }[] };
    const english = examples.find(({ scenario }) => scenario === "外国人英文姓名");
    expect(hiddenName(english?.input ?? "")).toBe(english?.published);
    const second = examples.find(({ scenario }) => scenario === "重名第二人");
    const names = announcedNames({ causeCode: DIVORCE, parties: [party("p1", "张三"), party("d1", "张三丰")] });
    expect(names.get("d1")).toBe(second?.published);
  });

  it("hides everybody in family matters and nobody in a loan, but those under a guardian; organisations keep theirs", () => {
    const parties = [
      party("p1", "王芳"),
      party("d1", "李小明", { underGuardian: true }),
      party("d2", "济南某某商贸有限公司", { kind: "organisation" }),
    ];
    expect([...announcedNames({ causeCode: LOAN, parties }).values()]).toEqual([
      "王芳",
      "李某",
      "济南某某商贸有限公司",
    ]);
    expect([...announcedNames({ causeCode: DIVORCE, parties }).values()]).toEqual([
      "王某",
      "李某",
      "济南某某商贸有限公司",
    ]);
  });
});
