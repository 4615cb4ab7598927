import { z } from "zod";
import { dayField, line } from "#core/fields.ts";

const moment = z
  .string()
  .max(40)
  .refine((value) => /T/.test(value) && !Number.isNaN(Date.parse(value)) && /(Z|[+-]\d{2}:\d{2})$/.test(value), {
    message: "请填写带时区的时间，例如 2026-05-09T20:15:00+08:00",
  });

/** Why a letter came back. What counts as service lies in `effect.ts`. */
export const RETURN_REASONS = {
  refused: "受送达人或者其代收人拒收",
  wrong_address: "地址不准确",
  moved: "已搬迁，未告知新地址",
  absent: "多次投递无人签收",
  unknown: "查无此人",
} as const;
export type ReturnReason = keyof typeof RETURN_REASONS;
/** 投递进度, as the carrier reports it. */
export const TRACKING = {
  collected: "已收寄",
  in_transit: "运输中",
  delivering: "投递中",
  delivered: "已签收",
  returned: "已退回",
} as const;

const reasons = Object.keys(RETURN_REASONS) as [ReturnReason, ...ReturnReason[]];
const tracking = Object.keys(TRACKING) as [keyof typeof TRACKING, ...(keyof typeof TRACKING)[]];

/** What may be recorded of each channel. In-app delivery is known to the platform itself: nobody records it by hand. */
export const recordings = {
  email: z.strictObject({
    arrivedAt: moment.optional(),
    readAt: moment.optional(),
    repliedAt: moment.optional(),
    bounced: z.literal(true).optional(),
    feedback: line(100).optional(),
  }),
  post: z.strictObject({
    trackingNumber: line(40).optional(),
    tracking: z.enum(tracking).optional(),
    signedOn: dayField.optional(),
    signedBy: line(50).optional(),
    returnedOn: dayField.optional(),
    returnReason: z.enum(reasons).optional(),
    deliveries: z.number().int().min(1).max(9).optional(),
  }),
  direct: z.strictObject({
    signedOn: dayField.optional(),
    signedBy: line(50).optional(),
    relation: line(50).optional(),
    refusedOn: dayField.optional(),
  }),
  leave: z.strictObject({
    doneOn: dayField,
    place: line(100, 1),
    witnesses: line(100).optional(),
    recorded: z.literal(true).optional(),
  }),
  transfer: z.strictObject({ through: line(100, 1), signedOn: dayField.optional() }),
  public_notice: z.strictObject({
    lastPublishedOn: dayField,
    publishedIn: line(100, 1),
    reason: line(300, 1),
    abroad: z.literal(true).optional(),
  }),
} as const;
export type RecordedChannel = keyof typeof recordings;
export type Facts = { [C in RecordedChannel]?: z.infer<(typeof recordings)[C]> }[RecordedChannel];
/** Every fact of every channel, each absent where it is none of its channel's. */
export interface AllFacts {
  readonly trackingNumber?: string;
  readonly tracking?: keyof typeof TRACKING;
  readonly signedOn?: string;
  readonly signedBy?: string;
  readonly relation?: string;
  readonly refusedOn?: string;
  readonly returnedOn?: string;
  readonly returnReason?: ReturnReason;
  readonly deliveries?: number;
  readonly doneOn?: string;
  readonly place?: string;
  readonly witnesses?: string;
  readonly recorded?: true;
  readonly through?: string;
  readonly lastPublishedOn?: string;
  readonly publishedIn?: string;
  readonly reason?: string;
  readonly abroad?: true;
  readonly bounced?: true;
  readonly feedback?: string;
}

const LABELS: Readonly<Record<keyof AllFacts, string>> = {
  trackingNumber: "邮件号码",
  tracking: "投递进度",
  signedOn: "签收日期",
  signedBy: "签收人",
  relation: "与受送达人的关系",
  refusedOn: "拒绝签收日期",
  returnedOn: "退回日期",
  returnReason: "退回原因",
  deliveries: "投递次数",
  doneOn: "留置日期",
  place: "留置地点",
  witnesses: "见证人",
  recorded: "留置过程",
  through: "转交单位",
  lastPublishedOn: "最后张贴或者刊登日期",
  publishedIn: "公告载体",
  reason: "公告原因",
  abroad: "受送达人",
  bounced: "邮件系统反馈",
  feedback: "系统反馈",
};

/** Facts in the order of the form, as people read them. */
export function presentFacts(facts: AllFacts): { label: string; value: string }[] {
  const spoken = (name: keyof AllFacts, value: unknown): string => {
    if (name === "tracking") return TRACKING[value as keyof typeof TRACKING];
    if (name === "returnReason") return RETURN_REASONS[value as ReturnReason];
    if (name === "recorded") return "已拍照、录像";
    if (name === "abroad") return "在中华人民共和国领域内没有住所";
    if (name === "bounced") return "退信，没有送到";
    return String(value);
  };
  return (Object.keys(LABELS) as (keyof AllFacts)[])
    .filter((name) => facts[name] !== undefined && facts[name] !== "")
    .map((name) => ({ label: LABELS[name], value: spoken(name, facts[name]) }));
}
