import { formatYuan } from "#core/money.ts";
import { type FilingContent, filingContent } from "#modules/filing/index.ts";
import type { MaterialKind } from "#modules/material/index.ts";
import { type Form, fieldsOf, findCause, isCauseCode, searchCauses } from "#modules/reference/index.ts";
import { moneyOf } from "./cell.ts";
import {
  CHANNEL_WORDS,
  CONSENT_WORDS,
  type Column,
  columnsOf,
  FILE_KINDS,
  STAGE_WORDS,
  TOTAL,
  WISH_WORDS,
} from "./columns.ts";
import type { RowFinding } from "./finding.ts";
import { keyAt } from "./place.ts";
import { readParties } from "./read-parties.ts";
import { type Letters, RowCells, type RowText } from "./row-cells.ts";

const NONE = "无";

/** A file a row asks for, as it is written there. */
export interface WantedFile {
  readonly kind: MaterialKind;
  readonly name: string;
  readonly purpose: string;
}
export interface ReadRow {
  readonly cells: RowCells;
  /** Null where the values do not make a filing; the findings say why. */
  readonly content: FilingContent | null;
  readonly files: readonly WantedFile[];
  /** 合同编号或本方编号. */
  readonly reference: string;
}

/** Turns the cells of one row into the content of a filing, by the same schema as a single filing. */
export function readRow(form: Form, row: RowText, number: number, letters: Letters): ReadRow {
  const columns = columnsOf(form);
  const cells = new RowCells(row, number, letters, columns);
  const amountFen = cells.money("amount");
  const content = {
    causeCode: causeOf(form, cells),
    formId: form.id,
    parties: readParties(cells),
    claims: readClaims(cells),
    amountFen,
    facts: cells.text("facts"),
    answers: readAnswers(form, columns, cells, amountFen),
    service: {
      recipient: cells.text("service.recipient"),
      phone: cells.digits("service.phone"),
      address: cells.text("service.address"),
      postalCode: cells.digits("service.postalCode"),
      email: cells.text("service.email"),
      electronic: cells.yesno("service.electronic"),
      channels: cells.choices("service.channels").map((word) => CHANNEL_WORDS[word]),
      judgments: cells.yesno("service.judgments"),
      stages: cells.choices("service.stages").map((word) => STAGE_WORDS[word]),
      confirmed: cells.yesno("service.confirmed") ?? false,
    },
    consents: Object.fromEntries(
      columns
        .filter(({ key }) => key.startsWith("consents."))
        .map(({ key }) => [key.slice("consents.".length), cells.coded(key, CONSENT_WORDS)]),
    ),
    mediation: { understood: cells.yesno("mediation.understood"), wish: cells.coded("mediation.wish", WISH_WORDS) },
  };
  const files = readFiles(cells);
  const parsed = filingContent.safeParse(content);
  if (!parsed.success) cells.findings.push(...findingsOf(parsed.error.issues, content, columns, cells));
  return { cells, content: parsed.success ? parsed.data : null, files, reference: cells.text("reference") };
}

function causeOf(form: Form, cells: RowCells): string | null {
  const text = cells.text("cause");
  if (text === "") return form.causeCodes.length === 1 ? (form.causeCodes[0] ?? null) : null;
  if (isCauseCode(text)) return text;
  const own = form.causeCodes.find((code) => findCause(code).name === text);
  const found = own ?? searchCauses(text, 50).find(({ name }) => name === text)?.code;
  if (found) return found;
  cells.note("cause", `没有“${text.slice(0, 30)}”这个案由`, "请从列表选择，或填写《民事案件案由规定》中的全称");
  return null;
}

/** One claim a line; what stands behind `｜` is its amount in yuan. */
function readClaims(cells: RowCells): Record<string, unknown>[] {
  const cell = cells.cell("claims");
  return cells.lines("claims").map((parts, index) => {
    const last = parts.length > 1 ? (parts.at(-1) as string) : "";
    let amountFen: number | null = null;
    if (cell && last !== "") {
      const read = moneyOf({ at: cell.at, type: "text", text: last });
      if ("value" in read) amountFen = read.value;
      else cells.note("claims", `第 ${index + 1} 项请求：${read.wrong}`, read.fix);
    }
    return { key: `c${index + 1}`, text: parts.slice(0, Math.max(1, parts.length - 1)).join("｜"), amountFen };
  });
}

function readAnswers(
  form: Form,
  columns: readonly Column[],
  cells: RowCells,
  amountFen: number | null,
): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  for (const column of columns) {
    if (!column.key.startsWith("answers.")) continue;
    const value = answerOf(column, cells);
    if (value !== null) answers[column.key.slice("answers.".length)] = value;
  }
  const total = [...fieldsOf(form).values()].find(({ label }) => label.replace(/^\d+\./, "") === TOTAL);
  if (total && amountFen !== null) answers[total.id] = formatYuan(amountFen);
  return answers;
}

function answerOf({ key, kind, cells: width = 1 }: Column, cells: RowCells): unknown {
  if (!cells.has(key)) return null;
  // 无 may stand for a date or an amount; whether it may here is for the form to say.
  if (cells.text(key) === NONE && kind !== "yesno") return NONE;
  switch (kind) {
    case "money": {
      const fen = cells.money(key);
      return fen === null ? null : formatYuan(fen);
    }
    case "day":
      return cells.day(key);
    case "number":
      return cells.number(key);
    case "yesno": {
      const yes = cells.yesno(key);
      return yes === null ? null : yes ? "yes" : "no";
    }
    case "choice":
      return cells.choice(key);
    case "choices":
      return cells.choices(key);
    case "digits":
      return cells.digits(key);
    case "table":
      return cells
        .lines(key)
        .map((line) => Array.from({ length: Math.max(width, line.length) }, (_, at) => line[at] ?? ""));
    default:
      return cells.text(key);
  }
}

/** Names of files: one a line, with `｜` and what they prove behind; or several with `；` between them. */
function readFiles(cells: RowCells): WantedFile[] {
  return FILE_KINDS.flatMap((kind) =>
    cells.lines(`files.${kind}`).flatMap(([names = "", purpose = ""]) =>
      names
        .split(/[；;]/)
        .map((name) => name.trim())
        .filter(Boolean)
        .map((name) => ({ kind, name, purpose })),
    ),
  );
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What the schema does not take, told at the cell it came from. */
function findingsOf(
  issues: readonly Issue[],
  content: object,
  columns: readonly Column[],
  cells: RowCells,
): RowFinding[] {
  return issues.map(({ path, message }) => {
    const key = keyAt(pointerOf(path, content), columns);
    const place = key ? cells.placeOf(key) : { cell: null, column: null };
    const text = /[\u4e00-\u9fff]/.test(message) ? message : "内容格式不正确";
    return {
      ...place,
      severity: "error",
      code: "content.invalid",
      message: text,
      fix: "请改正后重新上传。",
      basis: "",
    };
  });
}

/** A path into the content as a pointer, list elements by their keys. */
function pointerOf(path: readonly PropertyKey[], content: object): string {
  let place: unknown = content;
  return path
    .map((part) => {
      place = (place as Record<PropertyKey, unknown> | undefined)?.[part];
      const own = typeof part === "number" ? (place as { key?: string } | undefined)?.key : undefined;
      return `/${own ?? String(part)}`;
    })
    .join("");
}
