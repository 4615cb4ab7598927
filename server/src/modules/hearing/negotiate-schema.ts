import { z } from "zod";
import { idField, prose } from "#core/fields.ts";
import { ADJOURN_REASONS, type AdjournReason } from "./adjourn-rules.ts";
import { COURT_BARS, ONLINE_BARS, type OnlineBarCode } from "./consent-bars.ts";
import { modeField, momentField } from "./schema.ts";

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];
const REASON = 500;

export const responding = z.strictObject({
  strike: z
    .array(z.number().int().min(1).max(8))
    .max(8, "备选时间最多八个")
    .optional()
    .meta({ description: "不能到庭的备选时间（序号）；都可以的为空数组" }),
  consentOnline: z.enum(["yes", "no"]).optional().meta({ description: "本环节是否同意在线参加" }),
  reason: prose(REASON).optional().meta({ description: "改变决定或者申请改期的理由" }),
  unavailable: z
    .array(z.strictObject({ from: momentField, to: momentField }))
    .max(20, "一次最多填写二十个时间段")
    .optional()
    .meta({ description: "不能到庭的时间；与已确定的开庭时间重叠的，即申请改期" }),
});
export type Responding = z.infer<typeof responding>;

const when = { startsAt: momentField, roomId: idField.optional() };
export const movingHearing = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("fix"),
    option: z.number().int().min(1).max(8).optional(),
    startsAt: momentField.optional(),
    roomId: idField.optional(),
  }),
  z.strictObject({ action: z.literal("notify") }),
  z.strictObject({ action: z.literal("hold") }),
  z.strictObject({
    action: z.literal("adjourn"),
    reasonCode: z.enum(keysOf<AdjournReason>(ADJOURN_REASONS)),
    note: prose(REASON).default(""),
    startsAt: momentField.optional().meta({ description: "下次开庭时间；缺省为另行通知" }),
    roomId: idField.optional(),
  }),
  z.strictObject({ action: z.literal("cancel"), reason: prose(REASON, 2) }),
  z.strictObject({
    action: z.literal("reschedule"),
    ...when,
    mode: modeField.optional(),
    reason: prose(REASON, 2),
  }),
  z.strictObject({
    action: z.literal("bar_online"),
    bars: z
      .array(z.enum(["refused", ...COURT_BARS] as [OnlineBarCode, ...OnlineBarCode[]]))
      .max(Object.keys(ONLINE_BARS).length)
      .meta({ description: "不得在线庭审的情形（在线诉讼规则第二十一条）；空数组为没有" }),
  }),
]);
export type HearingMove = z.infer<typeof movingHearing>;
