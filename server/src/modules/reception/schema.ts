import { z } from "zod";
import {
  courtCodeField,
  dayField,
  idField,
  itemsOf,
  listOf,
  momentView,
  movesView,
  paging,
  prose,
  stateView,
} from "#core/fields.ts";
import { materialView } from "#modules/material/index.ts";
import {
  OUTCOMES,
  type Outcome,
  PLACES,
  type Place,
  type ReceptionState,
  receptionWorkflow,
  TOPICS,
  type Topic,
} from "./workflow.ts";

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];

export const idParams = z.strictObject({ id: idField });

export const asking = z.strictObject({
  courtCode: courtCodeField,
  caseId: idField.optional().meta({ description: "本人参加的案件；没有的不填" }),
  topic: z.enum(keysOf<Topic>(TOPICS)),
  matter: prose(2000, 10).meta({ description: "要反映的问题和请求" }),
  withUpper: z.boolean().default(false).meta({ description: "希望上级法院一同接访（三方连线）" }),
  place: z.enum(keysOf<Place>(PLACES)).default("home"),
  soon: z.boolean().default(false).meta({ description: "随时可以参加，不必提前通知" }),
});
export type Asking = z.infer<typeof asking>;

const times = {
  startsAt: z.iso.datetime({ offset: true, message: "请填写正确的时间" }).meta({ format: "date-time" }),
  minutes: z
    .number()
    .int("时长须为整数")
    .min(15, "时长须在 15 至 240 分钟之间")
    .max(240, "时长须在 15 至 240 分钟之间"),
  receiverId: idField,
  clerkId: idField.optional().meta({ description: "记录人" }),
  upperReceiverId: idField.optional().meta({ description: "上级法院的接访法官" }),
  roomId: idField.optional().meta({ description: "缺省为任一空闲的在线接访室" }),
};
export const moving = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("book"), ...times }),
  z.strictObject({ action: z.literal("rebook"), ...times }),
  z.strictObject({
    action: z.literal("decline"),
    note: prose(200, 2).meta({ description: "上级法院的接访法官不能参加的理由" }),
  }),
  z.strictObject({ action: z.literal("refer"), courtCode: courtCodeField, note: prose(500, 5) }),
  z.strictObject({ action: z.literal("miss") }),
  z.strictObject({
    action: z.literal("answer"),
    outcome: z.enum(keysOf<Outcome>(OUTCOMES)),
    text: prose(5000, 10),
  }),
  z.strictObject({ action: z.literal("withdraw") }),
  z.strictObject({
    action: z.literal("rate"),
    rating: z.number().int().min(1, "请选择一至五分").max(5, "请选择一至五分"),
    words: prose(500).default(""),
  }),
]);
export type Moving = z.infer<typeof moving>;
export type Times = Extract<Moving, { action: "book" }>;

export const receptionQuery = z.strictObject({
  ...paging,
  state: z
    .enum(keysOf<ReceptionState>(receptionWorkflow.states))
    .optional()
    .meta({ description: "法院人员缺省为尚未办结的" }),
});
export const dayQuery = z.strictObject({ date: dayField.optional().meta({ description: "缺省为今天" }) });

const personView = z.object({ id: z.string(), name: z.string() });
const courtView = z.object({ code: z.string(), name: z.string() });
const placeView = z
  .object({
    ahead: z.number().int().meta({ description: "前面还有几人" }),
    now: z.number().int().nullable().meta({ description: "正在接访的号" }),
    next: z.number().int().nullable().meta({ description: "已签到的下一号" }),
    estimatedAt: momentView,
  })
  .meta({ id: "ReceptionPlace" });
export const receptionView = z
  .object({
    id: z.string(),
    number: z.string(),
    court: courtView,
    upper: courtView.nullable().meta({ description: "希望一同接访的上级法院" }),
    petitioner: z.string(),
    case: z.object({ id: z.string(), number: z.string(), title: z.string() }).nullable(),
    topic: stateView,
    place: stateView,
    soon: z.boolean(),
    state: stateView,
    moves: movesView,
    askedAt: momentView,
    dueAt: momentView.nullable().meta({ description: "法院办理下一步的期限；已办结的为空" }),
    overdue: z.boolean(),
    startsAt: momentView.nullable(),
    timeText: z.string(),
    minutes: z.number().int().nullable(),
    dayNumber: z.number().int().nullable().meta({ description: "当日的号" }),
    receiver: personView.nullable(),
    upperReceiver: personView.nullable(),
    clerk: personView.nullable(),
    hearingId: z.string().nullable().meta({ description: "接访室：签到、连线、笔录" }),
    version: z.number().int(),
  })
  .meta({ id: "Reception" });
const earlierView = z.object({
  id: z.string(),
  number: z.string(),
  state: stateView,
  askedAt: momentView,
  outcome: stateView.nullable(),
});
export const receptionDetail = receptionView
  .extend({
    matter: z.string(),
    declined: z.string().meta({ description: "法院人员：上级法院的接访法官不能参加的理由" }),
    note: z.string().meta({ description: "转送的理由" }),
    next: z.string().meta({ description: "下一步，一句话" }),
    referredTo: z.object({ id: z.string(), court: courtView }).nullable(),
    materials: z.array(materialView),
    roomName: z.string(),
    queue: placeView.nullable().meta({ description: "当日的候访次序" }),
    record: stateView.nullable().meta({ description: "接访笔录" }),
    answer: z.object({ outcome: stateView, text: z.string(), at: momentView }).nullable(),
    rating: z.object({ score: z.number().int(), words: z.string() }).nullable(),
    earlier: z.array(earlierView).meta({ description: "同一事项此前的接访" }),
    steps: z.array(z.object({ label: z.string(), by: z.string(), at: momentView })),
  })
  .meta({ id: "ReceptionDetail" });
export const receptionList = listOf(receptionView);
export const dayList = z
  .object({
    date: z.string(),
    items: z.array(receptionView.extend({ stand: stateView, queue: placeView.nullable() })),
  })
  .meta({ id: "ReceptionDay" });
export const choicesView = z
  .object({
    receivers: z.array(personView),
    clerks: z.array(personView),
    upperReceivers: z.array(personView),
    rooms: z.array(personView),
    earliest: z.string().meta({ format: "date", description: "通知期以后最早的日期" }),
  })
  .meta({ id: "ReceptionChoices" });
export const optionsView = z
  .object({ topics: itemsOf(stateView).shape.items, places: itemsOf(stateView).shape.items, help: z.array(z.string()) })
  .meta({ id: "ReceptionOptions" });
