import { workflow } from "#core/workflow.ts";

const COURT = ["judge", "court_clerk", "supervisor"] as const;
const PUBLIC = ["litigant", "lawyer"] as const;

/** 阅卷申请. Reading ends by itself at the moment that was granted; `ended` is before that. */
export const requestWorkflow = workflow({
  start: "asked",
  states: { asked: "等待答复", granted: "已同意", refused: "未同意", withdrawn: "已撤回", ended: "已终止" },
  moves: {
    grant: { label: "同意", from: ["asked"], to: "granted", by: COURT },
    refuse: { label: "不同意", from: ["asked"], to: "refused", by: COURT },
    end: { label: "终止阅卷", from: ["granted"], to: "ended", by: COURT },
    withdraw: { label: "撤回申请", from: ["asked"], to: "withdrawn", by: PUBLIC },
  },
});
export type RequestState = keyof typeof requestWorkflow.states;
export type RequestAction = keyof typeof requestWorkflow.moves;
