import { formatYuan, parseYuan } from "#core/money.ts";
import { isCourtDay } from "#core/period.ts";
import type { FieldError } from "#core/problem.ts";
import { readCaseNumber } from "./case-number.ts";
import { type Form, type FormField, fieldsOf } from "./forms.ts";
import { checkIdentityNumber } from "./identity-number.ts";

/** Keys are field ids; yesno is "yes" or "no"; money a decimal yuan string; a table its rows of cells. */
export type Answer = string | readonly string[] | readonly (readonly string[])[];
export type Answers = Readonly<Record<string, Answer>>;

const LONGEST = { text: 500, textarea: 10_000, cell: 500 } as const;
const MOST_ROWS = 200;
/** Everything but identity and the day of signing (which are no answers) may be 无 where a matter has nothing to do with the case. */
const NONE = "无";

/**
 * What is malformed in the answers of a form: ids that it does not have, values that are not of the field's type. Half-filled
 * is fine (see `missingAnswers`). Pointers begin at `/answers`.
 */
export function checkAnswers(form: Form, answers: Readonly<Record<string, unknown>>): FieldError[] {
  const fields = fieldsOf(form);
  return Object.entries(answers).flatMap(([id, value]) => {
    const pointer = `/answers/${id.slice(0, 60).replace(/~/g, "~0").replace(/\//g, "~1")}`;
    const field = fields.get(id);
    if (field === undefined) return [{ pointer, code: "unknown", message: "这份表格没有此项，请刷新后重新填写" }];
    const message = wrongIn(field, value);
    return message === null ? [] : [{ pointer, code: "format", message: `${title(field)}：${message}` }];
  });
}

/** The required fields that have no answer yet. */
export function missingAnswers(form: Form, answers: Answers): FieldError[] {
  const required = [...fieldsOf(form).values()].filter((field) => field.required === true);
  return required
    .filter((field) => !Object.hasOwn(answers, field.id) || answers[field.id]!.length === 0)
    .map((field) => ({ pointer: `/answers/${field.id}`, code: "required", message: `请填写${title(field)}` }));
}

function wrongIn(field: FormField, value: unknown): string | null {
  if (value === NONE) return null;
  if (field.type === "multi") return wrongChoices(field, value);
  if (field.type === "table") return wrongRows(field, value);
  if (typeof value !== "string") return "填写的内容格式不正确";
  if (value === "") return null;
  switch (field.type) {
    case "text":
      return tooLong(value, LONGEST.text);
    case "textarea":
      return tooLong(value, LONGEST.textarea);
    case "date":
      return isCourtDay(value) ? null : "请填写真实存在的日期，例如 2026-03-02";
    case "money":
      return parseYuan(value) === null ? "请填写金额（元），最多两位小数，例如 50000.00" : null;
    case "number":
      return /^(0|[1-9]\d{0,11})(\.\d{1,6})?$/.test(value) ? null : "请填写数字，例如 3.85";
    case "yesno":
      return value === "yes" || value === "no" ? null : "请选择“是”或者“否”";
    case "single":
      return field.options?.includes(value) ? null : "请从给出的选项中选择";
    case "caseno":
      return readCaseNumber(value) !== null ? null : "案号格式不正确，例如（2026）鲁0102民初123号";
    case "mobile":
      return checked("mobile", value);
    case "idno":
      return checked("resident_id", value);
    case "uscc":
      return checked("uscc", value);
    case "bankcard":
      return checked("bank_card", value);
    default:
      return "此项不需要填写";
  }
}

/** Official numbers that do exist may fail their check character: then a warning stands for a refusal. */
function checked(type: "mobile" | "resident_id" | "uscc" | "bank_card", value: string): string | null {
  const { valid, warnings, reason } = checkIdentityNumber(type, value);
  return valid === false && warnings.length === 0 ? (reason ?? "号码不正确，请核对") : null;
}

function wrongChoices(field: FormField, value: unknown): string | null {
  if (!Array.isArray(value)) return "请从给出的选项中选择，可以多选";
  if (new Set(value).size !== value.length) return "同一个选项选了两次";
  return value.every((item) => typeof item === "string" && field.options?.includes(item))
    ? null
    : "请从给出的选项中选择，可以多选";
}

function wrongRows(field: FormField, value: unknown): string | null {
  if (!Array.isArray(value)) return "请按表格逐行填写";
  if (value.length > MOST_ROWS) return `最多填写 ${MOST_ROWS} 行，其余请另附页`;
  const columns = field.columns?.length ?? 1;
  for (const row of value as unknown[]) {
    if (!Array.isArray(row) || row.length !== columns) return `每一行须有 ${columns} 格`;
    for (const cell of row as unknown[])
      if (typeof cell !== "string" || tooLong(cell, LONGEST.cell) !== null)
        return `每一格须为文字，不超过 ${LONGEST.cell} 个字`;
  }
  return null;
}

function tooLong(text: string, most: number): string | null {
  return [...text].length > most ? `不能超过 ${most} 个字` : null;
}

function title(field: FormField): string {
  return `“${field.label.replace(/^\d+\./, "")}”`;
}

export interface AmountCheck {
  /** The sum of the amounts claimed one by one; null where the form asks for none, or none is filled in. */
  readonly sumFen: number | null;
  /** 标的总额 as filled in. */
  readonly totalFen: number | null;
  readonly totalFieldId: string | null;
  /** A remark for the person who fills in, where the two differ. Only a remark: the total decides. */
  readonly warning: string | null;
}

const TOTAL = "标的总额";
/** What an amount is reckoned from is not itself claimed. */
const NOT_CLAIMED = new Set(["基数"]);
/** A whole that is given besides its parts. */
const WHOLES: Readonly<Record<string, readonly string[]>> = {
  欠利息: ["期内利息", "复利", "罚息（违约金）"],
  全部未付租金: ["到期未付租金", "未到期租金"],
};

/** Adds up the amounts of the claims, to be compared with 标的总额. */
export function sumOfAmounts(form: Form, answers: Answers): AmountCheck {
  let sumFen: number | null = null;
  let totalFen: number | null = null;
  let totalFieldId: string | null = null;
  const amountOf = (field: FormField): number | null => {
    const value = Object.hasOwn(answers, field.id) ? answers[field.id] : undefined;
    return typeof value === "string" ? parseYuan(value) : null;
  };
  const walk = (fields: readonly FormField[]): void => {
    const whole = fields
      .filter((field) => WHOLES[field.label] && amountOf(field) !== null)
      .flatMap((field) => WHOLES[field.label]!);
    for (const field of fields) {
      walk(field.fields ?? []);
      walk(field.then ?? []);
      if (field.type !== "money" || NOT_CLAIMED.has(field.label) || whole.includes(field.label)) continue;
      const amount = amountOf(field);
      if (field.label.replace(/^\d+\./, "") === TOTAL) {
        totalFieldId = field.id;
        totalFen = amount;
      } else if (amount !== null) sumFen = (sumFen ?? 0) + amount;
    }
  };
  for (const section of form.sections) if (section.id === "claims") walk(section.fields);
  const differs = sumFen !== null && totalFen !== null && sumFen !== totalFen;
  const warning = differs
    ? `各项金额合计 ${formatYuan(sumFen!)} 元，与标的总额 ${formatYuan(totalFen!)} 元不一致，请核对`
    : null;
  return { sumFen, totalFen, totalFieldId, warning };
}

/**
 * Where a form divides its claims between sides (买卖: seller 1–2, buyer 3–4), a remark if claims of both were filled in.
 * Answers of "no" and 无 are no claims.
 */
export function crossedParts(form: Form, answers: Answers): string | null {
  if (form.parts?.exclusive !== true) return null;
  const claims = (under: string): boolean =>
    Object.entries(answers).some(
      ([id, answer]) =>
        (id === under || id.startsWith(`${under}.`)) && answer.length > 0 && answer !== NONE && answer !== "no",
    );
  const used = form.parts.choices.filter(({ fields }) => fields.some(claims));
  return used.length < 2 ? null : `${used.map(({ label }) => `“${label}”`).join("和")}的请求只能选一种填写`;
}
