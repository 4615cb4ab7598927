import "./events.ts";
import { registerOwner } from "#modules/material/index.ts";
import type { Means, Module } from "#modules/module.ts";
import { EDITABLE } from "./draft.ts";
import { defineSubmission } from "./model.ts";
import { submissionPolicy, submissionRoutes } from "./routes.ts";
import { findSubmission, holdSubmission, mayWrite } from "./store.ts";

/** 诉讼中的提交: answers, counterclaims, evidence, opinions and applications in a case that runs, and the court's word on each. */
export const submission: Module = {
  name: "submission",
  define: defineSubmission,
  policy: submissionPolicy,
  routes: submissionRoutes,
  subscribers(means) {
    answerForMaterials(means);
    return {};
  },
};

/** Evidence, signatures and papers belong to the submission they are handed in with. */
function answerForMaterials({ database }: Means): void {
  registerOwner("submission", {
    async find(actor, ownerId, work) {
      const { mine, ...found } = work
        ? await holdSubmission(work, ownerId).then(({ held, mine }) => ({ row: held, mine }))
        : await findSubmission(database, actor, ownerId);
      const { row } = found;
      return {
        editable: mayWrite(mine, row.partyKey) && EDITABLE.includes(row.state),
        courtCode: row.courtCode,
        accountId: String(row.accountId),
        round: 1,
      };
    },
  });
}

export {
  type Kind as SubmissionKind,
  labelOf as labelOfSubmission,
  termsOf as termsOfSubmission,
} from "./applications.ts";
export { type FiledSubmission, filedSubmission } from "./filed.ts";
export { submissionWorkflow } from "./workflow.ts";
