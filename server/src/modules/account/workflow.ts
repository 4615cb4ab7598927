import { workflow } from "#core/workflow.ts";

/** 实名: whether the person is who they say. Moved by the check and by reviews, never by the person. */
export const IDENTITY_STATES = {
  none: "未认证",
  verified: "已认证",
  failed: "未通过",
  in_review: "人工核验中",
} as const;
export type IdentityState = keyof typeof IDENTITY_STATES;

/**
 * 实名人工核验. `rebind` is an approval that takes the document away from another account (a lost WeChat account), so it
 * is left to those who answer for the court.
 */
export const reviewWorkflow = workflow({
  start: "open",
  states: { open: "待核验", approved: "核验通过", rejected: "核验未通过" },
  moves: {
    approve: { label: "核验通过", from: ["open"], to: "approved", by: ["clerk", "supervisor", "admin"] },
    reject: { label: "核验不通过", from: ["open"], to: "rejected", by: ["clerk", "supervisor", "admin"] },
    rebind: { label: "核验通过并更换绑定账号", from: ["open"], to: "approved", by: ["supervisor", "admin"] },
  },
});
export type ReviewState = keyof typeof reviewWorkflow.states;
export type ReviewAction = keyof typeof reviewWorkflow.moves;

/** 律师执业. */
export const practiceWorkflow = workflow({
  start: "pending",
  states: { pending: "待确认", verified: "已确认", rejected: "未通过" },
  moves: {
    confirm: { label: "确认执业", from: ["pending", "rejected"], to: "verified", by: ["admin"] },
    reject: { label: "不予确认", from: ["pending", "verified"], to: "rejected", by: ["admin"] },
  },
});
export type PracticeState = keyof typeof practiceWorkflow.states;
export type PracticeAction = keyof typeof practiceWorkflow.moves;

/** 工作人员账号. */
export const staffWorkflow = workflow({
  start: "active",
  states: { active: "启用", disabled: "停用" },
  moves: {
    disable: { label: "停用", from: ["active"], to: "disabled", by: ["admin"] },
    enable: { label: "启用", from: ["disabled"], to: "active", by: ["admin"] },
    unlock: { label: "解除登录锁定", from: ["active"], to: "active", by: ["admin"] },
    sign_out: { label: "结束其全部登录", from: ["active"], to: "active", by: ["admin"] },
  },
});
export type StaffState = keyof typeof staffWorkflow.states;
export type StaffAction = keyof typeof staffWorkflow.moves;

/** By what an administrator makes sure whom they give new credentials to. */
export const SHOWN_PROOFS = {
  work_card: "工作证",
  identity_card: "居民身份证",
  known: "本人当面，管理员认识",
} as const;
export type ShownProof = keyof typeof SHOWN_PROOFS;
