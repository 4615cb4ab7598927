import type { Answer } from "@/api/types";
import type { Choice } from "@/form/choices";

export interface Asked {
  label?: string;
  hint?: string;
  required?: boolean;
  type: string;
  choices: readonly Choice[];
  columns?: readonly string[];
  value: Answer | null;
  error?: string | null;
}

/** A question with its help, its choices and what is filled in, in the words a person would say. */
export function fieldWords({ label, hint, required, type, choices, columns = [], value, error }: Asked): string[] {
  const asked = [label && `${label}${required ? "，必填" : ""}。`, hint && `${hint}。`];
  const answer =
    choices.length > 0 ? choices.map((each) => choiceWords(each, value)) : [filledIn(type, columns, value)];
  return [...asked, ...answer, error].filter((each): each is string => !!each);
}

function choiceWords({ value, label, note }: Choice, chosen: Answer | null): string {
  const isOn = Array.isArray(chosen) ? (chosen as string[]).includes(value) : chosen === value;
  return optionWords(note ? `${label}，${note}` : label, isOn);
}

export const optionWords = (label: string, isOn: boolean): string => `${label}，${isOn ? "已经选了" : "没有选"}。`;

function filledIn(type: string, columns: readonly string[], value: Answer | null): string {
  if (Array.isArray(value))
    return (value as string[][])
      .map(
        (row, at) => `第 ${at + 1} 项：${columns.map((column, n) => `${column}，${row[n] || "没有填"}`).join("；")}。`,
      )
      .join("");
  const text = String(value ?? "").trim();
  return text === "" ? "还没有填。" : `填的是：${text}${type === "money" ? " 元" : ""}。`;
}
