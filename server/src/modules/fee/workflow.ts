import { workflow } from "#core/workflow.ts";

const COURT = ["clerk", "court_clerk", "judge", "supervisor"] as const;
const PAYER = ["litigant", "lawyer"] as const;
const SYSTEM = ["system"] as const;

/**
 * 交费通知. Seven days from effective service (诉讼费用交纳办法§22); while relief is asked for, the time stands still; what is
 * not paid in time leads to 按撤诉处理 only by a decision (登记立案规定§11, 民诉法解释§213). Money is taken in every state but
 * the last two, also late. That somebody is paying just now is shown (`paying`), and is no state of its own.
 */
export const feeWorkflow = workflow({
  start: "open",
  states: {
    open: "待交",
    relief_pending: "救助审查中",
    paid: "已交清",
    exempted: "已免交",
    overdue: "逾期未交",
    closed: "已了结",
  },
  moves: {
    serve: { label: "登记送达", from: ["open"], to: "open", by: COURT },
    change: { label: "变更费用", from: ["open", "overdue", "paid"], to: "open", by: COURT },
    change_paid: { label: "变更费用", from: ["open", "overdue", "paid"], to: "paid", by: COURT },
    change_exempted: { label: "变更费用", from: ["exempted"], to: "exempted", by: COURT },
    deem_withdrawn: {
      label: "按撤诉处理",
      from: ["overdue"],
      to: "closed",
      by: ["clerk", "judge", "supervisor"],
    },
    close: { label: "撤销交费通知", from: ["open", "overdue"], to: "closed", by: ["supervisor"] },
    ask_relief: { label: "申请缓减免", from: ["open"], to: "relief_pending", by: PAYER },
    resume: { label: "救助申请已有结果", from: ["relief_pending"], to: "open", by: SYSTEM },
    exempt: { label: "准予免交", from: ["relief_pending"], to: "exempted", by: SYSTEM },
    settle: { label: "交清", from: ["open", "overdue", "relief_pending"], to: "paid", by: SYSTEM },
    lapse: { label: "逾期", from: ["open"], to: "overdue", by: SYSTEM },
  },
});
export type FeeState = keyof typeof feeWorkflow.states;
export type FeeAction = keyof typeof feeWorkflow.moves;

/** Which row of the table a move takes follows from what it comes to; people are offered its name once. */
export const offeredAs = (action: FeeAction): FeeAction | null =>
  action === "change_paid" ? null : action === "change_exempted" ? "change" : action;

/** As the reader sees it: an open notice that is being paid at this moment says so. */
export type ShownState = FeeState | "paying";
export const SHOWN_STATES = [...(Object.keys(feeWorkflow.states) as FeeState[]), "paying"] as const;
export function showState(state: FeeState, isPaying: boolean): { code: ShownState; label: string } {
  return isPaying && state === "open" ? { code: "paying", label: "支付中" } : feeWorkflow.present(state);
}

/** States in which money is still owed or may still come to be owed. */
export const PAYABLE: readonly FeeState[] = ["open", "overdue", "relief_pending"];

/** 司法救助申请 (诉讼费用交纳办法§44–§51). */
export const reliefWorkflow = workflow({
  start: "requested",
  states: {
    requested: "审查中",
    granted: "已准予",
    granted_in_part: "部分准予",
    refused: "不予准许",
    withdrawn: "已撤回",
  },
  moves: {
    grant: { label: "准予", from: ["requested"], to: "granted", by: ["judge", "supervisor"] },
    grant_in_part: { label: "部分准予", from: ["requested"], to: "granted_in_part", by: ["judge", "supervisor"] },
    refuse: { label: "不予准许", from: ["requested"], to: "refused", by: ["judge", "supervisor"] },
    withdraw: { label: "撤回申请", from: ["requested"], to: "withdrawn", by: [...PAYER, "system"] },
  },
});
export type ReliefState = keyof typeof reliefWorkflow.states;
export type ReliefAction = keyof typeof reliefWorkflow.moves;
