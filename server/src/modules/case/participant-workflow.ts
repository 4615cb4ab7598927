import { workflow } from "#core/workflow.ts";

const COURT = ["clerk", "judge", "court_clerk", "supervisor"] as const;

/** 案件参与人. Whoever reads a case as a party or for one is `active`; nobody else of the public reads it (审判流程公开规定§7). */
export const participantWorkflow = workflow({
  start: "waiting",
  states: { waiting: "待确认", active: "参加中", refused: "未获确认", ended: "已终止" },
  moves: {
    // 委托: confirmed by the client, or by the court that has the papers before it (民诉法§62).
    confirm: { label: "确认", from: ["waiting"], to: "active", by: ["litigant", "lawyer", ...COURT] },
    refuse: { label: "不确认", from: ["waiting"], to: "refused", by: ["litigant", "lawyer", ...COURT] },
    // 解除委托, or leaving the case (民诉法§63): reading ends with it, at once.
    end: { label: "终止", from: ["waiting", "active"], to: "ended", by: ["litigant", "lawyer", "system", ...COURT] },
  },
});
export type ParticipantState = keyof typeof participantWorkflow.states;
export type ParticipantAction = keyof typeof participantWorkflow.moves;
