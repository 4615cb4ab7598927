import type { Role } from "#core/actor.ts";
import { workflow } from "#core/workflow.ts";

/** Who asks for a questioning, changes its time and calls it off. */
export const COURT = ["judge", "court_clerk", "supervisor"] as const;
const OFFICER = ["officer"] as const satisfies Role[];

/** 远程提讯: asked of a custody place, confirmed there, held on the screen, its record kept. */
export const questioningWorkflow = workflow({
  start: "asked",
  states: {
    asked: "待羁押场所确认",
    confirmed: "已确认",
    declined: "羁押场所不能安排",
    missed: "未能提讯",
    held: "已提讯，笔录待完成",
    filed: "笔录已入卷",
    cancelled: "已取消",
  },
  moves: {
    confirm: { label: "确认时间和提讯室", from: ["asked"], to: "confirmed", by: OFFICER },
    decline: { label: "不能安排", from: ["asked", "confirmed"], to: "declined", by: OFFICER },
    identify: { label: "核对身份，带到提讯室", from: ["confirmed"], to: "confirmed", by: OFFICER },
    tell_rights: { label: "确认已告知权利", from: ["confirmed"], to: "confirmed", by: OFFICER },
    rebook: {
      label: "另约时间",
      from: ["asked", "confirmed", "declined", "missed"],
      to: "asked",
      by: COURT,
    },
    keep: { label: "改变归卷", from: ["held"], to: "held", by: COURT },
    cancel: { label: "取消提讯", from: ["asked", "confirmed", "declined", "missed"], to: "cancelled", by: COURT },
    hold: { label: "提讯结束", from: ["confirmed"], to: "held", by: ["system"] },
    miss: { label: "未能提讯", from: ["confirmed"], to: "missed", by: ["system"] },
    file: { label: "笔录入卷", from: ["held"], to: "filed", by: ["system"] },
  },
});
export type QuestioningState = keyof typeof questioningWorkflow.states;
export type QuestioningAction = keyof typeof questioningWorkflow.moves;

export const STATES = Object.keys(questioningWorkflow.states) as QuestioningState[];
/** A link for the officer is of use: to confirm, to take part, to have the record signed. */
export const LINKED: readonly QuestioningState[] = ["asked", "confirmed", "held"];
/** The court still has something to do. */
export const OPEN: readonly QuestioningState[] = ["asked", "confirmed", "declined", "missed", "held"];

export const NATURES = { criminal: "刑事", enforcement: "行政、司法强制执行", civil: "民事、行政当事人" } as const;
export type Nature = keyof typeof NATURES;

export const PLACE_KINDS = {
  detention: "看守所",
  prison: "监狱",
  rehabilitation: "强制戒毒所",
  arrest: "拘留所",
} as const;
export type PlaceKind = keyof typeof PLACE_KINDS;

/** Where the record goes; into neither for the other parties to read. */
export const KEPT_IN = { main: "正卷（不向其他当事人开放）", inner: "副卷" } as const;
export type KeptIn = keyof typeof KEPT_IN;
