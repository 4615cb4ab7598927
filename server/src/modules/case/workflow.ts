import { workflow } from "#core/workflow.ts";

/** 案件. Moves come with the court's further work; a case begins accepted. */
export const caseWorkflow = workflow({ start: "accepted", states: { accepted: "已立案" }, moves: {} });
export type CaseState = keyof typeof caseWorkflow.states;
