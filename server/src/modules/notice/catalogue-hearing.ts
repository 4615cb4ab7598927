import type { Template } from "./catalogue.ts";

/** What is told of a sitting: its time as it is settled, told, moved and near. `hearingTime` and `place` say when and where. */
export const hearingTexts = {
  "hearing.proposed": {
    title: "请选择开庭时间",
    body: ({ courtName, caseNumber, sitting, dueOn }) =>
      `${courtName}为${caseNumber}案的${sitting}提供了几个时间，请在 ${dueOn} 前划去您不能来的。没有回复的，按都可以到场处理。`,
  },
  "hearing.change_asked": {
    title: "有一方申请改期，请选择时间",
    body: ({ caseNumber, sitting, dueOn }) =>
      `${caseNumber}案有一方因故不能参加原定的${sitting}，请在 ${dueOn} 前划去您不能来的时间。没有回复的，按都可以到场处理。`,
  },
  "hearing.fixed": {
    title: "开庭时间已确定",
    body: ({ courtName, caseNumber, sitting, hearingTime, place }) =>
      `${courtName}确定${caseNumber}案于 ${hearingTime} ${sitting}${place ? `，地点：${place}` : ""}。传票将另行送达；不能参加的，请尽早点开说明。`,
  },
  "hearing.notified": {
    title: "请按时参加开庭",
    body: ({ courtName, caseNumber, sitting, hearingTime, place }) =>
      `${courtName}通知您参加${caseNumber}案的${sitting}：${hearingTime}${place ? `，${place}` : ""}。点开可以查看参加方式、加入日历。`,
  },
  "hearing.changed": {
    title: "开庭时间有变更",
    body: ({ courtName, caseNumber, sitting, hearingTime, place }) =>
      `${courtName}将${caseNumber}案的${sitting}改为 ${hearingTime}${place ? `，${place}` : ""}。原来的时间不再有效。`,
  },
  "hearing.mode_changed": {
    title: "开庭的参加方式有变更",
    body: ({ caseNumber, sitting, hearingTime }) =>
      `${caseNumber}案的${sitting}${hearingTime ? `（${hearingTime}）` : ""}参加方式有变更，您到法庭还是在线参加，请点开查看。`,
  },
  "hearing.adjourned": {
    title: "开庭已延期",
    body: ({ courtName, caseNumber, sitting, hearingTime }) =>
      `${courtName}对${caseNumber}案的${sitting}延期${hearingTime ? `至 ${hearingTime}` : "，下次时间另行通知"}，理由请点开查看。原来的时间不用来了。`,
  },
  "hearing.cancelled": {
    title: "开庭已取消",
    body: ({ courtName, caseNumber, sitting }) =>
      `${courtName}取消了${caseNumber}案的${sitting}，不用来了，理由请点开查看。`,
  },
  "hearing.reminder": {
    title: "开庭提醒",
    body: ({ caseNumber, sitting, hearingTime, place }) =>
      `${caseNumber}案的${sitting}时间：${hearingTime}${place ? `，${place}` : ""}。请带好身份证件和证据原件；在线参加的，请提前检查设备和网络。`,
  },
  "hearing.reminder_now": {
    title: "一小时后开庭",
    body: ({ caseNumber, sitting, hearingTime, place }) =>
      `${caseNumber}案的${sitting}将在 ${hearingTime} 开始${place ? `，${place}` : ""}。在线参加的，现在可以检查设备并进入等候。`,
  },
  "hearing.reminder_bench": {
    title: "开庭提醒",
    body: ({ caseNumber, sitting, hearingTime, place }) =>
      `${caseNumber}案的${sitting}时间：${hearingTime}${place ? `，${place}` : ""}。`,
  },
  "hearing.undecided": {
    title: "开庭时间没有商定，请确定",
    body: ({ caseNumber, sitting }) => `${caseNumber}案的${sitting}没有各方都合适的时间，请确定时间或者作出决定。`,
  },
  "hearing.room_needed": {
    title: "请安排法庭",
    body: ({ caseNumber, sitting, hearingTime }) =>
      `${caseNumber}案的${sitting}（${hearingTime}）有当事人到法庭参加，但没有空闲的法庭，请另行安排。`,
  },
  "hearing.settled": {
    title: "开庭时间已由各方商定",
    body: ({ caseNumber, sitting, hearingTime }) =>
      `${caseNumber}案的${sitting}时间已商定为 ${hearingTime}，请发出传票。`,
  },
} as const satisfies Record<string, Template>;
