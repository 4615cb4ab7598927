import { z } from "zod";
import {
  dayField,
  idField,
  line,
  listOf,
  momentView,
  movesView,
  nameField,
  paging,
  prose,
  stateView,
} from "#core/fields.ts";
import { sessionTokens } from "#modules/account/index.ts";
import {
  KEPT_IN,
  type KeptIn,
  NATURES,
  type Nature,
  PLACE_KINDS,
  type PlaceKind,
  type QuestioningState,
  questioningWorkflow,
} from "./workflow.ts";

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];
export const idParams = z.strictObject({ id: idField });

const badge = z.string().regex(/^\d{6,8}$/, "警号为 6 至 8 位数字");
const idNumber = z.string().regex(/^\d{17}[0-9Xx]$/, "请填写 18 位身份证号码");
const keptIn = z.enum(keysOf<KeptIn>(KEPT_IN));
const when = {
  placeId: idField,
  placeRoom: line(40, 1),
  startsAt: z.iso.datetime({ offset: true, message: "请填写正确的时间" }).meta({ format: "date-time" }),
  minutes: z
    .number()
    .int("时长须为整数")
    .min(15, "时长须在 15 至 240 分钟之间")
    .max(240, "时长须在 15 至 240 分钟之间"),
  judgeId: idField.optional().meta({ description: "缺省为承办法官" }),
  clerkId: idField.optional().meta({ description: "缺省为本案书记员" }),
  assistId: idField.optional().meta({ description: "一同参加的上一级或者下一级法院法官（三方连线）" }),
  counselIds: z.array(idField).max(2, "律师最多二人").default([]),
  roomId: idField.optional().meta({ description: "本院的在线法庭；缺省为任一空闲的" }),
};
const time = z.strictObject(when);
export type When = z.infer<typeof time>;
export const asking = z.strictObject({
  nature: z.enum(keysOf<Nature>(NATURES)),
  partyKey: line(16, 1).optional().meta({ description: "被提讯的当事人；不是当事人的，填写姓名和证件号码" }),
  name: nameField(50, 1).optional(),
  idNumber: idNumber.optional(),
  minor: z.boolean().default(false).meta({ description: "不满十八周岁" }),
  language: line(20).default("").meta({ description: "需要翻译的语言、手语；不需要的不填" }),
  matter: prose(200, 2).meta({ description: "提讯事由，羁押场所看到" }),
  keptIn: keptIn.default("main"),
  ...when,
});
export type Asking = z.infer<typeof asking>;
export const linking = z.strictObject({ name: nameField(30, 2), badge });
export const opening = z.strictObject({ word: z.string().regex(/^[\w-]{43}$/, "链接不完整"), badge });
export const moving = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("confirm") }),
  z.strictObject({ action: z.literal("decline"), reason: prose(200, 2) }),
  z.strictObject({
    action: z.literal("identify"),
    idNumber,
    others: z
      .array(z.strictObject({ role: z.enum(["guardian", "interpreter"]), name: nameField(30, 2) }))
      .max(3)
      .default([])
      .meta({ description: "在羁押场所一同到场的法定代理人、合适成年人、翻译" }),
  }),
  z.strictObject({ action: z.literal("tell_rights") }),
  z.strictObject({ action: z.literal("rebook"), ...when }),
  z.strictObject({ action: z.literal("keep"), keptIn }),
  z.strictObject({ action: z.literal("cancel"), reason: prose(200, 2) }),
]);
export type Moving = z.infer<typeof moving>;

export const questioningQuery = z.strictObject({
  ...paging,
  caseId: idField.optional().meta({ description: "一个案件的，办结、取消的也在内" }),
  state: z
    .enum(keysOf<QuestioningState>(questioningWorkflow.states))
    .optional()
    .meta({ description: "缺省为尚未办结的" }),
});
export const dayQuery = z.strictObject({ date: dayField.optional().meta({ description: "缺省为今天" }) });

const personView = z.object({ id: z.string(), name: z.string() });
export const questioningView = z
  .object({
    id: z.string(),
    number: z.string(),
    court: z.object({ code: z.string(), name: z.string() }),
    case: z.object({ id: z.string(), number: z.string() }),
    nature: stateView,
    name: z.string().meta({ description: "被提讯人" }),
    minor: z.boolean(),
    language: z.string(),
    place: z.object({ name: z.string(), room: z.string(), phone: z.string() }),
    state: stateView,
    stand: stateView.meta({ description: "羁押场所一方现在的情形" }),
    moves: movesView,
    startsAt: momentView,
    timeText: z.string(),
    minutes: z.number().int(),
    dayNumber: z.number().int().meta({ description: "当日的号" }),
    queue: z
      .object({ ahead: z.number().int(), estimatedAt: momentView })
      .nullable()
      .meta({ description: "同一提讯室当日前面还有几场" }),
    judge: personView,
    clerk: personView,
    assist: personView.extend({ court: z.string() }).nullable(),
    counsel: z.array(personView),
    officer: z.string().nullable().meta({ description: "民警姓名" }),
    hearingId: z.string().meta({ description: "提讯室：签到、连线、笔录" }),
    version: z.number().int(),
  })
  .meta({ id: "Questioning" });
export const questioningDetail = questioningView
  .extend({
    matter: z.string(),
    note: z.string().meta({ description: "不能安排、取消的理由" }),
    next: z.string().meta({ description: "下一步，一句话" }),
    keptIn: stateView.nullable().meta({ description: "笔录归卷；只有法院看到" }),
    mayLink: z.boolean(),
    requirements: z
      .array(z.object({ code: z.string(), text: z.string(), source: z.string(), met: z.boolean() }))
      .meta({ description: "开始提讯以前须齐备的" }),
    rights: z.object({ text: z.array(z.string()), source: z.string(), toldAt: momentView.nullable() }),
    identifiedAt: momentView.nullable(),
    record: stateView.nullable(),
    steps: z.array(z.object({ label: z.string(), by: z.string(), at: momentView })),
  })
  .meta({ id: "QuestioningDetail" });
export const questioningList = listOf(questioningView);
export const dayList = z.object({ date: z.string(), items: z.array(questioningView) }).meta({ id: "QuestioningDay" });
export const linkView = z.object({ path: z.string(), name: z.string() }).meta({ id: "QuestioningLink" });
export const opened = z.object({ questioningId: z.string(), session: sessionTokens }).meta({ id: "QuestioningOpened" });

const name = line(60, 2);
export const placeBody = z.strictObject({
  kind: z.enum(keysOf<PlaceKind>(PLACE_KINDS)),
  name,
  phone: line(30, 3),
  hours: line(200, 11).meta({ description: "对本院开放的时间，例如 09:00-12:00,14:00-17:30" }),
  rooms: z.array(line(40, 1)).min(1, "请填写提讯室").max(20),
});
export const placeChange = placeBody.extend({ closed: z.boolean().default(false) });
export const placeView = z
  .object({
    id: z.string(),
    kind: stateView,
    name: z.string(),
    phone: z.string(),
    hours: z.string(),
    rooms: z.array(z.string()),
    closed: z.boolean(),
    version: z.number().int(),
  })
  .meta({ id: "CustodyPlace" });
export const choicesView = z
  .object({
    parties: z.array(z.object({ key: z.string(), name: z.string() })),
    counsel: z.array(personView.extend({ partyKey: z.string() })),
    judges: z.array(personView),
    clerks: z.array(personView),
    assisting: z.array(personView.extend({ court: z.string() })),
    places: z.array(placeView),
    rooms: z.array(personView),
    judgeId: z.string().nullable(),
    clerkId: z.string().nullable(),
    natures: z.array(stateView),
  })
  .meta({ id: "QuestioningChoices" });
