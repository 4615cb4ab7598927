import type { Template } from "./catalogue.ts";
import { receptionTexts } from "./catalogue-reception.ts";

/** What is told of an account itself; no case is named. */
export const accountTexts = {
  "identity.approved": {
    title: "您的身份已经核验通过",
    body: () => "您申请的人工身份核验已经通过，可以继续办理立案等事项。",
  },
  "identity.rejected": {
    title: "您的身份核验有结果了",
    body: () => "您申请的人工身份核验没有通过，原因请在“我的—实名认证”中查看，补齐后可以重新申请。",
  },
  "identity.unbound": {
    title: "您的实名已转到另一账号",
    body: () => "经法院人工核验，您的实名信息已转到另一个账号，本账号需要重新认证。不是您本人办理的，请尽快联系法院。",
  },
  "practice.verified": {
    title: "您的律师执业已经确认",
    body: () => "您的律师执业信息已经确认，可以以律师身份代理案件。",
  },
  "practice.rejected": {
    title: "您的执业信息没有确认",
    body: () => "您登记的律师执业信息没有得到确认，原因请在“我的—律师执业”中查看，改好后可以重新登记。",
  },
} as const satisfies Record<string, Template>;
/** Texts that belong to no case. */
export const NAMELESS: readonly string[] = [
  ...Object.keys(accountTexts),
  ...Object.keys(receptionTexts),
  "payment.quarantined",
  "webhook.paused",
  "delegation.accepted_stand_in",
  "delegation.accepted_assistant",
  "delegation.declined",
  "delegation.ended_stand_in",
  "delegation.ended_assistant",
];
