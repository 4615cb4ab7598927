import fc from "fast-check";
import { expect, test } from "vitest";
import type { CourtForm, FormField } from "../src/api/types";
import {
  answerProblem,
  answersAside,
  fieldsOf,
  isAnswered,
  isBlank,
  missing,
  questionAt,
  questionsOf,
  SIDE,
  sidesOf,
} from "../src/form/engine";

const loan: CourtForm = {
  id: "09",
  no: "09",
  name: "民间借贷纠纷",
  full: true,
  preamble: [],
  sections: [
    {
      id: "claims",
      title: "诉讼请求",
      fields: [
        {
          id: "claims.1",
          label: "1.本金",
          type: "group",
          question: "您要对方还多少本金？",
          fields: [
            { id: "claims.1.1", label: "截至", type: "date" },
            { id: "claims.1.2", label: "尚欠本金", type: "money", required: true },
          ],
        },
      ],
    },
    {
      id: "facts",
      title: "事实与理由",
      fields: [
        {
          id: "facts.1",
          label: "9.是否存在逾期还款",
          type: "yesno",
          // biome-ignore lint/suspicious/noThenProperty: the contract names it; a field is never awaited
          then: [{ id: "facts.1.1", label: "逾期时间", type: "text", required: true }],
        },
        { id: "facts.2", label: "子女", type: "table", columns: ["子女", "归属"] },
      ],
    },
  ],
};

test("one question a screen, in plain words with the official ones beside them", () => {
  const questions = questionsOf(loan, {});
  expect(questions.map(({ title, official, section }) => [title, official, section])).toEqual([
    ["您要对方还多少本金？", "1.本金", "诉讼请求"],
    ["是否存在逾期还款", null, "事实与理由"],
    ["子女", null, "事实与理由"],
  ]);
  expect(questions[0]!.rows.map((row) => [row.field.id, row.heading])).toEqual([
    ["claims.1.1", false],
    ["claims.1.2", false],
  ]);
});

test("a form that is two in one asks which side one is on, and shows nothing of the other", () => {
  const text = (id: string): FormField => ({ id, label: id, type: "text" });
  const group: FormField = { id: "claims.2", label: "货物", type: "group", fields: [text("claims.2.1")] };
  const choices = [
    { label: "我是卖方", fields: ["claims.1"] },
    { label: "我是买方", fields: ["claims.2"] },
  ];
  const fields = [text("claims.1"), group, text("claims.20")];
  const sale: CourtForm = {
    ...loan,
    parts: { question: "您是哪一方？", exclusive: true, choices },
    sections: [{ id: "claims", title: "诉讼请求", fields }],
  };
  const ids = (answers: Record<string, string>) => questionsOf(sale, answers).map(({ id }) => id);
  expect(ids({})).toEqual([SIDE, "claims.20"]);
  expect(missing(sale, {}).map(({ id }) => id)).toEqual([SIDE]);
  expect(ids({ [SIDE]: "我是卖方" })).toEqual([SIDE, "claims.1", "claims.20"]);
  // Another phone, or a day later: what is answered tells the side.
  expect([ids({ "claims.2.1": "电视机" }), sidesOf(sale, { "claims.2.1": "电视机" })]).toEqual([
    [SIDE, "claims.2", "claims.20"],
    ["我是买方"],
  ]);
  // Who changes sides leaves nothing of the other behind.
  expect(
    answersAside(sale, { [SIDE]: "我是卖方", "claims.1": "货款", "claims.2.1": "电视机", "claims.20": "一" }),
  ).toEqual(["claims.2.1"]);
  const both = { ...sale, parts: { ...sale.parts!, exclusive: false } };
  const all = { [SIDE]: ["我是卖方", "我是买方"] };
  expect(questionsOf(both, all).map(({ id }) => id)).toEqual([SIDE, "claims.1", "claims.2", "claims.20"]);
});

test("what hangs on a yes appears with the yes, and only then is it required", () => {
  const ids = (answer: string) => questionsOf(loan, { "facts.1": answer })[1]!.rows.map((row) => row.field.id);
  expect(ids("")).toEqual(["facts.1"]);
  expect(ids("no")).toEqual(["facts.1"]);
  expect(ids("yes")).toEqual(["facts.1", "facts.1.1"]);
  expect(missing(loan, { "facts.1": "no" }).map((field) => field.id)).toEqual(["claims.1.2"]);
  expect(missing(loan, { "facts.1": "yes" }).map((field) => field.id)).toEqual(["claims.1.2", "facts.1.1"]);
});

test("a defect finds its question, also when its field hides behind a no", () => {
  const questions = questionsOf(loan, {});
  expect(questionAt(questions, "claims.1.2")).toBe(0);
  expect(questionAt(questions, "facts.1.1")).toBe(1);
  expect(questionAt(questions, "facts.9")).toBe(-1);
});

test("answers are judged by their type, emptiness is not a mistake", () => {
  const money: FormField = { id: "m", label: "金额", type: "money" };
  expect(answerProblem(money, "12.345")).toContain("两位");
  expect(answerProblem(money, "5万")).toBeNull();
  expect(answerProblem(money, "")).toBeNull();
  expect(answerProblem({ id: "n", label: "利率", type: "number" }, "三")).toBe("请只写数字");
  expect(answerProblem({ id: "d", label: "日期", type: "date" }, "3月")).toBe("请选择日期");
});

test("a table of empty cells is still empty", () => {
  expect(isBlank([["", " "], []])).toBe(true);
  expect(isBlank([["", "小明"]])).toBe(false);
  expect(isAnswered(questionsOf(loan, {})[2]!, { "facts.2": [["小明", ""]] })).toBe(true);
});

const field: fc.Arbitrary<FormField> = fc.letrec<{ field: FormField }>((tie) => ({
  field: fc.oneof(
    { maxDepth: 3 },
    fc.record({
      id: fc.uuid(),
      label: fc.string(),
      type: fc.constantFrom("text", "date", "money", "single", "multi", "table"),
    }),
    fc.record({
      id: fc.uuid(),
      label: fc.string(),
      type: fc.constant("yesno"),
      // biome-ignore lint/suspicious/noThenProperty: the contract names it; a field is never awaited
      then: fc.array(tie("field"), { maxLength: 3 }),
    }),
    fc.record({
      id: fc.uuid(),
      label: fc.string(),
      type: fc.constant("group"),
      fields: fc.array(tie("field"), { maxLength: 3 }),
    }),
  ) as fc.Arbitrary<FormField>,
})).field;

test("whatever the form, saying yes to everything shows every field exactly once", () => {
  fc.assert(
    fc.property(fc.array(field, { maxLength: 6 }), (fields) => {
      const form: CourtForm = { ...loan, sections: [{ id: "facts", title: "", fields }] };
      const every = fieldsOf(form);
      const yes = Object.fromEntries(every.filter((each) => each.type === "yesno").map((each) => [each.id, "yes"]));
      const shown = questionsOf(form, yes).flatMap((question) => question.rows.filter((row) => !row.heading));
      expect(shown.map((row) => row.field.id)).toEqual(every.map((each) => each.id));
    }),
  );
});
