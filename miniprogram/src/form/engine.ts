import type { Answer, CourtForm, FormField } from "@/api/types";
import { parseYuan } from "@/values/money";

export type Answers = Readonly<Record<string, Answer>>;

/** One thing to ask: a top-level field of the form with everything under it that applies just now, flat for drawing. */
export interface Question {
  id: string;
  section: string;
  title: string;
  /** The official wording, when the title is the plain one. */
  official: string | null;
  required: boolean;
  rows: Row[];
}

/** A field to fill, or the heading of a group inside a group. Flat, because WeChat's components do not recurse well. */
export interface Row {
  field: FormField;
  heading: boolean;
  depth: number;
  /** The label to show; empty where the question's title says it already. */
  label: string;
}

/** Under this name stands in the answers on which side of the form somebody is. It is not sent: the form has no such field. */
export const SIDE = "side";

/** The sides somebody is on: as chosen, else as what is answered already tells. */
export function sidesOf(form: CourtForm, answers: Answers): string[] {
  const chosen = answers[SIDE];
  if (!isBlank(chosen)) return (typeof chosen === "string" ? [chosen] : chosen) as string[];
  const begun = (form.parts?.choices ?? []).filter(({ fields }) =>
    Object.entries(answers).some(([id, answer]) => !isBlank(answer) && fields.some((each) => isUnder(id, each))),
  );
  return begun.map(({ label }) => label);
}

/** What was answered for a side that is not one's own (any more). */
export function answersAside(form: CourtForm, answers: Answers): string[] {
  const hidden = fieldsAside(form, answers);
  return Object.keys(answers).filter((id) => !isBlank(answers[id]) && hidden.some((each) => isUnder(id, each)));
}

function fieldsAside(form: CourtForm, answers: Answers): string[] {
  const sides = sidesOf(form, answers);
  const mine = (form.parts?.choices ?? []).flatMap(({ label, fields }) => (sides.includes(label) ? fields : []));
  return (form.parts?.choices ?? []).flatMap(({ fields }) => fields).filter((id) => !mine.includes(id));
}
const isUnder = (id: string, above: string): boolean => id === above || id.startsWith(`${above}.`);

/** Forms that are two in one ask first which of them it is. */
function sideQuestion({ parts, sections }: CourtForm): Question[] {
  if (!parts) return [];
  const options = parts.choices.map(({ label }) => label);
  const field: FormField = {
    id: SIDE,
    label: parts.question,
    type: parts.exclusive ? "single" : "multi",
    options,
    required: true,
  };
  const rows = [{ field, heading: false, depth: 0, label: "" }];
  return [{ id: SIDE, section: sections[0]?.title ?? "", title: parts.question, official: null, required: true, rows }];
}

/** The form as questions, one a screen. What hangs on a "yes" appears once it is yes, what is the other side's never. */
export function questionsOf(form: CourtForm, answers: Answers): Question[] {
  const aside = fieldsAside(form, answers);
  const asked = form.sections.flatMap((section) =>
    section.fields
      .filter(({ id }) => !aside.includes(id))
      .map((field) => ({
        id: field.id,
        section: section.title,
        title: field.question || plainLabel(field.label),
        official: field.question ? field.label : null,
        required: field.required === true,
        rows: rowsOf(field, answers, 0, true),
      })),
  );
  return [...sideQuestion(form), ...asked];
}

/** Every field of the form that can hold an answer, whether shown now or not. */
export function fieldsOf(form: CourtForm): FormField[] {
  return form.sections.flatMap((section) => section.fields.flatMap(within));
}

/** What is wrong with an answer as written, in the words of the screen; null when nothing is. Emptiness is asked separately. */
export function answerProblem(field: FormField, answer: Answer | undefined): string | null {
  if (isBlank(answer) || typeof answer !== "string") return null;
  if (field.type === "money") return parseYuan(answer).problem;
  if (field.type === "number") return /^-?\d+(\.\d+)?$/.test(answer) ? null : "请只写数字";
  if (field.type === "date") return /^\d{4}-\d{2}-\d{2}$/.test(answer) ? null : "请选择日期";
  return null;
}

/** Required questions and rows that are visible but still empty, in order. */
export function missing(form: CourtForm, answers: Answers): FormField[] {
  return questionsOf(form, answers).flatMap((question) =>
    question.rows
      .filter((row) => !row.heading && row.field.required && isBlank(answers[row.field.id]))
      .map((row) => row.field),
  );
}

/** Whether anything of the question is answered. */
export function isAnswered(question: Question, answers: Answers): boolean {
  return question.rows.some((row) => !row.heading && !isBlank(answers[row.field.id]));
}

/** The number of the question that asks for the field, or -1. */
export function questionAt(questions: readonly Question[], fieldId: string): number {
  const exact = questions.findIndex((question) => question.rows.some((row) => row.field.id === fieldId));
  return exact >= 0 ? exact : questions.findIndex((question) => fieldId.startsWith(`${question.id}.`));
}

export function isBlank(answer: Answer | undefined | null): boolean {
  if (answer === undefined || answer === null) return true;
  if (typeof answer === "string") return answer.trim() === "";
  return answer.every((each) =>
    typeof each === "string" ? each.trim() === "" : each.every((cell) => cell.trim() === ""),
  );
}

function rowsOf(field: FormField, answers: Answers, depth: number, titled: boolean): Row[] {
  const label = titled ? "" : field.question || plainLabel(field.label);
  if (field.type === "group") {
    const heading = titled ? [] : [{ field, heading: true, depth, label }];
    return [
      ...heading,
      ...(field.fields ?? []).flatMap((each) => rowsOf(each, answers, titled ? depth : depth + 1, false)),
    ];
  }
  const hanging = answers[field.id] === "yes" ? (field.then ?? []) : [];
  return [
    { field, heading: false, depth, label },
    ...hanging.flatMap((each) => rowsOf(each, answers, depth + 1, false)),
  ];
}

function within(field: FormField): FormField[] {
  const below = [...(field.fields ?? []), ...(field.then ?? [])].flatMap(within);
  return field.type === "group" ? below : [field, ...below];
}

/** `3.借款金额` → `借款金额`: the numbers are the paper form's. */
function plainLabel(label: string): string {
  return label.replace(/^\d+[.、．]\s*/, "");
}
