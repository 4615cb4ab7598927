import type { Role } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import { openCaseEvents } from "#modules/case/index.ts";
import type { Kind } from "./applications.ts";
import { termsOf } from "./applications.ts";
import { factsOf } from "./facts.ts";
import { type Submission, SubmissionStep } from "./model.ts";
import { problem } from "./problems.ts";
import type { SubmissionState } from "./workflow.ts";

export const DISCLOSE = { action: "disclose", label: "向其他当事人公开" } as const;
/** From the first word of the court until it has answered; what was taken back or returned was never there. */
const FROM: readonly string[] = ["submitted", "received", "granted", "refused"];
const BY: readonly Role[] = ["judge", "court_clerk", "supervisor"];

interface Told {
  readonly kind: Kind;
  readonly application: string | null;
  readonly state: SubmissionState;
  readonly openAt: Date | null;
}
/** Whether one of the court's people may open to the other parties what was kept from them. */
export const mayDisclose = (role: Role, { kind, application, state, openAt }: Told): boolean =>
  BY.includes(role) && openAt === null && FROM.includes(state) && termsOf(kind, application).toldAfterwards;

/** 审判流程公开规定§8: 保全、先予执行 and the like are told when they have been dealt with, by the court's own decision. */
export async function discloseSubmission(work: Work, held: Submission): Promise<Submission> {
  if (!BY.includes(work.actor.role)) throw problem("submission.not_for_you");
  if (!mayDisclose(work.actor.role, held)) throw problem("submission.nothing_to_disclose");
  await held.update({ openAt: work.at, updatedAt: work.at, version: held.version + 1 }, { transaction: work.tx });
  await SubmissionStep.create(
    {
      submissionId: String(held.id),
      action: "disclose",
      toState: held.state,
      actorId: work.actor.accountId,
      role: work.actor.role,
      note: null,
      at: work.at,
    },
    { transaction: work.tx },
  );
  await openCaseEvents(work, String(held.caseId), (action) => `submission_${action}:${held.id}:`);
  await work.emit({ name: "submission.disclosed", ...factsOf(held) });
  return held;
}
