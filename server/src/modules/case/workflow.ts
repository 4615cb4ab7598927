import { workflow } from "#core/workflow.ts";

/** 案件. Moves come with the court's further work; a case begins accepted. */
export const caseWorkflow = workflow({
  start: "accepted",
  states: { accepted: "已立案", deemed_withdrawn: "按撤诉处理" },
  moves: {
    // Decided on the fee notice (登记立案规定§11, 民诉法解释§213); the case follows by itself.
    deem_withdrawn: { label: "按撤诉处理", from: ["accepted"], to: "deemed_withdrawn", by: ["system"] },
  },
});
export type CaseState = keyof typeof caseWorkflow.states;
