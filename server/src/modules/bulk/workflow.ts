import { workflow } from "#core/workflow.ts";

const OWNER = ["litigant", "lawyer"] as const;
const SYSTEM = ["system"] as const;

/**
 * 批量立案任务. Each phase is worked off by the worker in small steps. Stopping keeps what was done; whoever goes on
 * begins where it was stopped.
 */
export const jobWorkflow = workflow({
  start: "uploading",
  states: {
    uploading: "等待上传",
    uploaded: "已上传",
    refused: "文件未通过检查",
    validating: "正在核对",
    validated: "核对完毕",
    creating: "正在建立草稿",
    created: "草稿已建立",
    submitting: "正在提交",
    submitted: "提交完毕",
    cancelled: "已停止",
  },
  moves: {
    arrive: { label: "文件到齐", from: ["uploading"], to: "uploaded", by: SYSTEM },
    refuse: { label: "文件未通过检查", from: ["uploading", "validating"], to: "refused", by: SYSTEM },
    validate: { label: "开始核对", from: ["uploaded", "cancelled"], to: "validating", by: OWNER },
    finish_validating: { label: "核对完毕", from: ["validating"], to: "validated", by: SYSTEM },
    create: { label: "建立草稿", from: ["validated", "cancelled"], to: "creating", by: OWNER },
    finish_creating: { label: "草稿建完", from: ["creating"], to: "created", by: SYSTEM },
    submit: { label: "提交", from: ["created", "submitted", "cancelled"], to: "submitting", by: OWNER },
    finish_submitting: { label: "提交完毕", from: ["submitting"], to: "submitted", by: SYSTEM },
    cancel: {
      label: "停止",
      from: ["uploading", "uploaded", "validating", "validated", "creating", "submitting"],
      to: "cancelled",
      by: [...OWNER, "system"],
    },
  },
});

export type JobState = keyof typeof jobWorkflow.states;
export type JobAction = keyof typeof jobWorkflow.moves;
export const OWNER_ACTIONS = ["validate", "create", "submit", "cancel"] as const satisfies readonly JobAction[];
export type OwnerAction = (typeof OWNER_ACTIONS)[number];
/** States in which the worker has something to do, and how each ends. */
export const RUNNING = {
  validating: "finish_validating",
  creating: "finish_creating",
  submitting: "finish_submitting",
} as const satisfies Partial<Record<JobState, JobAction>>;
export const isRunning = (state: JobState): state is keyof typeof RUNNING => state in RUNNING;

export const ROW_STATES = {
  pending: "等待核对",
  ok: "可以立案",
  warnings: "有提醒",
  errors: "需要改正",
  duplicate: "已经建立过",
  drafted: "正在放入材料",
  created: "已建草稿",
  held: "未能提交",
  submitted: "已提交",
  withdrawn: "已撤回",
} as const;
export type RowState = keyof typeof ROW_STATES;
/** Rows of which drafts may be made. */
export const CREATABLE: readonly RowState[] = ["ok", "warnings"];
/** Rows whose drafts may be handed in. */
export const SUBMITTABLE: readonly RowState[] = ["created", "held"];
/** Rows their owner mends in the sheet. */
export const BAD: readonly RowState[] = ["errors"];
