import { z } from "zod";
import {
  dayField,
  idField,
  itemsOf,
  keyField,
  line,
  listOf,
  momentView,
  movesView,
  paging,
  stateView,
} from "#core/fields.ts";
import { throughView } from "#modules/case/index.ts";
import { PRESERVATIONS, type PreservationKind } from "./rules.ts";

export const idParams = z.strictObject({ id: idField });
const flag = z
  .enum(["true", "false"])
  .transform((value) => value === "true")
  .optional()
  .meta({ type: "boolean" });
const codeLabel = z.object({ code: z.string(), label: z.string() });
const caseBrief = z.object({ id: z.string(), number: z.string(), title: z.string(), courtCode: z.string() });

export const changeQuery = z.strictObject({
  since: z.iso
    .datetime({ offset: true, error: "请填写带时区的时刻，例如 2026-03-05T08:00:00+08:00" })
    .refine((value) => /^(19|20|21)\d\d-/.test(value), "请填写 1900 年以后的时刻")
    .optional()
    .meta({ description: "只看这一时刻以后的变动，按时间倒序" }),
  caseId: idField.optional(),
  acknowledged: flag,
  ...paging,
});
export const changeView = z.object({
  id: z.string(),
  case: caseBrief,
  kind: codeLabel,
  about: z.object({ kind: z.string(), id: z.string() }),
  title: z.string(),
  at: momentView,
  acknowledged: z.boolean(),
  acknowledgedAt: momentView.nullable(),
  /** 由助理代为标记的，是谁 */
  acknowledgedBy: z.string().nullable(),
  through: throughView,
  obligation: z
    .object({
      id: z.string(),
      rule: codeLabel,
      todo: z.string(),
      dueOn: z.string(),
      provisional: z.boolean(),
      state: stateView,
    })
    .nullable(),
});
/** `waiting`: how many are not acknowledged, counted to 100; only with the first page. */
export const changesView = listOf(changeView).extend({ waiting: z.number().int().nullable() });

const MOST_IDS = 500;
export const acknowledging = z.union([
  z.strictObject({ ids: z.array(idField).min(1, "请至少选择一条").max(MOST_IDS, `一次最多 ${MOST_IDS} 条`) }),
  z.strictObject({ through: idField.meta({ description: "这一条和比它早的全部" }) }),
]);
export const acknowledgedView = z.object({ acknowledged: z.number().int() });

export const obligationQuery = z.strictObject({
  until: dayField.optional(),
  caseId: idField.optional(),
  state: z.enum(["open", "done", "expired", "cancelled"]).optional(),
  ...paging,
});
export const obligationView = z.object({
  id: z.string(),
  case: caseBrief,
  through: throughView,
  party: z.object({ key: z.string(), sideLabel: z.string(), name: z.string() }),
  rule: codeLabel,
  todo: z.string(),
  late: z.string(),
  dueOn: z.string(),
  daysLeft: z.number().int(),
  nominalOn: z.string(),
  /** 变更前的最后一日；没有变更过的为空 */
  previousOn: z.string().nullable(),
  provisional: z.boolean(),
  basis: z.string(),
  explanation: z.string(),
  inputs: z.array(z.object({ label: z.string(), value: z.string() })),
  calendarVersion: z.string(),
  rulesVersion: z.string(),
  source: z.object({ kind: z.string(), id: z.string() }),
  state: stateView,
  moves: movesView,
  closedAt: momentView.nullable(),
});
export const obligationsView = listOf(obligationView);
export const obligationMoving = z.strictObject({ action: z.enum(["done", "reopen"]) });

const kinds = Object.keys(PRESERVATIONS) as [PreservationKind, ...PreservationKind[]];
const days = z.number("请填写天数").int("天数须为整数").min(1, "至少一日").max(365, "天数过长，请核对").nullable();
const partyKeys = z.array(keyField).max(10);
const facts = z.strictObject({
  evidenceDays: days,
  answerDays: days,
  abroad: partyKeys,
  effectiveOn: dayField.nullable(),
  performBy: dayField.nullable(),
  entitled: partyKeys,
  preservations: z
    .array(z.strictObject({ key: keyField, kind: z.enum(kinds), since: dayField, partyKey: keyField }))
    .max(20),
});
export const periodsBody = z.strictObject({
  ...facts.shape,
  reason: line(300).default("").meta({ description: "改动已经登记的事项，须写明理由；当事人会看到" }),
});
export const periodsView = z.object({
  ...facts.shape,
  preservations: z.array(
    z.object({ key: z.string(), kind: z.string(), label: z.string(), since: z.string(), partyKey: z.string() }),
  ),
  version: z.number().int(),
  moves: movesView,
});
export { itemsOf };
