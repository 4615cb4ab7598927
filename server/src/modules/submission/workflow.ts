import { workflow } from "#core/workflow.ts";

const PARTIES = ["litigant", "lawyer"] as const;
const BENCH = ["judge", "court_clerk", "supervisor"] as const;

/** 诉讼中的提交: what a party hands in while the case runs, and what the court answers. */
export const submissionWorkflow = workflow({
  start: "draft",
  states: {
    draft: "草稿",
    submitted: "已提交",
    received: "法院已接收",
    returned: "退回补正",
    granted: "已准许",
    refused: "未准许",
    withdrawn: "已撤回",
  },
  moves: {
    submit: { label: "提交", from: ["draft", "returned"], to: "submitted", by: PARTIES },
    withdraw: { label: "撤回", from: ["draft", "returned", "submitted", "received"], to: "withdrawn", by: PARTIES },
    receive: { label: "接收", from: ["submitted"], to: "received", by: BENCH },
    return: { label: "退回补正", from: ["submitted"], to: "returned", by: BENCH },
    // Asked for only where something was asked for: applications and counterclaims.
    grant: { label: "准许", from: ["submitted", "received"], to: "granted", by: ["judge", "supervisor"] },
    refuse: { label: "不准许", from: ["submitted", "received"], to: "refused", by: ["judge", "supervisor"] },
  },
});
export type SubmissionState = keyof typeof submissionWorkflow.states;
export type SubmissionAction = keyof typeof submissionWorkflow.moves;
