import { workflow } from "#core/workflow.ts";

/** Who files; and the court's own people for what they scan. Whose it is, its owner says. */
const HANDS_IN = ["litigant", "lawyer", "clerk", "supervisor", "judge", "court_clerk"] as const;

/** 材料. Nobody reads a file before it is `ready`; a refused one is mended by adding another. */
export const materialWorkflow = workflow({
  start: "pending",
  states: {
    pending: "待上传",
    uploading: "上传中",
    scanning: "检查中",
    ready: "可用",
    refused: "未通过检查",
  },
  moves: {
    upload: { label: "继续上传", from: ["pending", "uploading"], to: "uploading", by: HANDS_IN },
    complete: { label: "完成上传", from: ["pending", "uploading"], to: "scanning", by: HANDS_IN },
    release: { label: "通过检查", from: ["scanning"], to: "ready", by: ["system"] },
    refuse: { label: "未通过检查", from: ["scanning"], to: "refused", by: ["system"] },
  },
});

export type MaterialState = keyof typeof materialWorkflow.states;

/** States in which bytes are still expected. */
export const AWAITED: readonly MaterialState[] = ["pending", "uploading"];
