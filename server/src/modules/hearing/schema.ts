import { z } from "zod";
import { dayField, idField, line, listOf, momentView, movesView, paging, stateView } from "#core/fields.ts";
import { answersView } from "./negotiate-present.ts";
import {
  CLOSED_REASONS,
  type ClosedReason,
  HEARING_KINDS,
  HEARING_MODES,
  type HearingKind,
  type HearingMode,
  type HearingState,
  hearingWorkflow,
  SESSION_KINDS,
} from "./workflow.ts";

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];

/** A moment with its offset, of the years people plan in. */
export const momentField = z
  .string()
  .max(40)
  .refine(
    (value) => z.iso.datetime({ offset: true }).safeParse(value).success && /^20\d\d-/.test(value),
    "请填写正确的时间，例如 2026-03-05T09:00:00+08:00",
  )
  .meta({ format: "date-time", example: "2026-03-05T09:00:00+08:00" });

export const minutesField = z
  .number("请填写时长（分钟）")
  .int("时长须为整数")
  .min(15, "时长须在 15 至 510 分钟之间")
  .max(510, "时长须在 15 至 510 分钟之间");
export const modeField = z.enum(keysOf<HearingMode>(HEARING_MODES));

/** 接访 and 提讯 are booked in rooms of their own. */
export const sittingKind = z.enum(keysOf<HearingKind>(HEARING_KINDS)).exclude([...SESSION_KINDS]);

export const idParams = z.strictObject({ id: idField });

export const scheduling = z.strictObject({
  kind: sittingKind.default("trial"),
  minutes: minutesField.default(90),
  mode: modeField,
  startsAt: momentField.optional().meta({ description: "确定的时间；与 options 二者必填其一" }),
  roomId: idField.optional().meta({ description: "缺省：到庭的由系统选空闲法庭" }),
  options: z
    .array(z.strictObject({ startsAt: momentField, roomId: idField.optional() }))
    .max(8, "备选时间最多八个")
    .optional(),
  expiresAt: momentField.optional().meta({ description: "当事人答复备选时间的期限" }),
  isPublic: z.boolean().default(true),
  closedReason: z.enum(keysOf<ClosedReason>(CLOSED_REASONS)).optional(),
  interpreter: line(20).optional().meta({ description: "需要翻译的语种" }),
  assessors: z.array(idField).max(4, "人民陪审员最多四名").optional(),
});
export type Scheduling = z.infer<typeof scheduling>;

export const hearingQuery = z.strictObject({
  ...paging,
  caseId: idField.optional(),
  from: dayField.optional(),
  to: dayField.optional().meta({ description: "含当日" }),
  state: z.enum(keysOf<HearingState>(hearingWorkflow.states)).optional(),
  courtroomId: idField.optional(),
  staffId: idField.optional().meta({ description: "法院人员：只看这名同事出庭的" }),
  mine: z.enum(["true"]).optional().meta({ description: "法院人员：只看本人出庭的" }),
});

export const roomView = z.object({ id: z.string(), name: z.string() });
const seatView = z.object({
  id: z.string(),
  role: stateView,
  name: z.string(),
  party: z.object({ key: z.string(), name: z.string(), sideLabel: z.string() }).nullable(),
  mode: stateView.nullable(),
  booked: z.boolean().meta({ description: "已为其留出时间；应到而未留出的，在其他开庭中" }),
  mine: z.boolean(),
});
export const hearingView = z
  .object({
    id: z.string(),
    case: z.object({ id: z.string(), number: z.string(), title: z.string() }),
    court: z.object({ code: z.string(), name: z.string() }),
    kind: stateView,
    mode: stateView,
    round: z.number().int(),
    postponed: z.number().int().meta({ description: "本轮此前已延期的次数" }),
    previousId: z.string().nullable(),
    state: stateView,
    moves: movesView,
    minutes: z.number().int(),
    startsAt: momentView.nullable().meta({ description: "商定时间中的为空" }),
    endsAt: momentView.nullable(),
    timeText: z.string().meta({ description: "北京时间，例如 2026年3月5日星期四 09:00—10:30" }),
    room: roomView.nullable(),
    judge: z.object({ id: z.string(), name: z.string() }).nullable(),
    isPublic: z.boolean(),
    closedReason: stateView.nullable(),
    interpreter: z.string().nullable(),
    reason: z.string().meta({ description: "延期、改期或者取消的理由" }),
    expiresAt: momentView.nullable(),
    version: z.number().int(),
  })
  .meta({ id: "Hearing" });
export const hearingDetail = hearingView
  .extend({
    ...answersView,
    seats: z.array(seatView),
    options: z.array(z.object({ ordinal: z.number().int(), startsAt: momentView, room: roomView.nullable() })),
  })
  .meta({ id: "HearingDetail" });
export const hearingList = listOf(hearingView);
