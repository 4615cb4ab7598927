import { workflow } from "#core/workflow.ts";

/** 案件. Moves come with the court's further work; a case begins accepted. */
export const caseWorkflow = workflow({
  start: "accepted",
  states: { accepted: "已立案", deemed_withdrawn: "按撤诉处理", closed: "已结案" },
  moves: {
    // 分案: who tries it, who keeps its record, by which procedure; may be settled anew.
    assign: {
      label: "确定审判人员和程序",
      from: ["accepted"],
      to: "accepted",
      by: ["supervisor", "judge", "clerk", "court_clerk", "system"],
    },
    close: { label: "结案", from: ["accepted"], to: "closed", by: ["judge", "court_clerk", "system"] },
    // Decided on the fee notice (登记立案规定§11, 民诉法解释§213); the case follows by itself.
    deem_withdrawn: { label: "按撤诉处理", from: ["accepted"], to: "deemed_withdrawn", by: ["system"] },
  },
});
export type CaseState = keyof typeof caseWorkflow.states;
