import { workflow } from "#core/workflow.ts";

const COURT = ["clerk", "supervisor"] as const;

/** 收案审查件: who holds it and whether it is decided. The filing's own states stand in `filing/workflow.ts`. */
export const intakeWorkflow = workflow({
  start: "waiting",
  states: {
    waiting: "待审查",
    claimed: "审查中",
    awaiting_correction: "等待补正",
    in_mediation: "诉前调解中",
    decided: "已办结",
  },
  moves: {
    claim: { label: "领取", from: ["waiting"], to: "claimed", by: COURT },
    accept: { label: "立案", from: ["claimed"], to: "decided", by: COURT },
    return: { label: "退回补正", from: ["claimed"], to: "awaiting_correction", by: COURT },
    refuse: { label: "不予受理", from: ["claimed"], to: "decided", by: COURT },
    transfer: { label: "移送", from: ["claimed"], to: "decided", by: COURT },
    mediate: { label: "诉前调解", from: ["claimed"], to: "in_mediation", by: COURT },
    extend: { label: "延长审查", from: ["claimed"], to: "claimed", by: COURT },
    skip: { label: "跳过", from: ["claimed"], to: "waiting", by: COURT },
    release: { label: "放回队列", from: ["claimed"], to: "waiting", by: COURT },
    assign: { label: "指派", from: ["waiting", "claimed"], to: "waiting", by: ["supervisor"] },
    repool: { label: "经办人不在岗，放回队列", from: ["waiting", "claimed"], to: "waiting", by: ["system"] },
    reopen: { label: "重新提交", from: ["awaiting_correction", "in_mediation"], to: "waiting", by: ["system"] },
    close: {
      label: "撤回或退回",
      from: ["waiting", "claimed", "awaiting_correction", "in_mediation"],
      to: "decided",
      by: ["system"],
    },
  },
});

export type IntakeState = keyof typeof intakeWorkflow.states;
/** Waits for a decision, on somebody's desk or not. */
export const isOpen = (state: IntakeState): boolean => state === "waiting" || state === "claimed";
export type IntakeAction = keyof typeof intakeWorkflow.moves;
export const DECISIONS = [
  "accept",
  "return",
  "refuse",
  "transfer",
  "mediate",
] as const satisfies readonly IntakeAction[];
export type Decision = (typeof DECISIONS)[number];

/** How an item ended: by a decision, or by the filing's own end. */
export type Ending = Decision | "withdraw" | "lapse" | "settle";
export const labelOfEnding = (ending: Ending): string =>
  ending in ENDINGS ? ENDINGS[ending as keyof typeof ENDINGS] : intakeWorkflow.moves[ending as Decision].label;
const ENDINGS = { withdraw: "申请人撤回", lapse: "逾期未补正退回", settle: "诉前调解成功" } as const;

export const LANES = { urgent: "即将到期", green: "绿色通道", correction: "补正后", normal: "普通" } as const;
export type Lane = keyof typeof LANES;
