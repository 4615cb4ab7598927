import { workflow } from "#core/workflow.ts";
import type { Right } from "./powers.ts";

const PEOPLE = ["litigant", "lawyer"] as const;

/** 代管与律师助理: offered by a lawyer, taken up with a one-time code, ended at any time by either side, or by its time. */
export const delegationWorkflow = workflow({
  start: "offered",
  states: { offered: "等待对方接受", active: "有效", declined: "对方未接受", ended: "已结束" },
  moves: {
    accept: { label: "接受", from: ["offered"], to: "active", by: PEOPLE },
    decline: { label: "不接受", from: ["offered"], to: "declined", by: PEOPLE },
    end: { label: "结束", from: ["offered", "active"], to: "ended", by: [...PEOPLE, "system"] },
  },
});
export type DelegationState = keyof typeof delegationWorkflow.states;

export const KINDS = { assistant: "律师助理", stand_in: "代管律师" } as const;
export type DelegationKind = keyof typeof KINDS;

/** How far an assistant's work goes; each step holds the ones before. */
export const LEVELS = {
  read: { label: "只查看", rights: ["read"] },
  acknowledge: { label: "查看，并处理变动和待办", rights: ["read", "acknowledge", "mark"] },
  draft: { label: "查看、处理变动和待办，并起草材料", rights: ["read", "acknowledge", "mark", "draft"] },
} as const satisfies Record<string, { label: string; rights: readonly Right[] }>;
export type Level = keyof typeof LEVELS;

/**
 * What a stand-in may do: read, be told, mark duties, draft, speak with the court, say which dates of a sitting suit. What needs the client's own word (handing in,
 * signing, receiving service, special powers, 民诉法§62; 民法典§923 转委托) stays with the lawyer who holds the mandate.
 */
export const STAND_IN_RIGHTS: readonly Right[] = ["read", "mark", "draft", "threads", "dates"];
