import { z } from "zod";
import {
  courtCodeField,
  idField,
  itemsOf,
  keyField,
  line,
  listOf,
  momentView,
  movesView,
  paging,
  prose,
  stateView,
} from "#core/fields.ts";
import { materialView } from "#modules/material/index.ts";

const question = { subject: line(60, 1), body: prose(3000, 1) };
export const courtQuestion = z.strictObject({ courtCode: courtCodeField, ...question });
export const caseQuestion = z.strictObject({
  ...question,
  partyKey: keyField.optional().meta({ description: "为谁联系；只代表一方时可以不填" }),
});

export const message = z
  .strictObject({
    body: prose(3000).default(""),
    materials: z.array(idField).max(9, "一次最多附 9 份").default([]),
    toAll: z
      .boolean()
      .default(false)
      .meta({ description: "仅法院答复可用：告知各方，答复内容同时记入案件进程，由全体当事人阅看" }),
  })
  .refine(({ body, materials }) => body.trim() !== "" || materials.length > 0, { path: ["body"], message: "请填写" });

const note = prose(1000).optional().meta({ description: "内部备注，不对外" });
export const moving = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("close") }),
  z.strictObject({ action: z.literal("reassign"), staffId: idField, note }),
  z.strictObject({ action: z.literal("escalate"), note }),
  z.strictObject({
    action: z.literal("rate"),
    rating: z.number("请选择 1 至 5 星").int("请选择 1 至 5 星").min(1, "请选择 1 至 5 星").max(5, "请选择 1 至 5 星"),
    words: prose(500).optional(),
  }),
]);
export type Moving = z.infer<typeof moving>;

export const idParams = z.strictObject({ id: idField });
export const threadQuery = z.strictObject({
  ...paging,
  caseId: idField.optional(),
  awaiting: z.enum(["court", "party", "nobody"]).optional(),
  state: z.enum(["open", "closed"]).optional(),
  mine: z.enum(["true"]).optional().meta({ description: "法院人员：只看本人承办的和上报给本人的" }),
});
export const noteBody = z.strictObject({ body: prose(1000, 1) });
export const templateBody = z.strictObject({ title: line(60, 1), body: prose(1000, 1) });
export const dutyBody = z.strictObject({ staffIds: z.array(idField).max(50) });

const staffView = z.object({ id: z.string(), name: z.string(), roleLabel: z.string() });
export const threadView = z
  .object({
    id: z.string(),
    court: z.object({ code: z.string(), name: z.string() }),
    case: z.object({ id: z.string(), number: z.string(), title: z.string() }).nullable(),
    subject: z.string(),
    asker: z.object({ name: z.string(), sideLabel: z.string() }),
    state: stateView,
    moves: movesView,
    owner: staffView,
    awaiting: z.enum(["court", "party", "nobody"]),
    /** who is awaited, and by when, in plain words */
    awaitedText: z.string(),
    dueAt: momentView.meta({ description: "court：法院应在此前答复；party：此后自动结束；nobody：此前可以继续留言" }),
    overdue: z.boolean(),
    escalations: z.array(z.object({ rung: z.number().int(), toLabel: z.string(), at: momentView })),
    canWrite: z.boolean(),
    messageCount: z.number().int(),
    unread: z.number().int().meta({ description: "对方的留言中，本人还没有看过的条数" }),
    openedAt: momentView,
    lastAt: momentView,
    closedAt: momentView.nullable(),
    rating: z.object({ score: z.number().int(), words: z.string() }).nullable(),
  })
  .meta({ id: "Thread" });
export const messageView = z.object({
  n: z.number().int(),
  side: z.enum(["party", "court"]),
  author: z.string(),
  roleLabel: z.string(),
  body: z.string(),
  materials: z.array(materialView),
  toAll: z.boolean(),
  at: momentView,
});
export const threadDetail = threadView.extend({ messages: z.array(messageView) }).meta({ id: "ThreadDetail" });
export const threadList = listOf(threadView).extend({
  unread: z.number().int().meta({ description: "有新留言的咨询共几件；法院人员：本人承办的" }),
});
export const noteList = itemsOf(
  z.object({ id: z.string(), author: z.string(), roleLabel: z.string(), body: z.string(), at: momentView }),
);
export const templateView = z.object({ id: z.string(), title: z.string(), body: z.string() });
export const templateList = itemsOf(templateView);
export const dutyList = itemsOf(
  staffView.extend({ duty: z.number().int().nullable(), away: z.boolean().meta({ description: "今天不在岗" }) }),
);
