import { workflow } from "#core/workflow.ts";

const PARTIES = ["litigant", "lawyer"] as const;
export const COURT = ["clerk", "supervisor", "judge", "court_clerk"] as const;

/**
 * 送达. Whatever is recorded sets the service back to `sent`, and the day is worked out anew from all that is known: the moves
 * of `system` say what came of it.
 */
export const serviceWorkflow = workflow({
  start: "pending",
  states: {
    pending: "待送达",
    sent: "已发出",
    effective: "已送达",
    failed: "未送达",
    contested: "有异议待审查",
    cancelled: "已撤销",
  },
  moves: {
    // A summons to somebody who is on the platform goes out by itself.
    send: { label: "送达", from: ["pending"], to: "sent", by: [...COURT, "system"] },
    acknowledge: { label: "确认收到", from: ["sent", "effective", "failed"], to: "sent", by: PARTIES },
    contest: { label: "对送达日期有异议", from: ["effective"], to: "contested", by: PARTIES },
    ask_paper: { label: "索要纸质文书", from: ["sent", "effective"], to: "sent", by: PARTIES },
    record: { label: "登记送达情况", from: ["sent", "failed", "effective"], to: "sent", by: COURT },
    next_channel: { label: "改用其他方式", from: ["sent", "failed"], to: "sent", by: COURT },
    decide_contest: { label: "审查异议", from: ["contested"], to: "sent", by: COURT },
    give_paper: { label: "已提供纸质文书", from: ["sent", "effective"], to: "sent", by: COURT },
    cancel: { label: "撤销", from: ["pending", "sent", "failed"], to: "cancelled", by: [...COURT, "system"] },
    take_effect: { label: "送达生效", from: ["sent"], to: "effective", by: ["system"] },
    fail: { label: "未能送达", from: ["sent"], to: "failed", by: ["system"] },
  },
});
export type ServiceState = keyof typeof serviceWorkflow.states;
export type ServiceAction = keyof typeof serviceWorkflow.moves;

/** What is to be done first stands first in every list. */
export const TURNS: Readonly<Record<ServiceState, number>> = {
  contested: 0,
  failed: 1,
  pending: 2,
  sent: 3,
  effective: 4,
  cancelled: 5,
};
