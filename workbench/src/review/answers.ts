import type { Answer, ElementForm, FormField } from "@/api/contract.ts";
import { yuanText } from "@/style/format.ts";
import type { Row, Section } from "./sections.ts";

/** Sections of an element form with what the party answered. An answer the form does not know is shown too, never hidden. */
export function answerSections(form: ElementForm | null, answers: Record<string, Answer>): Section[] {
  const seen = new Set<string>();
  const sections = (form?.sections ?? []).map((section) => ({
    id: `answers-${section.id}`,
    title: `要素表 · ${section.title}`,
    rows: section.fields.flatMap((field) => fieldRows(field, answers, seen, 0)),
  }));
  const others = Object.keys(answers).filter((id) => !seen.has(id));
  if (others.length > 0)
    sections.push({
      id: "answers-other",
      title: form ? "要素表 · 表外填写" : "要素表",
      rows: others.map((id) => answerRow({ id, label: id, type: "text" }, answers[id], 0)),
    });
  return sections.filter((section) => section.rows.length > 0);
}

function fieldRows(field: FormField, answers: Record<string, Answer>, seen: Set<string>, depth: number): Row[] {
  seen.add(field.id);
  if (field.type === "group") {
    const inner = (field.fields ?? []).flatMap((each) => fieldRows(each, answers, seen, depth + 1));
    return [{ pointer: `/answers/${field.id}`, label: field.label, value: "", kind: "heading", depth }, ...inner];
  }
  const row = answerRow(field, answers[field.id], depth);
  const then = field.then ?? [];
  const inner = then.flatMap((each) => fieldRows(each, answers, seen, depth + 1));
  // What follows a "yes" is shown when it was asked, or when something stands there all the same.
  const shown = answers[field.id] === "yes" ? inner : inner.filter((each) => each.value !== "");
  return [row, ...shown];
}

function answerRow(field: FormField, answer: Answer | undefined, depth: number): Row {
  const pointer = `/answers/${field.id}`;
  if (field.type === "table") {
    const cells = Array.isArray(answer) ? answer.map((row) => (Array.isArray(row) ? row : [row])) : [];
    const table = { columns: field.columns ?? [], rows: cells };
    return {
      pointer,
      label: field.label,
      value: cells.length > 0 ? `${cells.length} 行` : "",
      kind: "table",
      table,
      depth,
    };
  }
  const value = answerText(field, answer);
  const kind = field.type === "textarea" || value.length > 40 ? "long" : "text";
  return { pointer, label: field.label, value, kind, depth, required: field.required };
}

export function answerText(field: Pick<FormField, "type">, answer: Answer | undefined): string {
  if (answer === undefined || answer === null) return "";
  if (Array.isArray(answer)) return answer.map((each) => (Array.isArray(each) ? each.join(" | ") : each)).join("、");
  if (field.type === "yesno") return answer === "yes" ? "是" : answer === "no" ? "否" : answer;
  if (field.type === "money") return yuanText(answer);
  return answer;
}
