import { describe, expect, it } from "vitest";
import { privateLoan } from "#test/filings.ts";
import { filingContent } from "./content.ts";
import { alterationsOf, removedOf, summed } from "./helper-change.ts";
import { wordsOf } from "./helper-words.ts";

const content = () => filingContent.parse(privateLoan("王芳"));

describe("what a helper changed", () => {
  it("is told place by place, people and claims as wholes when they come and go", () => {
    const before = content();
    const after = content();
    after.parties[1] = { ...after.parties[1], phone: "13700137000" } as (typeof after.parties)[number];
    after.parties.push({ ...before.parties[1], key: "d2", name: "李壮" } as (typeof after.parties)[number]);
    after.claims.splice(0, 1);
    after.answers = { "facts.2": "yes", "facts.3": "" };
    after.amountFen = 100;
    expect(alterationsOf(before, after)).toEqual([
      { path: "/parties/d1/phone", before: "13900139000", after: "13700137000" },
      { path: "/parties/d2", before: null, after: after.parties[2] },
      { path: "/claims/c1", before: before.claims[0], after: null },
      { path: "/amountFen", before: 5_000_000, after: 100 },
      { path: "/answers/facts.2", before: null, after: "yes" },
    ]);
    expect(removedOf(alterationsOf(before, after))).toEqual(["/claims/c1"]);
    expect(alterationsOf(before, content())).toEqual([]);
  });

  it("sums up what was typed at one place, and forgets what was taken back", () => {
    const typed = [
      { path: "/facts", before: "", after: "甲" },
      { path: "/facts", before: "甲", after: "甲乙" },
      { path: "/amountFen", before: 1, after: 2 },
      { path: "/amountFen", before: 2, after: 1 },
    ];
    expect(summed(typed)).toEqual([{ path: "/facts", before: "", after: "甲乙" }]);
  });

  it("is said in words", () => {
    const [, defendant] = content().parties;
    expect(wordsOf("/parties/d1", defendant)).toBe("被告，个人，李强，13900139000，山东省济南市历下区解放路2号");
    expect(wordsOf("/claims/c1/amountFen", 5_000_000)).toBe("50,000.00元");
    expect(wordsOf("/causeCode", "CIV2025:108(3)")).toBe("民间借贷纠纷");
    expect(wordsOf("/answers/facts.2", "no")).toBe("否");
    expect(
      wordsOf("/answers/facts.3", [
        ["小明", "归母亲"],
        ["小红", ""],
      ]),
    ).toBe("小明，归母亲；小红，");
    expect(wordsOf("/facts", null)).toBe("");
  });
});
