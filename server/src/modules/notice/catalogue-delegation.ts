import type { Template } from "./catalogue.ts";

/** 代管, 律师助理: what the two of them and the client read; and what a lawyer hears of their own programs. */
export const delegationTexts = {
  "delegation.accepted_stand_in": {
    title: "您的代管安排已被接受",
    body: () => "对方律师已接受代管。您仍可照常办理自己的案件，需要时可以随时收回。",
  },
  "delegation.accepted_assistant": {
    title: "您的助理已接受安排",
    body: () => "对方已接受作为您的助理。您可以随时结束，结束后其立即不能再查看案件。",
  },
  "delegation.declined": {
    title: "对方没有接受您的安排",
    body: () => "您发出的助理或者代管安排，对方没有接受。需要时可以另行安排。",
  },
  "delegation.ended_stand_in": {
    title: "代管已经结束",
    body: () => "一项案件代管已经结束，相关案件由原代理律师继续办理。",
  },
  "delegation.ended_assistant": {
    title: "助理安排已经结束",
    body: () => "一项律师助理的安排已经结束。",
  },
  "case.delegated": {
    title: "您的案件由另一位律师代管",
    body: ({ caseNumber }) =>
      `${caseNumber}案：您的代理律师将本案交由另一位律师代管一段时间。提交材料、签名和特别授权的事项仍由原律师办理。不同意的，可以在案件的“参与人”中终止代管。`,
  },
  "case.delegation_ended": {
    title: "您的案件的代管已经结束",
    body: ({ caseNumber }) => `${caseNumber}案的代管已经结束，由您的代理律师继续办理。`,
  },
  "webhook.paused": {
    title: "一个变动推送地址已暂停",
    body: () =>
      "您登记的一个推送地址长时间没有应答，或者答复不再使用，已暂停推送。请检查接收程序，然后在“办案台－程序接入”中恢复；暂停期间的变动可以重新推送。",
  },
} as const satisfies Record<string, Template>;
