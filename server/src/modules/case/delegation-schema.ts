import { z } from "zod";
import { idField, momentView, movesView, stateView } from "#core/fields.ts";
import { LEVELS, type Level } from "./delegation-workflow.ts";

const moment = z.iso.datetime({ offset: true, error: "时间格式不正确" });
const caseIds = z
  .array(idField)
  .min(1, "请至少选择一个案件")
  .max(500, "一次最多选择 500 个案件；更多的请选“全部案件”")
  .nullable()
  .meta({ description: "选中的案件；null 为全部案件，包括以后新增的" });

export const delegationOffering = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("assistant"),
    caseIds,
    level: z.enum(Object.keys(LEVELS) as [Level, ...Level[]]).default("read"),
  }),
  z.strictObject({
    kind: z.literal("stand_in"),
    caseIds,
    from: moment.nullable().default(null).meta({ description: "null 为对方接受之时" }),
    until: moment,
  }),
]);
export const offerCode = z.strictObject({ code: z.string().regex(/^\d{10}$/, "接受码是 10 位数字") });
export const offerDeciding = offerCode.extend({ decision: z.enum(["accept", "decline"]) });
export const delegationMoving = z.strictObject({ action: z.literal("end") });

const lawyerView = z.object({ name: z.string(), firm: z.string() });
export const delegationView = z
  .object({
    id: z.string(),
    kind: stateView,
    side: z.enum(["given", "received"]),
    state: stateView,
    moves: movesView,
    /** 已接受，还没有开始 */
    waiting: z.boolean(),
    lawyer: lawyerView,
    delegate: lawyerView.nullable(),
    allCases: z.boolean(),
    caseCount: z.number().int().nullable(),
    /** 有效期间的案件，至多 100 件 */
    cases: z.array(z.object({ id: z.string(), number: z.string(), title: z.string() })),
    level: stateView.nullable(),
    rights: z.array(stateView),
    from: momentView.nullable(),
    until: momentView.nullable(),
    expiresAt: momentView,
    offeredAt: momentView,
    acceptedAt: momentView.nullable(),
    endedAt: momentView.nullable(),
  })
  .meta({ id: "Delegation" });
export const offeredDelegationView = z.object({
  id: z.string(),
  code: z.string(),
  url: z.string(),
  expiresAt: momentView,
});

/** 由本人以外的律师代管、或者作为助理参加的案件：为谁、到何时 */
export const throughView = z
  .object({ kind: stateView, lawyer: z.string(), until: momentView.nullable(), rights: z.array(z.string()) })
  .nullable()
  .meta({ description: "代管或者作为助理处理的案件：为哪位律师、到何时；本人自己的案件为 null" });
