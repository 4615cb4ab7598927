import type { Template } from "./catalogue.ts";

/** What is told of receptions: `hearingTime` says when, `duty` what the petitioner does next. */
export const receptionTexts = {
  "reception.booked": {
    title: "接访时间已约定",
    body: ({ courtName, hearingTime }) =>
      `${courtName}约您于 ${hearingTime} 远程接访。当天请提前进入接访室签到，准备好身份证号码。不方便的，请尽早撤回或者联系法院改约。`,
  },
  "reception.changed": {
    title: "接访时间有变更",
    body: ({ courtName, hearingTime }) =>
      `${courtName}将接访时间改为 ${hearingTime}，原来的时间不用来了。当天请提前进入接访室签到。`,
  },
  "reception.reminder": {
    title: "接访提醒",
    body: ({ courtName, hearingTime }) =>
      `${courtName}的远程接访时间：${hearingTime}。开始前两小时可以签到、检查设备。`,
  },
  "reception.referred": {
    title: "您的接访申请已转送",
    body: ({ courtName }) => `${courtName}认为这件事由其他法院办理更合适，已经代您转送，理由和办理法院请点开查看。`,
  },
  "reception.received": {
    title: "接访已经结束",
    body: ({ courtName, dueOn }) =>
      `感谢您参加${courtName}的远程接访。笔录需要您核对签名的，请尽快打开；法院会在 ${dueOn} 前书面答复您。`,
  },
  "reception.missed": {
    title: "约定的接访未能进行",
    body: ({ courtName }) => `${courtName}的接访时间已过，未见您进入接访室。法院会另约时间或者书面答复您。`,
  },
  "reception.answered": {
    title: "法院已经答复您",
    body: ({ courtName }) => `${courtName}对您反映的问题作出了书面答复，请点开查看答复意见书，并请您评价。`,
  },
  "reception.assigned": {
    title: "有一次远程接访请您参加",
    body: ({ courtName, hearingTime }) => `${courtName}安排您参加远程接访：${hearingTime}。`,
  },
  "reception.without_upper": {
    title: "上级法院不能参加这次接访",
    body: ({ courtName, hearingTime }) =>
      `您与${courtName}约定的接访（${hearingTime}）照常进行，上级法院的法官届时不能参加。改约时间的，会另行通知您。`,
  },
  "reception.declined": {
    title: "上级法院的接访法官不能参加",
    body: ({ courtName, hearingTime }) =>
      `${courtName} ${hearingTime} 的远程接访，上级法院的接访法官答复不能参加，理由请点开查看；可以单独接访，或者改约时间另请一位。`,
  },
  "reception.called_off": {
    title: "一次远程接访已取消",
    body: ({ hearingTime }) => `来访人撤回了申请，原定 ${hearingTime} 的接访取消。`,
  },
  "reception.overdue": {
    title: "远程接访逾期未办",
    body: ({ courtName, dueOn }) => `${courtName}有一件远程接访应在 ${dueOn} 前办理，已经逾期，请安排。`,
  },
} as const satisfies Record<string, Template>;
