import { z } from "zod";
import { type Actor, isStaff } from "#core/actor.ts";
import { idField, movesView, stateView } from "#core/fields.ts";
import { maskAddress, maskIdNumber } from "#modules/reference/index.ts";
import { labelOfField, READING_KINDS, type ReadingKind } from "./reading-kind.ts";
import { READING_FAULTS, READING_STATES, type ReadingRow } from "./reading-store.ts";
import type { ReadField } from "./reading-text.ts";

/** Less sure than this, a person is asked to look twice. */
const SURE = 0.85;

export const readingParams = z.strictObject({ id: idField, field: z.string().regex(/^[A-Za-z]{1,32}$/) });
const boxView = z
  .object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() })
  .meta({ id: "ReadBox", description: "在照片（view 版本）上的位置，各为宽或高的几分之几" });

export const readFieldView = z
  .object({
    name: z.string(),
    label: z.string(),
    value: z.string(),
    confidence: z.number().meta({ description: "0 至 1" }),
    doubtful: z.boolean().meta({ description: "须由人再看一遍" }),
    doubt: z.string().nullable().meta({ description: "为什么要再看一遍" }),
    page: z.number().int(),
    box: boxView,
  })
  .meta({ id: "ReadField" });
export const readingView = z
  .object({
    state: stateView,
    kind: z.object({ code: z.enum(Object.keys(READING_KINDS) as [ReadingKind]), label: z.string() }).nullable(),
    turn: z.number().int().meta({ description: "照片顺时针转多少度才是正的" }),
    fields: z.array(readFieldView),
    advice: z.string().meta({ description: "接下来怎么办；可以为空" }),
    moves: movesView,
  })
  .meta({ id: "MaterialReading" });

/** `isRead` where this picture can be read at all, and a reader is set up. */
export function presentReading(actor: Actor, row: ReadingRow | null, { isRead }: { readonly isRead: boolean }) {
  const code = row?.state ?? "none";
  const kind = row?.result?.kind ?? null;
  return {
    state: { code, label: READING_STATES[code] },
    kind: kind && { code: kind, label: READING_KINDS[kind] },
    turn: row?.result?.turn ?? 0,
    fields: kind ? (row?.result?.fields ?? []).map((field) => presentField(actor, kind, field)) : [],
    advice: adviceOf(row, isRead),
    moves: isRead && (code === "none" || code === "failed") ? [{ action: "ocr", label: "识别文字" }] : [],
  };
}

/** The court's people see numbers and addresses of persons masked, as in the filing; the picture itself they may open. */
export function presentField(actor: Actor, kind: ReadingKind, field: ReadField) {
  const { name, confidence, doubt, page, box } = field;
  return {
    name,
    label: labelOfField(kind, name),
    value: isStaff(actor) ? maskedValue(kind, field) : field.value,
    confidence,
    doubtful: doubt !== null || confidence < SURE,
    doubt,
    page,
    box,
  };
}

function maskedValue(kind: ReadingKind, { name, value }: ReadField): string {
  if (name === "number") return maskIdNumber(value);
  return name === "address" && kind === "identity_front" ? maskAddress(value) : value;
}

function adviceOf(row: ReadingRow | null, isRead: boolean): string {
  if (row?.state === "failed") return READING_FAULTS[row.reason ?? "busy"];
  if (row?.state === "done") {
    if (row.result?.kind === "other") return "没有认出这是哪一种证件或借条，请手动填写";
    return row.result?.fields.length === 0 ? "没有读出可以填写的内容，请手动填写，或重新拍摄" : "";
  }
  return row === null && !isRead ? "这份材料不能识别文字，请手动填写" : "";
}
