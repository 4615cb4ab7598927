import { workflow } from "#core/workflow.ts";

const WITH_THE_COURT = ["submitted", "under_review"] as const;
const COURT = ["clerk", "supervisor"] as const;
const FILER = ["litigant", "lawyer"] as const;

/**
 * 立案申请. Reception and review follow 民诉法§126 and 登记立案规定§8–11; correction follows 解释§126 and
 * 在线诉讼规则§9; mediation before filing needs consent and comes back by itself after 30 days (在线调解规则§24).
 */
export const filingWorkflow = workflow({
  start: "draft",
  states: {
    draft: "草稿",
    submitted: "已提交，等待审查",
    under_review: "审查中",
    correction_required: "待补正",
    accepted: "已立案",
    refused: "不予受理",
    transferred: "已移送",
    in_mediation: "诉前调解中",
    withdrawn: "已撤回",
    lapsed: "逾期未补正，已退回",
  },
  moves: {
    submit: { label: "提交", from: ["draft", "correction_required"], to: "submitted", by: FILER },
    withdraw: {
      label: "撤回",
      from: ["draft", ...WITH_THE_COURT, "correction_required", "in_mediation"],
      to: "withdrawn",
      by: FILER,
    },
    register: { label: "窗口收件登记", from: ["draft"], to: "submitted", by: COURT },
    receive: { label: "收到移送", from: ["draft"], to: "submitted", by: COURT },
    take: { label: "开始审查", from: ["submitted"], to: "under_review", by: COURT },
    accept: { label: "立案", from: WITH_THE_COURT, to: "accepted", by: COURT },
    return: { label: "退回补正", from: WITH_THE_COURT, to: "correction_required", by: COURT },
    refuse: { label: "不予受理", from: WITH_THE_COURT, to: "refused", by: COURT },
    transfer: { label: "移送其他法院", from: WITH_THE_COURT, to: "transferred", by: COURT },
    mediate: { label: "转诉前调解", from: WITH_THE_COURT, to: "in_mediation", by: COURT },
    resume: { label: "调解未成，恢复审查", from: ["in_mediation"], to: "submitted", by: ["system", ...COURT] },
    extend_mediation: { label: "延长调解", from: ["in_mediation"], to: "in_mediation", by: COURT },
    settle: { label: "调解成功，终结", from: ["in_mediation"], to: "withdrawn", by: COURT },
    lapse: { label: "逾期未补正退回", from: ["correction_required"], to: "lapsed", by: ["system"] },
  },
});

/** 帮助填写. Somebody whom the one who files has asked fills in along with them, until the agreed end. */
export const helperWorkflow = workflow({
  start: "offered",
  states: { offered: "等待帮助者加入", active: "正在帮助", ended: "已结束", expired: "到时自动结束" },
  moves: {
    join: { label: "加入帮助", from: ["offered"], to: "active", by: FILER },
    end: { label: "结束帮助", from: ["offered", "active"], to: "ended", by: FILER },
    expire: { label: "到时结束", from: ["offered", "active"], to: "expired", by: ["system"] },
    close: { label: "随提交或撤回结束", from: ["offered", "active"], to: "ended", by: ["system", ...FILER, ...COURT] },
  },
});

export type FilingState = keyof typeof filingWorkflow.states;
export type HelperState = keyof typeof helperWorkflow.states;
export type FilingAction = keyof typeof filingWorkflow.moves;

/** States in which the one who files may still change the content. */
export const EDITABLE: readonly FilingState[] = ["draft", "correction_required"];
/** States in which the court has not yet decided. */
export const PENDING: readonly FilingState[] = [...WITH_THE_COURT, "correction_required", "in_mediation"];
/** What the one who files may choose by themselves; the rest are the court's decisions, made at intake. */
export const FILER_ACTIONS = ["submit", "withdraw"] as const satisfies readonly FilingAction[];
