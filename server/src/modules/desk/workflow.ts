import { workflow } from "#core/workflow.ts";

const PARTIES = ["litigant", "lawyer"] as const;

/** 待办义务: runs until it is done, called off, or its last day has passed. */
export const obligationWorkflow = workflow({
  start: "open",
  states: { open: "待办", done: "已办", expired: "已届满", cancelled: "已取消" },
  moves: {
    done: { label: "标为已办", from: ["open", "expired"], to: "done", by: PARTIES },
    reopen: { label: "改回待办", from: ["done"], to: "open", by: PARTIES },
    close: { label: "办理完毕", from: ["open"], to: "done", by: ["system"] },
    lapse: { label: "届满", from: ["open"], to: "expired", by: ["system"] },
    cancel: { label: "取消", from: ["open"], to: "cancelled", by: ["system"] },
  },
});
