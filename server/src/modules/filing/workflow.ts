import { workflow } from "#core/workflow.ts";

const SUBMITTED = ["submitted", "under_review"] as const;
const COURT = ["clerk", "supervisor"] as const;

/**
 * 立案申请. Reception and review follow 民诉法§126 and 登记立案规定§8–11; correction follows 解释§126 and
 * 在线诉讼规则§9; mediation before filing needs consent and comes back by itself after 30 days (在线调解规则§24).
 */
export const filingWorkflow = workflow({
  start: "draft",
  states: {
    draft: "草稿",
    submitted: "已提交",
    under_review: "审查中",
    correction_required: "待补正",
    accepted: "已立案",
    refused: "不予受理",
    transferred: "已移送",
    in_mediation: "诉前调解中",
    withdrawn: "已撤回",
    lapsed: "逾期未补正退回",
  },
  moves: {
    submit: { label: "提交", from: ["draft", "correction_required"], to: "submitted", by: ["litigant", "lawyer"] },
    withdraw: {
      label: "撤回",
      from: ["draft", ...SUBMITTED, "correction_required", "in_mediation"],
      to: "withdrawn",
      by: ["litigant", "lawyer"],
    },
    take: { label: "开始审查", from: ["submitted"], to: "under_review", by: COURT },
    put_back: { label: "退回待审", from: ["under_review"], to: "submitted", by: [...COURT, "system"] },
    accept: { label: "立案", from: ["under_review"], to: "accepted", by: COURT },
    return: { label: "退回补正", from: ["under_review"], to: "correction_required", by: COURT },
    refuse: { label: "不予受理", from: ["under_review"], to: "refused", by: COURT },
    transfer: { label: "移送", from: ["under_review"], to: "transferred", by: COURT },
    mediate: { label: "转诉前调解", from: ["under_review"], to: "in_mediation", by: COURT },
    resume: { label: "调解未成，恢复审查", from: ["in_mediation"], to: "submitted", by: ["system", ...COURT] },
    lapse: { label: "逾期未补正退回", from: ["correction_required"], to: "lapsed", by: ["system"] },
  },
});

export type FilingState = keyof typeof filingWorkflow.states;
export type FilingAction = keyof typeof filingWorkflow.moves;

/** States in which the one who files may still change the content. */
export const EDITABLE: readonly FilingState[] = ["draft", "correction_required"];
