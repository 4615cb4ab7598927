import { parseYuan } from "#core/money.ts";
import type { Answer, Answers, FormField, FormSection } from "#modules/reference/index.ts";
import type { FormRow, Line } from "./paper.ts";
import { ticked, writtenAmount, writtenDay } from "./written.ts";

export interface Filled {
  readonly answers: Answers;
  /** What stands for 标的总额 where the form's own field was left empty. */
  readonly totalFen: number | null;
}

/**
 * The rows of a section: one for each element, its official words at the left. Elements are never left out: the model
 * pleadings may be answered 无 or not at all, but their contents and layout may not be changed.
 */
export function sectionRows({ fields }: FormSection, filled: Filled): FormRow[] {
  return fields.map((field) => ({
    label: withHint(field),
    lines:
      field.type === "group"
        ? (field.fields ?? []).flatMap((part) => linesOf(part, filled, true))
        : linesOf(field, filled, false),
  }));
}

const withHint = ({ label, hint }: FormField): string => (hint === undefined ? label : `${label}\n（${hint}）`);

/** An element as lines; `named` where its label stands before it, in a group. */
function linesOf(field: FormField, filled: Filled, named: boolean): Line[] {
  const label = named ? field.label : "";
  const line = (text: string): Line => ({ label, text });
  const answer = filled.answers[field.id];
  // Shown blank as well where the answer does not call for them: the layout stays what it is.
  const further = (field.then ?? []).flatMap((part) => linesOf(part, filled, true));
  switch (field.type) {
    case "yesno": {
      const [yes, no] = /有无|有没有/.test(field.label) ? ["有", "无"] : ["是", "否"];
      const chosen = answer === "yes" ? [yes] : answer === "no" ? [no] : [];
      return [line(boxes([yes, no], chosen, answer)), ...further];
    }
    case "single":
      return [line(boxes(field.options ?? [], typeof answer === "string" ? [answer] : [], answer)), ...further];
    case "multi":
      return [line(boxes(field.options ?? [], isTexts(answer) ? answer : [], answer)), ...further];
    case "table":
      if (answer === NONE) return [line(NONE)];
      return tableLines(field, isRows(answer) ? answer : [], label);
    case "group":
      return [
        ...(label === "" ? [] : [{ label, text: "" }]),
        ...(field.fields ?? []).flatMap((part) => linesOf(part, filled, true)),
      ];
    default:
      return [line(valueText(field, typeof answer === "string" ? answer : "", filled))];
  }
}

/** 无 may stand for any answer: then no box is ticked, and the word is written behind them. */
const boxes = (options: readonly string[], chosen: readonly string[], answer: Answer | undefined): string =>
  `${ticked(options, chosen)}${answer === NONE ? `　${NONE}` : ""}`;
const NONE = "无";

function valueText({ type, label }: FormField, answer: string, { totalFen }: Filled): string {
  const value = answer.trim();
  if (type === "money") {
    if (value === "") return label === "标的总额" && totalFen !== null ? `${writtenAmount(totalFen)}元` : "　　　　元";
    const fen = parseYuan(value);
    return fen === null ? value : `${writtenAmount(fen)}元`;
  }
  if (type === "date") return value === "" ? "　　　年　　月　　日" : writtenDay(value);
  return value;
}

/** A table within a cell: one line for each row, its columns named. */
function tableLines({ columns = [] }: FormField, rows: readonly (readonly string[])[], label: string): Line[] {
  const shown = rows.length === 0 ? [columns.map(() => "")] : rows;
  return [
    ...(label === "" ? [] : [{ label, text: "" }]),
    ...shown.map(
      (row, at) => `${at + 1}. ${columns.map((column, place) => `${column}：${row[place] || "　　　　"}`).join("；")}`,
    ),
  ];
}

const isTexts = (answer: Answer | undefined): answer is readonly string[] =>
  Array.isArray(answer) && answer.every((item) => typeof item === "string");
const isRows = (answer: Answer | undefined): answer is readonly (readonly string[])[] =>
  Array.isArray(answer) && answer.every((item) => Array.isArray(item));
